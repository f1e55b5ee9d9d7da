//! What a new project needs of the world: files that are not there yet, and an answer from whoever sits at the terminal.

use super::Failure;
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead as _, ErrorKind, IsTerminal as _, Write as _};
use std::path::{Component, Path};

/// Says whether a file can be made there: nothing lies at the path yet, not even a link that leads nowhere.
#[must_use]
pub fn is_free(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err()
}

/// Makes a file below a folder, with the folders that it needs. What is there is never written over, and no link below the folder is
/// followed.
///
/// # Errors
///
/// When something is at the path, a part of it is a link or a file, or it cannot be written.
pub fn write_new(folder: &Path, path: &str, text: &str) -> Result<(), Failure> {
    let make = |at: &Path| fs::create_dir_all(at).map_err(|it| Failure::io(at, "cannot make the folder", &it));
    make(folder)?;
    let parts: Vec<Component<'_>> = Path::new(path).components().collect();
    let mut at = folder.to_owned();
    for part in parts.iter().take(parts.len().saturating_sub(1)) {
        at.push(part);
        match fs::symlink_metadata(&at) {
            Ok(it) if it.is_dir() => {}
            Ok(_) => return Err(Failure::new(&at, "it is a link or a file, where a folder should be", "move it away")),
            Err(it) if it.kind() == ErrorKind::NotFound => make(&at)?,
            Err(it) => return Err(Failure::io(&at, "cannot look at it", &it)),
        }
    }
    let at = folder.join(path);
    let write = || OpenOptions::new().write(true).create_new(true).open(&at)?.write_all(text.as_bytes());
    write().map_err(|it: io::Error| match it.kind() {
        ErrorKind::AlreadyExists => {
            Failure::new(&at, "it is there already, and nothing is written over", "move it away")
        }
        _ => Failure::io(&at, "cannot write it", &it),
    })
}

/// Says whether somebody can be asked.
#[must_use]
pub fn can_ask() -> bool {
    io::stdin().is_terminal()
}

/// Reads an answer: yes for `y` or nothing, no for all else and for no answer at all.
#[must_use]
pub fn says_yes() -> bool {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line).unwrap_or(0);
    0 < read && matches!(line.trim().to_lowercase().as_str(), "" | "y" | "yes")
}
