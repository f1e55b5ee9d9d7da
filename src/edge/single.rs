//! Writes one file that a user names: all of it, or nothing.

use super::Failure;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

/// Writes a file; one that is there is replaced. What is no file but takes bytes all the same, such as a pipe, gets them.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let there = fs::metadata(path).ok();
    if there.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(Failure::new(path, "cannot write it: it is a folder", "name a file"));
    }
    if there.is_some_and(|it| !it.is_file()) {
        return fs::write(path, bytes).map_err(|it| Failure::io(path, "cannot write it", &it));
    }
    write_beside(path, bytes)
}

/// Writes a file beside its place and then moves it there, in the place of whatever lies there.
pub(super) fn write_beside(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.roadbook-{}", std::process::id()));
    let fill = || File::create_new(&beside)?.write_all(bytes);
    fill().and_then(|()| fs::rename(&beside, path)).map_err(|it| {
        // What is left of the attempt helps nobody; when it cannot be removed either, the first failure says more.
        let _ = fs::remove_file(&beside);
        Failure::io(path, "cannot write it", &it)
    })
}
