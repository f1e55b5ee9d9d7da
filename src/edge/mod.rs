//! Everything that touches the world: files and their earlier versions in, files and a comment out.
#![expect(clippy::disallowed_methods, reason = "this is the edge: the rest of the program gets values from here")]

mod begin;
mod content;
mod files;
mod find;
mod foreign;
mod git;
mod github;
mod last_edit;
mod limited;
mod locate;
mod lock;
mod look;
mod mail;
mod overlay;
mod paths;
mod portfolio;
mod publish;
mod rewrite;
mod secret;
mod serve;
mod single;
mod watch;

pub use self::begin::{can_ask, is_free, says_yes, write_new};
pub use self::content::{GitUse, read, standups_elsewhere};
pub use self::find::{Projects, find, find_to_write};
pub use self::git::{Commit, Origin, origin, past};
pub use self::github::{Again, GitHub, OwnComment, Posted, Pull, Refusal, Trouble, Web};
pub use self::last_edit::{keep_last_edit, last_edit};
pub use self::limited::limited_text;
pub use self::locate::{Project, SETTINGS, folder_in_repository, locate};
pub use self::lock::{Lock, lock_edits};
pub use self::mail::{
    Entry, EntryState, FolderLedger, GitLedger, LEASE, Ledger, Mailer, Outcome, Post, Record, Scope, Sender, Standing,
    Tried, for_recipient, hash12, is_sound, kept_files, message, message_id, sent_mails, standing,
};
pub use self::overlay::{HeadStamp, Overlay, head_stamp, past_of_project};
pub use self::paths::relative;
pub use self::portfolio::{Located, Portfolio, read_all};
pub use self::publish::publish;
pub use self::rewrite::{create, original, replace, sweep};
pub use self::secret::Secret;
pub use self::serve::{Files, Live, Server, Shelf, Stop, browse, on_interrupt};
pub use self::single::{Target, write_file};
pub use self::watch::{Waker, Watch};

use crate::diagnostic::Diagnostic;
use crate::text::SourceFile;
use std::path::{Path, PathBuf};

/// Says whether something lies at a path.
#[must_use]
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// Why something in the world could not be had or done, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}: {what}", path.display())]
pub struct Failure {
    /// The file or folder it is about.
    pub path: PathBuf,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: String,
    /// What is wrong in the file, place by place, when that is known.
    pub found: Option<Box<Found>>,
}

/// What is wrong in a file that stops everything.
#[derive(Debug)]
pub struct Found {
    /// The file.
    pub file: SourceFile,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Failure {
    /// Makes a failure.
    pub fn new(path: &Path, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { path: path.to_owned(), what: what.into(), help: help.into(), found: None }
    }

    /// Makes a failure of the operating system into one that says what was tried.
    #[must_use]
    pub fn io(path: &Path, tried: &str, error: &std::io::Error) -> Self {
        let (reason, help) = match error.kind() {
            std::io::ErrorKind::NotFound => ("it does not exist", "check the path"),
            std::io::ErrorKind::PermissionDenied => ("permission denied", "check who may read and write it"),
            std::io::ErrorKind::StorageFull => ("the disk is full", "make room, and run the command again"),
            std::io::ErrorKind::ReadOnlyFilesystem => {
                ("the file system is read-only", "choose another folder with --out")
            }
            std::io::ErrorKind::IsADirectory => ("it is a folder", "name a file"),
            std::io::ErrorKind::NotADirectory => ("a part of the path is a file", "check the path"),
            _ => return Self::new(path, format!("{tried}: {error}"), "check the path and the disk"),
        };
        Self::new(path, format!("{tried}: {reason}"), help)
    }
}
