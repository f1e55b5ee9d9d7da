//! What a folder that is written to must not hold: each build takes all of its old site away.

use super::Failure;
use super::locate::SETTINGS;
use super::paths::{is_markdown, or_here};
use super::publish::{KEPT, MARKER, MARKERS};
use crate::bundle::Bundle;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// Refuses a folder that is no earlier output, and one in which something else lies by now: a repository, a file that was read, or
/// Markdown and settings, which no output has.
pub(super) fn refuse_foreign(bundle: &Bundle, out: &Path, read: &[PathBuf]) -> Result<(), Failure> {
    let help = "choose an empty folder with --out, or remove this one yourself";
    match fs::symlink_metadata(out) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::io(out, "cannot look at the output folder", &error)),
        Ok(it) if it.is_symlink() => return Err(Failure::new(out, "the output folder is a link", help)),
        Ok(it) if !it.is_dir() => return Err(Failure::new(out, "the output folder is a file", help)),
        Ok(_) => {}
    }
    if !fs::read_to_string(out.join(MARKER)).is_ok_and(|it| MARKERS.contains(&&*it)) {
        let entries = fs::read_dir(out).map_err(|it| Failure::io(out, "cannot look into the output folder", &it))?;
        let names = entries.filter_map(Result::ok).map(|it| it.file_name());
        let foreign = names.filter(|it| !KEPT.iter().any(|kept| it == kept)).min();
        return foreign.map_or(Ok(()), |it| {
            let it = it.to_string_lossy();
            let what = format!("roadbook did not make this folder (it holds {it}), so nothing was written");
            Err(Failure::new(out, what, help))
        });
    }
    let found = repository(out).or_else(|| holds_read(out, read)).or_else(|| text_of_a_plan(bundle, out));
    found.map_or(Ok(()), |it| {
        let what = format!("{it} lies in the output folder, which is replaced as a whole, so nothing was written");
        Err(Failure::new(out, what, "move it elsewhere, or choose another folder with --out"))
    })
}

fn repository(out: &Path) -> Option<String> {
    fs::symlink_metadata(out.join(".git")).is_ok().then(|| "a git repository".to_owned())
}

/// Finds something that was read and that would be gone.
fn holds_read(out: &Path, read: &[PathBuf]) -> Option<String> {
    let real = fs::canonicalize(out).ok()?;
    // A link in the folder that leads out of it would be gone, too.
    let lies_within = |it: &Path| {
        let place = it.parent().zip(it.file_name()).and_then(|(parent, name)| {
            fs::canonicalize(or_here(parent)).ok().map(|parent| parent.join(name)).filter(|it| it.exists())
        });
        [fs::canonicalize(it).ok(), place].into_iter().flatten().any(|it| it.starts_with(&real))
    };
    let it = read.iter().map(|it| or_here(it)).find(|it| lies_within(it))?;
    let is_folder = it.is_dir();
    let shown: PathBuf = it.components().filter(|it| *it != Component::CurDir).collect();
    Some(match shown.as_os_str().is_empty() {
        true => "the plan's own folder".to_owned(),
        false if is_folder => format!("{}, which belongs to the plan,", shown.display()),
        false => format!("{}, which was read,", shown.display()),
    })
}

/// Finds Markdown or settings: no output has such a file.
fn text_of_a_plan(bundle: &Bundle, out: &Path) -> Option<String> {
    let files = WalkDir::new(out).min_depth(1).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|it| !it.file_type().is_dir());
    let mut suspect = files.filter(|it| is_markdown(it.path()) || it.file_name() == SETTINGS).filter_map(|it| {
        let inside = it.path().strip_prefix(out).ok()?.to_string_lossy().replace('\\', "/");
        let is_ours = bundle.files.keys().any(|it| it.as_str() == inside);
        (!is_ours).then_some(inside)
    });
    suspect.next()
}
