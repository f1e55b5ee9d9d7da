//! Changes a file of the project in place: all of it, or nothing.

use super::Failure;
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

/// Replaces a file of the project. Who may read it stays; a crash leaves the old file.
///
/// # Errors
///
/// When the file lies outside of the project, through a link, or cannot be written.
pub fn rewrite(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = inside(root, path)?;
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.roadbook-{}", std::process::id()));
    let written = fill(&path, &beside, bytes).and_then(|()| fs::rename(&beside, &path));
    written.map_err(|it| {
        // What is left of the attempt helps nobody; when it cannot be removed either, the first failure says more.
        let _ = fs::remove_file(&beside);
        Failure::io(&path, "cannot write it", &it)
    })
}

/// Puts new bytes into a file of the project in the place of those that were read. Who may read it stays; a crash leaves the old file.
///
/// # Errors
///
/// When the file has changed since, lies outside of the project, through a link, or cannot be written.
pub fn replace(root: &Path, path: &str, read: &[u8], bytes: &[u8]) -> Result<(), Failure> {
    if original(root, path)? != read {
        let what = "it was changed by something else at the same time, so it is left as it is";
        return Err(Failure::new(&root.join(path), what, "run the command again"));
    }
    rewrite(root, path, bytes)
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
    file.set_permissions(fs::metadata(path)?.permissions())?;
    file.write_all(bytes)?;
    // The old text is gone once the name has moved: this one time the disk is asked to have the new one first.
    file.sync_all()
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
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    fs::canonicalize(path).map_err(|it| Failure::io(path, "cannot find it", &it))
}
