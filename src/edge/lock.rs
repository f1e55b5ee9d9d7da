//! One run at a time: folders that are locked while something in them is changed.

use super::Failure;
use super::git::folder_of_git;
use super::paths::or_here;
use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

/// How often, and how long between, a busy folder is tried.
const TRIES: u32 = 1_500;
const PAUSE: Duration = Duration::from_millis(20);

/// A folder that no other run changes; it is free again once this is dropped.
#[derive(Debug)]
pub struct Lock {
    _folder: Option<File>,
}

/// Keeps other runs from a folder; where folders cannot be locked, nothing does. `about` is what a failure is about, and `what` says what
/// the other run does.
pub(super) fn lock(folder: &Path, about: &Path, what: &str) -> Result<Lock, Failure> {
    let Ok(file) = File::open(folder) else { return Ok(Lock { _folder: None }) };
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _folder: Some(file) }),
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(fs::TryLockError::Error(_)) => return Ok(Lock { _folder: None }),
        }
    }
    Err(Failure::new(about, what, "wait until it is over, and run the command again"))
}

/// Keeps other runs from changing the files of a project, and the record of the last change, which the projects of a repository share.
/// It has to be held from before the files are read.
///
/// # Errors
///
/// When another run holds it for half a minute.
pub fn lock_edits(root: &Path) -> Result<Lock, Failure> {
    let root = or_here(root);
    let folder = folder_of_git(root);
    lock(folder.as_deref().unwrap_or(root), root, "another run is changing this project")
}
