//! A project's files as they were on a day.

use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::day_of_revision;
use crate::settings::Settings;
use crate::sources::{BlobId, FileVersion, Known, Past, Revision, Sources};
use crate::text::SourceFile;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Puts the files as they were at the end of a day in the place of those of now. Where a file has no version as old as that, its
/// earliest stands in, but for a standup whose commit took out another: there the other one tells, as after a rename. What was
/// never committed stays as it is.
pub(super) fn stand_in(sources: &mut Sources, as_of: Day) {
    let Sources { roadmap, standups, settings, notes, past, .. } = sources;
    let Known::Past(past) = past else { return };
    if let Choice::Version(version, blob) = choose(past.versions(settings, |it| it.roadmap.as_slice()), as_of)
        && let Some(it) = read(past, &version.path, blob, notes)
    {
        *roadmap = it;
    }
    let mut of_path: BTreeMap<Arc<str>, Vec<Dated>> = BTreeMap::new();
    for it in past.versions(settings, |it| &it.standups) {
        of_path.entry(Arc::clone(&it.version.path)).or_default().push(it);
    }
    let mut now: BTreeMap<Arc<str>, SourceFile> =
        std::mem::take(standups).into_iter().map(|it| (Arc::clone(&it.path), it)).collect();
    for (path, versions) in of_path {
        match choose(versions.into_iter(), as_of) {
            Choice::Now => {}
            Choice::Deleted => drop(now.remove(&path)),
            Choice::Version(version, blob) => {
                if let Some(it) = read(past, &version.path, blob, notes) {
                    now.insert(path, it);
                }
            }
        }
    }
    *standups = now.into_values().collect();
}

/// What stands for a file on a day.
enum Choice<'a> {
    /// The file as it is: nothing was committed later.
    Now,
    /// A version.
    Version(&'a FileVersion, BlobId),
    /// Nothing: it was deleted.
    Deleted,
}

/// A version of a file.
#[derive(Clone, Copy)]
struct Dated<'a> {
    day: Day,
    version: &'a FileVersion,
    /// Its commit took out another file of the kind.
    replaces: bool,
}

/// Chooses among the versions of a file, newest first.
fn choose<'a>(versions: impl Iterator<Item = Dated<'a>>, as_of: Day) -> Choice<'a> {
    let mut earliest: Option<Dated<'_>> = None;
    for it in versions {
        if it.day <= as_of {
            return match (earliest, it.version.blob) {
                (None, _) => Choice::Now,
                (Some(_), Some(blob)) => Choice::Version(it.version, blob),
                (Some(_), None) => Choice::Deleted,
            };
        }
        // Where the oldest deletes it, what it held before is not known: a later text stands in.
        if it.version.blob.is_some() || earliest.is_none() {
            earliest = Some(it);
        }
    }
    let Some(it) = earliest else { return Choice::Now };
    match it.version.blob {
        Some(blob) if !it.replaces => Choice::Version(it.version, blob),
        _ => Choice::Deleted,
    }
}

fn read(past: &Past, path: &Arc<str>, blob: BlobId, notes: &mut Vec<Diagnostic>) -> Option<SourceFile> {
    match past.texts.read(blob) {
        Ok(bytes) => Some(SourceFile::new(Arc::clone(path), bytes)),
        Err(it) => {
            let what = format!("its earlier text {blob} cannot be read, so that of now stands in: {}", it.what);
            notes.push(Diagnostic::file("unreadable-file", Severity::Warning, path, what).help(it.help));
            None
        }
    }
}

impl Past {
    /// Returns the versions of some of the files with their days in the project's time zone, newest first.
    fn versions<'a>(
        &'a self,
        settings: &'a Settings,
        of: impl Fn(&'a Revision) -> &'a [FileVersion] + 'a,
    ) -> impl Iterator<Item = Dated<'a>> {
        self.revisions.iter().flat_map(move |it| {
            let day = day_of_revision(it, settings);
            let replaces = of(it).iter().any(|it| it.blob.is_none());
            of(it).iter().map(move |version| Dated { day, version, replaces })
        })
    }
}
