//! The figures of a week, each beside its plan.

use super::heading::items;
use super::scope::{Scope, When};
use crate::analysis::{Basis, Forecast};
use crate::model::Phase;
use crate::phrase::{capitalise, count, number, rounded};
use crate::views::parts::Fact;
use crate::views::wording;

/// Returns the figures of a week.
#[must_use]
pub fn facts(scope: &Scope<'_>) -> Vec<Fact> {
    let has_items = 0 < scope.desk.analysis().progress.total;
    let counted = |it: fn(&Scope<'_>) -> Fact| has_items.then(|| it(scope));
    let facts = match (scope.when, scope.is_known()) {
        (When::ToCome, _) => {
            vec![counted(planned), counted(planned_in_all), health_target(scope), gates(scope)]
        }
        (_, false) => vec![
            counted(planned),
            counted(planned_in_all),
            health(scope).or_else(|| health_target(scope)),
            gates(scope),
        ],
        _ => vec![counted(finished), counted(done), health(scope), forecast(scope)],
    };
    facts.into_iter().flatten().collect()
}

fn finished(scope: &Scope<'_>) -> Fact {
    let tasks = scope.finished();
    let planned = scope.planned().len();
    let efforts: Vec<f64> = tasks.iter().filter_map(|at| scope.desk.task(*at)?.effort_days).collect();
    let mut notes = vec![match planned {
        0 => "none planned".to_owned(),
        1 => "1 was planned".to_owned(),
        n => format!("{n} were planned"),
    }];
    if !efforts.is_empty() {
        let days = number(rounded(efforts.iter().sum(), 2));
        notes.push(format!("{days} effort {}", if days == "1" { "day" } else { "days" }));
    }
    Fact::new("Finished this week", count(tasks.len(), "item"), notes.join("; "))
}

fn done(scope: &Scope<'_>) -> Fact {
    let (done, planned, total) = scope.counts();
    let note = if scope.days.is_some() { format!("{planned} planned") } else { String::new() };
    Fact::new("Done in all", format!("{done} of {total}"), note)
}

fn planned(scope: &Scope<'_>) -> Fact {
    let tasks = scope.planned();
    let efforts: Vec<f64> = tasks.iter().filter_map(|at| scope.desk.task(*at)?.effort_days).collect();
    let note = if efforts.is_empty() { String::new() } else { wording::effort(efforts.iter().sum()) + " of effort" };
    Fact::new("Planned to finish", capitalise(&items(tasks.len())), note)
}

/// By the plan alone: what should be done by the end of the week.
fn planned_in_all(scope: &Scope<'_>) -> Fact {
    let plan = &scope.desk.plan().tasks;
    let last = scope.days.map(|(_, last)| last);
    let by_then = plan.iter().filter(|it| it.end.zip(last).is_some_and(|(end, last)| end <= last)).count();
    let progress = &scope.desk.analysis().progress;
    let note = format!("{} done as of {}", progress.done, scope.desk.day(scope.desk.as_of()));
    Fact::new("Planned done by its end", format!("{by_then} of {}", plan.len()), note)
}

fn gates(scope: &Scope<'_>) -> Option<Fact> {
    let gates = scope.gates();
    let first = gates.first().and_then(|(_, it)| it.due)?;
    let value = if gates.len() == 1 { "1".to_owned() } else { gates.len().to_string() };
    Some(Fact::new("Gates due", value, format!("on {}", scope.desk.day(first))).plural_days(&gates))
}

impl Fact {
    /// Gates of several days are not put on the first of them.
    fn plural_days(mut self, gates: &[(usize, &crate::model::Gate)]) -> Self {
        let mut days: Vec<_> = gates.iter().filter_map(|(_, it)| it.due).collect();
        days.dedup();
        if 1 < days.len() {
            self.note = self.note.replacen("on ", "the first on ", 1);
        }
        self
    }
}

/// "81, up 2", with its target.
fn health(scope: &Scope<'_>) -> Option<Fact> {
    let weeks = &scope.desk.analysis().reported.weeks;
    let own = weeks.iter().find(|it| it.week == scope.week);
    let Some(value) = own.and_then(|it| it.value) else {
        let target = own.and_then(|it| it.target).or_else(|| phase_target(scope));
        let note = target.map_or(String::new(), |it| format!("target {}", number(it)));
        return (!weeks.is_empty()).then(|| Fact::new("Health", "not reported", note));
    };
    let before =
        weeks.iter().rev().find_map(|it| it.value.filter(|_| it.week < scope.week).map(|value| (it.week, value)));
    let start = scope.desk.analysis().reported.at_start;
    let change = match (before, start) {
        (Some((week, old)), _) if week + 1 == scope.week => change(value - old),
        (Some((week, old)), _) => format!("{} since week {week}", change(value - old)),
        (None, Some(old)) => format!("{} since the start", change(value - old)),
        (None, None) => String::new(),
    };
    let note = own.and_then(|it| it.target).map_or(String::new(), |it| format!("target {}", number(it)));
    let change = if change.is_empty() { change } else { format!(", {change}") };
    Some(Fact::new("Health", format!("{}{change}", number(value)), note))
}

fn change(by: f64) -> String {
    let size = number(rounded(by.abs(), 1));
    match by {
        by if 0.05 <= by => format!("up {size}"),
        by if by <= -0.05 => format!("down {size}"),
        _ => "unchanged".to_owned(),
    }
}

fn health_target(scope: &Scope<'_>) -> Option<Fact> {
    let target = phase_target(scope)?;
    Some(Fact::new("Health target", number(target), ""))
}

/// Returns the health that the week's phase aims at.
fn phase_target(scope: &Scope<'_>) -> Option<f64> {
    let holds = |it: &&Phase| it.weeks.is_some_and(|(first, last)| (first..=last).contains(&scope.week));
    scope.desk.plan().phases.iter().find(holds)?.health_target.as_ref().map(|it| it.value)
}

/// "31 Mar", with the one before it.
fn forecast(scope: &Scope<'_>) -> Option<Fact> {
    if !scope.is_told() || scope.desk.analysis().data_week.is_none() {
        return None;
    }
    let (now, before) = scope.forecasts();
    let day = |it: &Forecast| it.p50.map_or_else(|| "later than a year".to_owned(), |day| scope.desk.day(day));
    match now.basis {
        Basis::Done => return Some(Fact::new("Forecast", "all done", "")),
        Basis::Stale | Basis::Untold | Basis::TooLittle | Basis::None => return None,
        Basis::Plan | Basis::PlanOnly | Basis::History => {}
    }
    let chance = now.on_time.map(wording::chance);
    let is_known = before.basis.is_known();
    let note = match (is_known, chance, before.on_time.map(wording::chance)) {
        (false, None, _) => String::new(),
        (false, Some(now), _) => format!("chance {now}"),
        (true, Some(now), Some(then)) if now == then => format!("was {}; chance {now}", day(&before)),
        (true, Some(now), Some(then)) => format!("was {}; chance {then} → {now}", day(&before)),
        (true, _, _) => format!("was {}", day(&before)),
    };
    Some(Fact::new("Forecast, 50%", day(&now), note))
}
