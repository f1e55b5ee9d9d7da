//! The reference `refs/roadbook/sent`: the record of sent mail, a commit for each entry. The only thing that is ever written to a
//! repository; neither a branch nor the files are touched.

use super::open::Store;
use super::real;
use crate::edge::Failure;
use gix::bstr::BString;
use gix::objs::tree::{Entry, EntryKind};
use gix::objs::{Commit, CommitRefIter, Kind, Tree, TreeRefIter};
use gix::refs::transaction::{Change, LogChange, PreviousValue, RefEdit};
use gix::refs::{FullName, Target};
use gix::{ObjectId, actor};
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::Path;

/// What the reference is called.
pub(super) const NAME: &str = "refs/roadbook/sent";

/// A commit that the reference leads to, or may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tip(ObjectId);

impl fmt::Display for Tip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The reference of a repository.
pub struct SentRef {
    store: Store,
    /// What no other run has. Two runs that write the same words in the same second would make the same commit, and both would be told
    /// that it was theirs that counts.
    run: String,
}

/// What is put into a folder: files by name, and folders by name.
#[derive(Default)]
struct Put<'a> {
    files: BTreeMap<&'a str, &'a [u8]>,
    folders: BTreeMap<&'a str, Self>,
}

impl SentRef {
    /// Opens the repository that a folder lies in; nothing where there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub fn open(folder: &Path) -> Result<Option<Self>, Failure> {
        let random = || RandomState::new().build_hasher().finish();
        let run = format!("{:016x}{:016x}", random(), random());
        Ok(Store::open(&real(folder)?)?.map(|store| Self { store, run }))
    }

    /// Returns the folder of the repository.
    #[must_use]
    pub fn top(&self) -> &Path {
        &self.store.top
    }

    /// Says whether the repository has a remote of this name.
    #[must_use]
    pub fn has_remote(&self, name: &str) -> bool {
        // That a remote is named asks for no trust: what is done with it is the user's own git's to say.
        let config = self.store.repository().config_snapshot();
        let sections = config.plumbing().sections_by_name("remote").into_iter().flatten();
        sections.filter_map(|it| it.header().subsection_name()).any(|it| *it == *name.as_bytes())
    }

    /// Returns what the reference leads to; nothing while there is none.
    ///
    /// # Errors
    ///
    /// When that cannot be read.
    pub fn tip(&self) -> Result<Option<Tip>, Failure> {
        self.tip_of(NAME)
    }

    /// Returns what the reference led to in a remote when it was last fetched.
    ///
    /// # Errors
    ///
    /// When that cannot be read.
    pub fn tip_at(&self, remote: &str) -> Result<Option<Tip>, Failure> {
        self.tip_of(&fetched(remote))
    }

    fn tip_of(&self, name: &str) -> Result<Option<Tip>, Failure> {
        let found = self.store.repository().try_find_reference(name);
        let found = found.map_err(|it| self.failure(&format!("cannot read {name}: {it}")))?;
        Ok(found.and_then(|it| it.try_id().map(gix::Id::detach)).map(Tip))
    }

    /// Says whether a commit comes after another, or is the same.
    ///
    /// # Errors
    ///
    /// When the commits cannot be read.
    pub fn holds(&self, newer: Tip, older: Tip) -> Result<bool, Failure> {
        Ok(newer == older || self.store.merge_base(newer.0, older.0)? == Some(older.0))
    }

    /// Reads a file; nothing where there is none, or it has more than `most` bytes.
    ///
    /// # Errors
    ///
    /// When it is there and cannot be read.
    pub fn file(&self, tip: Tip, path: &[&str], most: u64) -> Result<Option<Vec<u8>>, Failure> {
        let Some((name, folders)) = path.split_last() else { return Ok(None) };
        let Some(entries) = self.folder(tip, folders)? else { return Ok(None) };
        let Some(it) = entries.iter().find(|it| it.filename == *name && it.mode.is_blob()) else { return Ok(None) };
        if most < self.store.size(it.oid) {
            return Ok(None);
        }
        let mut buffer = Vec::new();
        self.store.read(Kind::Blob, &it.oid, &mut buffer).map(|it| Some(it.to_vec()))
    }

    /// Returns the names of the folders in a folder, or of its files.
    ///
    /// # Errors
    ///
    /// When it is there and cannot be read.
    pub fn names(&self, tip: Tip, path: &[&str], of_folders: bool) -> Result<Vec<String>, Failure> {
        let entries = self.folder(tip, path)?.unwrap_or_default();
        let of_kind = entries.into_iter().filter(|it| if of_folders { it.mode.is_tree() } else { it.mode.is_blob() });
        // Names that are no text are not ours.
        Ok(of_kind.filter_map(|it| String::from_utf8(it.filename.into()).ok()).collect())
    }

    fn folder(&self, tip: Tip, path: &[&str]) -> Result<Option<Vec<Entry>>, Failure> {
        let mut buffer = Vec::new();
        let commit = self.store.read(Kind::Commit, &tip.0, &mut buffer)?;
        let tree = CommitRefIter::from_bytes(commit, tip.0.kind()).tree_id();
        let mut id = tree.map_err(|it| self.failure(&format!("the commit {tip} is damaged: {it}")))?;
        let mut entries = self.entries(id)?;
        for name in path {
            let Some(it) = entries.iter().find(|it| it.filename == *name && it.mode.is_tree()) else {
                return Ok(None);
            };
            id = it.oid;
            entries = self.entries(id)?;
        }
        Ok(Some(entries))
    }

    fn entries(&self, tree: ObjectId) -> Result<Vec<Entry>, Failure> {
        let mut buffer = Vec::new();
        let bytes = self.store.read(Kind::Tree, &tree, &mut buffer)?;
        let own = |it: gix::objs::tree::EntryRef<'_>| Entry {
            mode: it.mode,
            filename: it.filename.to_owned(),
            oid: it.oid.to_owned(),
        };
        TreeRefIter::from_bytes(bytes, tree.kind())
            .map(|it| it.map(own).map_err(|it| self.failure(&format!("the folder {tree} is damaged: {it}"))))
            .collect()
    }

    /// Writes a commit that puts files, by their paths with `/`, beside what another one has. The reference stays where it is.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn commit(
        &self,
        on: Option<Tip>,
        files: &[(String, Vec<u8>)],
        said: &str,
        seconds: i64,
    ) -> Result<Tip, Failure> {
        let mut put = Put::default();
        for (path, bytes) in files {
            let mut parts: Vec<&str> = path.split('/').collect();
            let Some(name) = parts.pop() else { continue };
            let folder = parts.into_iter().fold(&mut put, |it, name| it.folders.entry(name).or_default());
            folder.files.insert(name, bytes);
        }
        let before = on.map(|it| self.folder(it, &[])).transpose()?.flatten().unwrap_or_default();
        let tree = self.put(before, &put, 0)?;
        let time = gix::date::Time { seconds, offset: 0 };
        let by = actor::Signature { name: BString::from("roadbook"), email: BString::from("roadbook@localhost"), time };
        let commit = Commit {
            tree,
            parents: on.map(|it| it.0).into_iter().collect(),
            author: by.clone(),
            committer: by,
            encoding: None,
            message: BString::from(format!("{said}\n\nRun: {}\n", self.run)),
            extra_headers: Vec::new(),
        };
        self.write(&commit).map(Tip)
    }

    fn put(&self, mut entries: Vec<Entry>, put: &Put, depth: usize) -> Result<ObjectId, Failure> {
        const DEEPEST: usize = 8;
        if DEEPEST < depth {
            return Err(self.failure("a path has too many folders"));
        }
        let mut set = |name: &str, kind: EntryKind, oid: ObjectId| {
            entries.retain(|it| it.filename != name);
            entries.push(Entry { mode: kind.into(), filename: BString::from(name), oid });
        };
        for (name, bytes) in &put.files {
            let blob = self.store.repository().write_blob(bytes).map_err(|it| self.unwritten(&it))?;
            set(name, EntryKind::Blob, blob.detach());
        }
        let below: Vec<(&str, &Put)> = put.folders.iter().map(|(name, it)| (*name, it)).collect();
        for (name, it) in below {
            let there = entries.iter().find(|it| it.filename == name && it.mode.is_tree()).map(|it| it.oid);
            let there = there.map(|it| self.entries(it)).transpose()?.unwrap_or_default();
            let oid = self.put(there, it, depth + 1)?;
            entries.retain(|it| it.filename != name);
            entries.push(Entry { mode: EntryKind::Tree.into(), filename: BString::from(name), oid });
        }
        entries.sort();
        self.write(&Tree { entries })
    }

    fn write(&self, object: impl gix::objs::WriteTo) -> Result<ObjectId, Failure> {
        self.store.repository().write_object(object).map(gix::Id::detach).map_err(|it| self.unwritten(&it))
    }

    /// Lets the reference lead to a commit, where it still leads to what was expected; returns whether it did.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn set(&self, expected: Option<Tip>, new: Tip) -> Result<bool, Failure> {
        let name = FullName::try_from(NAME).map_err(|it| self.unwritten(&it))?;
        let must = match expected {
            Some(it) => PreviousValue::MustExistAndMatch(Target::Object(it.0)),
            None => PreviousValue::MustNotExist,
        };
        let change = Change::Update { log: LogChange::default(), expected: must, new: Target::Object(new.0) };
        match self.store.repository().edit_reference(RefEdit { change, name, deref: false }) {
            Ok(_) => Ok(true),
            // Somebody else was first.
            Err(_) if self.tip()? != expected => Ok(false),
            Err(it) => Err(self.unwritten(&it)),
        }
    }

    fn failure(&self, what: &str) -> Failure {
        Failure::new(self.top(), what, "look what `git fsck` says there")
    }

    fn unwritten(&self, error: &dyn fmt::Display) -> Failure {
        Failure::new(
            self.top(),
            format!("cannot write to the repository: {error}"),
            "check who may write there, and the disk",
        )
    }
}

/// Where the reference of a remote is kept when it was fetched.
pub(super) fn fetched(remote: &str) -> String {
    format!("refs/roadbook-remote/{remote}/sent")
}
