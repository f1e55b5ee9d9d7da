//! The executive dashboard: will the date be made, why not, what must be decided.

mod card;
mod changes;
mod decisions;
mod hero;
mod next_gate;
mod outline;
mod tiles;

pub use self::card::{CardFigure, StatusCard, card};
pub use self::changes::{Change, ChangeList, RiskLine, TopRisks};
pub use self::decisions::DecisionLine;
pub use self::hero::Hero;
pub use self::next_gate::{CriterionLine, NextGate};
pub use self::outline::{NextItems, PartBar, Parts};
pub use self::tiles::{IndexPart, IndexTile, Tile};

use super::charts::Figure;
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::{Desk, burndown_figure, health_figure};
use crate::analysis::Shares;
use crate::phrase;
use serde::Serialize;

/// The dashboard.
#[derive(Debug, Serialize)]
pub struct Index {
    /// What stands around it.
    pub frame: Frame,
    /// The headline.
    pub hero: Hero,
    /// Figures with pictures.
    pub tiles: Vec<Tile>,
    /// The delivery index; nothing where too little is known for one.
    pub index: Option<IndexTile>,
    /// The heading of the decisions.
    pub decisions_heading: String,
    /// Why there are none, where there are none.
    pub no_decisions: String,
    /// Whether there is anything that could ask for a decision.
    pub has_decisions: bool,
    /// What people have to decide.
    pub decisions: Vec<DecisionLine>,
    /// How many more there are; empty where all are listed.
    pub decisions_more: String,
    /// The next gate.
    pub next_gate: Option<NextGate>,
    /// Open work and health over time.
    pub figures: Vec<Figure>,
    /// What is done of each part of the plan, where no burndown can be drawn.
    pub parts: Option<Parts>,
    /// What comes next, where no standup tells of it.
    pub next: Option<NextItems>,
    /// What changed in the last reported week.
    pub changes: Option<ChangeList>,
    /// The risks that matter most.
    pub risks: Option<TopRisks>,
    /// The heading of the classes.
    pub classes_heading: String,
    /// Items by class.
    pub classes: Vec<ClassBar>,
    /// "All 42 items".
    pub all_items: String,
    /// Whether the bars of classes carry a mark for the plan.
    pub has_progress_mark: bool,
    /// What the page on progress holds.
    pub progress_link: &'static str,
    /// Whether there is a page on progress.
    pub has_progress: bool,
    /// What is wrong with the plan, in one sentence.
    pub findings: String,
    /// What cannot be known yet.
    pub unknown: Vec<String>,
}

/// Items of a class as a bar; positions are 0 to 200.
#[derive(Debug, Serialize)]
pub struct ClassBar {
    /// The class.
    pub name: String,
    /// "8 of 8".
    pub text: String,
    /// The length of what is done.
    pub done: f64,
    /// Where the plan stands.
    pub planned: Option<f64>,
}

impl Page for Index {
    const TEMPLATE: &'static str = "site/index.html";

    fn figures(&self) -> Vec<&Figure> {
        self.figures.iter().chain(self.tiles.iter().filter_map(|it| it.figure.as_ref())).collect()
    }
}

/// Makes the dashboard.
#[must_use]
pub fn index(desk: &Desk<'_>, base_url: Option<&str>) -> Index {
    let hero = hero::hero(desk);
    let words = Heading {
        title: format!("{}: {}", hero.badge.text, hero.heading),
        description: format!("Executive dashboard of {}", desk.plan().title),
        section: Section::Overview,
        is_first: true,
        path: "index.html".to_owned(),
    };
    let decisions = decisions::list(desk);
    let figures = [burndown_figure::items(desk), health_figure::figure(desk)];
    Index {
        frame: frame(desk, &words, base_url),
        hero,
        tiles: tiles::tiles(desk),
        index: desk.analysis().delivery.value.map(|_| tiles::index_tile(desk)),
        no_decisions: super::decisions::none(desk),
        has_decisions: !desk.plan().gates.is_empty() || !desk.facts.history.standups.is_empty(),
        decisions_heading: decisions.heading,
        decisions: decisions.lines,
        decisions_more: decisions.more,
        next_gate: next_gate::next_gate(desk),
        figures: figures.into_iter().flatten().collect(),
        parts: outline::parts(desk),
        next: outline::next(desk),
        changes: changes::changes(desk),
        risks: changes::top_risks(desk),
        classes_heading: classes_heading(desk),
        classes: classes(desk),
        all_items: format!("All {}", phrase::count(desk.analysis().progress.total, "item")),
        has_progress_mark: desk.analysis().progress.planned_done.is_some(),
        progress_link: match (desk.analysis().progress.has_effort, desk.analysis().progress.planned_done.is_some()) {
            (true, true) => "Progress in items and in effort, and how the forecast is made",
            (true, false) => "Progress in items and in effort",
            (false, true) => "Progress, and how the forecast is made",
            (false, false) if desk.plan().phases.is_empty() => "Progress",
            (false, false) => "Progress by parts of the plan",
        },
        has_progress: Section::Progress.exists(desk),
        findings: findings(desk),
        unknown: unknown(desk),
    }
}

/// Returns the finding of the dashboard, in one sentence without a point.
#[must_use]
pub fn finding(desk: &Desk<'_>) -> String {
    hero::heading(desk)
}

fn classes(desk: &Desk<'_>) -> Vec<ClassBar> {
    let progress = &desk.analysis().progress;
    #[expect(clippy::cast_precision_loss, reason = "a bar is 200 units long")]
    let bar = |name: &str, it: &Shares| {
        let part = |n: usize| phrase::rounded(n as f64 / it.total.max(1) as f64 * 200.0, 1);
        ClassBar {
            name: name.to_owned(),
            text: format!("{} of {}", it.done, it.total),
            done: part(it.done),
            planned: (progress.planned_done.is_some() && 0 < it.planned).then(|| part(it.planned).min(198.4)),
        }
    };
    let mut bars: Vec<ClassBar> = progress.by_priority.iter().map(|(name, it)| bar(name, it)).collect();
    if !bars.is_empty() && 0 < progress.without_priority.total {
        bars.push(bar(without_class(desk), &progress.without_priority));
    }
    bars.truncate(8);
    bars
}

/// What items without a class lack: an ID where classes come from IDs, else a priority.
fn without_class(desk: &Desk<'_>) -> &'static str {
    if desk.plan().tasks.iter().any(|it| it.id.is_some()) { "No ID" } else { "No priority" }
}

/// "P1 is complete; P2 is 2 behind plan".
fn classes_heading(desk: &Desk<'_>) -> String {
    let progress = &desk.analysis().progress;
    let complete: Vec<&str> =
        progress.by_priority.iter().filter(|(_, it)| it.done == it.total).map(|(name, _)| name.as_str()).collect();
    let behind = progress.by_priority.iter().filter(|(_, it)| it.done < it.planned);
    let behind: Vec<String> =
        behind.map(|(name, it)| format!("{name} is {} behind plan", it.planned - it.done)).collect();
    let verb = if complete.len() == 1 { "is" } else { "are" };
    let complete =
        if complete.is_empty() { None } else { Some(format!("{} {verb} complete", phrase::list(&complete))) };
    let behind = if behind.is_empty() { None } else { Some(phrase::list(&behind)) };
    let parts: Vec<String> = complete.into_iter().chain(behind).collect();
    let noun = if without_class(desk) == "No ID" { "class" } else { "priority" };
    match (parts.is_empty(), progress.planned_done) {
        (false, _) => parts.join("; "),
        (true, Some(_)) => format!("No {noun} is complete yet, and none is behind plan"),
        (true, None) => format!("No {noun} is complete yet"),
    }
}

/// "3 findings in the plan: 1 error, 2 warnings".
fn findings(desk: &Desk<'_>) -> String {
    use crate::diagnostic::Severity;
    let of = |severity| desk.facts.diagnostics.iter().filter(|it| it.severity == severity).count();
    let counts = [(of(Severity::Error), "error"), (of(Severity::Warning), "warning"), (of(Severity::Info), "hint")];
    let words = phrase::counts(&counts);
    if words.is_empty() {
        "Plan checks found nothing wrong".to_owned()
    } else {
        format!("Plan checks found {}", phrase::list(&words))
    }
}

fn unknown(desk: &Desk<'_>) -> Vec<String> {
    let mut unknown = Vec::new();
    let missing: Vec<String> = desk.analysis().missing_standups.iter().map(u32::to_string).collect();
    match missing.as_slice() {
        _ if desk.plan().tasks.is_empty() => {}
        [] => {}
        [one] => unknown.push(format!("There is no standup for week {one}: states hold since the one before.")),
        many => unknown.push(format!(
            "There are no standups for weeks {}: states hold since the ones before.",
            phrase::list(many)
        )),
    }
    if desk.facts.history.standups.is_empty() && !desk.plan().tasks.is_empty() {
        let why = if desk.facts.sources.standups.is_empty() {
            "No standup is known"
        } else {
            "No standup can be used, as plan checks say"
        };
        unknown.push(format!("{why}: states come from the marks in the roadmap alone."));
    }
    if desk.plan().schedule.is_none() && !desk.plan().tasks.is_empty() {
        let what = if desk.plan().has_planned_days() {
            "there is neither a timeline nor a forecast"
        } else if desk.facts.history.versions.told_from().is_some() {
            "no item has a planned day"
        } else {
            "nothing here has a date"
        };
        unknown.push(format!("The plan names no weeks or no start, so {what}."));
    } else if desk.analysis().progress.planned_done.is_none() && 0 < desk.analysis().progress.total {
        unknown.push("No item stands in a week or in a phase with weeks, so none has a date.".to_owned());
    }
    unknown
}
