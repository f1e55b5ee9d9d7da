//! What differs, as published data.

use super::DiffFacts;
use super::lines::line;
use crate::comparison::{Both, Change, Comparison, Kind};
use crate::diagnostic::{DiagnosticPart, RelatedPart, findings};
use crate::phrase::rounded;
use crate::prose::without_controls;
use crate::views::report::Generator;
use crate::views::wording;
use schemars::JsonSchema;
use serde::Serialize;

/// The version of this shape.
pub const SCHEMA_VERSION: &str = "1.0";

/// What a change does to a plan, as `roadbook diff --format json` prints it. Texts are as they are shown everywhere: without
/// characters that hide or reorder others, and with U+FFFD for control characters.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "roadbook diff")]
pub struct DiffReport {
    /// The version of this shape: within a major version fields are only added.
    pub schema_version: String,
    /// The program that made it.
    pub generator: Generator,
    /// The day both sides are looked at.
    pub as_of: String,
    /// The answer in one sentence.
    pub headline: String,
    /// All changes counted by kind; the counts add up to the number of changes.
    pub summary: Summary,
    /// The changes: what weighs most first.
    pub changes: Vec<ChangePart>,
    /// What becomes of gates.
    pub gates: Vec<GateNewsPart>,
    /// The figures before the change.
    pub before: SidePart,
    /// The figures after it.
    pub after: SidePart,
    /// Whether the forecast moves by less than means anything; null where one of the two is not known.
    pub within_noise: Option<bool>,
    /// Weeks in which a team comes to be asked for more than it can give, or no longer is.
    pub load: Vec<LoadChangePart>,
    /// Findings of the plan check that are new.
    pub new_findings: Vec<DiagnosticPart>,
    /// Findings that are gone.
    pub gone_findings: Vec<DiagnosticPart>,
}

/// Changes counted by kind.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Summary {
    /// Tasks that came.
    pub added: usize,
    /// Tasks that went.
    pub removed: usize,
    /// Tasks with another title or ID.
    pub renamed: usize,
    /// Tasks in another week, part of a week or phase, or with another due day.
    pub moved: usize,
    /// Tasks with another effort.
    pub reestimated: usize,
    /// Tasks with other owners.
    pub reassigned: usize,
    /// Boxes that came to be ticked.
    pub ticked: usize,
    /// Boxes that are open again.
    pub unticked: usize,
    /// Another launch date.
    pub retargeted: usize,
    /// Criteria with other words, and those that came or went.
    pub criteria_changed: usize,
    /// All else.
    pub other: usize,
}

/// One change.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangePart {
    /// `added`, `removed`, `renamed`, `moved`, `reestimated`, `reassigned`, `ticked`, `unticked`, `retargeted`, `criteria_changed`
    /// or `other`.
    pub kind: String,
    /// What kind of thing: `task`, `gate`, `criterion`, `phase`, `week`, `block`, `metric`, `deliverable`, `risk`, `team`, `budget`,
    /// `plan` or `standup`.
    pub subject: String,
    /// Which side of it, where the kind does not say so, such as `dependencies`.
    pub aspect: Option<String>,
    /// The key of the task, or the name of the gate's page.
    pub key: Option<String>,
    /// The task's ID.
    pub id: Option<String>,
    /// What it is called.
    pub title: String,
    /// What it was, in words; null where there was nothing.
    pub before: Option<String>,
    /// What it is, in words; null where there is nothing.
    pub after: Option<String>,
    /// Whether less is asked for than before.
    pub loosened: bool,
    /// The file: of the side after, or of before where it is gone.
    pub path: String,
    /// The line, counted from 1.
    pub line: u32,
    /// `before` or `after`: which side the line is of.
    pub side: String,
    /// What follows from it, in words; empty where nothing is known to.
    pub effect: String,
}

/// What becomes of a gate.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GateNewsPart {
    /// The gate.
    pub name: String,
    /// What: `now fails`, `removed`, `loosened`, `fails as before`, `changed`, `asks for more`, `added` or `can be met again`.
    pub news: String,
    /// When it is due.
    pub due: Option<String>,
    /// Why.
    pub why: String,
}

/// The figures of one side.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SidePart {
    /// The day of 50%; null when later than a year, or where there is no forecast.
    pub p50: Option<String>,
    /// The day of 85%.
    pub p85: Option<String>,
    /// The chance to be done by the target, 0 to 1.
    pub on_time_probability: Option<f64>,
    /// The last planned day of all tasks.
    pub planned_end: Option<String>,
    /// Items in scope.
    pub items: usize,
    /// Items done.
    pub items_done: usize,
    /// Effort in scope, in days.
    pub effort_days: f64,
    /// The names of the gates that cannot be met by what the plan schedules, or are overdue and not met.
    pub gates_failing: Vec<String>,
    /// The tasks of the longest chain of work left; null where it is not known.
    pub critical_path: Option<Vec<String>>,
    /// How many findings the plan check has.
    pub findings: usize,
}

/// What is asked of a team in a week.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LoadChangePart {
    /// The team.
    pub team: String,
    /// The week.
    pub week: u32,
    /// Days of work planned before the change.
    pub planned_days_before: f64,
    /// Days of work planned after it.
    pub planned_days_after: f64,
    /// Days of work that were there before the change.
    pub capacity_days_before: f64,
    /// Days of work that are there after it.
    pub capacity_days: f64,
}

/// Returns what differs as data.
#[must_use]
pub fn report(facts: &DiffFacts<'_>, headline: &str) -> DiffReport {
    let it = facts.comparison;
    let parts = |of: &super::Facts<'_>, wanted: &[usize]| {
        let found: Vec<_> = wanted.iter().filter_map(|at| of.diagnostics.get(*at)).cloned().collect();
        let found = findings(&found, &of.sources.files().collect::<Vec<_>>()).diagnostics;
        found.into_iter().map(plain).collect()
    };
    DiffReport {
        schema_version: SCHEMA_VERSION.to_owned(),
        generator: Generator::this(),
        as_of: wording::iso(facts.after.history.as_of),
        headline: headline.to_owned(),
        summary: summary(it),
        changes: it.changes.iter().map(|it| change(facts, it)).collect(),
        gates: it
            .gates
            .iter()
            .map(|it| GateNewsPart {
                name: it.name.plain(),
                news: it.news.word().to_owned(),
                due: it.due.map(wording::iso),
                why: it.why.plain(),
            })
            .collect(),
        before: side(it, false),
        after: side(it, true),
        within_noise: match it.figures.shift {
            crate::comparison::Shift::Unknown => None,
            crate::comparison::Shift::By { is_noise, .. } => Some(is_noise),
        },
        load: it
            .figures
            .load
            .iter()
            .map(|it| LoadChangePart {
                team: without_controls(&it.team),
                week: it.week,
                planned_days_before: rounded(it.planned.before, 3),
                planned_days_after: rounded(it.planned.after, 3),
                capacity_days_before: rounded(it.capacity.before, 3),
                capacity_days: rounded(it.capacity.after, 3),
            })
            .collect(),
        new_findings: parts(&facts.after, &it.new_findings),
        gone_findings: parts(&facts.before, &it.gone_findings),
    }
}

fn summary(it: &Comparison) -> Summary {
    let mut summary = Summary::default();
    for it in &it.changes {
        let count = match it.kind {
            Kind::Added => &mut summary.added,
            Kind::Removed => &mut summary.removed,
            Kind::Renamed => &mut summary.renamed,
            Kind::Moved => &mut summary.moved,
            Kind::Reestimated => &mut summary.reestimated,
            Kind::Reassigned => &mut summary.reassigned,
            Kind::Ticked => &mut summary.ticked,
            Kind::Unticked => &mut summary.unticked,
            Kind::Retargeted => &mut summary.retargeted,
            Kind::CriteriaChanged => &mut summary.criteria_changed,
            Kind::Other => &mut summary.other,
        };
        *count += 1;
    }
    summary
}

fn change(facts: &DiffFacts<'_>, it: &Change) -> ChangePart {
    let line = line(facts, &it.place, it.is_of_before);
    ChangePart {
        kind: it.kind.name().to_owned(),
        subject: it.subject.name().to_owned(),
        aspect: (!it.aspect.is_empty()).then(|| it.aspect.to_owned()),
        key: it.key.clone(),
        id: it.id.as_deref().map(without_controls),
        title: it.title.plain(),
        before: it.before.as_ref().map(crate::comparison::Said::plain),
        after: it.after.as_ref().map(crate::comparison::Said::plain),
        loosened: it.is_loosened,
        path: without_controls(&line.path),
        line: line.number,
        side: if it.is_of_before { "before" } else { "after" }.to_owned(),
        effect: it.effect.plain(),
    }
}

fn side(it: &Comparison, is_after: bool) -> SidePart {
    fn of<T: Clone>(both: &Both<T>, is_after: bool) -> T {
        if is_after { both.after.clone() } else { both.before.clone() }
    }
    let figures = &it.figures;
    SidePart {
        p50: of(&figures.p50, is_after).map(wording::iso),
        p85: of(&figures.p85, is_after).map(wording::iso),
        on_time_probability: of(&figures.on_time, is_after).map(|it| rounded(it, 2)),
        planned_end: of(&figures.planned_end, is_after).map(wording::iso),
        items: of(&figures.items, is_after),
        items_done: of(&figures.done, is_after),
        effort_days: rounded(of(&figures.effort_days, is_after), 6),
        gates_failing: names(&of(&figures.failing, is_after)),
        critical_path: of(&figures.chain, is_after).map(|it| names(&it.0)),
        findings: of(&figures.findings, is_after),
    }
}

fn names(all: &[String]) -> Vec<String> {
    all.iter().map(|it| without_controls(it)).collect()
}

/// Returns a finding in which nothing reorders or hides what a person reads of it.
fn plain(it: DiagnosticPart) -> DiagnosticPart {
    DiagnosticPart {
        message: without_controls(&it.message),
        label: without_controls(&it.label),
        notes: names(&it.notes),
        help: it.help.as_deref().map(without_controls),
        path: without_controls(&it.path),
        related: it
            .related
            .into_iter()
            .map(|it| RelatedPart {
                path: without_controls(&it.path),
                message: without_controls(&it.message),
                line: it.line,
            })
            .collect(),
        ..it
    }
}
