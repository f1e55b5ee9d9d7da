//! The part of the report that tells how the plan got here.

use crate::analysis::{PastForecast, ScopeChange, ScopeChangeKind};
use crate::calendar::Day;
use crate::history::Change;
use crate::phrase::rounded;
use crate::views::{Facts, wording};
use schemars::JsonSchema;
use serde::Serialize;

/// How the plan got here.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HistoryPart {
    /// The plan as it was when it began; null where only one version of it is known.
    pub baseline: Option<BaselinePart>,
    /// What changed in the plan, oldest first; marks are evidence of the tasks.
    pub changes: Vec<ScopeChangePart>,
    /// What the forecast said at the end of each past week, from what was known then.
    pub forecasts: Vec<PastForecastPart>,
    /// The day on which the last item was finished; null while some are open.
    pub finished: Option<String>,
    /// How well the forecasts held; null while the outcome of fewer than ten is known.
    pub score: Option<ScorePart>,
}

/// A change of the plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScopeChangePart {
    /// The first day of the version with it.
    pub date: String,
    /// `added`, `taken_out`, `tidied` (taken out when done), `dropped`, `taken_up`, `renamed`, `moved`, `rescheduled` or
    /// `re_estimated`.
    pub kind: String,
    /// The key of its task; null for one that the plan no longer has.
    pub key: Option<String>,
    /// Its ID and title.
    pub name: String,
    /// What was before: a title, a place, a day, or days of effort.
    pub from: Option<String>,
    /// What is from then on.
    pub to: Option<String>,
    /// The commit; null for what is not committed.
    pub commit: Option<String>,
}

/// The plan as it was when it began.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BaselinePart {
    /// The day.
    pub date: String,
    /// Items in scope at its end.
    pub items: usize,
    /// Items in scope now that came later.
    pub added: usize,
}

/// A forecast as it was at the end of a past week.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PastForecastPart {
    /// The last working day of the week.
    pub date: String,
    /// The day of 50%; null when later than a year.
    pub p50: Option<String>,
    /// The day of 85%; null when later than a year.
    pub p85: Option<String>,
    /// The target as it was then, by its last working day.
    pub target: Option<String>,
    /// The chance to be done by it, 0 to 1.
    pub on_time_probability: Option<f64>,
}

/// How well forecasts held.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScorePart {
    /// Forecasts whose outcome is known.
    pub resolved: usize,
    /// The share that was done by the 50% day, 0 to 1.
    pub within_50: f64,
    /// The share that was done by the 85% day, 0 to 1.
    pub within_85: f64,
    /// The mean square of chance less outcome for the target, 0 to 1, less is better; null where fewer than ten are known.
    pub brier: Option<f64>,
}

/// Tells how the plan got here.
pub fn history(facts: &Facts<'_>) -> HistoryPart {
    let (scope, record) = (&facts.analysis.scope, facts.analysis.record(facts.history));
    HistoryPart {
        baseline: scope.baseline.map(|it| BaselinePart {
            date: wording::iso(it.day),
            items: it.items,
            added: it.added,
        }),
        changes: scope.changes.iter().map(|it| change(facts, it)).collect(),
        forecasts: record.forecasts.iter().map(forecast).collect(),
        finished: record.finished.map(wording::iso),
        score: record.score.map(|it| ScorePart {
            resolved: it.resolved,
            within_50: it.within_50,
            within_85: it.within_85,
            brier: it.brier,
        }),
    }
}

fn change(facts: &Facts<'_>, it: &ScopeChange) -> ScopeChangePart {
    let day = |it: &Option<Day>| it.map(wording::iso);
    let days = |it: &Option<f64>| it.map(|it| rounded(it, 6).to_string());
    let (kind, from, to) = match &it.kind {
        ScopeChangeKind::Plan(Change::Added) => ("added", None, None),
        ScopeChangeKind::Plan(Change::TakenOut) => ("taken_out", None, None),
        ScopeChangeKind::Plan(Change::Renamed { from, to }) => ("renamed", Some(from.clone()), Some(to.clone())),
        ScopeChangeKind::Plan(Change::Moved { from, to }) => ("moved", Some(from.clone()), Some(to.clone())),
        ScopeChangeKind::Plan(Change::Rescheduled { from, to }) => ("rescheduled", day(from), day(to)),
        ScopeChangeKind::Plan(Change::Reestimated { from, to }) => ("re_estimated", days(from), days(to)),
        ScopeChangeKind::Tidied => ("tidied", None, None),
        ScopeChangeKind::Dropped => ("dropped", None, None),
        ScopeChangeKind::TakenUp => ("taken_up", None, None),
    };
    ScopeChangePart {
        date: wording::iso(it.day),
        kind: kind.to_owned(),
        key: it.task.and_then(|at| facts.history.plan.tasks.get(at)).map(|it| it.key.clone()),
        name: it.name.clone(),
        from,
        to,
        commit: it.commit.map(|it| it.to_string()),
    }
}

fn forecast(it: &PastForecast) -> PastForecastPart {
    PastForecastPart {
        date: wording::iso(it.day),
        p50: it.p50.map(wording::iso),
        p85: it.p85.map(wording::iso),
        target: it.target.map(|it| wording::iso(it.0)),
        on_time_probability: it.target.map(|it| rounded(it.1, 2)),
    }
}
