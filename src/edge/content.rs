//! Reads a project's files.

use super::Failure;
use super::git::past;
use super::locate::{Project, markdown_files};
use super::paths::{is_markdown, relative};
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::reading::{effective_settings, holds_standups};
use crate::sources::{Known, Sources};
use crate::text::SourceFile;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Files larger than this are not read at all, in bytes.
const MAX_FILE: u64 = 64 * 1024 * 1024;
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
}

/// Reads a project, and which versions git holds of its files. Where the settings fix the day, and no other is asked for, the files
/// stand for that day as they are.
///
/// # Errors
///
/// When the roadmap cannot be read, or git cannot say which versions there are. A standup that cannot be read is left out, and
/// noted.
pub fn read(project: Project, git: GitUse) -> Result<Sources, Failure> {
    let roadmap = file(&project.root, &project.roadmap)?;
    let mut notes = Vec::new();
    let mut standups = Vec::new();
    if let Some(folder) = &project.standups {
        for path in standup_paths(&project, folder, &mut notes) {
            match file(&project.root, &path) {
                Ok(it) => standups.push(it),
                Err(it) => notes.push(note(&project.root, &path, it)),
            }
        }
        standups.extend(standups_beside(&project, &mut notes));
    }
    standups.sort_by(|a, b| a.path.cmp(&b.path));
    standups.dedup_by(|a, b| a.path == b.path);
    let fixed = effective_settings(&roadmap, &project.settings).as_of.map(|it| it.0);
    let is_fixed = fixed.is_some_and(|it| git.day.is_none_or(|asked| asked == it));
    let known = if git.is_ignored || is_fixed {
        Known::default()
    } else {
        let beside: Vec<&str> = standups.iter().map(|it| &*it.path).collect();
        past(&project, &beside, git.allows_shallow)?
    };
    if let Known::Past(it) = &known {
        notes.extend(it.notes.iter().cloned());
    }
    Ok(Sources { roadmap, standups, settings: project.settings, notes, past: known })
}

/// Returns the Markdown files below the standups' folder, sorted.
fn standup_paths(project: &Project, folder: &Path, notes: &mut Vec<Diagnostic>) -> BTreeSet<PathBuf> {
    let mut paths = BTreeSet::new();
    // All standups may stand in one file.
    if project.settings.standups.is_some() && folder.is_file() {
        paths.insert(folder.to_owned());
        return paths;
    }
    if !folder.is_dir() {
        if project.settings.standups.is_some() {
            let help = "correct the key `standups` in roadbook.toml";
            notes.push(note(&project.root, folder, Failure::new(folder, "the standups' folder does not exist", help)));
        }
        return paths;
    }
    for entry in WalkDir::new(folder).max_depth(MAX_FOLDERS).sort_by_file_name() {
        match entry {
            Ok(it) if !is_markdown(it.path()) => {}
            Ok(it) if it.file_type().is_file() => {
                paths.insert(it.into_path());
            }
            Ok(it) => {
                let what = if it.file_type().is_dir() {
                    "it is a folder, where a standup should be a file"
                } else {
                    "it is no ordinary file"
                };
                let failure = Failure::new(
                    it.path(),
                    format!("{what}, so it is left out"),
                    "put a standup's text into a file of this name",
                );
                notes.push(note(&project.root, it.path(), failure));
            }
            Err(it) => {
                let path = it.path().unwrap_or(folder).to_owned();
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
fn standups_beside(project: &Project, notes: &mut Vec<Diagnostic>) -> Vec<SourceFile> {
    let Some(folder) = project.roadmap.parent() else { return Vec::new() };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(paths) = markdown_files(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in paths.into_iter().filter(|it| *it != project.roadmap && it.is_file()) {
        match file(&project.root, &path) {
            Ok(it) if holds_standups(&it) => found.push(it),
            Ok(_) => {}
            Err(it) => notes.push(note(&project.root, &path, it)),
        }
    }
    found
}

fn file(root: &Path, path: &Path) -> Result<SourceFile, Failure> {
    let kind = fs::metadata(path).map_err(|it| Failure::io(path, "cannot read it", &it))?;
    if !kind.is_file() {
        return Err(Failure::new(path, "it is no ordinary file", "name a Markdown file or a folder"));
    }
    if MAX_FILE < kind.len() {
        let what = format!("it has {} MiB, and more than {} MiB are not read", kind.len() >> 20, MAX_FILE >> 20);
        return Err(Failure::new(path, what, "split it into several files"));
    }
    let bytes = fs::read(path).map_err(|it| Failure::io(path, "cannot read it", &it))?;
    Ok(SourceFile::new(relative(root, path), bytes))
}

fn note(root: &Path, path: &Path, failure: Failure) -> Diagnostic {
    Diagnostic::file("unreadable-file", Severity::Error, &relative(root, path), failure.what).help(failure.help)
}
