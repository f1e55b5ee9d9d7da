//! Rows: what becomes of gates, what changed, which findings are new or gone.

use super::headline::Level;
use super::lines::{Line, line, line_at};
use super::{DiffFacts, counted_as};
use crate::comparison::{Change, GateEffect, GateNews, Kind, Said, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::settings;
use crate::views::wording;

/// What becomes of a gate.
#[derive(Debug)]
pub struct GateRow {
    /// How grave it is.
    pub level: Level,
    /// "now fails".
    pub word: &'static str,
    /// When it is due.
    pub due: Option<String>,
    /// Its name.
    pub name: Said,
    /// What changed, and why it fails.
    pub why: Said,
    /// The line.
    pub line: Line,
}

/// Something that changed.
#[derive(Debug)]
pub struct ChangeRow {
    /// The word by which it is counted.
    pub counted_as: &'static str,
    /// "removed", or of other things than tasks what it is: "risk added".
    pub word: String,
    /// The sign before the word on a terminal.
    pub sign: char,
    /// The sign before the word in a comment.
    pub icon: &'static str,
    /// The name of its page, where it has one.
    pub key: Option<String>,
    /// Its ID.
    pub id: Option<String>,
    /// What it is called.
    pub title: Said,
    /// As it was.
    pub before: Option<Said>,
    /// As it is after the change.
    pub after: Option<Said>,
    /// What follows from it.
    pub effect: Said,
    /// The line.
    pub line: Line,
}

/// A finding of the plan check that is new or gone.
#[derive(Debug)]
pub struct FindingRow {
    /// How grave it is.
    pub level: Level,
    /// "new error", "fixed", "silenced".
    pub word: &'static str,
    /// Whether it is new, else gone.
    pub is_new: bool,
    /// The rule.
    pub rule: &'static str,
    /// What is wrong, or was.
    pub message: Said,
    /// The line, where it is about one.
    pub line: Option<Line>,
}

/// Findings that are new or gone, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingsTally {
    /// New ones.
    pub new: usize,
    /// Those that are mended.
    pub fixed: usize,
    /// Those that a setting no longer lets be said.
    pub silenced: usize,
}

impl FindingsTally {
    /// Counts the rows.
    #[must_use]
    pub fn of(rows: &[FindingRow]) -> Self {
        let new = rows.iter().filter(|it| it.is_new).count();
        let silenced = rows.iter().filter(|it| it.word == SILENCED).count();
        Self { new, fixed: rows.len() - new - silenced, silenced }
    }

    /// Says whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.new + self.fixed + self.silenced == 0
    }

    /// Returns "2 fixed", "2 fixed, 1 silenced".
    #[must_use]
    pub fn gone(self) -> String {
        match self.silenced {
            0 => format!("{} fixed", self.fixed),
            n => format!("{} fixed, {n} silenced", self.fixed),
        }
    }
}

/// The word for a finding that a setting no longer lets be said.
const SILENCED: &str = "silenced";

/// Puts what becomes of a gate into words.
pub fn gate(facts: &DiffFacts<'_>, it: &GateEffect) -> GateRow {
    let level = match it.news {
        GateNews::NowFails => Level::Bad,
        GateNews::Removed | GateNews::Loosened => Level::Warn,
        GateNews::CanBeMet => Level::Good,
        GateNews::FailsOtherwise | GateNews::Changed | GateNews::Firmer | GateNews::Added => Level::Plain,
    };
    GateRow {
        level,
        word: it.news.word(),
        due: it.due.map(|it| wording::day(it, facts.after.history.as_of)),
        name: it.name.clone(),
        why: it.why.clone(),
        line: line(facts, &it.place, it.is_of_before),
    }
}

/// Returns what a change of some thing is called: "removed", "risk added".
#[must_use]
pub fn word_of(it: &Change) -> String {
    match (it.subject, it.kind, it.aspect) {
        (Subject::Task, Kind::Other, aspect) => aspect.to_owned(),
        (Subject::Task, kind, "") => kind.word().to_owned(),
        (Subject::Task, kind, aspect) => format!("{}: {aspect}", kind.word()),
        (_, Kind::Retargeted, _) => Kind::Retargeted.word().to_owned(),
        (subject, Kind::Other, aspect) => format!("{} {aspect}", subject.name()),
        (subject, kind, _) => format!("{} {}", subject.name(), kind.word()),
    }
}

/// Puts a change into words.
pub fn change(facts: &DiffFacts<'_>, it: &Change) -> ChangeRow {
    let (sign, icon) = match (it.kind, it.aspect) {
        (Kind::Removed, _) | (Kind::Other, "removed") => ('-', "➖"),
        (Kind::Added, _) | (Kind::Other, "added") => ('+', "➕"),
        (Kind::Moved | Kind::Retargeted, _) => ('>', "➡️"),
        (Kind::Ticked, _) => ('x', "☑️"),
        (Kind::Unticked, _) => ('o', "⬜"),
        _ => ('~', "✏️"),
    };
    ChangeRow {
        counted_as: counted_as(it),
        word: word_of(it),
        sign,
        icon: if it.is_loosened { "🟠" } else { icon },
        key: it.key.clone(),
        id: it.id.clone(),
        title: it.title.clone(),
        before: it.before.clone(),
        after: it.after.clone(),
        effect: if it.is_loosened && it.effect.is_empty() { Said::ours("loosened") } else { it.effect.clone() },
        line: line(facts, &it.place, it.is_of_before),
    }
}

/// Returns the findings that are new, worst first, then those that are gone.
pub fn findings(facts: &DiffFacts<'_>) -> Vec<FindingRow> {
    let it = facts.comparison;
    let mut new: Vec<&Diagnostic> = it.new_findings.iter().filter_map(|at| facts.after.diagnostics.get(*at)).collect();
    new.sort_by_key(|it| it.severity);
    let gone = it.gone_findings.iter().filter_map(|at| facts.before.diagnostics.get(*at));
    let row = |it: &Diagnostic, word, level, is_of_before: bool| FindingRow {
        level,
        word,
        is_new: !is_of_before,
        rule: it.rule,
        message: Said::theirs(it.message.clone()),
        line: it.line().map(|number| line_at(facts, &it.path, number, is_of_before)),
    };
    let new = new.into_iter().map(|it| match it.severity {
        Severity::Error => row(it, "new error", Level::Bad, false),
        Severity::Warning => row(it, "new warning", Level::Warn, false),
        Severity::Info => row(it, "new note", Level::Plain, false),
    });
    let gone = gone.map(|it| {
        // What a setting no longer lets be said is not mended.
        let is_silent = facts.after.sources.settings.check.get(it.rule) == Some(&settings::Level::Off);
        let (word, level) = if is_silent { (SILENCED, Level::Warn) } else { ("fixed", Level::Plain) };
        row(it, word, level, true)
    });
    new.chain(gone).collect()
}
