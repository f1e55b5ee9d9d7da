//! The versions of a roadmap, read from the newest to the oldest, and its tasks followed through them.

use super::changes::{Change, DatedChange, task_changes};
use super::identity::{Known, same, tasks_of};
use super::rewording::Signed;
use super::versions::{Gone, Marked, Planned, Versions};
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::parse;
use crate::model::Plan;
use crate::reading;
use crate::settings::Settings;
use crate::sources::{BlobId, CommitId, Past, Revision, Unreadable};
use crate::text::SourceFile;
use chrono::DateTime;
use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Tasks beyond this many, of all versions together, are not followed.
const MAX_LIVES: usize = 40_000;
/// Texts beyond this many that come again are read again.
const MAX_KEPT: usize = 16;

/// Reads the versions of a roadmap up to a day, the last one of each day. `plan` is the roadmap as it is known on that day.
///
/// What cannot be read is left out, and noted.
#[must_use]
pub fn versions(plan: &Plan, past: &Past, settings: &Settings, as_of: Day) -> (Versions, Option<Diagnostic>) {
    let last_of_days: Vec<_> = last_of_days(past, settings, as_of).collect();
    let mut kept = Kept::of(last_of_days.iter().map(|it| it.2));
    let mut newer = Version::of(Cow::Borrowed(plan), None);
    let open = |(at, it): (usize, &Known)| {
        let marks = vec![Marked { day: as_of, commit: None, mark: it.mark, written: None }];
        Life { place: Some(at), marks, changes: Vec::new(), gone: None }
    };
    let mut lives: Vec<Life> = newer.tasks.iter().enumerate().map(open).collect();
    let (mut days, mut plans, mut note) = (Vec::new(), Vec::new(), None);
    let mut planned = Arc::new(Planned::of(plan));
    let (mut signed, mut rewordings) = (Signed::of(plan), Vec::new());
    let mut since = (as_of, None);
    for (day, commit, blob, path) in last_of_days {
        let read = || {
            let file = SourceFile::new(path, past.texts.read(blob)?);
            let plan = reading::plan(&file, &parse(&file), settings).value;
            Ok(Version::of(Cow::Owned(plan), Some(file)))
        };
        let older = match kept.version(blob, read) {
            Ok(it) => it,
            Err::<_, Unreadable>(it) => {
                note.get_or_insert_with(|| {
                    let what = format!("the roadmap of {day}, commit {commit}, cannot be read: {}", it.what);
                    Diagnostic::file("unreadable-file", Severity::Warning, path, what).help(it.help)
                });
                continue;
            }
        };
        // The text of the day after, again.
        if !Rc::ptr_eq(&newer, &older) {
            rewordings.extend(signed.iter_mut().filter_map(|it| it.go_back(&newer.plan, &older.plan, since.0)));
            // Most versions plan the same days.
            let its = Planned::of(&older.plan);
            if its != *planned {
                planned = Arc::new(its);
            }
            let found = same(&newer.tasks, &older.tasks);
            for it in &mut lives {
                let to = it.place.and_then(|it| found.get(it).copied().flatten());
                it.go_back(to, &newer, &older, since);
            }
            let mut is_found = vec![false; older.tasks.len()];
            for at in found.into_iter().flatten() {
                if let Some(it) = is_found.get_mut(at) {
                    *it = true;
                }
            }
            // What the newer version no longer has.
            let gone = is_found.iter().zip(&older.plan.tasks).enumerate().filter(|(_, (is_found, _))| !**is_found);
            let room = MAX_LIVES.saturating_sub(lives.len());
            lives.extend(gone.take(room).map(|(at, (_, it))| Life {
                place: Some(at),
                marks: Vec::new(),
                changes: vec![DatedChange { day: since.0, commit: since.1, change: Change::TakenOut }],
                gone: Some((it.full_name(), it.effort_days)),
            }));
            newer = older;
        }
        days.push((day, commit));
        plans.push(Arc::clone(&planned));
        since = (day, Some(commit));
        for it in &mut lives {
            it.see(&newer.tasks, day, commit);
        }
    }
    for it in &mut lives {
        it.quote(&newer);
    }
    days.reverse();
    plans.reverse();
    let mut versions = Versions { days, rewordings, plans, ..Versions::default() };
    for mut it in lives {
        it.marks.reverse();
        it.changes.reverse();
        match it.gone {
            None => {
                versions.marks.push(it.marks);
                versions.changes.push(it.changes);
            }
            Some((name, effort_days)) => {
                let day = it.changes.last().map_or(as_of, |it| it.day);
                versions.gone.push(Gone { day, name, effort_days, changes: it.changes, marks: it.marks });
            }
        }
    }
    (versions, note)
}

/// Returns the last version of each day that has one, up to a day, newest first.
fn last_of_days<'a>(
    past: &'a Past,
    settings: &Settings,
    as_of: Day,
) -> impl Iterator<Item = (Day, CommitId, BlobId, &'a str)> {
    let mut last = None;
    past.revisions.iter().filter_map(move |it| {
        let version = it.roadmap.as_ref()?;
        let day = day_of_revision(it, settings);
        if as_of < day || last == Some(day) {
            return None;
        }
        let blob = version.blob?;
        last = Some(day);
        Some((day, it.commit, blob, &*version.path))
    })
}

/// Returns the day of a revision in the project's time zone.
#[must_use]
pub fn day_of_revision(it: &Revision, settings: &Settings) -> Day {
    let moment = DateTime::from_timestamp(it.time, 0).unwrap_or_default();
    moment.with_timezone(&settings.zone()).date_naive()
}

/// A version, read.
struct Version<'a> {
    plan: Cow<'a, Plan>,
    tasks: Vec<Known>,
    /// Its text; nothing for the plan of now.
    file: Option<SourceFile>,
}

impl<'a> Version<'a> {
    fn of(plan: Cow<'a, Plan>, file: Option<SourceFile>) -> Rc<Self> {
        Rc::new(Self { tasks: tasks_of(&plan), plan, file })
    }

    /// Returns the line that shows the mark of a task.
    fn line(&self, at: usize) -> Option<Arc<str>> {
        let task = self.plan.tasks.get(at)?;
        let place = &task.marked_state().map_or_else(|| task.last(), |(_, it)| it).place;
        self.file.as_ref().map(|it| it.line(place.line()).trim().into())
    }
}

/// Versions whose text an older one has again, as after a revert, until the last of these is read.
struct Kept<'a> {
    /// How often each text is still to come.
    ahead: HashMap<BlobId, usize>,
    versions: HashMap<BlobId, Rc<Version<'a>>>,
}

impl<'a> Kept<'a> {
    fn of(blobs: impl Iterator<Item = BlobId>) -> Self {
        let mut ahead = HashMap::new();
        for it in blobs {
            *ahead.entry(it).or_default() += 1;
        }
        Self { ahead, versions: HashMap::new() }
    }

    /// Returns the version with a text, which is read where it is not kept.
    fn version<E>(
        &mut self,
        blob: BlobId,
        read: impl FnOnce() -> Result<Rc<Version<'a>>, E>,
    ) -> Result<Rc<Version<'a>>, E> {
        let ahead = self.ahead.get_mut(&blob).map_or(0, |it| {
            *it = it.saturating_sub(1);
            *it
        });
        let version = self.versions.remove(&blob).map_or_else(read, Ok)?;
        if 0 < ahead && self.versions.len() < MAX_KEPT {
            self.versions.insert(blob, Rc::clone(&version));
        }
        Ok(version)
    }
}

/// A task through the versions, from the newest to the oldest.
struct Life {
    /// Where it stands in the version that was read last; nothing once a version is without it.
    place: Option<usize>,
    marks: Vec<Marked>,
    changes: Vec<DatedChange>,
    /// What it was called, and its effort; nothing for a task of the plan.
    gone: Option<(String, Option<f64>)>,
}

impl Life {
    /// Goes on to an older version, in which it stands at a place; `day` and `commit` are those of the newer one.
    fn go_back(
        &mut self,
        to: Option<usize>,
        newer: &Version<'_>,
        older: &Version<'_>,
        (day, commit): (Day, Option<CommitId>),
    ) {
        let Some(from) = self.place else { return };
        let mark = |it: &Version<'_>, at: usize| it.tasks.get(at).map(|it| it.mark);
        if to.and_then(|it| mark(older, it)) != mark(newer, from) {
            self.quote(newer);
        }
        self.place = to;
        let (newer, older) = (&*newer.plan, &*older.plan);
        let tasks = newer.tasks.get(from).zip(to.and_then(|it| older.tasks.get(it)));
        let changes = tasks.map_or_else(|| vec![Change::Added], |(new, old)| task_changes((older, old), (newer, new)));
        // They are turned round in the end.
        self.changes.extend(changes.into_iter().rev().map(|change| DatedChange { day, commit, change }));
    }

    /// Keeps its line of the first version that has its mark, which is the one that is left or the oldest.
    fn quote(&mut self, version: &Version<'_>) {
        let Some(last) = self.marks.last_mut() else { return };
        last.written = self.place.and_then(|it| version.line(it)).or(last.written.take());
    }

    /// Notes what a version shows of it.
    fn see(&mut self, tasks: &[Known], day: Day, commit: CommitId) {
        let Some(it) = self.place.and_then(|it| tasks.get(it)) else { return };
        let commit = Some(commit);
        match self.marks.last_mut() {
            Some(last) if last.mark == it.mark => (last.day, last.commit) = (day, commit),
            _ => self.marks.push(Marked { day, commit, mark: it.mark, written: None }),
        }
    }
}
