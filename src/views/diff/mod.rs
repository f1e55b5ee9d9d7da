//! What a change does to a plan, in final words: one view for the terminal, the comment and the page.

mod comment;
mod data;
mod figures;
mod headline;
mod lines;
mod page;
mod rows;
mod unreadable;

pub use self::comment::{Comment, MAX_BYTES, Room, comment};
pub use self::data::{DiffReport, report};
pub use self::figures::FigureRow;
pub use self::headline::{Level, lowered};
pub use self::lines::{Context, Line, Version};
pub use self::page::{ChangesPage, page};
pub use self::rows::{ChangeRow, FindingRow, FindingsTally, GateRow, word_of};
pub use self::unreadable::{Unreadable, unreadable};
pub use crate::comparison::Said;

use super::Facts;
use crate::comparison::{Change, Comparison, GateNews, Kind, Side, Subject};
use crate::phrase::count;

/// Two states of a plan, and what differs.
#[derive(Debug, Clone, Copy)]
pub struct DiffFacts<'a> {
    /// The plan as it was.
    pub before: Facts<'a>,
    /// The plan as it is after the change.
    pub after: Facts<'a>,
    /// What differs.
    pub comparison: &'a Comparison,
    /// What the two are called, and where they lie.
    pub context: &'a Context,
}

/// What a change does to a plan.
#[derive(Debug)]
pub struct DiffView {
    /// How grave it is.
    pub level: Level,
    /// The answer, in one sentence without a full stop.
    pub headline: Said,
    /// Whether the plan says the same as before.
    pub is_unchanged: bool,
    /// Whether a gate fails that did not.
    pub is_gate_failing: bool,
    /// What the forecast says before and after; nothing where there is none on either side, or it stays.
    pub forecast: Option<Said>,
    /// All changes counted by kind, in a fixed order, zeros left out.
    pub counts: Vec<(usize, String)>,
    /// The figures that differ.
    pub figures: Vec<FigureRow>,
    /// What becomes of gates.
    pub gates: Vec<GateRow>,
    /// The changes of tasks.
    pub tasks: Vec<ChangeRow>,
    /// All other changes but those that stand with the gates.
    pub others: Vec<ChangeRow>,
    /// Findings of the plan check that are new, then those that are gone.
    pub findings: Vec<FindingRow>,
    /// How many findings are new, and how many are gone.
    pub findings_tally: FindingsTally,
    /// "compared `main` at `1c7e0d2` with `9f3c2ab`, as of 6 Feb 2026".
    pub compared: Said,
    /// What to know about the figures.
    pub notes: Vec<Said>,
}

/// Puts what differs into words.
#[must_use]
pub fn diff(facts: &DiffFacts<'_>) -> DiffView {
    let it = facts.comparison;
    let is_unchanged = it.changes.is_empty();
    let (level, headline) = headline::headline(facts);
    let is_of_task = |subject| matches!(subject, Subject::Task);
    let stands_with_gates = |kind, aspect: &str, subject| {
        matches!(subject, Subject::Criterion) && kind == Kind::CriteriaChanged
            || matches!(subject, Subject::Gate) && matches!(aspect, "added" | "removed" | "waiver" | "due")
    };
    let rows = |wanted: &dyn Fn(&crate::comparison::Change) -> bool| -> Vec<ChangeRow> {
        it.changes.iter().filter(|it| wanted(it)).map(|it| rows::change(facts, it)).collect()
    };
    let findings = rows::findings(facts);
    DiffView {
        level,
        headline,
        is_unchanged,
        is_gate_failing: it.gates.iter().any(|it| it.news == GateNews::NowFails),
        forecast: if is_unchanged { None } else { figures::forecast(facts) },
        counts: counts(it),
        figures: figures::figures(facts),
        gates: it.gates.iter().map(|it| rows::gate(facts, it)).collect(),
        tasks: rows(&|it| is_of_task(it.subject)),
        others: rows(&|it| !is_of_task(it.subject) && !stands_with_gates(it.kind, it.aspect, it.subject)),
        findings_tally: FindingsTally::of(&findings),
        findings,
        compared: lines::compared(facts),
        notes: notes(facts),
    }
}

/// Counts changes by kind. Changed criteria of which less is asked for, and dropped tasks, are counted by themselves.
fn counts(it: &Comparison) -> Vec<(usize, String)> {
    let mut counts = Vec::new();
    for (kind, word) in kinds() {
        let of_kind = || it.changes.iter().filter(|it| counted_as(it) == word);
        if kind == Kind::CriteriaChanged {
            let loosened = of_kind().filter(|it| it.is_loosened).count();
            let others = of_kind().count() - loosened;
            counts.push((loosened, criteria(loosened, "loosened")));
            counts.push((others, criteria(others, "changed")));
        } else {
            let n = of_kind().count();
            counts.push((n, format!("{n} {word}")));
        }
    }
    counts.retain(|it| 0 < it.0);
    counts
}

/// The kinds and the words by which changes are counted, in the order of the report.
fn kinds() -> impl Iterator<Item = (Kind, &'static str)> {
    let dropped = |kind| (kind == Kind::Removed).then_some((Kind::Other, DROPPED));
    Kind::ALL.into_iter().flat_map(move |it| [Some((it, it.word())), dropped(it)]).flatten()
}

/// The word by which a change is counted.
fn counted_as(it: &Change) -> &'static str {
    if it.is_drop() { DROPPED } else { it.kind.word() }
}

/// What dropped tasks are counted as.
const DROPPED: &str = "dropped";

fn criteria(n: usize, what: &str) -> String {
    format!("{n} {} {what}", if n == 1 { "criterion" } else { "criteria" })
}

fn notes(facts: &DiffFacts<'_>) -> Vec<Said> {
    let figures = &facts.comparison.figures;
    let mut notes = Vec::new();
    let reestimated = facts.comparison.changes.iter().any(|it| it.kind == Kind::Reestimated);
    if figures.basis.after.is_known() && reestimated {
        notes.push(Said::ours("The forecast counts items, so a new estimate does not move it."));
    }
    if facts.context.has_no_merge_base {
        notes.push(Said::ours("The two have no commit in common, so the newest of both were compared."));
    }
    if figures.basis.after.is_known() && figures.p50.differs() {
        notes
            .push(Said::ours("Within noise: under 5 working days, or under one where the work is due within 3 weeks."));
    }
    notes
}

/// "12 changes".
#[must_use]
pub fn changes(view: &DiffView) -> String {
    count(view.counts.iter().map(|it| it.0).sum(), "change")
}

/// Returns a plan as one side of a comparison.
#[must_use]
pub fn side<'a>(facts: &Facts<'a>) -> Side<'a> {
    Side {
        history: facts.history,
        analysis: facts.analysis,
        diagnostics: facts.diagnostics,
        settings: &facts.sources.settings,
    }
}
