//! Finds and reads the projects of a portfolio: a folder without a roadmap of its own.

use super::Failure;
use super::content::{GitUse, read};
use super::files::Disk;
use super::locate::{Project, SETTINGS, project, settings};
use super::look::own_look;
use super::paths::{is_passed_over, relative};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::settings::Settings;
use crate::sources::{self, Member, Sources, Unread};
use crate::text::SourceFile;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// How many folders below the portfolio's a project may lie.
const DEPTH: usize = 4;
/// Projects beyond this many are left out.
const MAX_PROJECTS: usize = 200;
/// Folders beyond this many are not looked into.
const MAX_FOLDERS: usize = 20_000;
/// The keys of the settings that mean something for a folder over several projects.
const KEYS: [&str; 4] = ["title", "as_of", "timezone", "look"];
/// Names of folders that the site over all has for itself.
const TAKEN: [&str; 2] = ["assets", "data"];

/// The projects below a folder.
#[derive(Debug)]
pub struct Portfolio {
    /// The folder.
    pub root: PathBuf,
    /// Its own choices.
    pub settings: Settings,
    /// The projects, in the order of their folders.
    pub members: Vec<Located>,
    /// What had to be left out.
    pub notes: Vec<Diagnostic>,
}

impl Portfolio {
    /// Returns where everything lies that is read for it, whether it is there or not.
    #[must_use]
    pub fn places(&self) -> Vec<PathBuf> {
        let of = |it: &Located| it.project.as_ref().map_or_else(|_| vec![it.root.clone()], Project::places);
        let own = [self.root.join(SETTINGS), self.root.clone()];
        self.members.iter().flat_map(of).chain(own).collect()
    }
}

/// A project of a portfolio.
#[derive(Debug)]
pub struct Located {
    /// The name of its part of the site.
    pub slug: String,
    /// The folder that its paths are relative to.
    pub root: PathBuf,
    /// Its files and choices, or why they cannot be found.
    pub project: Result<Project, Failure>,
}

/// Looks for projects below a folder; nothing where there are none. Links are not followed, nor is anything looked for inside a
/// project.
///
/// # Errors
///
/// When the folder's own settings are wrong.
pub(super) fn search(root: &Path) -> Result<Option<Portfolio>, Failure> {
    let own = settings(&Disk, &root.join(SETTINGS))?;
    let mut notes = unused(&own);
    let mut members = Vec::new();
    let mut looked = 0;
    let mut walk = WalkDir::new(root).min_depth(1).max_depth(DEPTH).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let folder = match entry {
            Ok(it) if !it.file_type().is_dir() => continue,
            Ok(it) => it,
            Err(it) => {
                let path = relative(root, it.path().unwrap_or(root));
                let what = "the folder cannot be listed, so projects in it are not known";
                notes.push(
                    Diagnostic::file("unreadable-file", Severity::Error, &path, what).help("check who may read it"),
                );
                continue;
            }
        };
        if is_passed_over(folder.path()) {
            walk.skip_current_dir();
            continue;
        }
        looked += 1;
        if MAX_FOLDERS < looked {
            notes.push(too_many(&format!("more than {MAX_FOLDERS} folders: projects in the rest are left out")));
            break;
        }
        // A folder that cannot be listed comes again as an error.
        if fs::read_dir(folder.path()).is_err() {
            continue;
        }
        let Some(project) = project(&Disk, folder.path()).transpose() else { continue };
        walk.skip_current_dir();
        if MAX_PROJECTS <= members.len() {
            notes.push(too_many(&format!("more than {MAX_PROJECTS} projects: the rest is left out")));
            break;
        }
        let path = folder.into_path();
        // A name without any ASCII letter leaves nothing for an address.
        let slug = Some(phrase::slug(&relative(root, &path))).filter(|it| !it.is_empty());
        let root = project.as_ref().map_or(path, |it| it.root.clone());
        members.push(Located { slug: slug.unwrap_or_else(|| "project".to_owned()), root, project });
    }
    number(&mut members);
    Ok((!members.is_empty()).then(|| Portfolio { root: root.to_owned(), settings: own, members, notes }))
}

fn too_many(what: &str) -> Diagnostic {
    let help = "build folders with fewer projects, each for itself";
    Diagnostic::file("too-many-projects", Severity::Warning, ".", what).help(help)
}

/// Complains about keys of the folder's settings that only a project has.
fn unused(own: &Settings) -> Vec<Diagnostic> {
    // Of `units.points` the table stands for all that is in it; names are sorted, so that those of one table lie together.
    let mut keys: Vec<&str> = own.written.iter().filter_map(|it| it.split('.').next()).collect();
    keys.retain(|it| !KEYS.contains(it));
    keys.dedup();
    if keys.is_empty() {
        return Vec::new();
    }
    let what = format!("{}: of a folder over several projects only {} count", phrase::list(&keys), phrase::list(&KEYS));
    let help = "put the other keys into the settings of each project";
    vec![Diagnostic::file("unused-setting", Severity::Warning, SETTINGS, what).help(help)]
}

/// Gives names that several projects would have, or that are not to be had, a number. The first of them in the order of folders
/// keeps its name, and no number takes the name of another.
fn number(members: &mut [Located]) {
    let mut taken: BTreeSet<String> = TAKEN.map(str::to_owned).into();
    let again: Vec<&mut Located> =
        members.iter_mut().filter_map(|it| (!taken.insert(it.slug.clone())).then_some(it)).collect();
    for it in again {
        let mut numbered = (2..).map(|number: u32| format!("{}-{number}", it.slug));
        if let Some(free) = numbered.find(|name| taken.insert(name.clone())) {
            it.slug = free;
        }
    }
}

/// Reads all projects of a portfolio; one that cannot be read says so, and keeps no other from being read.
#[must_use]
pub fn read_all(portfolio: Portfolio, git: GitUse) -> sources::Portfolio {
    let Portfolio { root, settings, members, mut notes } = portfolio;
    let look = own_look(&Disk, &root, &settings, &mut notes);
    let read_one = |it: Located| {
        let path = relative(&root, &it.root);
        let sources = it.project.and_then(|it| read(with_defaults(it, &settings), git));
        // All pages of one site look alike, and share one style sheet.
        let sources = sources.map(|it| Sources { look: Arc::clone(&look), ..it });
        Member { slug: it.slug, path, sources: sources.map_err(|it| unread(&root, it)) }
    };
    let members = members.into_iter().map(read_one).collect();
    sources::Portfolio { settings, members, notes, look }
}

/// Returns a failure with its places as seen from the portfolio.
fn unread(root: &Path, failure: Failure) -> Unread {
    let path = relative(root, &failure.path);
    let (mut found, file) = failure.found.map_or_else(Default::default, |it| (it.diagnostics, Some(it.file)));
    let seen: Arc<str> = path.as_str().into();
    for it in &mut found {
        it.path.clone_from(&path);
        it.place.iter_mut().for_each(|it| it.path = Arc::clone(&seen));
    }
    let file = file.map(|it| SourceFile { path: seen, ..it });
    Unread { path, what: failure.what, help: failure.help, found, file }
}

/// The day and the time zone of the folder over all are those of a project that names none. They do not count as written in the
/// project's own settings, so that its front matter still changes them.
pub(super) fn with_defaults(mut project: Project, over_all: &Settings) -> Project {
    let own = &mut project.settings;
    own.as_of = own.as_of.or(over_all.as_of);
    own.timezone = own.timezone.take().or_else(|| over_all.timezone.clone());
    project
}
