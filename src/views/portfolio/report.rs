//! The machine-readable form of the page over all: versioned, like the report of each project.

use super::{MemberFacts, PortfolioFacts, row};
use crate::diagnostic::{DiagnosticPart, findings, tally};
use crate::views::frame::ALL;
use crate::views::report::{ForecastPart, Generator, ItemsPart, SCHEMA_VERSION, forecast, items};
use crate::views::{Desk, gate, wording};
use schemars::JsonSchema;
use serde::Serialize;

/// Several projects on one day. Each has a report of its own with all of its figures.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "roadbook portfolio")]
pub struct PortfolioReport {
    /// The version of this shape: within a major version fields are only added.
    pub schema_version: String,
    /// The program that made it.
    pub generator: Generator,
    /// The day of the page over all; a project's own may differ.
    pub as_of: String,
    /// The title of the page over all.
    pub title: String,
    /// The projects, in the order of their folders.
    pub projects: Vec<ProjectPart>,
    /// What had to be left out.
    pub notes: Vec<DiagnosticPart>,
}

/// A project. Figures are missing where they are not known; all of them where it could not be read.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProjectPart {
    /// The name of its part of the site.
    pub slug: String,
    /// The plan's title; the folder where it could not be read, or is called no more than its file.
    pub title: String,
    /// The folder that the paths in its report are relative to, as seen from the portfolio.
    pub path: String,
    /// Its dashboard, relative to the site.
    pub page: Option<String>,
    /// Its report, relative to the site.
    pub report: Option<String>,
    /// `unread`, `off_track`, `at_risk`, `unknown`, `no_dates`, `nothing_to_do`, `on_track` or `done`.
    pub state: String,
    /// The day of its report.
    pub as_of: Option<String>,
    /// The delivery index.
    pub delivery: Option<DeliverySummary>,
    /// Health as people last reported it.
    pub reported_health: Option<HealthSummary>,
    /// Items by state.
    pub items: Option<ItemsPart>,
    /// When the plan may be finished.
    pub forecast: Option<ForecastPart>,
    /// The target.
    pub target: Option<String>,
    /// The gate that comes next.
    pub next_gate: Option<GateSummary>,
    /// How many gates of phases, or of the plan, are past their day without a decision.
    pub overdue_gates: Option<usize>,
    /// How many findings of each severity there are.
    pub findings: Option<FindingsSummary>,
    /// The last standup.
    pub last_standup: Option<StandupSummary>,
    /// Why it could not be read.
    pub unread: Option<UnreadPart>,
}

/// The delivery index.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeliverySummary {
    /// The mean of the known parts, 0 to 100.
    pub value: Option<f64>,
    /// The colour of the worst part: `green`, `amber` or `red`.
    pub rag: Option<String>,
}

/// Health as people last reported it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HealthSummary {
    /// The week.
    pub week: u32,
    /// The value, 0 to 100.
    pub value: f64,
    /// The target.
    pub target: Option<f64>,
    /// `green`, `amber` or `red`; nothing without a target.
    pub rag: Option<String>,
}

/// A gate.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GateSummary {
    /// The name in its heading.
    pub name: String,
    /// `day`, `week`, `phase` or `launch`.
    pub kind: String,
    /// The day by which it is to be decided.
    pub due: Option<String>,
    /// `not_ready`, `incomplete`, `awaiting_sign_off` or `ready`; never a decision.
    pub status: String,
}

/// How many findings of each severity there are.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingsSummary {
    /// Something is wrong.
    pub error: usize,
    /// Something is likely wrong.
    pub warning: usize,
    /// Something is worth knowing.
    pub info: usize,
}

/// A standup.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StandupSummary {
    /// The week, where it is known.
    pub week: Option<u32>,
    /// The day it speaks for.
    pub date: String,
}

/// Why a project could not be read.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UnreadPart {
    /// The file or folder it is about, as seen from the portfolio.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Makes the report over all projects.
#[must_use]
pub fn report(facts: &PortfolioFacts<'_>) -> PortfolioReport {
    PortfolioReport {
        schema_version: SCHEMA_VERSION.to_owned(),
        generator: Generator::this(),
        as_of: wording::iso(facts.as_of),
        title: facts.title.unwrap_or(ALL).to_owned(),
        projects: facts.members.iter().map(project).collect(),
        notes: findings(facts.notes, &[]).diagnostics,
    }
}

fn project(it: &MemberFacts<'_>) -> ProjectPart {
    let desk = it.desk();
    let known = desk.as_ref().ok();
    ProjectPart {
        slug: it.slug.clone(),
        title: it.title().to_owned(),
        path: it.path.clone(),
        page: known.map(|_| format!("{}/index.html", it.slug)),
        report: known.map(|_| format!("{}/data/report.json", it.slug)),
        state: it.standing().name().to_owned(),
        as_of: known.map(|it| wording::iso(it.as_of())),
        delivery: known.map(delivery),
        reported_health: known.and_then(health),
        items: known.map(|it| items(&it.facts)),
        forecast: known.map(|it| forecast(&it.facts)),
        target: known.and_then(|it| it.plan().header.target.as_ref().map(|it| wording::iso(it.value))),
        next_gate: known.and_then(next_gate),
        overdue_gates: known.map(gate::status::overdue),
        findings: known.map(counted),
        last_standup: known.and_then(last_standup),
        unread: desk.err().map(|it| UnreadPart { path: it.path.clone(), message: row::why(it), help: it.help.clone() }),
    }
}

fn delivery(desk: &Desk<'_>) -> DeliverySummary {
    let it = &desk.analysis().delivery;
    DeliverySummary { value: it.value, rag: it.rag.map(|it| it.name().to_owned()) }
}

fn health(desk: &Desk<'_>) -> Option<HealthSummary> {
    let reported = &desk.analysis().reported;
    let last = reported.weeks.iter().rev().find(|it| it.value.is_some())?;
    let rag = reported.rag.map(|it| it.name().to_owned());
    Some(HealthSummary { week: last.week, value: last.value?, target: last.target, rag })
}

fn next_gate(desk: &Desk<'_>) -> Option<GateSummary> {
    let all = gate::status::all(desk);
    let next = gate::status::next(&all)?;
    Some(GateSummary {
        name: next.gate.name.clone(),
        kind: next.gate.kind.name().to_owned(),
        due: next.gate.due.map(wording::iso),
        status: next.review.readiness.name().to_owned(),
    })
}

fn counted(desk: &Desk<'_>) -> FindingsSummary {
    let [error, warning, info] = tally(desk.facts.diagnostics);
    FindingsSummary { error, warning, info }
}

fn last_standup(desk: &Desk<'_>) -> Option<StandupSummary> {
    let last = desk.facts.history.standups.last()?;
    Some(StandupSummary { week: last.week, date: wording::iso(last.date) })
}
