//! Notices when a project changes: its files and folders, and the commit that its branch leads to.
//!
//! Folders are watched one by one, never as a whole tree: in most repositories the plan is a small part, and what lies below `target` or
//! `node_modules` changes a thousand times for each line that somebody writes.

use super::Failure;
use super::find::{Projects, find};
use super::git::git_folders;
use super::locate::Project;
use super::paths::is_passed_over;
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use walkdir::{DirEntry, WalkDir};

/// Editors write a file in several steps; it is whole once nothing was heard for so long.
const QUIET: Duration = Duration::from_millis(80);
/// Nobody waits longer than this for a folder that never comes to rest.
const LONGEST: Duration = Duration::from_millis(800);
/// The most folders that are watched.
const MOST_FOLDERS: usize = 4_000;
/// How deep folders of a project are looked into that have no name of their own here.
const DEPTH: usize = 2;
/// How deep standups and templates lie.
const OWN_DEPTH: usize = 6;

/// Watches a project, or several.
#[derive(Debug)]
pub struct Watch {
    /// What was asked for, without links.
    path: PathBuf,
    watcher: RecommendedWatcher,
    scope: Arc<Mutex<Scope>>,
    sender: Sender<Signal>,
    signals: Receiver<Signal>,
}

/// Ends a watch, from whatever thread.
#[derive(Debug, Clone)]
pub struct Waker(Sender<Signal>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signal {
    Changed,
    End,
}

/// What is watched, and what of it counts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Scope {
    /// The folder of the project, which may come and go as a whole.
    base: PathBuf,
    /// All folders, each without those below it.
    folders: BTreeSet<PathBuf>,
    /// The folders of git: of the worktree, and of its repository.
    git: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches what lies at a path.
    ///
    /// # Errors
    ///
    /// When nothing lies there, or the system watches no more.
    pub fn new(path: &Path) -> Result<Self, Failure> {
        let real = fs::canonicalize(path).map_err(|it| Failure::io(path, "cannot find it", &it))?;
        let (sender, signals) = channel();
        let scope = Arc::new(Mutex::new(Scope::default()));
        let (seen, heard) = (Arc::clone(&scope), sender.clone());
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let scope = seen.lock().unwrap_or_else(PoisonError::into_inner);
            // What went wrong may have hidden a change.
            if event.map_or(true, |it| scope.is_concerned(&it)) {
                // Nobody waits any more when this fails.
                let _ = heard.send(Signal::Changed);
            }
        });
        let watcher = watcher.map_err(|it| refused(path, &it))?;
        let mut watch = Self { path: real, watcher, scope, sender, signals };
        watch.look_around()?;
        Ok(watch)
    }

    /// Returns what ends it.
    #[must_use]
    pub fn waker(&self) -> Waker {
        Waker(self.sender.clone())
    }

    /// Watches the folders that there are by now, and says whether they are others than before: what was written into a new one may have
    /// escaped. Whoever reads after this misses nothing.
    ///
    /// # Errors
    ///
    /// When the system watches no more folders.
    pub fn look_around(&mut self) -> Result<bool, Failure> {
        let old = self.scope.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let new = Scope::of(&self.path);
        // Where nothing can be found just now, what was there may come again.
        let new = if new.is_known() { new } else { new.with(&old) };
        let differs = new != old;
        *self.scope.lock().unwrap_or_else(PoisonError::into_inner) = new.clone();
        for folder in old.folders.difference(&new.folders) {
            // It may be gone.
            let _ = self.watcher.unwatch(folder);
        }
        // Those that are watched already too: one may have taken the place of another.
        for folder in &new.folders {
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Err(it) if matches!(it.kind, ErrorKind::MaxFilesWatch) => return Err(refused(folder, &it)),
                // One that went away in between is noticed in the folder over it.
                _ => {}
            }
        }
        Ok(differs)
    }

    /// Waits until something changes and then rests; says no when the watch was ended instead.
    #[must_use]
    pub fn wait(&self) -> bool {
        if self.signals.recv() != Ok(Signal::Changed) {
            return false;
        }
        let began = Instant::now();
        while began.elapsed() < LONGEST {
            match self.signals.recv_timeout(QUIET) {
                Ok(Signal::Changed) => {}
                Ok(Signal::End) => return false,
                Err(_) => break,
            }
        }
        true
    }
}

impl Waker {
    /// Ends the watch.
    pub fn end(&self) {
        // It may have ended by itself.
        let _ = self.0.send(Signal::End);
    }
}

impl Scope {
    /// Finds what belongs to whatever lies at a path.
    fn of(path: &Path) -> Self {
        let base = if path.is_file() { path.parent().unwrap_or(path) } else { path }.to_owned();
        let mut scope =
            Self { folders: base.parent().into_iter().map(Path::to_owned).collect(), base, git: BTreeSet::new() };
        let base = scope.base.clone();
        scope.add_all([base.clone(), base.join("docs"), base.join("content")]);
        match find(path) {
            Ok(Projects::One(it)) => scope.add_project(&it),
            Ok(Projects::Several(all)) => {
                scope.add_below(&base, DEPTH);
                for it in all.members {
                    scope.add_all([it.root.clone(), it.root.join("docs")]);
                    it.project.iter().for_each(|it| scope.add_project(it));
                }
            }
            Err(_) => {}
        }
        if let Some((own, shared)) = git_folders(&base) {
            scope.add_below(&shared.join("refs/heads"), OWN_DEPTH);
            scope.add_all([own.clone(), shared.clone()]);
            scope.git.extend([own, shared]);
        }
        scope
    }

    /// Says whether more is known than where it should be.
    fn is_known(&self) -> bool {
        self.folders.iter().any(|it| it.starts_with(&self.base)) && find(&self.base).is_ok()
    }

    fn with(mut self, old: &Self) -> Self {
        self.folders.extend(old.folders.iter().cloned());
        self.git.extend(old.git.iter().cloned());
        self
    }

    fn add_project(&mut self, it: &Project) {
        self.add_below(&it.root, DEPTH);
        self.add_all([it.root.join("docs")]);
        self.add_all(it.roadmap.parent().map(Path::to_owned));
        self.add_below(&it.root.join("templates"), OWN_DEPTH);
        if let Some(standups) = &it.standups {
            self.add_below(standups, OWN_DEPTH);
            // All of them may stand in one file, or the folder may still have to be made.
            self.add_all(standups.parent().map(Path::to_owned));
        }
    }

    fn add_all(&mut self, folders: impl IntoIterator<Item = PathBuf>) {
        for it in folders.into_iter().filter(|it| it.is_dir()) {
            if self.folders.len() < MOST_FOLDERS {
                self.folders.insert(it);
            }
        }
    }

    fn add_below(&mut self, folder: &Path, depth: usize) {
        let is_wanted = |it: &DirEntry| it.depth() == 0 || (it.file_type().is_dir() && !is_skipped(it.path()));
        let walk = WalkDir::new(folder).max_depth(depth).sort_by_file_name().into_iter().filter_entry(is_wanted);
        let room = MOST_FOLDERS.saturating_sub(self.folders.len());
        self.add_all(walk.filter_map(Result::ok).take(room).map(DirEntry::into_path));
    }

    fn is_concerned(&self, event: &Event) -> bool {
        let is_change = match event.kind {
            // Reading changes nothing, and we read ourselves.
            EventKind::Access(it) => it == AccessKind::Close(AccessMode::Write),
            EventKind::Modify(ModifyKind::Metadata(_)) => false,
            _ => true,
        };
        event.need_rescan() || (is_change && event.paths.iter().any(|it| self.counts(it)))
    }

    fn counts(&self, path: &Path) -> bool {
        if let Some(git) = self.git.iter().find(|it| path.starts_with(it)) {
            let is_lock = path.extension().is_some_and(|it| it == "lock");
            let is_commit = ["HEAD", "packed-refs"].iter().any(|it| path == git.join(it));
            return !is_lock && (is_commit || path.starts_with(git.join("refs/heads")));
        }
        if self.base.parent().is_some_and(|above| path.parent() == Some(above)) {
            return path == self.base;
        }
        !is_skipped(path)
    }
}

/// Says whether something is passed over, as everywhere, or since it is a copy that editors make.
fn is_skipped(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|it| it.to_string_lossy()) else { return false };
    name.ends_with('~') || is_passed_over(path)
}

fn refused(path: &Path, error: &notify::Error) -> Failure {
    match &error.kind {
        ErrorKind::MaxFilesWatch => Failure::new(
            path,
            "the system watches no more folders for you",
            "end programs that watch others, or raise the limit (on Linux fs.inotify.max_user_watches)",
        ),
        ErrorKind::Io(it) => Failure::new(
            path,
            format!("cannot watch it: {it}"),
            "end programs that watch folders, or raise the limit (on Linux fs.inotify.max_user_instances)",
        ),
        it => {
            Failure::new(path, format!("cannot watch it: {it:?}"), "build it with `roadbook build` after each change")
        }
    }
}
