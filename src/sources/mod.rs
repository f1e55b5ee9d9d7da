//! The input as a value: files now, choices, and what had to be said while they were fetched; of one project, or of several.

mod look;
mod past;
mod svg;

pub use self::look::{Logo, MAX_LOGO, OwnLook, OwnTemplate, Trouble};
pub use self::past::{BlobId, CommitId, FileVersion, Known, Past, Revision, Texts, Unknown, Unreadable};

use crate::diagnostic::Diagnostic;
use crate::settings::Settings;
use crate::text::SourceFile;
use std::sync::Arc;

/// Everything a report is made from, besides the day it is made for.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The roadmap.
    pub roadmap: SourceFile,
    /// The standups, sorted by path.
    pub standups: Vec<SourceFile>,
    /// The files of measured values that the settings name, in their order.
    pub measured: Vec<MeasuredFile>,
    /// The project's choices.
    pub settings: Settings,
    /// What was wrong with files that could not be read.
    pub notes: Vec<Diagnostic>,
    /// The same files in earlier commits.
    pub past: Known,
    /// Whether they were asked for by name, as those of a commit are: then no earlier version stands in for them on any day.
    pub stands: bool,
    /// What its pages look like.
    pub look: Arc<OwnLook>,
}

impl Sources {
    /// Returns all files: the roadmap first, then the standups, then those of measured values.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        std::iter::once(&self.roadmap).chain(&self.standups).chain(self.measured.iter().map(|it| &it.file))
    }
}

/// A file of measured values.
#[derive(Debug, Clone)]
pub struct MeasuredFile {
    /// The file.
    pub file: SourceFile,
    /// The metric that it holds values of, where the settings say so; else it names them itself.
    pub metric: Option<String>,
}

/// Several projects below one folder.
#[derive(Debug, Clone)]
pub struct Portfolio {
    /// The choices of the folder over all. Its title is that of the page over all; its day and its time zone are already those of
    /// each project that names none.
    pub settings: Settings,
    /// The projects, in the order of their folders.
    pub members: Vec<Member>,
    /// What had to be left out.
    pub notes: Vec<Diagnostic>,
    /// What all pages look like: those of the projects too.
    pub look: Arc<OwnLook>,
}

/// A project of a portfolio.
#[derive(Debug, Clone)]
pub struct Member {
    /// The name of its part of the site: no other project of the portfolio has it.
    pub slug: String,
    /// The folder that its paths are relative to, as seen from the portfolio.
    pub path: String,
    /// Its files, or why there are none.
    pub sources: Result<Sources, Unread>,
}

/// Why a project of a portfolio could not be read.
#[derive(Debug, Clone)]
pub struct Unread {
    /// The file or folder it is about, as seen from the portfolio.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: String,
    /// What is wrong in the file, place by place, as seen from the portfolio; empty when that is not known.
    pub found: Vec<Diagnostic>,
    /// The file that these places are in.
    pub file: Option<SourceFile>,
}
