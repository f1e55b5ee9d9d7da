//! `roadbook diff`: what a change does to a plan.

use super::{CommandError, World, as_of, colour_results, moment};
use crate::checks::MERGE_CONFLICT;
use crate::cli::{Cli, Diff, DiffFormat};
use crate::comparison::compare;
use crate::diagnostic::Diagnostic;
use crate::edge::{Commit, Failure, Found, GitUse, folder_in_repository, locate, publish, read};
use crate::marker::{Marker, MarkerState};
use crate::pipeline::{Understood, understand_both};
use crate::prose::visible;
use crate::reading::effective_settings;
use crate::render::{SiteOptions, comment, site, terminal, unreadable};
use crate::settings::Settings;
use crate::sources::{Known, OwnLook, Sources};
use crate::text::SourceFile;
use crate::views::Facts;
use crate::views::diff::{Context, DiffFacts, Version, diff, report, side, unreadable as unreadable_view};
use crate::views::preview::Preview;
use chrono::{DateTime, Utc};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Exit status with `--exit-code` when something changed.
const CHANGED: u8 = 3;
/// Exit status with `--exit-code` when a gate now fails.
const FAILING: u8 = 4;

/// Compares two states of a plan. With `--exit-code` 3 when something changed, 4 when a gate now fails.
pub fn run(it: &Diff, cli: &Cli, world: &World, out: &mut dyn Write) -> Result<u8, CommandError> {
    let (before, after, has_no_merge_base) = places(it)?;
    let read = [before.places(), after.places()].concat();
    // What no plan was before is all new.
    let (sources, version) = match before.read_if_there(it)? {
        Some(it) => it,
        None => (nothing(), before.version()),
    };
    let day = as_of(it.when.as_of, &effective_settings(&sources.roadmap, &sources.settings), world)?;
    let mut context = Context {
        before: version,
        repository: it.repo_url.as_deref().map(without_slash).or_else(|| repository(&sources)),
        preview: it.preview_url.as_deref().map(without_slash),
        pull: it.pull,
        has_no_merge_base,
        ..Context::default()
    };
    context.after = after.version();
    let look = Arc::clone(&sources.look);
    let (before, after) = match after.read(it) {
        Ok((changed, version)) => {
            context.after = version;
            let changed = with_trusted(changed, &sources);
            understand_both(sources, changed, day)
        }
        Err(failure) if it.format == DiffFormat::Markdown => {
            return say_unreadable(&context, &failure, &look, moment(world)?, out);
        }
        Err(failure) => return Err(failure.into()),
    };
    let conflicts: Vec<Diagnostic> = after.diagnostics.iter().filter(|it| it.rule == MERGE_CONFLICT).cloned().collect();
    if !conflicts.is_empty() {
        // What would follow from both versions of some lines, nobody meant.
        return match it.format {
            DiffFormat::Markdown => say_conflicts(&context, &after, &conflicts, moment(world)?, out),
            DiffFormat::Terminal | DiffFormat::Json => Err(unfinished(&after, conflicts).into()),
        };
    }
    let comparison = compare(side(&before.facts()), side(&after.facts()));
    let facts = DiffFacts { before: before.facts(), after: after.facts(), comparison: &comparison, context: &context };
    let view = diff(&facts);
    if let Some(folder) = &it.out {
        let preview = Preview::new(&comparison, &view, &context);
        let options = SiteOptions { base_url: context.preview.clone(), ..SiteOptions::default() };
        publish(&site(Facts { preview: Some(&preview), ..after.facts() }, &options)?, folder, &read)?;
    }
    match it.format {
        DiffFormat::Terminal => write!(out, "{}", terminal(&view, colour_results(cli, world)))?,
        DiffFormat::Markdown => {
            let state = if view.is_unchanged { MarkerState::Unchanged } else { MarkerState::Changed };
            write!(out, "{}", comment(&facts, &view, &marker(&context, moment(world)?, state))?)?;
        }
        DiffFormat::Json => {
            let report = report(&facts, &view.headline.plain());
            writeln!(out, "{}", serde_json::to_string_pretty(&report).unwrap_or_default())?;
        }
    }
    Ok(match (it.exit_code, view.is_gate_failing, view.is_unchanged) {
        (false, ..) | (true, false, true) => 0,
        (true, true, _) => FAILING,
        (true, false, false) => CHANGED,
    })
}

/// Where one side of a comparison lies.
enum Side<'a> {
    /// A commit, and what the user called it; or the branch whose common ancestor it is.
    Commit(Box<Commit>, &'a str, bool),
    /// Files on the disk.
    Files(&'a Path),
    /// The files of a repository as they lie on the disk, whose past git knows.
    Now(&'a Path),
}

/// Finds both sides: each is a path that exists, or a revision.
fn places(it: &Diff) -> Result<(Side<'_>, Side<'_>, bool), CommandError> {
    let named = |name: &'static str, given: &str| CommandError::Usage {
        what: format!("{name} \"{given}\" is both a path and a revision"),
        help: format!("write ./{given} for the path, or refs/heads/{given} for the branch"),
    };
    let place = |name: &'static str, given: &'_ str| -> Result<Option<Commit>, CommandError> {
        let is_path = given.starts_with(['.', '/']) || given.ends_with('/');
        let exists = crate::edge::exists(Path::new(given));
        match Commit::find(given, &it.path) {
            _ if is_path && exists => Ok(None),
            Ok(_) if exists => Err(named(name, given)),
            Ok(it) => Ok(Some(it)),
            Err(_) if exists => Ok(None),
            Err(failure) => Err(failure.into()),
        }
    };
    let before = place("BASE", &it.base)?;
    let after = it.head.as_deref().map(|it| place("HEAD", it)).transpose()?;
    let mut has_no_merge_base = false;
    let after = match (after, &it.head, &before) {
        (Some(Some(commit)), Some(name), _) => Side::Commit(Box::new(commit), name, false),
        (_, Some(path), _) => Side::Files(Path::new(path)),
        (_, None, Some(_)) => Side::Now(&it.path),
        (_, None, None) => Side::Files(&it.path),
    };
    let before = match before {
        Some(mut commit) => {
            let mut is_ancestor = false;
            if it.merge_base {
                let head = match &after {
                    Side::Commit(it, ..) => it.merge_base(&commit)?,
                    _ => Commit::find("HEAD", &it.path)?.merge_base(&commit)?,
                };
                match head {
                    Some(it) => {
                        is_ancestor = it.id() != commit.id();
                        commit = it;
                    }
                    None => has_no_merge_base = true,
                }
            }
            Side::Commit(Box::new(commit), &it.base, is_ancestor)
        }
        None => Side::Files(Path::new(&it.base)),
    };
    Ok((before, after, has_no_merge_base))
}

impl Side<'_> {
    /// Returns what it is called, before anything of it is read.
    fn version(&self) -> Version {
        match self {
            Self::Commit(commit, name, is_ancestor) => Version {
                name: (*name).to_owned(),
                commit: commit.id(),
                parts_from: is_ancestor.then(|| (*name).to_owned()),
                folder: String::new(),
            },
            Self::Files(path) => Version { name: path.display().to_string(), ..Version::default() },
            Self::Now(_) => Version { name: "the files now".to_owned(), ..Version::default() },
        }
    }

    /// Returns where its files lie, if on the disk.
    fn places(&self) -> Vec<PathBuf> {
        match self {
            Self::Commit(..) => Vec::new(),
            // What cannot be found is said when it is read.
            Self::Files(path) | Self::Now(path) => locate(path).map_or_else(|_| Vec::new(), |it| it.places()),
        }
    }

    /// Reads its files; nothing where a commit has no plan yet.
    fn read_if_there(&self, it: &Diff) -> Result<Option<(Sources, Version)>, Failure> {
        match self {
            Self::Commit(commit, ..) if commit.project()?.is_none() => Ok(None),
            _ => self.read(it).map(Some),
        }
    }

    /// Reads its files.
    fn read(&self, it: &Diff) -> Result<(Sources, Version), Failure> {
        let git = GitUse { is_ignored: it.when.no_history, allows_shallow: it.when.allow_shallow, day: it.when.as_of };
        let mut version = self.version();
        let sources = match self {
            Self::Commit(commit, ..) => {
                let project = commit.locate()?;
                version.folder = folder(&project.root);
                commit.sources(project, git)?
            }
            Self::Files(path) => {
                let project = locate(path)?;
                version.folder = folder_in_repository(&project.root);
                Sources { stands: true, ..read(project, GitUse::IGNORED)? }
            }
            Self::Now(path) => {
                let project = locate(path)?;
                version.folder = folder_in_repository(&project.root);
                Sources { stands: true, ..read(project, git)? }
            }
        };
        Ok((sources, version))
    }
}

/// A plan that says nothing.
fn nothing() -> Sources {
    Sources {
        roadmap: SourceFile::new("roadmap.md", Vec::new()),
        standups: Vec::new(),
        measured: Vec::new(),
        settings: Settings::default(),
        notes: Vec::new(),
        past: Known::default(),
        stands: true,
        look: Arc::default(),
    }
}

fn folder(root: &Path) -> String {
    let parts = root.components().map(|it| it.as_os_str().to_string_lossy().into_owned() + "/");
    parts.collect()
}

/// Where links lead and what the site looks like is not for a change to say.
fn with_trusted(mut after: Sources, before: &Sources) -> Sources {
    let trusted = &before.settings;
    after.settings.edit_url.clone_from(&trusted.edit_url);
    after.settings.look.clone_from(&trusted.look);
    after.look = Arc::clone(&before.look);
    after.settings.source_url.clone_from(&trusted.source_url);
    after.settings.email.clone_from(&trusted.email);
    after
}

fn without_slash(it: &str) -> String {
    it.trim_end_matches('/').to_owned()
}

/// Returns the repository's page, where the address of its files tells it: `https://example.org/o/r/blob/main/`.
fn repository(sources: &Sources) -> Option<String> {
    let (repository, _) = sources.settings.source_url.as_deref()?.split_once("/blob/")?;
    Some(without_slash(repository))
}

/// Makes the comment's first line. Files that are no commit have none of their own.
fn marker(context: &Context, valid_at: DateTime<Utc>, state: MarkerState) -> String {
    let head = context.after.commit.map_or("0000000".to_owned(), |it| it.to_string());
    Marker { head, valid_at, state }.to_string()
}

/// Says that a merge was not finished.
fn unfinished(after: &Understood, conflicts: Vec<Diagnostic>) -> Failure {
    let path = conflicts.first().map_or(String::new(), |it| it.path.clone());
    let failure = Failure::new(
        Path::new(&path),
        "a merge was not finished, so the plan cannot be compared",
        "keep one of the two versions and remove the three marks",
    );
    let file = after.sources.files().find(|it| *it.path == *path).cloned();
    let of_file = conflicts.into_iter().filter(|it| it.path == path).collect();
    Failure { found: file.map(|file| Box::new(Found { file, diagnostics: of_file })), ..failure }
}

fn say_unreadable(
    context: &Context,
    failure: &Failure,
    look: &OwnLook,
    moment: DateTime<Utc>,
    out: &mut dyn Write,
) -> Result<u8, CommandError> {
    let path = visible(&failure.path.display().to_string()).into_owned();
    let found = failure.found.as_deref();
    let diagnostics = found.map_or(&[][..], |it| &it.diagnostics);
    let words = (path.as_str(), failure.what.as_str(), failure.help.as_str());
    let view = unreadable_view(
        context,
        &marker(context, moment, MarkerState::Unreadable),
        words,
        diagnostics,
        found.map(|it| &it.file),
    );
    write!(out, "{}", unreadable(&view, look)?)?;
    Ok(0)
}

fn say_conflicts(
    context: &Context,
    after: &Understood,
    conflicts: &[Diagnostic],
    moment: DateTime<Utc>,
    out: &mut dyn Write,
) -> Result<u8, CommandError> {
    let Some(first) = conflicts.first() else { return Ok(0) };
    let file = after.sources.files().find(|it| *it.path == *first.path);
    let of_file: Vec<Diagnostic> = conflicts.iter().filter(|it| it.path == first.path).cloned().collect();
    let marker = marker(context, moment, MarkerState::Unreadable);
    let view = unreadable_view(context, &marker, (&first.path, "merge conflict", "finish the merge"), &of_file, file);
    write!(out, "{}", unreadable(&view, &after.sources.look)?)?;
    Ok(0)
}
