//! Writes a bundle to a folder: all of it, or nothing.
//!
//! The new folder is made whole beside the old one, and the two change places in one step where the system has such a step
//! (Linux); elsewhere the old one is moved aside first. Until then the old folder stays as it was.

use super::Failure;
use super::foreign::refuse_foreign;
use super::lock::lock;
use crate::bundle::Bundle;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file that tells a folder that roadbook made.
pub(super) const MARKER: &str = ".roadbook";
/// What stands in it, now and in the versions before.
pub(super) const MARKERS: [&str; 2] = [
    "This folder is made by roadbook; each build replaces all of it but .gitignore, CNAME and .nojekyll.\n",
    "This folder is made by roadbook; each build replaces all of it but .gitignore.\n",
];
/// Files that stay: what git and GitHub Pages are told of a folder.
pub(super) const KEPT: [&str; 3] = [".gitignore", "CNAME", ".nojekyll"];

/// Writes a bundle to a folder. What was there before stays whole until the new one is complete. `read` names what the bundle was made
/// from: nothing of it may lie in the folder.
///
/// # Errors
///
/// When the folder holds anything that roadbook did not make, is in use by another run, or cannot be written.
pub fn publish(bundle: &Bundle, out: &Path, read: &[PathBuf]) -> Result<(), Failure> {
    refuse_foreign(bundle, out, read)?;
    let parent = match out.parent() {
        Some(it) if it.as_os_str().is_empty() => Path::new("."),
        Some(it) => it,
        None => return Err(Failure::new(out, "it is no folder to write to", "choose another folder with --out")),
    };
    let name =
        out.file_name().ok_or_else(|| Failure::new(out, "it has no name", "choose another folder with --out"))?;
    fs::create_dir_all(parent).map_err(|it| Failure::io(parent, "cannot make the folder", &it))?;
    let _lock = lock(parent, out, "another run is writing to this folder")?;
    let prefix = format!(".{}.roadbook-", name.to_string_lossy());
    sweep(parent, &prefix);
    let staging = parent.join(format!("{prefix}{}", std::process::id()));
    let result = fill(bundle, &staging, out).and_then(|()| swap(&staging, out));
    // After the swap this is the old folder; after a failure it is the unfinished new one.
    let removed = fs::remove_dir_all(&staging);
    match (&result, removed) {
        (Ok(()), Err(it)) if it.kind() != io::ErrorKind::NotFound => {
            Err(Failure::io(&staging, "cannot remove the old site", &it))
        }
        _ => result,
    }
}

/// Removes what runs that were killed have left behind.
fn sweep(parent: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.filter_map(Result::ok) {
        let rest = entry.file_name().to_string_lossy().strip_prefix(prefix).map(str::to_owned);
        if rest.is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit())) {
            // What cannot be removed now does no harm: it is tried again at the next run.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn fill(bundle: &Bundle, staging: &Path, out: &Path) -> Result<(), Failure> {
    let make = |path: &Path| fs::create_dir_all(path).map_err(|it| Failure::io(path, "cannot make the folder", &it));
    let write = |path: &Path, bytes: &[u8]| fs::write(path, bytes).map_err(|it| Failure::io(path, "cannot write", &it));
    make(staging)?;
    let folders: BTreeSet<PathBuf> =
        bundle.files.keys().filter_map(|it| staging.join(it.as_str()).parent().map(Path::to_owned)).collect();
    for folder in &folders {
        make(folder)?;
    }
    for (path, bytes) in &bundle.files {
        write(&staging.join(path.as_str()), bytes)?;
    }
    for name in KEPT {
        let old = out.join(name);
        match fs::symlink_metadata(&old) {
            Ok(it) if !it.is_file() => {
                let what = "it is no ordinary file, so it cannot be kept";
                return Err(Failure::new(&old, what, "put a file in its place, or remove it"));
            }
            Ok(_) => {
                let kept = fs::read(&old).map_err(|it| Failure::io(&old, "cannot read it", &it))?;
                write(&staging.join(name), &kept)?;
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(error) => return Err(Failure::io(&old, "cannot look at it", &error)),
        }
    }
    let [marker, ..] = MARKERS;
    write(&staging.join(MARKER), marker.as_bytes())
}

fn swap(staging: &Path, out: &Path) -> Result<(), Failure> {
    let rename = |from: &Path, to: &Path| {
        fs::rename(from, to).map_err(|it| Failure::io(out, "cannot put the new site in place", &it))
    };
    if fs::symlink_metadata(out).is_err() {
        return rename(staging, out);
    }
    if exchange(staging, out) {
        return Ok(());
    }
    let aside = staging.with_extension("old");
    rename(out, &aside)?;
    if let Err(failure) = rename(staging, out) {
        // The old site goes back where it was; if that fails too, it is still whole beside.
        let _ = fs::rename(&aside, out);
        return Err(failure);
    }
    fs::remove_dir_all(&aside).map_err(|it| Failure::io(&aside, "cannot remove the old site", &it))
}

/// Lets two folders change places in one step; returns whether the system could.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

/// Lets two folders change places in one step; returns whether the system could.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}
