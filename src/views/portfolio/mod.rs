//! The page over all projects: how each stands, when it may be done, what comes next.

mod report;
mod row;

pub use self::report::{
    DeliverySummary, FindingsSummary, GateSummary, HealthSummary, PortfolioReport, ProjectPart, StandupSummary,
    UnreadPart, report,
};
pub use self::row::{Bar, Figures, GateCell, HealthCell, Row, SortKeys};

use super::face::{Card, Face};
use super::frame::{ALL, Frame};
use super::page::Page;
use super::parts::Mark;
use super::standing::Standing;
use super::{Desk, Facts, gate, wording};
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::phrase;
use crate::sources::{OwnLook, Unread};
use serde::Serialize;

/// Everything that the page over all is made from.
#[derive(Debug)]
pub struct PortfolioFacts<'a> {
    /// The title, where the settings name one.
    pub title: Option<&'a str>,
    /// The day of the page over all.
    pub as_of: Day,
    /// The projects, in the order of their folders.
    pub members: Vec<MemberFacts<'a>>,
    /// What had to be left out.
    pub notes: &'a [Diagnostic],
    /// What all pages look like.
    pub look: &'a OwnLook,
}

/// What is known of one project.
#[derive(Debug)]
pub struct MemberFacts<'a> {
    /// The name of its part of the site.
    pub slug: String,
    /// The folder that its paths are relative to, as seen from the portfolio.
    pub path: String,
    /// The facts, or why there are none.
    pub known: Result<Facts<'a>, Unread>,
}

impl<'a> MemberFacts<'a> {
    /// Returns the facts as seen from the project's own part of the site.
    ///
    /// # Errors
    ///
    /// When the project could not be read.
    pub fn desk(&self) -> Result<Desk<'a>, &Unread> {
        self.known.as_ref().map(|it| Desk { facts: *it, up: "", is_part: true })
    }

    /// Says how the project stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.desk().map_or(Standing::Unread, |it| Standing::of(&it))
    }

    /// Returns the plan's title; the folder where the plan could not be read, or is called no more than its file.
    #[must_use]
    pub fn title(&self) -> &str {
        let Ok(known) = &self.known else { return &self.path };
        let (title, file) = (&known.history.plan.title, &known.sources.roadmap.path);
        let stem = file.rsplit('/').next().and_then(|it| it.split('.').next()).unwrap_or_default();
        if title.trim().eq_ignore_ascii_case(stem) { &self.path } else { title }
    }
}

/// The page over all projects.
#[derive(Debug, Serialize)]
pub struct Portfolio {
    /// What stands around it.
    pub frame: Frame,
    /// How many projects stand how, worst first.
    pub counts: Vec<Mark>,
    /// The finding.
    pub heading: String,
    /// "22 of 84 items are done. The next gate is …".
    pub lead: String,
    /// The projects, worst first, then by name.
    pub rows: Vec<Row>,
    /// Whether any project names a target.
    pub has_target: bool,
    /// Whether any project has a gate ahead, or one that is overdue.
    pub has_gate: bool,
    /// Whether any project reports health.
    pub has_health: bool,
    /// Whether any project has a standup.
    pub has_standup: bool,
    /// How many columns stand behind the state.
    pub columns: usize,
    /// How the projects are sorted, and what the figures mean.
    pub note: String,
    /// What no project has, so that it has no column; may be empty.
    pub missing: String,
    /// What had to be left out.
    pub left_out: Vec<String>,
}

impl Page for Portfolio {
    const TEMPLATE: &'static str = "site/portfolio.html";
}

/// Makes the page over all projects. `base_url` is the site's address, where it is known.
#[must_use]
pub fn portfolio(facts: &PortfolioFacts<'_>, base_url: Option<&str>) -> Portfolio {
    let heading = heading(facts);
    let mut members: Vec<&MemberFacts<'_>> = facts.members.iter().collect();
    members.sort_by_cached_key(|it| (it.standing(), it.title().to_lowercase(), it.slug.clone()));
    let rows: Vec<Row> = members.into_iter().map(|it| row::row(it, facts.as_of)).collect();
    let any = |has: fn(&Figures) -> bool| rows.iter().filter_map(|it| it.figures.as_ref()).any(has);
    let (has_target, has_gate) = (any(|it| it.target.is_some()), any(|it| it.gate.is_some() || !it.overdue.is_empty()));
    let (has_health, has_standup) = (any(|it| it.health.is_some()), any(|it| it.standup.is_some()));
    let left_out = |it: &Diagnostic| row::told(&it.path, &it.message, it.help.as_deref());
    let known = [
        (has_target, "names a target"),
        (has_gate, "has an open gate"),
        (has_health, "reports its health"),
        (has_standup, "has a standup"),
    ];
    // Items, forecast and findings always stand there.
    let columns = 3 + known.iter().filter(|(has, _)| *has).count();
    let missing: Vec<&str> = known.iter().filter(|(has, _)| !has).map(|(_, words)| *words).collect();
    Portfolio {
        frame: frame(facts, &heading, base_url),
        counts: counts(facts),
        heading,
        lead: lead(facts),
        rows,
        has_target,
        has_gate,
        has_health,
        has_standup,
        columns,
        note: note(has_target),
        missing: or_list(&missing),
        left_out: facts.notes.iter().map(left_out).collect(),
    }
}

/// "No project names a target or has a standup."
fn or_list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("No project {one}."),
        [most @ .., last] => format!("No project {} or {last}.", most.join(", ")),
    }
}

fn note(has_target: bool) -> String {
    let chance = if has_target {
        " The chance is that of being done by the last working day on or before the target."
    } else {
        ""
    };
    let order = Standing::ALL.map(|it| it.words().to_lowercase());
    format!(
        "Sorted by state, worst first ({}), then by name. The state is that of the worst part of the delivery index and, \
         from 40% of the weeks on, of the chance of the launch day, or of what is late where there is none; a forecast is \
         the day reached with a chance of one half, and with 85%.{chance}",
        order.join(", ")
    )
}

/// Makes the frame of a page over all projects. `base_url` is the site's address, where it is known.
#[must_use]
pub fn frame(facts: &PortfolioFacts<'_>, heading: &str, base_url: Option<&str>) -> Frame {
    let projects = phrase::count(facts.members.len(), "project");
    Frame {
        up: String::new(),
        assets: String::new(),
        all: None,
        title: heading.to_owned(),
        plan: facts.title.unwrap_or(ALL).to_owned(),
        description: format!("How {projects} stand: state, progress, forecast, next gate, findings"),
        canonical: base_url.map(|it| format!("{}/index.html", it.trim_end_matches('/'))),
        face: Face::new(facts.look, ""),
        card: Some(Card::default()),
        as_of_iso: wording::iso(facts.as_of),
        as_of: facts.as_of.format("%a %-d %b %Y").to_string(),
        week: None,
        nav: Vec::new(),
        more: Vec::new(),
        data: super::feeds::portfolio_links(),
        feed: None,
        crumbs: Vec::new(),
        indexes: indexes(facts),
        preview: None,
        changed: None,
        is_live: false,
        read_from: format!(
            "Read from {projects}, as of {}. Every figure leads to the pages of its project.",
            facts.as_of.format("%-d %B %Y")
        ),
    }
}

/// The search of the page over all looks in so many projects at the most: each has an index of its own to load.
const MOST_SEARCHED: usize = 50;

/// Returns the folders of the projects that can be read.
fn indexes(facts: &PortfolioFacts<'_>) -> Vec<String> {
    let known = facts.members.iter().filter(|it| it.known.is_ok());
    known.take(MOST_SEARCHED).map(|it| format!("{}/", it.slug)).collect()
}

fn number(facts: &PortfolioFacts<'_>, standing: Standing) -> usize {
    facts.members.iter().filter(|it| it.standing() == standing).count()
}

fn counts(facts: &PortfolioFacts<'_>) -> Vec<Mark> {
    let counted = Standing::ALL.into_iter().map(|it| (it, number(facts, it))).filter(|(_, n)| 0 < *n);
    counted.map(|(it, n)| it.mark(format!("{n} {}", it.words().to_lowercase()))).collect()
}

/// "2 of 5 projects are off track": the worst that is known, else the best.
fn heading(facts: &PortfolioFacts<'_>) -> String {
    let total = facts.members.len();
    let of = |standing| number(facts, standing);
    let share = |n: usize, words: &str| match (n, total) {
        (1, 1) => format!("The one project {}", single(words)),
        (n, total) if n == total => format!("All {total} projects {words}"),
        (n, total) => {
            let words = if n == 1 { single(words) } else { words.to_owned() };
            format!("{n} of {total} projects {words}")
        }
    };
    let (off, risk, on, done) =
        (of(Standing::OffTrack), of(Standing::AtRisk), of(Standing::OnTrack), of(Standing::Done));
    match (off, risk, on, done) {
        (1.., ..) => share(off, "are off track"),
        (0, 1.., ..) => share(risk, "are at risk"),
        (0, 0, 0, 1..) => share(done, "are done"),
        (0, 0, 1.., 0) => share(on, "are on track"),
        (0, 0, 1.., 1..) => share(on + done, "are on track or done"),
        (0, 0, 0, 0) if 0 < of(Standing::Unread) => share(of(Standing::Unread), "cannot be read"),
        (0, 0, 0, 0) if 0 < of(Standing::NoDates) => share(of(Standing::NoDates), "have no dates"),
        (0, 0, 0, 0) if of(Standing::NoTasks) == total => share(total, "have no tasks"),
        (0, 0, 0, 0) if of(Standing::NothingToDo) == total => share(total, "have nothing to do"),
        (0, 0, 0, 0) if total == 1 => "How the one project stands is not known yet".to_owned(),
        (0, 0, 0, 0) => format!("How {total} projects stand is not known yet"),
    }
}

/// "are done" as one project's: "is done".
fn single(words: &str) -> String {
    let verbs = [("are ", "is "), ("have ", "has ")];
    let found = verbs.iter().find_map(|(many, one)| Some(format!("{one}{}", words.strip_prefix(many)?)));
    found.unwrap_or_else(|| words.to_owned())
}

/// "22 of 84 items are done in all. The next gate is Pre-Prod of Portal, due Fri 13 Feb."
fn lead(facts: &PortfolioFacts<'_>) -> String {
    let known: Vec<&Facts<'_>> = facts.members.iter().filter_map(|it| it.known.as_ref().ok()).collect();
    let done: usize = known.iter().map(|it| it.analysis.progress.done).sum();
    let total: usize = known.iter().map(|it| it.analysis.progress.total).sum();
    let verb = if done == 1 { "is" } else { "are" };
    let items = if total == 0 {
        "No project has items yet.".to_owned()
    } else {
        format!("{done} of {} {verb} done in all.", phrase::count(total, "item"))
    };
    let gates = facts.members.iter().filter_map(|it| {
        let desk = it.desk().ok()?;
        let all = gate::status::all(&desk);
        let next = gate::status::next(&all)?;
        Some((next.gate.due?, it.title(), next.gate.short.clone()))
    });
    let next = gates.min().map_or(String::new(), |(due, title, gate)| {
        // A day is not parted at the end of a line.
        let due = wording::week_day(due, facts.as_of).replace(' ', "\u{a0}");
        format!(" The next gate is {gate} of {title}, due {due}.")
    });
    items + &next
}
