//! Reported health against the steps of its target, with the gates.

use super::charts::{Chart, DataTable, Figure, GateMark, Health, Look};
use super::{Desk, wording};
use crate::model::Gate;
use crate::phrase;

/// Makes the chart's figures; nothing when nobody reports health and no phase aims at any.
#[must_use]
pub fn chart(desk: &Desk<'_>) -> Option<Health> {
    let reported = &desk.analysis().reported;
    let steps = steps(desk);
    let told = reported.weeks.iter().any(|it| it.value.is_some());
    if steps.is_empty() && !told {
        return None;
    }
    let weeks = desk.plan().schedule.as_ref().map(|it| it.weeks).or(reported.weeks.last().map(|it| it.week))?;
    let last = reported.weeks.iter().rev().find_map(|it| it.value);
    let values =
        reported.weeks.iter().filter_map(|it| it.value).chain(reported.at_start).chain(steps.iter().map(|it| it.2));
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), it| (low.min(it), high.max(it)));
    Some(Health {
        weeks,
        this_week: desk.analysis().this_week,
        at_start: reported.at_start,
        reported: reported.weeks.iter().map(|it| (it.week, it.value)).collect(),
        gates: gates(desk),
        steps,
        label: last.map_or(String::new(), |it| format!("Reported {}", phrase::number(it))),
        axis: ((low - 2.0).max(0.0), (high + 2.0).min(100.0)),
    })
}

/// Makes the chart with its reading.
#[must_use]
pub fn figure(desk: &Desk<'_>) -> Option<Figure> {
    let health = chart(desk)?;
    let axis = format!("Axis from {}.", phrase::number(health.axis.0.floor()));
    Some(Figure {
        id: "health".to_owned(),
        heading: heading(desk),
        note: format!("Reported each week. Dashed: the phase’s target. {axis}"),
        title: "Reported health against target".to_owned(),
        desc: desc(desk, &health),
        chart: Chart::Health(health),
        table: table(desk),
    })
}

fn steps(desk: &Desk<'_>) -> Vec<(u32, u32, f64)> {
    let phases = desk.plan().phases.iter();
    phases
        .filter_map(|it| {
            it.weeks.zip(it.health_target.as_ref()).map(|((first, last), target)| (first, last, target.value))
        })
        .collect()
}

fn gates(desk: &Desk<'_>) -> Vec<GateMark> {
    let mark = |gate: &Gate| {
        let phase = desk.plan().phases.get(gate.phase?)?;
        let (_, week) = phase.weeks?;
        let value = phase.health_target.as_ref()?.value;
        let due = gate.due?;
        let on_day = desk.analysis().reported.weeks.iter().find(|it| it.week == week).and_then(|it| it.value);
        let (note, look) = match on_day.filter(|_| due <= desk.as_of()) {
            Some(it) if value <= it => (format!("{} on the day", phrase::number(it)), Look::Ok),
            Some(it) => (format!("{} on the day", phrase::number(it)), Look::Warn),
            None if due <= desk.as_of() => ("not reported".to_owned(), Look::Plain),
            None => (desk.day(due), Look::Plain),
        };
        Some(GateMark { week, value, label: format!("{} ≥{}", gate.short, phrase::number(value)), note, look })
    };
    let big = desk.plan().gates.iter().filter(|it| it.kind.is_big());
    big.filter_map(mark).collect()
}

/// "Health rose to 81, still below target for a third week".
fn heading(desk: &Desk<'_>) -> String {
    let reported = &desk.analysis().reported;
    let told: Vec<f64> = reported.at_start.into_iter().chain(reported.weeks.iter().filter_map(|it| it.value)).collect();
    let known = reported.weeks.iter().any(|it| it.value.is_some());
    let Some(last) = told.last().filter(|_| known) else {
        return "Nobody has reported health yet".to_owned();
    };
    let before = told.len().checked_sub(2).and_then(|it| told.get(it));
    let moved = match before {
        Some(it) if it < last => "rose to",
        Some(it) if last < it => "fell to",
        Some(_) => "stayed at",
        None => "is",
    };
    let standing = match reported.weeks_below {
        0 if reported.rag.is_some() => ", on target".to_owned(),
        0 => String::new(),
        1 => ", below target".to_owned(),
        n => format!(", below target for {} weeks", phrase::number_word(n)),
    };
    format!("Health {moved} {}{standing}", phrase::number(*last))
}

fn desc(desk: &Desk<'_>, health: &Health) -> String {
    let start = health.at_start.map(|it| format!("{} at the start", phrase::number(it)));
    let weeks = health.reported.iter().map(|(week, value)| match value {
        Some(it) => format!("{} in week {week}", phrase::number(*it)),
        None => format!("not reported in week {week}"),
    });
    let values: Vec<String> = start.into_iter().chain(weeks).collect();
    let targets: Vec<String> = health
        .gates
        .iter()
        .zip(desk.plan().gates.iter().filter(|it| it.kind.is_big()))
        .map(|(mark, gate)| format!("{} for {}", phrase::number(mark.value), gate.short))
        .collect();
    let targets = if targets.is_empty() { String::new() } else { format!(" Targets are {}.", phrase::list(&targets)) };
    format!("Reported health was {}.{targets}", phrase::list(&values))
}

fn table(desk: &Desk<'_>) -> DataTable {
    let show = |it: Option<f64>| it.map_or("–".to_owned(), phrase::number);
    let row = |it: &crate::analysis::HealthWeek| {
        let day = it.date.map_or(format!("Week {}", it.week), |it| wording::week_day(it, desk.as_of()));
        vec![format!("W{}, {day}", it.week), show(it.value), show(it.target)]
    };
    DataTable {
        summary: "Health figures".to_owned(),
        columns: ["Week", "Reported", "Target"].map(str::to_owned).to_vec(),
        rows: desk.analysis().reported.weeks.iter().map(row).collect(),
        note: String::new(),
    }
}
