//! Complaints about the input, as data: what, where, what to do.

mod data;
mod github;
mod patch;
mod sarif;
mod terminal;

pub use self::data::{DiagnosticPart, Findings, RelatedPart, findings, tally};
pub use self::github::annotations;
pub use self::patch::patch;
pub use self::sarif::{SarifRule, sarif};
pub use self::terminal::print;

use crate::text::{Place, Span};

/// A complaint about one place in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name, as settings and pages call it; empty where the settings themselves are wrong.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What stands at the place, in a few words; may be empty.
    pub label: String,
    /// The calculation, or what was tried.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// The file it is about.
    pub path: String,
    /// Where in that file, when it is about a place.
    pub place: Option<Place>,
    /// Further places that belong to it.
    pub related: Vec<Related>,
    /// Whether a command can repair it.
    pub fixable: bool,
    /// What to write instead, where the rule knows.
    pub instead: Option<Instead>,
}

/// What to write instead of some words at a complaint's places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// The words that are wrong; a place that says something else is to be left alone.
    pub old: String,
    /// The words that are right.
    pub new: String,
}

/// A further place of a complaint, and what it has to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub place: Place,
    /// What stands there.
    pub message: String,
    /// Whether it is the same thing again, rather than what the cause is held against.
    pub is_again: bool,
}

/// How much a complaint matters, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The plan or a file is wrong.
    Error,
    /// Something is likely wrong.
    Warning,
    /// Something worth knowing.
    Info,
}

impl Severity {
    /// Returns the severity's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl Diagnostic {
    /// Makes a complaint about a whole file.
    #[must_use]
    pub fn file(rule: &'static str, severity: Severity, path: &str, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity,
            message: message.into(),
            label: String::new(),
            notes: Vec::new(),
            help: None,
            path: path.to_owned(),
            place: None,
            related: Vec::new(),
            fixable: false,
            instead: None,
        }
    }

    /// Makes a complaint about a place in a file.
    #[must_use]
    pub fn at(rule: &'static str, severity: Severity, place: &Place, message: impl Into<String>) -> Self {
        Self { place: Some(place.clone()), ..Self::file(rule, severity, &place.path, message) }
    }

    /// Says what stands at the place, in a few words.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds the calculation, or what was tried, in one line.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to write instead of the words at the place.
    #[must_use]
    pub fn instead(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.instead = Some(Instead { old: old.into(), new: new.into() });
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn related(mut self, place: &Place, message: impl Into<String>) -> Self {
        self.related.push(Related { place: place.clone(), message: message.into(), is_again: false });
        self
    }

    /// Adds a further place of the same thing.
    #[must_use]
    pub fn again(mut self, place: &Place, message: impl Into<String>) -> Self {
        self.push_again(place, message);
        self
    }

    /// Adds a further place of the same thing to a complaint that is kept.
    pub fn push_again(&mut self, place: &Place, message: impl Into<String>) {
        self.related.push(Related { place: place.clone(), message: message.into(), is_again: true });
    }

    /// Returns the line, counted from 1, when it is about a place.
    #[must_use]
    pub fn line(&self) -> Option<u32> {
        self.place.as_ref().map(Place::line)
    }
}

/// Sorts complaints by file, place, rule and words, so that the order never depends on how they were found.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    fn key(it: &Diagnostic) -> (&str, Option<Span>, &str, &str) {
        (&it.path, it.place.as_ref().map(|at| at.span), it.rule, &it.message)
    }
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
}

/// A value and the complaints that arose on the way to it.
#[derive(Debug, Clone, Default)]
pub struct Diagnosed<T> {
    /// The value, as good as it could be had.
    pub value: T,
    /// The complaints.
    pub diagnostics: Vec<Diagnostic>,
}
