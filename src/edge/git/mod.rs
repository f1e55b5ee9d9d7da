//! Reads which versions of a project's files git holds. Nothing is executed, nothing written, and no setting of the repository or
//! of its user is followed; but for the record of sent mail, which `sent.rs` writes and `transfer.rs` pushes.

mod commit;
mod dates;
mod follow;
mod line;
mod names;
mod open;
mod origin;
mod rename;
mod sent;
mod texts;
mod transfer;
mod trees;
mod walk;

pub use self::commit::Commit;
pub use self::origin::{Origin, origin};
pub(super) use self::sent::{SentRef, Tip};
pub(super) use self::transfer::{fetch, push};

use self::follow::Followed;
use self::names::Names;
use self::open::Store;
use self::texts::Blobs;
use self::trees::Trees;
use self::walk::walk;
use super::Failure;
use super::locate::Project;
use super::paths::{or_here, relative};
use crate::diagnostic::{Diagnostic, Severity};
use crate::sources::{Known, Past, Revision, Unknown};
use gix::bstr::{BStr, BString};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Returns the versions of a project's files that the current branch holds, along first parents: what a merge brought in counts
/// from the merge on.
///
/// - The roadmap is followed through renames: where the commit before lacks its path, it is the Markdown file that this commit
///   removed and whose text is the same, else the one most alike of which half of the lines are the same. Where none is, the path
///   is looked for further back: a roadmap that was deleted and restored has a version without a text in between.
/// - Standups are the Markdown files below the standups' folder, by path; when the roadmap came from another folder, and the
///   standups' folder lay in the same place beside it there, the folder is followed, as it is when it was renamed as a whole and its
///   first file is as much alike as a roadmap must be. `beside` names further files in the roadmap's
///   folder, by paths as in [`SourceFile::path`](crate::text::SourceFile::path); of these only the path counts.
/// - Links and submodules are no versions: where the roadmap is one, it is not there.
/// - Dates are the committers', put in order (`dates.rs`): as many as possible are believed. One that is not, since it is earlier
///   than those before it, becomes the date of the commit before it (1970); one that is later than those after it becomes the date
///   of the next believed commit (2099); neither moves any other. A newest commit of the future is believed.
/// - Replacements and grafts are ignored, as are environment variables such as `GIT_DIR`.
///
/// With `allow_shallow` a clone without its older commits has an unknown past instead of being an error.
///
/// # Errors
///
/// When the repository is shallow, or cannot be read, or lacks commits or folders that it should have. That a text is missing is
/// noticed when it is read.
pub fn past(project: &Project, beside: &[&str], allow_shallow: bool) -> Result<Known, Failure> {
    let folder = real(project.roadmap.parent().unwrap_or(Path::new("")))?;
    let Some(store) = Store::open(&folder)? else { return Ok(Known::Nothing(Unknown::NoRepository)) };
    let Some(head) = store.head()? else { return Ok(Known::Nothing(Unknown::NoCommit)) };
    if store.is_shallow()? {
        return if allow_shallow { Ok(Known::Nothing(Unknown::Shallow)) } else { Err(shallow(&project.roadmap)) };
    }
    let name = project.roadmap.file_name().unwrap_or_default();
    let roadmap = inside(&store.top, &folder.join(name)).unwrap_or_default();
    let standups = project.standups.as_deref().map(real_once_there).transpose()?;
    let standups = standups.and_then(|it| inside(&store.top, &it));
    let names = Names::new(&store.top, &real(&project.root)?);
    past_of(store, head, project, (roadmap, standups), beside, &names)
}

/// Returns the versions that a commit and those before it hold of the files at some paths of the repository.
fn past_of(
    store: Store,
    head: gix::ObjectId,
    project: &Project,
    (roadmap, standups): (BString, Option<BString>),
    beside: &[&str],
    names: &Names,
) -> Result<Known, Failure> {
    let beside = beside.iter().filter_map(|it| inside(Path::new(""), Path::new(Path::new(it).file_name()?))).collect();
    let mut followed = Followed::new(Trees::new(store.again()), roadmap, standups, beside);
    let walked = walk(&store, head, &mut followed, names)?;
    let holds = |it: &Revision| it.roadmap.as_ref().is_some_and(|it| it.blob.is_some());
    if !walked.revisions.iter().any(holds) {
        return Ok(Known::Nothing(Unknown::NotTracked));
    }
    let path = relative(&project.root, &project.roadmap);
    let mut limits = followed.limits();
    if walked.limited {
        limits.push("the branch has so many commits that the oldest were not looked at");
    }
    let note = |it| Diagnostic::file("unreadable-file", Severity::Warning, &path, it);
    let notes = limits.into_iter().map(note).collect();
    Ok(Known::Past(Past {
        revisions: walked.revisions,
        corrected: walked.corrected,
        notes,
        texts: Arc::new(Blobs::new(store)),
    }))
}

/// Returns the folders in which git keeps what a folder's branch leads to: that of its worktree, and that of the repository.
pub(super) fn git_folders(folder: &Path) -> Option<(PathBuf, PathBuf)> {
    Some(Store::open(&real(folder).ok()?).ok()??.folders())
}

fn shallow(roadmap: &Path) -> Failure {
    let what = "its repository was cloned without the older commits, so its history is not known";
    let help = "fetch them with `git fetch --unshallow`; in a workflow write `fetch-depth: 0` below `with:` of the checkout step, \
                or pass `--allow-shallow` to go on without history";
    Failure::new(roadmap, what, help)
}

/// Returns the folder in which the repository that a folder lies in keeps what is its own: of a worktree its own one. Nothing where
/// there is no repository that can be opened.
pub(super) fn folder_of_git(folder: &Path) -> Option<PathBuf> {
    let store = Store::open(&real(folder).ok()?).ok()??;
    Some(store.repository().git_dir().to_owned())
}

/// Returns a path without links.
fn real(path: &Path) -> Result<PathBuf, Failure> {
    // An empty path is the current folder, which cannot be resolved by that name.
    let path = or_here(path);
    fs::canonicalize(path).map_err(|it| Failure::io(path, "cannot find it", &it))
}

/// Returns a path without links, of which the last parts need not exist.
fn real_once_there(path: &Path) -> Result<PathBuf, Failure> {
    let there = path.ancestors().find(|it| it.as_os_str().is_empty() || it.exists()).unwrap_or(Path::new(""));
    let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
    let normal = rest.components().filter(|it| matches!(it, Component::Normal(_)));
    Ok(normal.fold(real(there)?, |path, it| path.join(it)))
}

/// Returns a path as commits have it; nothing where it lies outside of the repository.
fn inside(top: &Path, path: &Path) -> Option<BString> {
    let parts = path.strip_prefix(top).ok()?.components().map(|it| gix::path::os_str_into_bstr(it.as_os_str()).ok());
    let parts: Option<Vec<&BStr>> = parts.collect();
    Some(BString::from(gix::bstr::join("/", parts?)))
}
