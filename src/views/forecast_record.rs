//! What past forecasts said, and what came of it.

use super::charts::DataTable;
use super::{Desk, wording};
use crate::analysis::{PastForecast, Record, Score};
use crate::calendar::Day;
use crate::phrase::{capitalise, count};

/// Makes the table of past forecasts; nothing where none was made.
#[must_use]
pub fn record(desk: &Desk<'_>) -> Option<DataTable> {
    let it = desk.analysis().record(desk.facts.history);
    if it.forecasts.is_empty() {
        return None;
    }
    let has_target = it.forecasts.iter().any(|it| it.target.is_some());
    let mut columns = vec!["Week ending", "50% by", "85% by"];
    columns.extend(has_target.then_some("Chance for the target"));
    columns.push("Outcome");
    Some(DataTable {
        summary: "What the forecast said before".to_owned(),
        columns: columns.into_iter().map(str::to_owned).collect(),
        rows: it.forecasts.iter().map(|past| row(desk, past, it.finished, has_target)).collect(),
        note: note(desk, it),
    })
}

fn row(desk: &Desk<'_>, it: &PastForecast, finished: Option<Day>, has_target: bool) -> Vec<String> {
    let day = |it: Option<Day>| it.map_or("later than a year".to_owned(), |it| desk.day(it));
    let week = it.week.map_or(String::new(), |it| format!("W{it}, "));
    let mut cells = vec![format!("{week}{}", desk.day(it.day)), day(it.p50), day(it.p85)];
    if has_target {
        let words = |(by, chance): (Day, f64)| format!("{} for {}", wording::chance(chance), desk.day(by));
        cells.push(it.target.map_or("no target".to_owned(), words));
    }
    cells.push(outcome(desk, it, finished));
    cells
}

fn outcome(desk: &Desk<'_>, it: &PastForecast, finished: Option<Day>) -> String {
    let [by_50, by_85] = [it.p50, it.p85].map(|by| PastForecast::outcome(by, finished, desk.as_of()));
    let Some(finished) = finished else {
        return match (by_50, by_85) {
            (_, Some(false)) => "not done by the 85% day".to_owned(),
            (Some(false), _) => "not done by the 50% day".to_owned(),
            _ => "not known yet".to_owned(),
        };
    };
    let when = if by_50 == Some(true) {
        "by the 50% day"
    } else if by_85 == Some(true) {
        "by the 85% day"
    } else {
        "after the 85% day"
    };
    format!("done {}, {when}", desk.day(finished))
}

fn note(desk: &Desk<'_>, it: &Record) -> String {
    let known = if desk.facts.history.versions.told_from().is_some() {
        "Each is made again from what was known that day: the plan's days are those of then."
    } else {
        "Each is made again from what was known that day, with the plan as it is now: earlier versions of it are not known."
    };
    let left_out = match it.left_out {
        0 => String::new(),
        n => format!(" {} before are left out.", capitalise(&count(n, "week"))),
    };
    match &it.score {
        Some(score) => format!("{known}{left_out} {}", words(score)),
        None => format!("{known}{left_out} Shares are given once the outcome of ten is known."),
    }
}

fn words(it: &Score) -> String {
    let share = |it: f64| wording::percent(100.0 * it);
    let brier = it.brier.map_or(String::new(), |it| {
        format!(
            " The Brier score of the chances for the target is {it}, where 0 is best and always saying 50% gives 0.25."
        )
    });
    format!(
        "Of {} whose outcome is known, {} were done by the 50% day and {} by the 85% day.{brier}",
        count(it.resolved, "forecast"),
        share(it.within_50),
        share(it.within_85)
    )
}
