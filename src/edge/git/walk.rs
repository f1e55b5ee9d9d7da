//! From the newest commit to the oldest: which of them change a file of the project.

use super::dates::put_in_order;
use super::follow::{Differences, Followed, Seen};
use super::line::{Commit, FirstParents};
use super::names::Names;
use super::open::Store;
use crate::edge::Failure;
use crate::sources::{BlobId, CommitId, FileVersion, Revision};
use gix::ObjectId;
use gix::bstr::{BString, ByteSlice as _};

/// Commits beyond this many are not looked at.
const MAX_COMMITS: usize = 5_000_000;

/// What was found.
pub(super) struct Walked {
    /// The commits at which files differ, newest first.
    pub revisions: Vec<Revision>,
    /// Commits whose date was moved.
    pub corrected: usize,
    /// The oldest commits were not looked at.
    pub limited: bool,
}

/// Walks along first parents.
pub(super) fn walk(store: &Store, head: ObjectId, followed: &mut Followed, names: &Names) -> Result<Walked, Failure> {
    let mut dates = Vec::new();
    // Each with its place in `dates`.
    let mut revisions = Vec::new();
    let mut newer: Option<(Commit, Seen)> = None;
    let mut note = |at: usize, commit: &Commit, differences: Differences| {
        revisions.extend(revision(commit, differences, names).map(|it| (it, at)));
    };
    for commit in FirstParents::from(store, head).take(MAX_COMMITS) {
        let commit = commit?;
        let seen = match &newer {
            None => followed.look(commit.tree)?,
            Some((newer, newer_seen)) => {
                let seen = followed.look_before(newer_seen, commit.tree)?;
                note(dates.len() - 1, newer, followed.differences(Some(&seen), newer_seen)?);
                seen
            }
        };
        dates.push(commit.date);
        newer = Some((commit, seen));
    }
    if let Some((oldest, seen)) = &newer {
        note(dates.len() - 1, oldest, followed.differences(None, seen)?);
    }
    dates.reverse();
    let corrected = put_in_order(&mut dates);
    dates.reverse();
    let dated = |(it, at): (Revision, usize)| Revision { time: dates.get(at).copied().unwrap_or_default(), ..it };
    let revisions = revisions.into_iter().map(dated).collect();
    Ok(Walked { revisions, corrected, limited: dates.len() == MAX_COMMITS })
}

/// Returns a commit that changes a file, not yet dated; nothing for one that changes none.
fn revision(commit: &Commit, differences: Differences, names: &Names) -> Option<Revision> {
    let version = |(path, text): (BString, Option<ObjectId>)| FileVersion {
        path: names.of(path.as_bstr()),
        blob: text.and_then(|it| BlobId::new(it.as_slice())),
    };
    let roadmap = differences.roadmap.map(version);
    let mut standups: Vec<_> = differences.standups.into_iter().map(version).collect();
    if roadmap.is_none() && standups.is_empty() {
        return None;
    }
    // In a damaged folder a path may stand twice: the one with a text counts.
    standups.sort_by(|a, b| a.path.cmp(&b.path).then(a.blob.is_none().cmp(&b.blob.is_none())));
    standups.dedup_by(|a, b| a.path == b.path);
    Some(Revision { commit: CommitId::new(commit.id.as_slice())?, time: 0, roadmap, standups })
}
