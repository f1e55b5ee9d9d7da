//! Writes one file that a user names: all of it, or nothing.

use super::Failure;
use super::rewrite::{beside, keep_access, refuse_read_only};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// So many bytes at the start of a file tell whether it is an earlier one of the same kind.
const START: u64 = 4096;

/// What a file may take the place of.
#[derive(Debug)]
pub struct Target<'a> {
    /// What is meant: "export in this format".
    pub kind: &'a str,
    /// What stands in the first bytes of an earlier one.
    pub sign: &'a str,
    /// What was read, which nothing may take the place of.
    pub read: &'a [PathBuf],
}

/// Writes a file; an earlier one of the same kind is replaced, where a link leads as well, and any other stays. What is no file but takes
/// bytes all the same, such as a pipe, gets them.
///
/// # Errors
///
/// When something else is there, it is a file of the plan or of a repository, or it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8], target: &Target<'_>) -> Result<(), Failure> {
    let there = fs::metadata(path).ok();
    if there.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(Failure::new(path, "cannot write it: it is a folder", "name a file"));
    }
    if there.as_ref().is_some_and(|it| !it.is_file()) {
        return fs::write(path, bytes).map_err(|it| Failure::io(path, "cannot write it", &it));
    }
    let help = "choose another name, or remove that file yourself";
    let real = match (&there, fs::symlink_metadata(path)) {
        (None, Ok(_)) => return Err(Failure::new(path, "it is a link that leads nowhere", help)),
        _ => real(path)?,
    };
    if real.components().any(|it| it.as_os_str() == OsStr::new(".git")) {
        return Err(Failure::new(
            path,
            "it lies in a repository's own folder, so nothing was written",
            "choose another name",
        ));
    }
    if target.read.iter().any(|it| self::real(it).is_ok_and(|it| it == real)) {
        return Err(Failure::new(path, "it is a file of the plan, so nothing was written", "choose another name"));
    }
    if there.is_some() {
        let mut start = Vec::new();
        let read = File::open(&real).and_then(|it| it.take(START).read_to_end(&mut start));
        read.map_err(|it| Failure::io(path, "cannot look into it", &it))?;
        if !start.is_empty() && memchr::memmem::find(&start, target.sign.as_bytes()).is_none() {
            let what = format!("it is there already, and is no earlier {}, so nothing was written", target.kind);
            return Err(Failure::new(path, what, help));
        }
        refuse_read_only(&real, path)?;
    }
    write_beside(&real, bytes)
}

/// Returns a path without links, of which the last part need not exist.
fn real(path: &Path) -> Result<PathBuf, Failure> {
    match fs::canonicalize(path) {
        Err(it) if it.kind() == ErrorKind::NotFound => {}
        Err(it) => return Err(Failure::io(path, "cannot find it", &it)),
        Ok(it) => return Ok(it),
    }
    let parent = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| Failure::new(path, "it names no file", "name a file"))?;
    let parent = fs::canonicalize(parent).map_err(|it| Failure::io(path, "cannot write it", &it))?;
    Ok(parent.join(name))
}

/// Writes a file beside its place and then moves it there, in the place of whatever lies there. Who may read it stays.
pub(super) fn write_beside(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let beside = beside(path, std::process::id());
    let fill = || {
        let mut file = File::create_new(&beside)?;
        if let Ok(old) = fs::metadata(path) {
            keep_access(&file, &old)?;
        }
        file.write_all(bytes)
    };
    fill().and_then(|()| fs::rename(&beside, path)).map_err(|it| {
        // What is left of the attempt helps nobody; when it cannot be removed either, the first failure says more.
        let _ = fs::remove_file(&beside);
        Failure::io(path, "cannot write it", &it)
    })
}
