//! Where a project's files are: on the disk, or in a commit.

use super::Failure;
use super::paths::or_here;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An ordinary file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A link, a device, another repository: nothing that is read.
    Other,
}

/// What lies below a folder, or why it is not known.
pub(super) type Entry = Result<(PathBuf, Kind), PathBuf>;

/// The files among which a project's are looked for.
pub(super) trait Files {
    /// Returns what lies at a path; nothing where there is nothing.
    fn kind(&self, path: &Path) -> Result<Option<Kind>, Failure>;

    /// Returns the paths of what lies in a folder, sorted.
    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>, Failure>;

    /// Reads a file.
    fn read(&self, path: &Path) -> Result<Vec<u8>, Failure>;

    /// Reads at most so many bytes from the start of an ordinary file; nothing where that cannot be done.
    fn start(&self, path: &Path, most: u64) -> Option<Vec<u8>>;

    /// Returns all that lies below a folder, down to a depth of folders, in the order of their paths; links are not followed.
    fn below(&self, folder: &Path, depth: usize) -> Box<dyn Iterator<Item = Entry> + '_>;

    /// Says whether what lies at a path lies below a folder, wherever links lead.
    fn is_within(&self, path: &Path, folder: &Path) -> bool;

    /// Says whether an ordinary file lies at a path.
    fn is_file(&self, path: &Path) -> bool {
        matches!(self.kind(path), Ok(Some(Kind::File(_))))
    }

    /// Says whether a folder lies at a path.
    fn is_folder(&self, path: &Path) -> bool {
        matches!(self.kind(path), Ok(Some(Kind::Folder)))
    }
}

/// The files on the disk; links are followed, but below a folder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Disk;

impl Files for Disk {
    fn kind(&self, path: &Path) -> Result<Option<Kind>, Failure> {
        match fs::metadata(path) {
            Ok(it) if it.is_dir() => Ok(Some(Kind::Folder)),
            Ok(it) if it.is_file() => Ok(Some(Kind::File(it.len()))),
            Ok(_) => Ok(Some(Kind::Other)),
            Err(it) if it.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(it) => Err(Failure::io(path, "cannot read it", &it)),
        }
    }

    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
        let folder = or_here(folder);
        let entries = fs::read_dir(folder).map_err(|it| Failure::io(folder, "cannot list the folder", &it))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
        paths.sort();
        Ok(paths)
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        fs::read(path).map_err(|it| Failure::io(path, "cannot read it", &it))
    }

    fn start(&self, path: &Path, most: u64) -> Option<Vec<u8>> {
        // What is no ordinary file might never come to an end.
        if !path.is_file() {
            return None;
        }
        let mut start = Vec::new();
        fs::File::open(path).ok()?.take(most).read_to_end(&mut start).ok()?;
        Some(start)
    }

    fn is_within(&self, path: &Path, folder: &Path) -> bool {
        let folder = or_here(folder);
        let real = fs::canonicalize(path).ok().zip(fs::canonicalize(folder).ok());
        real.is_some_and(|(path, folder)| path.starts_with(folder))
    }

    fn below(&self, folder: &Path, depth: usize) -> Box<dyn Iterator<Item = Entry> + '_> {
        let folder = folder.to_owned();
        let walk = WalkDir::new(&folder).min_depth(1).max_depth(depth).sort_by_file_name();
        Box::new(walk.into_iter().map(move |it| match it {
            Ok(it) if it.file_type().is_dir() => Ok((it.into_path(), Kind::Folder)),
            Ok(it) if it.file_type().is_file() => Ok((it.into_path(), Kind::File(0))),
            Ok(it) => Ok((it.into_path(), Kind::Other)),
            Err(it) => Err(it.path().unwrap_or(&folder).to_owned()),
        }))
    }
}
