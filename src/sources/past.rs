//! The project's files in earlier commits: which there were and since when. Their texts are read when they are asked for.

use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What git knows of a project's past, or why it knows nothing.
#[derive(Debug, Clone)]
pub enum Known {
    /// The roadmap stands in at least one commit.
    Past(Past),
    /// No earlier version can be had.
    Nothing(Unknown),
}

impl Default for Known {
    fn default() -> Self {
        Self::Nothing(Unknown::NotAsked)
    }
}

/// Why nothing is known of a project's past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Nobody asked: the files are to be taken as they stand.
    NotAsked,
    /// The project lies in no git repository.
    NoRepository,
    /// The current branch has no commit yet.
    NoCommit,
    /// No commit of the current branch holds the roadmap as an ordinary file.
    NotTracked,
    /// The repository was cloned without its older commits.
    Shallow,
}

/// The project's files in earlier commits, along the first parents of the current branch.
#[derive(Debug, Clone)]
pub struct Past {
    /// The commits at which a file of the project differs from the commit before; newest first, at least one.
    pub revisions: Vec<Revision>,
    /// Commits of the branch, listed above or not, whose date did not fit those around it and was moved.
    pub corrected: usize,
    /// What had to be left out.
    pub notes: Vec<Diagnostic>,
    /// Reads the texts of the versions.
    pub texts: Arc<dyn Texts>,
}

/// A commit at which files of the project differ from the commit before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The commit.
    pub commit: CommitId,
    /// When it was committed, in seconds since 1970 in UTC, within the years 1970 to 9999. Never later than the time of a
    /// newer revision.
    pub time: i64,
    /// The roadmap, when it differs.
    pub roadmap: Option<FileVersion>,
    /// The standups that differ, sorted by path, each path once.
    pub standups: Vec<FileVersion>,
}

/// A file as it is from one commit on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileVersion {
    /// The path in this commit, relative to the project as those of its files are; begins with `../` where the file lay outside
    /// of the project's folder. What is not UTF-8 in it is replaced.
    pub path: Arc<str>,
    /// Its text; nothing where the file was deleted, or became something else than an ordinary file.
    pub blob: Option<BlobId>,
}

/// Reads texts of earlier versions.
pub trait Texts: fmt::Debug + Send + Sync {
    /// Reads the bytes of a version. Reading from the newest to the oldest is several times as fast as the other way.
    ///
    /// # Errors
    ///
    /// When the repository lacks the text, or it is damaged or too large.
    fn read(&self, blob: BlobId) -> Result<Vec<u8>, Unreadable>;
}

/// Why the text of an earlier version cannot be read, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{blob}: {what}")]
pub struct Unreadable {
    /// The text that was asked for.
    pub blob: BlobId,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: String,
}

/// Texts in memory.
impl Texts for BTreeMap<BlobId, Vec<u8>> {
    fn read(&self, blob: BlobId) -> Result<Vec<u8>, Unreadable> {
        let missing = || Unreadable { blob, what: "there is no such text".to_owned(), help: "name another".to_owned() };
        self.get(&blob).cloned().ok_or_else(missing)
    }
}

/// The longest hash, in bytes.
const LONGEST: usize = 32;

/// A hash that git names an object by: 20 bytes of SHA-1, or 32 of SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Name {
    /// Followed by zeros where the hash is shorter.
    bytes: [u8; LONGEST],
    length: u8,
}

impl Name {
    fn new(hash: &[u8]) -> Option<Self> {
        let mut bytes = [0; LONGEST];
        bytes.get_mut(..hash.len())?.copy_from_slice(hash);
        Some(Self { bytes, length: u8::try_from(hash.len()).ok()? })
    }

    fn hash(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hash().iter().try_for_each(|it| write!(f, "{it:02x}"))
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Name);

        impl $name {
            /// Makes an ID of the bytes of a hash; nothing where they are more than 32.
            #[must_use]
            pub fn new(hash: &[u8]) -> Option<Self> {
                Name::new(hash).map(Self)
            }

            /// Returns the bytes of the hash.
            #[must_use]
            pub fn hash(&self) -> &[u8] {
                self.0.hash()
            }
        }

        /// Writes the hash in hexadecimal digits.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

id!(
    /// A commit, by its hash.
    CommitId
);

impl CommitId {
    /// Returns the first seven digits of the hash, as people name a commit.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string().chars().take(7).collect()
    }
}

id!(
    /// A text, by its hash: the same text always has the same one.
    BlobId
);
