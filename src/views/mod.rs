//! What each page says, in final words and figures: no logic is left for templates.

pub mod charts;
pub mod report;
pub mod wording;

use crate::analysis::Analysis;
use crate::diagnostic::Diagnostic;
use crate::history::History;
use crate::model::FileFacts;
use crate::sources::Sources;

/// Everything that pages are made from.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// What was known on the day.
    pub history: &'a History,
    /// What follows from it.
    pub analysis: &'a Analysis,
    /// What is wrong, sorted.
    pub diagnostics: &'a [Diagnostic],
    /// Counts of each file, in the order of [`Sources::files`].
    pub file_facts: &'a [FileFacts],
}
