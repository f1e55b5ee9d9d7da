//! The chance that all work planned up to a gate is done by its day, as if work went in planned order.

use super::forecast::Prepared;
use crate::calendar::{Day, WorkingDays};
use crate::history::History;
use crate::model::{Gate, State};

/// What is to be done until a gate, and the chance that it is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GateForecast {
    /// Items planned to end by its day.
    pub planned: usize,
    /// Those of them that are open.
    pub open: usize,
    /// The chance that they are done by then, 0 to 1; nothing where there is no forecast, where none is open, and once the day
    /// is past.
    pub chance: Option<f64>,
}

/// Forecasts every gate, in the order of the plan.
pub(super) fn gate_forecasts(
    history: &History,
    prepared: Option<&Prepared>,
    working: &WorkingDays,
) -> Vec<GateForecast> {
    if history.plan.gates.is_empty() {
        return Vec::new();
    }
    let today = history.as_of;
    let states = history.states(today);
    let mut ends: Vec<(Day, State)> =
        history.plan.tasks.iter().zip(&states).filter_map(|(task, state)| Some((task.end?, *state))).collect();
    ends.retain(|it| it.1 != State::Dropped);
    ends.sort_unstable();
    let forecast = |gate: &Gate| {
        let Some(due) = gate.due else { return GateForecast::default() };
        let until = ends.get(..ends.partition_point(|it| it.0 <= due)).unwrap_or_default();
        let open = until.iter().filter(|it| it.1.is_open()).count();
        let chance = prepared.filter(|_| 0 < open && today <= due);
        let chance = chance.map(|it| it.for_open(open).chance(due, working, today));
        GateForecast { planned: until.len(), open, chance }
    };
    history.plan.gates.iter().map(forecast).collect()
}
