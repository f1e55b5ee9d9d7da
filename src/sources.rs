//! The input as a value: files now, choices, and what had to be said while they were fetched.

use crate::diagnostic::Diagnostic;
use crate::settings::Settings;
use crate::text::SourceFile;

/// Everything a report is made from, besides the day it is made for.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The roadmap.
    pub roadmap: SourceFile,
    /// The standups, sorted by path.
    pub standups: Vec<SourceFile>,
    /// The project's choices.
    pub settings: Settings,
    /// What was wrong with files that could not be read.
    pub notes: Vec<Diagnostic>,
}

impl Sources {
    /// Returns all files: the roadmap first.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        std::iter::once(&self.roadmap).chain(&self.standups)
    }
}
