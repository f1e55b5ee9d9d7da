//! Finds a project's files, or the projects of a portfolio.

use super::Failure;
use super::portfolio::{Portfolio, search};
use crate::reading::is_roadmap;
use crate::settings::Settings;
use crate::text::SourceFile;
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the settings file.
pub(super) const SETTINGS: &str = "roadbook.toml";

/// A project's files and choices.
#[derive(Debug)]
pub struct Project {
    /// The folder that paths in the report are relative to.
    pub root: PathBuf,
    /// The roadmap.
    pub roadmap: PathBuf,
    /// The folder of the standups; nothing when the roadmap was asked for alone.
    pub standups: Option<PathBuf>,
    /// The choices.
    pub settings: Settings,
}

/// What a path leads to.
#[derive(Debug)]
pub enum Found {
    /// One project.
    Project(Project),
    /// A folder without a roadmap of its own, but with projects in its subfolders.
    Portfolio(Portfolio),
}

/// Finds what a path leads to: a roadmap alone, a project's folder, or a folder over several projects.
///
/// # Errors
///
/// When there is nothing at the path, neither a roadmap nor a project in it, or its settings are wrong.
pub fn find(path: &Path) -> Result<Found, Failure> {
    match project(path)? {
        Some(it) => Ok(Found::Project(it)),
        None => search(path)?.map(Found::Portfolio).ok_or_else(|| no_roadmap(path)),
    }
}

/// Finds the one project at a path: a roadmap alone, or a folder with its settings, its roadmap and its standups.
///
/// # Errors
///
/// When there is nothing at the path, no roadmap in it, or its settings are wrong.
pub fn locate(path: &Path) -> Result<Project, Failure> {
    project(path)?.ok_or_else(|| no_roadmap(path))
}

/// Returns the project at a path; nothing where a folder has no roadmap.
pub(super) fn project(path: &Path) -> Result<Option<Project>, Failure> {
    let kind = fs::metadata(path).map_err(|it| Failure::io(path, "cannot read it", &it))?;
    if !kind.is_dir() {
        let root = path.parent().unwrap_or_else(|| Path::new("")).to_owned();
        let settings = Settings::default();
        return Ok(Some(Project { root, roadmap: path.to_owned(), standups: None, settings }));
    }
    let content = path.join("content");
    if !path.join(SETTINGS).is_file() && content.is_dir() {
        // Many repositories have a `content` that holds something else, and their roadmap beside it.
        if let Some(it) = project_in(content)? {
            return Ok(Some(it));
        }
    }
    project_in(path.to_owned())
}

fn project_in(root: PathBuf) -> Result<Option<Project>, Failure> {
    let settings = settings(&root.join(SETTINGS))?;
    let roadmap = match &settings.roadmap {
        Some(it) => named(&root, it)?,
        None => match find_roadmap(&root)? {
            Some(it) => it,
            None => return Ok(None),
        },
    };
    let beside = roadmap.parent().map_or_else(|| root.clone(), Path::to_owned);
    let standups = match &settings.standups {
        Some(it) => root.join(it),
        None => beside.join("standups"),
    };
    Ok(Some(Project { root, roadmap, standups: Some(standups), settings }))
}

fn no_roadmap(path: &Path) -> Failure {
    let what = "no roadmap found: neither roadmap.md nor a Markdown file with `kind: roadmap` in this folder, in its docs or in \
                its content, and no project in its subfolders";
    let help = "add roadmap.md, or name your roadmap in roadbook.toml: roadmap = \"path/to/file.md\"";
    Failure::new(path, what, help)
}

/// Returns where a folder lies in its git repository, with a `/` at its end; empty at the repository's top and outside of any.
#[must_use]
pub fn folder_in_repository(folder: &Path) -> String {
    // An empty path is the current folder, which cannot be resolved by that name.
    let named = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(folder) = fs::canonicalize(named) else { return String::new() };
    // A worktree has a file of that name, not a folder.
    let top = folder.ancestors().find(|it| it.join(".git").exists());
    let parts = top.and_then(|top| folder.strip_prefix(top).ok()).map(|it| it.components().collect::<Vec<_>>());
    let names = parts.unwrap_or_default().into_iter().map(|it| it.as_os_str().to_string_lossy());
    names.fold(String::new(), |all, it| all + &it + "/")
}

pub(super) fn settings(path: &Path) -> Result<Settings, Failure> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Settings::default()),
        Err(error) => return Err(Failure::io(path, "cannot read the settings", &error)),
    };
    Settings::parse(&text).map_err(|error| {
        let line = error.span.map(|it| text.get(..it.start).unwrap_or_default().matches('\n').count() + 1);
        let at = line.map_or(String::new(), |it| format!("line {it}: "));
        Failure::new(path, format!("{at}{}", error.message), "correct the settings; every key may be left out")
    })
}

fn named(root: &Path, name: &str) -> Result<PathBuf, Failure> {
    let path = root.join(name);
    if path.is_file() {
        return Ok(path);
    }
    Err(Failure::new(&path, "the roadmap named in roadbook.toml does not exist", "correct the key `roadmap`"))
}

/// The roadmap is the file whose front matter says so, else `roadmap.md` in any case, in the folder or in its `docs`.
fn find_roadmap(root: &Path) -> Result<Option<PathBuf>, Failure> {
    let folders = [root.to_owned(), root.join("docs")];
    let mut folder_instead = None;
    let mut by_name = None;
    for folder in folders.iter().filter(|it| it.is_dir()) {
        for path in markdown_files(folder)? {
            let is_named = path.file_name().is_some_and(|it| it.eq_ignore_ascii_case("roadmap.md"));
            if path.is_dir() {
                if is_named {
                    folder_instead.get_or_insert(path);
                }
                continue;
            }
            if says_roadmap(&path) {
                return Ok(Some(path));
            }
            if is_named && by_name.is_none() {
                by_name = Some(path);
            }
        }
    }
    if let Some(path) = by_name {
        return Ok(Some(path));
    }
    if let Some(path) = folder_instead {
        return Err(Failure::new(
            &path,
            "it is a folder, where the roadmap should be a file",
            "put the roadmap's text into a file of this name",
        ));
    }
    Ok(None)
}

fn says_roadmap(path: &Path) -> bool {
    use std::io::Read as _;
    // What is no ordinary file might never come to an end.
    if !path.is_file() {
        return false;
    }
    // Front matter stands in the first bytes; the rest of the file does not matter here.
    let Ok(mut file) = fs::File::open(path) else { return false };
    let mut start = Vec::new();
    let mut read = |most| file.by_ref().take(most).read_to_end(&mut start).is_ok().then(|| start.clone());
    // Most files begin with none of these, and a folder may hold very many.
    let begins = read(3).is_some_and(|it| [b"---", b"+++", b"\xEF\xBB\xBF"].iter().any(|mark| it == *mark));
    begins && read(64 * 1024).is_some_and(|it| is_roadmap(&SourceFile::new("", it)))
}

/// Returns the Markdown files of a folder, and folders named like one, sorted by name.
pub(super) fn markdown_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|it| Failure::io(folder, "cannot list the folder", &it))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).filter(|it| is_markdown(it)).collect();
    files.sort();
    Ok(files)
}

/// Says whether a path has the ending of a Markdown file.
pub(super) fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("md") || it.eq_ignore_ascii_case("markdown"))
}
