//! What a path leads to, read and understood: one project or several.

use super::{CommandError, World, as_of, complain};
use crate::bundle::Bundle;
use crate::calendar::Day;
use crate::cli::{Cli, When};
use crate::diagnostic::print;
use crate::edge::{GitUse, Lock, Projects, find, find_to_write, lock_edits, read, read_all, relative, sent_mails};
use crate::phrase;
use crate::pipeline::{Portfolio, Understood, understand, understand_all};
use crate::reading::effective_settings;
use crate::render::{SiteOptions, TemplateError, portfolio, site};
use crate::settings::Settings;
use crate::sources::Sources;
use crate::views::email::project_key;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What a path leads to.
#[derive(Debug)]
pub struct Input {
    /// The folder that all paths are seen from.
    pub root: PathBuf,
    /// The folder of each project, in their order.
    pub roots: Vec<PathBuf>,
    /// What is known; a project alone is a portfolio of one, whose paths are its own.
    pub portfolio: Portfolio,
    /// Whether it is a project alone.
    pub is_one: bool,
    /// Where everything lies that was read.
    pub places: Vec<PathBuf>,
}

impl Input {
    /// Reads and understands what lies at a path.
    ///
    /// # Errors
    ///
    /// When nothing can be read there.
    pub fn read(path: &Path, when: When, world: &World) -> Result<Self, CommandError> {
        let argument = when.as_of;
        let git = GitUse { is_ignored: when.no_history, allows_shallow: when.allow_shallow, day: argument };
        match find(path)? {
            Projects::One(project) => {
                let (root, mut places) = (project.root.clone(), project.places());
                let sources = read(project, git)?;
                places.extend(sources.files().map(|it| root.join(&*it.path)));
                let day = as_of(argument, &chosen(&sources), world)?;
                let portfolio = Portfolio::alone(understand(sources, day));
                Ok(Self { roots: vec![root.clone()], root, portfolio, is_one: true, places })
            }
            Projects::Several(found) => {
                let (root, roots): (_, Vec<PathBuf>) =
                    (found.root.clone(), found.members.iter().map(|it| it.root.clone()).collect());
                let mut places = found.places();
                let sources = read_all(found, git);
                for (root, it) in roots.iter().zip(&sources.members) {
                    let files = it.sources.iter().flat_map(crate::sources::Sources::files);
                    places.extend(files.map(|it| Path::join(root, &*it.path)));
                }
                let day = as_of(argument, &sources.settings, world)?;
                let own = |it: &crate::sources::Member| match &it.sources {
                    Ok(it) => as_of(argument, &chosen(it), world),
                    Err(_) => Ok(day),
                };
                let days: Vec<Day> = sources.members.iter().map(own).collect::<Result<_, _>>()?;
                let portfolio = understand_all(sources, &days, day);
                Ok(Self { root, roots, portfolio, is_one: false, places })
            }
        }
    }

    /// Adds the mails that were sent of each project up to its day.
    pub fn add_sent_mails(&mut self) {
        for (root, it) in self.roots.iter().zip(&mut self.portfolio.members) {
            let Ok(it) = &mut it.known else { continue };
            let project = project_key(&it.history.plan.title);
            it.sent = sent_mails(root, &it.sources.settings.email.ledger);
            it.sent.retain(|mail| mail.key.project == project && mail.date.date_naive() <= it.history.as_of);
        }
    }

    /// Returns the project, where it is one alone.
    #[must_use]
    pub fn alone(&self) -> Option<&Understood> {
        self.portfolio.known().next().filter(|_| self.is_one)
    }

    /// Makes the site of what was read.
    ///
    /// # Errors
    ///
    /// When a template asks for what its view does not have.
    pub fn site(&self, options: &SiteOptions) -> Result<Bundle, TemplateError> {
        match self.alone() {
            Some(it) => site(it.facts(), options),
            None => portfolio(&self.portfolio.facts(), options),
        }
    }

    /// Shows what is wrong, and names the page of the site that has the rest.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn complain(&self, (cli, world): (&Cli, &World), err: &mut dyn Write) -> io::Result<()> {
        let page = if self.is_one { "checks.html" } else { "index.html" };
        complain(&self.portfolio.diagnostics(), &self.portfolio.files(), page, (cli, world), err)
    }

    /// Says what is wrong with each of several projects when none of them could be read.
    ///
    /// # Errors
    ///
    /// When none could be read.
    pub fn refuse_nothing(&self, colour: bool, err: &mut dyn Write) -> Result<(), CommandError> {
        if self.portfolio.known().next().is_some() {
            return Ok(());
        }
        let files = self.portfolio.files();
        let files: Vec<_> = files.iter().collect();
        write!(err, "{}", print(&self.portfolio.diagnostics(), &files, colour))?;
        let what = match self.portfolio.members.len() {
            1 => "its one project could not be read".to_owned(),
            n => format!("none of its {} could be read", phrase::count(n, "project")),
        };
        let what = format!("{}: {what}", self.root.display());
        Err(CommandError::Usage { what, help: "correct what is said above of each".to_owned() })
    }
}

/// The files of a project alone, as they are now: they are to be written.
#[derive(Debug)]
pub struct Alone {
    /// Its folder.
    pub root: PathBuf,
    /// Its files. No earlier version stands in for them, whatever day is asked for.
    pub sources: Sources,
    /// The folder of its standups, as seen from its own.
    pub standups: String,
    /// The day to look at.
    pub as_of: Day,
    /// What keeps other runs from its files.
    _lock: Option<Lock>,
}

/// Reads the files of a project that are to be written. With `is_locked` no other run changes them until the value is dropped.
///
/// # Errors
///
/// When nothing can be read at the path, there are several projects, or another run is changing the project.
pub fn alone(path: &Path, when: When, world: &World, is_locked: bool) -> Result<Alone, CommandError> {
    let project = match find_to_write(path)? {
        Projects::One(it) => it,
        Projects::Several(found) => {
            let first = found.members.first().map(|it| it.root.display().to_string()).unwrap_or_default();
            let what =
                format!("{}: there are {} below it", path.display(), phrase::count(found.members.len(), "project"));
            return Err(CommandError::Usage { what, help: format!("name one of them, such as {first}") });
        }
    };
    let root = project.root.clone();
    let lock = is_locked.then(|| lock_edits(&root)).transpose()?;
    // A roadmap that was named alone has its standups beside it all the same, once there are some.
    let beside = project.roadmap.parent().unwrap_or(Path::new("")).join("standups");
    let standups = relative(&root, project.standups.as_deref().unwrap_or(&beside));
    let git = GitUse { is_ignored: when.no_history, allows_shallow: when.allow_shallow, day: when.as_of };
    let mut sources = read(project, git)?;
    sources.stands = true;
    let as_of = as_of(when.as_of, &chosen(&sources), world)?;
    Ok(Alone { root, sources, standups, as_of, _lock: lock })
}

/// Returns the choices that count for a project: those of its settings, else those of its roadmap's front matter, else those of the
/// folder over it.
pub(super) fn chosen(it: &Sources) -> Settings {
    effective_settings(&it.roadmap, &it.settings)
}
