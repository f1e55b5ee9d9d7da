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
    let real = |it: &Path| fs::canonicalize(it).map_err(|error| Failure::io(it, "cannot find it", &error));
    let found = real(&named)?;
    if found.starts_with(real(root)?) {
        return Ok(found);
    }
    Err(Failure::new(&named, "it leads out of the project", "repair the file where it lies"))
}
