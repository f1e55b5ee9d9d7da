//! Reads a project's files.

use super::Failure;
use super::files::{Disk, Files, Kind};
use super::git::past;
use super::locate::{Project, markdown_files};
use super::look::own_look;
use super::paths::{is_markdown, is_passed_over, relative};
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::reading::{effective_settings, holds_standups};
use crate::settings::Settings;
use crate::sources::{Known, MeasuredFile, Sources};
use crate::text::SourceFile;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files larger than this are not read at all, in bytes.
const MAX_FILE: u64 = 64 * 1024 * 1024;
/// Files of measured values larger than this are not read, in bytes.
const MAX_MEASURED: u64 = 1024 * 1024;
/// Standups beyond this many are not read.
const MAX_STANDUPS: usize = 5_000;
/// Folders below the standups' folder that are looked into.
const MAX_FOLDERS: usize = 6;

/// What is wanted of git.
#[derive(Debug, Clone, Copy, Default)]
pub struct GitUse {
    /// The files are to be taken as they stand.
    pub is_ignored: bool,
    /// A clone without its older commits is no error: its past is not known.
    pub allows_shallow: bool,
    /// The day that was asked for, whatever the settings say.
    pub day: Option<Day>,
}

impl GitUse {
    /// The files are to be taken as they stand.
    pub const IGNORED: Self = Self { is_ignored: true, allows_shallow: false, day: None };

    /// Says whether git is to be asked of a project's files. Where the settings fix the day, and no other is asked for, the files
    /// tell the story of that day as they are.
    pub(super) fn is_wanted(self, sources: &Sources, project: &Project) -> bool {
        let fixed = effective_settings(&sources.roadmap, &project.settings).as_of.map(|it| it.0);
        !self.is_ignored && fixed.is_none_or(|it| self.day.is_some_and(|asked| asked != it))
    }
}

/// Reads a project, and which versions git holds of its files. Where the settings fix the day, and no other is asked for, the files
/// stand for that day as they are.
///
/// # Errors
///
/// When the roadmap cannot be read, or git cannot say which versions there are. A standup that cannot be read is left out, and
/// noted.
pub fn read(project: Project, git: GitUse) -> Result<Sources, Failure> {
    let mut sources = read_files(&Disk, &project)?;
    if git.is_wanted(&sources, &project) {
        let beside: Vec<&str> = sources.standups.iter().map(|it| &*it.path).collect();
        sources.past = past(&project, &beside, git.allows_shallow)?;
    }
    if let Known::Past(it) = &sources.past {
        sources.notes.extend(it.notes.iter().cloned());
    }
    Ok(Sources { settings: project.settings, ..sources })
}

/// Reads a project's files, on the disk or in a commit, without its past.
pub(super) fn read_files(files: &dyn Files, at: &Project) -> Result<Sources, Failure> {
    let roadmap = file(files, &at.root, &at.roadmap)?;
    let mut notes = Vec::new();
    let mut standups = Vec::new();
    if let Some(folder) = &at.standups {
        for path in standup_paths(files, at, folder, &mut notes) {
            match file(files, &at.root, &path) {
                Ok(it) => standups.push(it),
                Err(it) => notes.push(note(&at.root, &path, it)),
            }
        }
        standups.extend(standups_beside(files, at, &mut notes));
    }
    standups.sort_by(|a, b| a.path.cmp(&b.path));
    standups.dedup_by(|a, b| a.path == b.path);
    // A roadmap alone has no folder of its own.
    let look = match at.standups {
        Some(_) => own_look(files, &at.root, &at.settings, &mut notes),
        None => Arc::default(),
    };
    let measured = measured_files(files, at, &mut notes);
    Ok(Sources {
        roadmap,
        standups,
        measured,
        settings: Settings::default(),
        notes,
        past: Known::default(),
        stands: false,
        look,
    })
}

/// Returns the Markdown files below the standups' folder, sorted.
fn standup_paths(
    files: &dyn Files,
    project: &Project,
    folder: &Path,
    notes: &mut Vec<Diagnostic>,
) -> BTreeSet<PathBuf> {
    let mut paths = BTreeSet::new();
    // All standups may stand in one file.
    if project.settings.standups.is_some() && files.is_file(folder) {
        paths.insert(folder.to_owned());
        return paths;
    }
    if !files.is_folder(folder) {
        if project.settings.standups.is_some() {
            let help = "correct the key `standups` in roadbook.toml";
            notes.push(note(&project.root, folder, Failure::new(folder, "the standups' folder does not exist", help)));
        }
        return paths;
    }
    for entry in files.below(folder, MAX_FOLDERS) {
        match entry {
            Ok((path, _)) if !is_markdown(&path) => {}
            Ok((path, Kind::File(_))) => {
                paths.insert(path);
            }
            Ok((path, kind)) => {
                let what = if kind == Kind::Folder {
                    "it is a folder, where a standup should be a file"
                } else {
                    "it is no ordinary file"
                };
                let help = "put a standup's text into a file of this name";
                let failure = Failure::new(&path, format!("{what}, so it is left out"), help);
                notes.push(note(&project.root, &path, failure));
            }
            Err(path) => {
                let failure = Failure::new(&path, "cannot be read, so it is left out", "check who may read it");
                notes.push(note(&project.root, &path, failure));
            }
        }
        if MAX_STANDUPS <= paths.len() {
            let what = format!("more than {MAX_STANDUPS} standups: the rest is left out");
            notes.push(note(&project.root, folder, Failure::new(folder, what, "move old standups elsewhere")));
            break;
        }
    }
    paths
}

/// Reads files beside the roadmap that hold a heading of a standup.
fn standups_beside(files: &dyn Files, project: &Project, notes: &mut Vec<Diagnostic>) -> Vec<SourceFile> {
    let Some(folder) = project.roadmap.parent() else { return Vec::new() };
    let Ok(paths) = markdown_files(files, folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in paths.into_iter().filter(|it| *it != project.roadmap && files.is_file(it)) {
        match file(files, &project.root, &path) {
            Ok(it) if holds_standups(&it) => found.push(it),
            Ok(_) => {}
            Err(it) => notes.push(note(&project.root, &path, it)),
        }
    }
    found
}

/// Returns a folder beside the roadmap or the settings, other than the project's own, whose files hold standups, as seen from the
/// project: of several the one with the most, the first of equals. Settings that name a folder are right.
#[must_use]
pub fn standups_elsewhere(project: &Project) -> Option<String> {
    let own = project.standups.as_deref().filter(|_| project.settings.standups.is_none())?;
    let beside = project.roadmap.parent().unwrap_or(Path::new(""));
    let listed = [beside, &project.root].into_iter().flat_map(|it| Disk.list(it).unwrap_or_default());
    let folders: BTreeSet<PathBuf> =
        listed.filter(|it| it != own && Disk.is_folder(it) && !is_passed_over(it)).collect();
    let holds = |folder: &PathBuf| {
        let paths = markdown_files(&Disk, folder).unwrap_or_default().into_iter().take(MAX_STANDUPS);
        let read = paths.filter(|it| Disk.is_file(it)).filter_map(|it| file(&Disk, &project.root, &it).ok());
        read.filter(holds_standups).count()
    };
    let counted = folders.iter().map(|it| (holds(it), it)).filter(|it| 0 < it.0);
    let most = counted.reduce(|a, b| if a.0 < b.0 { b } else { a })?;
    Some(relative(&project.root, most.1))
}

/// Reads the files of measured values that the settings name; one that cannot be read is noted.
fn measured_files(files: &dyn Files, project: &Project, notes: &mut Vec<Diagnostic>) -> Vec<MeasuredFile> {
    let named = &project.settings.measured;
    let of_one = named.metrics.iter().map(|(metric, path)| (path, Some(metric.clone())));
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for (path, metric) in named.files.iter().map(|it| (it, None)).chain(of_one) {
        let at = project.root.join(path);
        let read = if seen.insert(path) {
            measured_file(files, &project.root, &at)
        } else {
            let help = "name each file once; a file of several metrics belongs into `measured.files`";
            Err(Failure::new(&at, "the settings name it twice", help))
        };
        match read {
            Ok(file) => found.push(MeasuredFile { file, metric }),
            Err(it) => notes.push(note(&project.root, &at, it)),
        }
    }
    found
}

fn measured_file(files: &dyn Files, root: &Path, path: &Path) -> Result<SourceFile, Failure> {
    let kind = files.kind(path)?;
    if matches!(kind, Some(Kind::File(bytes)) if MAX_MEASURED < bytes) {
        let what = format!("it has more than {} MiB of measured values", MAX_MEASURED >> 20);
        return Err(Failure::new(path, what, "keep fewer values a week, or drop old ones"));
    }
    // What does not exist leads nowhere, and is said to be missing.
    if kind.is_some() && !files.is_within(path, root) {
        return Err(Failure::new(
            path,
            "it leads out of the project",
            "put the file below the folder of roadbook.toml",
        ));
    }
    file(files, root, path)
}

fn file(files: &dyn Files, root: &Path, path: &Path) -> Result<SourceFile, Failure> {
    match files.kind(path)? {
        Some(Kind::File(bytes)) if MAX_FILE < bytes => {
            let what = format!("it has {} MiB, and more than {} MiB are not read", bytes >> 20, MAX_FILE >> 20);
            Err(Failure::new(path, what, "split it into several files"))
        }
        Some(Kind::File(_)) => Ok(SourceFile::new(relative(root, path), files.read(path)?)),
        Some(_) => Err(Failure::new(path, "it is no ordinary file", "name a Markdown file or a folder")),
        None => Err(Failure::io(path, "cannot read it", &std::io::ErrorKind::NotFound.into())),
    }
}

fn note(root: &Path, path: &Path, failure: Failure) -> Diagnostic {
    Diagnostic::file("unreadable-file", Severity::Error, &relative(root, path), failure.what).help(failure.help)
}
