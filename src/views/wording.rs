//! Every formatted word: days, durations, figures, states.

use super::Facts;
use crate::analysis::Basis;
use crate::phrase;

/// Says what to know about the forecast.
#[must_use]
pub fn forecast_note(facts: &Facts<'_>) -> String {
    let it = &facts.analysis.forecast;
    let weeks = phrase::count(it.weeks_of_data, "week");
    match it.basis {
        Basis::Plan => format!("From {weeks} of finished work and the plan; no scope was added."),
        Basis::PlanOnly => "Before the first data: from the plan alone.".to_owned(),
        Basis::Done => "Everything is done.".to_owned(),
        Basis::Stale => "No forecast: nothing was reported for more than two weeks.".to_owned(),
        Basis::None => "No forecast: the plan has no dates.".to_owned(),
    }
}
