//! What keeps projects from being read: said in the file that is wrong, or once in a message.

use crate::edge::Failure;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What keeps projects from being read.
#[derive(Debug, Default)]
pub struct Failures {
    /// Why a project cannot be found, mostly for its settings.
    located: Vec<Failure>,
    /// Why a project that was found cannot be read, by its roadmap.
    read: BTreeMap<PathBuf, Failure>,
    /// What was said in a message, so that it is said once.
    said: Vec<String>,
}

impl Failures {
    /// Notes why a project cannot be read.
    pub fn set(&mut self, roadmap: &Path, it: Failure) {
        self.read.insert(roadmap.to_owned(), it);
    }

    /// Notes that a project can be read.
    pub fn clear(&mut self, roadmap: &Path) {
        self.read.remove(roadmap);
    }

    /// Notes why a project cannot be found.
    pub fn add_located(&mut self, it: Failure) {
        if !self.located.iter().any(|known| known.path == it.path) {
            self.located.push(it);
        }
    }

    /// Forgets why projects could not be found, before they are looked for again.
    pub fn clear_located(&mut self) {
        self.located.clear();
    }

    /// Forgets projects that nobody asks for any more.
    pub fn retain(&mut self, is_asked_for: impl Fn(&Path) -> bool) {
        self.read.retain(|it, _| is_asked_for(it));
    }

    /// Returns all of them.
    pub fn all(&self) -> impl Iterator<Item = &Failure> {
        self.located.iter().chain(self.read.values())
    }

    /// Returns those of some failures that were not said before, in words; what is over may be said again.
    pub fn news(&mut self, now: Vec<String>) -> Vec<String> {
        let new = now.iter().filter(|it| !self.said.contains(it)).cloned().collect();
        self.said = now;
        new
    }
}
