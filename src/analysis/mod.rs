//! What follows from a plan and what is known about it: one file for each number people look at.

mod burndown;
mod capacity;
mod criteria;
mod decisions;
mod dependencies;
mod earned;
mod forecast;
mod gamma_process;
mod gate_forecast;
mod gates;
mod health;
mod metrics;
mod outlook;
mod progress;
mod record;
mod risks;
mod scope;
mod trend;
mod weeks;
mod words;

pub use self::burndown::{Burndown, Series, SeriesPoint, daily_until};
pub use self::capacity::{Capacity, OwnerLoad, WeekLoad, team_of};
pub use self::criteria::{Amount, Ask, Class, CriterionState, Finding, asks, asks_phase};
pub use self::decisions::{DecisionMade, DecisionMention, DecisionReview, Decisions};
pub use self::dependencies::{Chain, Dependencies, Endangered};
pub use self::earned::Earned;
pub use self::forecast::{Basis, Forecast, forecast_at};
pub use self::gamma_process::FanLevel;
pub use self::gate_forecast::GateForecast;
pub use self::gates::{GateReview, Readiness};
pub use self::health::{Delivery, HealthWeek, Part, Rag, Reported, is_health};
pub use self::metrics::{Actual, ActualKind, MetricReview, direction, metric_named, metric_number, metric_unit};
pub use self::outlook::Outlook;
pub use self::progress::{Progress, Shares, counts_items};
pub use self::record::{PastForecast, Record, Score};
pub use self::risks::{Mention, RiskReview};
pub use self::scope::{Baseline, Scope, ScopeChange, ScopeChangeKind, Slips};
pub use self::trend::{Reaches, Trend};
pub use self::words::{akin, matter, words};

use self::forecast::Prepared;
use self::weeks::{data_week, missing_standups};
use crate::calendar::{Day, Week, WorkingDays};
use crate::history::History;
use crate::settings::Settings;
use chrono::Days;
use std::sync::{Arc, OnceLock};

/// All that follows.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The week that holds the day asked for; nothing outside of the plan's weeks.
    pub this_week: Option<Week>,
    /// The last week that a standup tells of; where there is none at all, that commits tell of.
    pub data_week: Option<Week>,
    /// Weeks that are over and have no standup, when there are standups at all.
    pub missing_standups: Vec<Week>,
    /// What is done.
    pub progress: Progress,
    /// What is open, day by day.
    pub burndown: Burndown,
    /// Where the work done stands on the plan's own line.
    pub earned: Option<Earned>,
    /// When it may be finished.
    pub forecast: Forecast,
    /// The forecast as it was a week before; nothing where no standup told of anything then.
    pub forecast_before: Option<Forecast>,
    /// What past forecasts said, once somebody has asked.
    record: OnceLock<Record>,
    /// Health as reported.
    pub reported: Reported,
    /// The delivery index.
    pub delivery: Delivery,
    /// What depends on what.
    pub dependencies: Dependencies,
    /// What became of the scope.
    pub scope: Scope,
    /// The gates, in the order of the plan.
    pub gates: Vec<GateReview>,
    /// The chances of the gates, once somebody has asked, and what they are made of.
    gate_forecasts: OnceLock<Vec<GateForecast>>,
    prepared: Option<Arc<Prepared>>,
    /// The metrics, in the order of the plan.
    pub metrics: Vec<MetricReview>,
    /// The risks, in the order of the plan.
    pub risks: Vec<RiskReview>,
    /// The decisions that standups ask for.
    pub decisions: Decisions,
    /// Teams and what is asked of them.
    pub capacity: Capacity,
    /// The last day on which the plan is in time: the last working day on or before the target.
    pub deadline: Option<Day>,
    /// The days that are worked; they need no calendar.
    pub working: WorkingDays,
}

impl Analysis {
    /// Returns the chance of each gate that the work up to it is done by its day, in the order of the plan. It is made when it is first
    /// asked for, as the record is.
    pub fn gate_forecasts(&self, history: &History) -> &[GateForecast] {
        let prepared = self.prepared.as_deref();
        self.gate_forecasts.get_or_init(|| gate_forecast::gate_forecasts(history, prepared, &self.working))
    }

    /// Returns what the forecast would be after one more week, in which all that is due or late is finished, or half of it; nothing
    /// without a forecast, or with nothing due.
    #[must_use]
    pub fn outlook(&self, history: &History) -> Vec<Outlook> {
        outlook::outlook(history, self)
    }

    /// Returns the chance, 0 to 1, that all is done by each of some days, from the day asked for on; empty without a forecast.
    #[must_use]
    pub fn chances(&self, history: &History) -> Vec<(Day, f64)> {
        self.prepared.as_deref().map_or(Vec::new(), |it| outlook::chances(it, &self.working, history.as_of))
    }

    /// Returns what past forecasts said, and what came of it. It is made when it is first asked for, since it costs as much as all
    /// else together, and a comparison does not ask. `history` is the one that all this follows from.
    pub fn record(&self, history: &History) -> &Record {
        self.record.get_or_init(|| record::record(history, &self.working))
    }
}

/// Works out all that follows from a history.
#[must_use]
pub fn analyze(history: &History, settings: &Settings) -> Analysis {
    let schedule = history.plan.schedule.as_ref();
    let week_of = |day| schedule.and_then(|it| it.calendar.week(day).filter(|week| *week <= it.weeks));
    let target = history.plan.header.target.as_ref().map(|it| it.value);
    let working = settings.working();
    let deadline = target.map(|it| working.on_or_before(it));
    let data_week = data_week(history, history.as_of);
    let earned = data_week.and_then(|it| earned::earned(history, it));
    let progress = progress::progress(history);
    let metrics = metrics::metrics(history);
    let risks = risks::risks(history);
    let reported = health::reported(history, settings);
    let scope = scope::scope(history, &working);
    let prepared = forecast::prepare(history, data_week, history.as_of);
    Analysis {
        this_week: week_of(history.as_of),
        data_week,
        missing_standups: missing_standups(history),
        burndown: burndown::burndown(history, progress.has_effort),
        progress,
        forecast: forecast::forecast_of(&prepared, deadline, &working, history.as_of),
        record: OnceLock::new(),
        forecast_before: forecast_before(history, deadline, &working),
        delivery: health::delivery(history, earned.as_ref(), &scope, &risks, &settings.health),
        gates: gates::gates(history, &metrics),
        gate_forecasts: OnceLock::new(),
        prepared: prepared.ok().map(Arc::new),
        capacity: capacity::capacity(&history.plan, settings),
        decisions: decisions::decisions(history),
        dependencies: dependencies::dependencies(history, &working),
        scope,
        earned,
        reported,
        metrics,
        risks,
        deadline,
        working,
    }
}

/// Forecasts as of a week before; nothing where nothing was told by then.
fn forecast_before(history: &History, deadline: Option<Day>, working: &WorkingDays) -> Option<Forecast> {
    let day = history.as_of.checked_sub_days(Days::new(7))?;
    let week = data_week(history, day);
    let forecast = forecast::forecast_on(history, week, deadline, working, day);
    (week.is_some() || forecast.basis == Basis::History).then_some(forecast)
}
