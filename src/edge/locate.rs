//! Finds a project's files.

use super::files::{Disk, Files, Kind};
use super::look::TEMPLATES;
use super::paths::{is_markdown, or_here};
use super::{Failure, Found};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::reading::is_roadmap;
use crate::settings::{Mistake, Settings};
use crate::text::{SourceFile, Span};
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the settings file.
pub const SETTINGS: &str = "roadbook.toml";

/// A project's files and choices.
#[derive(Debug, Clone)]
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

impl Project {
    /// Returns where everything lies that is read for it, whether it is there or not.
    #[must_use]
    pub fn places(&self) -> Vec<PathBuf> {
        let (look, measured) = (&self.settings.look, &self.settings.measured);
        let named = look.logo.iter().chain(&measured.files).chain(measured.metrics.values());
        let named = named.map(|it| self.root.join(it));
        let templates = self.root.join(look.templates.as_deref().unwrap_or(TEMPLATES));
        let own = [self.roadmap.clone(), self.root.join(SETTINGS), templates];
        // A roadmap alone has no folder of its own.
        let folders = self.standups.iter().flat_map(|it| [self.root.clone(), it.clone()]);
        own.into_iter().chain(named).chain(folders).collect()
    }
}

/// Finds the one project at a path: a roadmap alone, or a folder with its settings, its roadmap and its standups.
///
/// # Errors
///
/// When there is nothing at the path, no roadmap in it, or its settings are wrong.
pub fn locate(path: &Path) -> Result<Project, Failure> {
    project(&Disk, path)?.ok_or_else(|| no_roadmap(path))
}

/// Returns the project at a path; nothing where a folder has no roadmap.
pub(super) fn project(files: &dyn Files, path: &Path) -> Result<Option<Project>, Failure> {
    let missing = || Failure::io(path, "cannot read it", &std::io::ErrorKind::NotFound.into());
    let kind = files.kind(path)?.ok_or_else(missing)?;
    if kind != Kind::Folder {
        let root = path.parent().unwrap_or_else(|| Path::new("")).to_owned();
        let settings = Settings::default();
        return Ok(Some(Project { root, roadmap: path.to_owned(), standups: None, settings }));
    }
    let content = path.join("content");
    if !files.is_file(&path.join(SETTINGS)) && files.is_folder(&content) {
        // Many repositories have a `content` that holds something else, and their roadmap beside it.
        if let Some(it) = project_in(files, content)? {
            return Ok(Some(it));
        }
    }
    project_in(files, path.to_owned())
}

fn project_in(files: &dyn Files, root: PathBuf) -> Result<Option<Project>, Failure> {
    let settings = settings(files, &root.join(SETTINGS))?;
    let roadmap = match &settings.roadmap {
        Some(it) => named(files, &root, it)?,
        None => match find_roadmap(files, &root)? {
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

/// Says that nothing was found.
pub(super) fn no_roadmap(path: &Path) -> Failure {
    let what = "no roadmap found: neither roadmap.md nor a Markdown file with `kind: roadmap` in this folder, in its docs or in \
                its content, and no project in its subfolders";
    let help = "add roadmap.md, or name your roadmap in roadbook.toml: roadmap = \"path/to/file.md\"";
    Failure::new(path, what, help)
}

/// Returns where a folder lies in its git repository, with a `/` at its end; empty at the repository's top and outside of any.
#[must_use]
pub fn folder_in_repository(folder: &Path) -> String {
    // An empty path is the current folder, which cannot be resolved by that name.
    let named = or_here(folder);
    let Ok(folder) = fs::canonicalize(named) else { return String::new() };
    // A worktree has a file of that name, not a folder.
    let top = folder.ancestors().find(|it| it.join(".git").exists());
    let parts = top.and_then(|top| folder.strip_prefix(top).ok()).map(|it| it.components().collect::<Vec<_>>());
    let names = parts.unwrap_or_default().into_iter().map(|it| it.as_os_str().to_string_lossy());
    names.fold(String::new(), |all, it| all + &it + "/")
}

/// Settings files larger than this are not read, in bytes.
const MAX_SETTINGS: usize = 1024 * 1024;

pub(super) fn settings(files: &dyn Files, path: &Path) -> Result<Settings, Failure> {
    if files.kind(path)?.is_none() {
        return Ok(Settings::default());
    }
    let bytes = files.read(path)?;
    if MAX_SETTINGS < bytes.len() {
        return Err(Failure::new(
            path,
            "the settings have more than 1 MiB",
            "keep what is needed; every key may be left out",
        ));
    }
    if std::str::from_utf8(&bytes).is_err() {
        return Err(Failure::new(path, "the settings are not written in UTF-8", "save the file as UTF-8"));
    }
    let file = SourceFile::new(SETTINGS, bytes);
    Settings::parse(&file.text).map_err(|mistakes| {
        let help = "correct the settings; every key may be left out";
        let shown = mistakes.first.len();
        let of_which = if 0 < mistakes.more { format!(", of which {shown} are shown") } else { String::new() };
        let failure = Failure::new(path, phrase::count(mistakes.count(), "mistake") + &of_which, help);
        let diagnostics = mistakes.first.into_iter().map(|it| complaint(&file, it)).collect();
        Failure { found: Some(Box::new(Found { file, diagnostics })), ..failure }
    })
}

/// A mistake is shown like the findings of rules, but no rule can be silenced or explained.
fn complaint(file: &SourceFile, mistake: Mistake) -> Diagnostic {
    let message = mistake.message;
    let found = match mistake.span {
        Some(it) => Diagnostic::at("", Severity::Error, &file.place(Span::new(it.start, it.end)), message),
        None => Diagnostic::file("", Severity::Error, &file.path, message),
    };
    Diagnostic { help: mistake.help, ..found }
}

fn named(files: &dyn Files, root: &Path, name: &str) -> Result<PathBuf, Failure> {
    let path = root.join(name);
    if files.is_file(&path) {
        return Ok(path);
    }
    Err(Failure::new(&path, "the roadmap named in roadbook.toml does not exist", "correct the key `roadmap`"))
}

/// The roadmap is the file whose front matter says so, else `roadmap.md` in any case, in the folder or in its `docs`.
fn find_roadmap(files: &dyn Files, root: &Path) -> Result<Option<PathBuf>, Failure> {
    let folders = [root.to_owned(), root.join("docs")];
    let mut folder_instead = None;
    let mut by_name = None;
    for folder in folders.iter().filter(|it| files.is_folder(it)) {
        for path in markdown_files(files, folder)? {
            let is_named = path.file_name().is_some_and(|it| it.eq_ignore_ascii_case("roadmap.md"));
            if files.is_folder(&path) {
                if is_named {
                    folder_instead.get_or_insert(path);
                }
                continue;
            }
            if says_roadmap(files, &path) {
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

fn says_roadmap(files: &dyn Files, path: &Path) -> bool {
    // Most files begin with none of these, and a folder may hold very many.
    let marks = [&b"---"[..], b"+++", b"\xEF\xBB\xBF"];
    let begins = files.start(path, 3).is_some_and(|it| marks.iter().any(|mark| it == *mark));
    // Front matter stands in the first bytes; the rest of the file does not matter here.
    begins && files.start(path, 64 * 1024).is_some_and(|it| is_roadmap(&SourceFile::new("", it)))
}

/// Returns the Markdown files of a folder, and folders named like one, sorted by name.
pub(super) fn markdown_files(files: &dyn Files, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = files.list(folder)?;
    paths.retain(|it| is_markdown(it));
    Ok(paths)
}
