//! Changes a file of the project in place: all of it, or nothing.

use super::Failure;
use super::paths::or_here;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Returns the bytes of a file of the project, as they are.
///
/// # Errors
///
/// When the file lies outside of the project, through a link, or cannot be read.
pub fn original(root: &Path, path: &str) -> Result<Vec<u8>, Failure> {
    let path = inside(root, path)?;
    fs::read(&path).map_err(|it| Failure::io(&path, "cannot read it", &it))
}

/// Puts new bytes into a file of the project in the place of those that were read. Who may read it stays, and who owns it where the
/// system allows; a crash leaves the old file.
///
/// # Errors
///
/// When the file has changed since, is read-only, lies outside of the project, through a link, or cannot be written.
pub fn replace(root: &Path, path: &str, read: &[u8], bytes: &[u8]) -> Result<(), Failure> {
    let named = root.join(path);
    if original(root, path)? != read {
        let what = "it was changed by something else at the same time, so it is left as it is";
        return Err(Failure::new(&named, what, "run the command again"));
    }
    let path = inside(root, path)?;
    refuse_read_only(&path, &named)?;
    let beside = beside(&path, std::process::id());
    let written = fill(&path, &beside, bytes).and_then(|()| fs::rename(&beside, &path));
    written.map_err(|it| {
        // What is left of the attempt helps nobody; when it cannot be removed either, the first failure says more.
        let _ = fs::remove_file(&beside);
        Failure::io(&path, "cannot write it", &it)
    })
}

/// Refuses a file that its owner wants to stay as it is: a new one in its place would not ask.
pub(super) fn refuse_read_only(path: &Path, named: &Path) -> Result<(), Failure> {
    let is_read_only = fs::metadata(path).is_ok_and(|it| it.permissions().readonly());
    let opened = fs::OpenOptions::new().write(true).open(path);
    match opened {
        _ if is_read_only => {
            let help = "make it writable, if it is meant to be changed";
            Err(Failure::new(named, "it is read-only, so it is left as it is", help))
        }
        Ok(_) => Ok(()),
        Err(it) => Err(Failure::io(named, "cannot write it", &it)),
    }
}

/// Returns the name under which a file is written before it takes its place.
pub(super) fn beside(path: &Path, process: u32) -> PathBuf {
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}{BETWEEN}{process}"))
}

const BETWEEN: &str = ".roadbook-";

/// Removes what runs that were killed have left beside files of the project. No other run may be writing.
pub fn sweep<'a>(root: &Path, paths: impl Iterator<Item = &'a str>) {
    let mut names: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for path in paths.filter_map(|it| inside(root, it).ok()) {
        if let (Some(folder), Some(name)) = (path.parent(), path.file_name()) {
            names.entry(folder.to_owned()).or_default().insert(name.to_string_lossy().into_owned());
        }
    }
    for (folder, names) in names {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries.filter_map(Result::ok) {
            let found = entry.file_name().to_string_lossy().into_owned();
            let parts = found.strip_prefix('.').and_then(|it| it.rsplit_once(BETWEEN));
            let is_left = parts.is_some_and(|(name, process)| {
                names.contains(name) && !process.is_empty() && process.bytes().all(|it| it.is_ascii_digit())
            });
            if is_left && entry.file_type().is_ok_and(|it| it.is_file()) {
                // What cannot be removed now does no harm: it is tried again at the next change.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Makes a new file of the project, and the folders that it lies in. A file that is there stays.
///
/// # Errors
///
/// When something of that name is there, it would lie outside of the project, or it cannot be written.
pub fn create(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    let named = root.join(path);
    let parent = named.parent().unwrap_or(root);
    // A folder that is there may be a link.
    let there = parent.ancestors().find(|it| !it.as_os_str().is_empty() && it.exists()).unwrap_or(Path::new("."));
    if !real(there)?.starts_with(real(root)?) {
        return Err(Failure::new(&named, "it would lie outside of the project", "write the file where it belongs"));
    }
    fs::create_dir_all(parent).map_err(|it| Failure::io(parent, "cannot make the folder", &it))?;
    let mut file = File::create_new(&named).map_err(|it| match it.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::new(
            &named,
            "it is there already, and is not overwritten",
            "move it away, or fill it in yourself; --dry-run prints what would be written",
        ),
        _ => Failure::io(&named, "cannot write it", &it),
    })?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|it| {
        // Half of a standup is worse than none.
        let _ = fs::remove_file(&named);
        Failure::io(&named, "cannot write it", &it)
    })
}

fn fill(path: &Path, beside: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create_new(beside)?;
    keep_access(&file, &fs::metadata(path)?)?;
    file.write_all(bytes)?;
    // The old text is gone once the name has moved: this one time the disk is asked to have the new one first.
    file.sync_all()
}

/// Gives a new file the owner of the old one, where the system allows that, and its mode.
pub(super) fn keep_access(file: &File, old: &fs::Metadata) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
            // Who may write a file may rarely give it away: then it is the writer's, as with most editors.
            let _ = fchown(file, Some(old.uid()), Some(old.gid())).or_else(|_| fchown(file, None, Some(old.gid())));
        }
    }
    file.set_permissions(old.permissions())
}

/// Returns a file's real path, which must lie inside the project.
fn inside(root: &Path, path: &str) -> Result<PathBuf, Failure> {
    let named = root.join(path);
    let found = real(&named)?;
    if found.starts_with(real(root)?) {
        return Ok(found);
    }
    Err(Failure::new(&named, "it leads out of the project", "repair the file where it lies"))
}

/// Returns a path without links.
fn real(path: &Path) -> Result<PathBuf, Failure> {
    // An empty path is the current folder, which cannot be resolved by that name.
    let path = or_here(path);
    fs::canonicalize(path).map_err(|it| Failure::io(path, "cannot find it", &it))
}
