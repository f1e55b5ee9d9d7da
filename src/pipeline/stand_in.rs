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
/// earliest stands in; what was never committed stays as it is.
pub(super) fn stand_in(sources: &mut Sources, as_of: Day) {
    let Sources { roadmap, standups, settings, notes, past, .. } = sources;
    let Known::Past(past) = past else { return };
    if let Choice::Version(version, blob) = choose(past.versions(settings, |it| it.roadmap.as_slice()), as_of)
        && let Some(it) = read(past, &version.path, blob, notes)
    {
        *roadmap = it;
    }
    let mut of_path: BTreeMap<Arc<str>, Vec<(Day, &FileVersion)>> = BTreeMap::new();
    for (day, version) in past.versions(settings, |it| &it.standups) {
        of_path.entry(Arc::clone(&version.path)).or_default().push((day, version));
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

/// Chooses among the versions of a file, newest first.
fn choose<'a>(versions: impl Iterator<Item = (Day, &'a FileVersion)>, as_of: Day) -> Choice<'a> {
    let mut earliest = None;
    for (day, version) in versions {
        if day <= as_of {
            return match (earliest, version.blob) {
                (None, _) => Choice::Now,
                (Some(_), Some(blob)) => Choice::Version(version, blob),
                (Some(_), None) => Choice::Deleted,
            };
        }
        earliest = Some(version.blob.map(|it| (version, it)).or(earliest.flatten()));
    }
    match earliest {
        None => Choice::Now,
        Some(Some((version, blob))) => Choice::Version(version, blob),
        Some(None) => Choice::Deleted,
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
    ) -> impl Iterator<Item = (Day, &'a FileVersion)> {
        self.revisions.iter().flat_map(move |it| {
            let day = day_of_revision(it, settings);
            of(it).iter().map(move |it| (day, it))
        })
    }
}
