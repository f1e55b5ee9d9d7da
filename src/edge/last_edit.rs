//! The record of the last change of a task: in the repository's own folder, where nothing of it is ever committed, else beside the
//! project.

use super::Failure;
use super::git::folder_of_git;
use super::paths::or_here;
use super::single::write_beside;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

const NAME: &str = "last-edit.json";
/// A record larger than this is not read, in bytes.
const MOST: u64 = 16 * 1024 * 1024;

/// Where the record of a project is.
struct Home {
    folder: PathBuf,
    is_in_git: bool,
}

/// Reads the record; nothing where there is none.
///
/// # Errors
///
/// When it is there and cannot be read.
pub fn last_edit(root: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let path = home(root)?.folder.join(NAME);
    let file = match File::open(&path) {
        Ok(it) => it,
        Err(it) if it.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(it) => return Err(Failure::io(&path, "cannot read it", &it)),
    };
    let mut bytes = Vec::new();
    file.take(MOST).read_to_end(&mut bytes).map_err(|it| Failure::io(&path, "cannot read it", &it))?;
    Ok(Some(bytes))
}

/// Puts a record in the place of the one before; nothing takes it away.
///
/// # Errors
///
/// When it cannot be written.
pub fn keep_last_edit(root: &Path, record: Option<&[u8]>) -> Result<(), Failure> {
    let home = home(root)?;
    let path = home.folder.join(NAME);
    let Some(record) = record else {
        return match fs::remove_file(&path) {
            Err(it) if it.kind() != io::ErrorKind::NotFound => Err(Failure::io(&path, "cannot remove it", &it)),
            _ => Ok(()),
        };
    };
    fs::create_dir_all(&home.folder).map_err(|it| Failure::io(&home.folder, "cannot make the folder", &it))?;
    if !home.is_in_git {
        let ignore = home.folder.join(".gitignore");
        let written = match File::create_new(&ignore) {
            Ok(mut it) => it.write_all(b"*\n"),
            Err(it) if it.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(it) => Err(it),
        };
        written.map_err(|it| Failure::io(&ignore, "cannot write it", &it))?;
    }
    write_beside(&path, record)
}

fn home(root: &Path) -> Result<Home, Failure> {
    let root = or_here(root);
    let (folder, is_in_git) = match folder_of_git(root) {
        Some(it) => (it.join("roadbook"), true),
        None => (root.join(".roadbook"), false),
    };
    match fs::symlink_metadata(&folder) {
        Ok(it) if !it.is_dir() => {
            Err(Failure::new(&folder, "it is no folder, where the last change is kept", "move it away"))
        }
        _ => Ok(Home { folder, is_in_git }),
    }
}
