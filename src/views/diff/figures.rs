//! The figures that differ, and what the forecast says.

use super::DiffFacts;
use super::headline::{Level, span};
use crate::analysis::Basis;
use crate::calendar::Day;
use crate::comparison::{Both, Said, Shift};
use crate::phrase::{count, number, rounded};
use crate::views::wording;

/// A figure before and after.
#[derive(Debug)]
pub struct FigureRow {
    /// What it is.
    pub name: Said,
    /// As it was.
    pub before: Said,
    /// As it is after the change.
    pub after: Said,
    /// What that means.
    pub effect: Said,
    /// How grave that is.
    pub level: Level,
}

/// Names of a chain or a circle beyond this many are counted.
const MOST_NAMES: usize = 5;
/// Rows of load beyond this many are counted.
const MOST_LOADS: usize = 8;

/// Says what the forecast is before and after; nothing where there is none, or it stays.
pub fn forecast(facts: &DiffFacts<'_>) -> Option<Said> {
    let it = &facts.comparison.figures;
    let (had, has) = (it.basis.before.is_known(), it.basis.after.is_known());
    if !has {
        // That all is done is what the first line says.
        return (had && it.basis.after != Basis::Done).then(|| Said::ours(gone(facts)));
    }
    if had && !it.p50.differs() && !it.p85.differs() {
        return None;
    }
    let is_noise = |shift: Shift| matches!(shift, Shift::By { is_noise: true, .. });
    // What both are is said once, at the end.
    let both = had && is_noise(it.shift) && is_noise(it.shift_85);
    let by = |name: &str, day: Both<Option<Day>>, shift: Shift| {
        let word =
            |it: Option<Day>| it.map_or("later than a year".to_owned(), |it| format!("by {}", self::day(facts, it)));
        let noise = if is_noise(shift) && !both { ", within noise" } else { "" };
        let was = match day.before {
            _ if !had => String::new(),
            _ if !day.differs() => " as before".to_owned(),
            Some(it) => format!(" (was {}{noise})", self::day(facts, it)),
            None => " (was later than a year)".to_owned(),
        };
        format!("{name} {}{was}", word(day.after))
    };
    let noise = if both { ", within noise" } else { "" };
    let new = if had { "" } else { ". There was no forecast before" };
    let (p50, p85) = (by("50%", it.p50, it.shift), by("85%", it.p85, it.shift_85));
    Some(Said::ours(format!("Launch forecast: {p50}, {p85}{noise}{new}.")))
}

/// Says why there is no forecast any more.
fn gone(facts: &DiffFacts<'_>) -> String {
    let note = wording::forecast_note(&facts.after);
    note.strip_prefix("No forecast: ").map(|why| format!("There is no forecast any more: {why}")).unwrap_or(note)
}

fn day(facts: &DiffFacts<'_>, day: Day) -> String {
    wording::day(day, facts.after.history.as_of)
}

/// Returns the figures that differ, what weighs most first.
pub fn figures(facts: &DiffFacts<'_>) -> Vec<FigureRow> {
    let it = &facts.comparison.figures;
    let mut rows = Vec::new();
    let known = it.basis.before.is_known() && it.basis.after.is_known();
    for (name, days, shift) in
        [("Launch forecast, 50%", it.p50, it.shift), ("Launch forecast, 85%", it.p85, it.shift_85)]
    {
        if known && days.differs() {
            let (effect, level) = moved(shift);
            rows.push(row(Said::ours(name), of_day(facts, days), effect, level));
        }
    }
    rows.extend(on_time(facts));
    rows.extend(planned_end(facts));
    rows.extend(counted(facts));
    rows.extend(chain(facts));
    rows.extend(loads(facts));
    rows
}

/// The chance for the target; where that is another, each chance with its day.
fn on_time(facts: &DiffFacts<'_>) -> Option<FigureRow> {
    let it = &facts.comparison.figures;
    let is_other_day = it.deadline.differs() && it.deadline.before.is_some() && it.deadline.after.is_some();
    let words = |chance: Option<f64>, target: Option<Day>| {
        let target = target.filter(|_| is_other_day).map_or(String::new(), |it| format!(" for {}", day(facts, it)));
        Said::ours(chance.map_or("none".to_owned(), |it| format!("{}{target}", wording::chance(it))))
    };
    let both = Both {
        before: words(it.on_time.before, it.deadline.before),
        after: words(it.on_time.after, it.deadline.after),
    };
    // What differs by less than a percent is the same to a reader.
    if !it.on_time.differs() || !both.differs() || it.basis.after == Basis::Done {
        return None;
    }
    let name = match it.deadline.after.or(it.deadline.before).filter(|_| !is_other_day) {
        Some(it) => format!("Chance for {}", day(facts, it)),
        None => "Chance for the target".to_owned(),
    };
    let (effect, level) = points(it.on_time);
    let is_noise = |shift: Shift| matches!(shift, Shift::By { is_noise: true, .. });
    let (effect, level) = match level {
        _ if is_other_day && !effect.is_empty() => (format!("{effect}, as the target moves"), Level::Plain),
        // Where no day moves by more than noise, no chance does.
        _ if !effect.is_empty() && is_noise(it.shift) && is_noise(it.shift_85) => {
            ("within noise".to_owned(), Level::Plain)
        }
        level => (effect, level),
    };
    Some(row(Said::ours(name), both, effect, level))
}

fn planned_end(facts: &DiffFacts<'_>) -> Option<FigureRow> {
    let it = &facts.comparison.figures;
    let words = |it: Option<Day>| Said::ours(it.map_or("none".to_owned(), |it| day(facts, it)));
    let (effect, level) = match (it.planned_end.before, it.planned_end.after) {
        (Some(a), Some(b)) if a < b => (later((b - a).num_days(), "later"), Level::Warn),
        (Some(a), Some(b)) => (later((a - b).num_days(), "earlier"), Level::Plain),
        _ => (String::new(), Level::Plain),
    };
    let both = it.planned_end.map(words);
    it.planned_end.differs().then(|| row(Said::ours("Last planned day"), both, effect, level))
}

/// Items and effort.
fn counted(facts: &DiffFacts<'_>) -> Vec<FigureRow> {
    let it = &facts.comparison.figures;
    let mut rows = Vec::new();
    let by = |of: Both<usize>| {
        if of.before < of.after {
            format!("{} more", of.after - of.before)
        } else {
            format!("{} fewer", of.before - of.after)
        }
    };
    if it.items.differs() {
        let words = |it: usize| Said::ours(count(it, "item"));
        let both = it.items.map(words);
        rows.push(row(Said::ours("Scope"), both, by(it.items), Level::Plain));
    }
    if it.done.differs() {
        let words = |it: usize| Said::ours(it.to_string());
        let both = it.done.map(words);
        // What was finished and is no longer listed is not work undone.
        let effect = match it.pruned {
            0 => by(it.done),
            pruned if it.done.after + pruned == it.done.before => format!("{pruned} taken out when done"),
            pruned => format!("{}, {pruned} taken out when done", by(it.done)),
        };
        rows.push(row(Said::ours("Items done"), both, effect, Level::Plain));
    }
    let more = rounded(it.effort_days.after - it.effort_days.before, 2);
    if more != 0.0 {
        let words = |it: f64| Said::ours(wording::effort(it));
        let sign = if 0.0 < more { "+" } else { "−" };
        let both = it.effort_days.map(words);
        rows.push(row(Said::ours("Effort"), both, format!("{sign}{} d", number(more.abs())), Level::Plain));
    }
    rows
}

fn row(name: Said, both: Both<Said>, effect: String, level: Level) -> FigureRow {
    FigureRow { name, before: both.before, after: both.after, effect: Said::ours(effect), level }
}

fn of_day(facts: &DiffFacts<'_>, days: Both<Option<Day>>) -> Both<Said> {
    let words = |it: Option<Day>| Said::ours(it.map_or("> 1 year".to_owned(), |it| day(facts, it)));
    days.map(words)
}

fn later(days: i64, word: &str) -> String {
    format!("{} {word}", count(usize::try_from(days).unwrap_or(0), "day"))
}

fn moved(shift: Shift) -> (String, Level) {
    match shift {
        Shift::By { days, is_noise: true } => {
            let sign = if days < 0 { "−" } else { "+" };
            (format!("{sign}{}, within noise", span(days.abs())), Level::Plain)
        }
        Shift::By { days, .. } if 0 < days => (format!("{} later", span(days)), Level::Bad),
        Shift::By { days, .. } => (format!("{} earlier", span(-days)), Level::Good),
        Shift::Unknown => (String::new(), Level::Plain),
    }
}

/// A chance that moves by fewer points than this means nothing.
const NOISE: f64 = 5.0;

fn points(chance: Both<Option<f64>>) -> (String, Level) {
    let (Some(before), Some(after)) = (chance.before, chance.after) else { return (String::new(), Level::Plain) };
    let by = (after - before) * 100.0;
    let points = |it: f64| format!("{:.0} points", it.abs());
    if by.abs() < NOISE {
        ("within noise".to_owned(), Level::Plain)
    } else if by < 0.0 {
        (format!("{} less", points(by)), Level::Bad)
    } else {
        (format!("{} more", points(by)), Level::Good)
    }
}

fn chain(facts: &DiffFacts<'_>) -> Vec<FigureRow> {
    let figures = &facts.comparison.figures;
    let mut rows = Vec::new();
    let names = |all: &[String], between: &str| {
        let more = all.len().saturating_sub(MOST_NAMES);
        let shown = all.iter().take(MOST_NAMES).map(|it| Said::theirs(it.clone()));
        let said = Said::joined(shown, between);
        if 0 < more { said.and(format!("{between}{more} more")) } else { said }
    };
    if figures.chain.before != figures.chain.after {
        let words = |it: &Option<(Vec<String>, f64)>| match it {
            Some((tasks, days)) => names(tasks, " → ").and(format!(", {} d", number(rounded(*days, 2)))),
            None => Said::ours("none"),
        };
        let effect = match (&figures.chain.before, &figures.chain.after) {
            (Some(a), Some(b)) if a.1 < b.1 => format!("{} d longer", number(rounded(b.1 - a.1, 2))),
            (Some(a), Some(b)) if b.1 < a.1 => format!("{} d shorter", number(rounded(a.1 - b.1, 2))),
            _ => String::new(),
        };
        let both = figures.chain.as_ref().map(words);
        rows.push(row(Said::ours("Critical path"), both, effect, Level::Plain));
    }
    if figures.circles.before != figures.circles.after {
        let words = |it: &[Vec<String>]| match it.first() {
            Some(tasks) => names(tasks, " → "),
            None => Said::ours("none"),
        };
        let (was, is) = (figures.circles.before.len(), figures.circles.after.len());
        let (effect, level) = match is {
            0 => ("no longer", Level::Good),
            _ if was < is => ("none of them can begin", Level::Bad),
            _ => ("other ones", Level::Plain),
        };
        let both = figures.circles.as_ref().map(|it| words(it));
        rows.push(row(Said::ours("Tasks that wait for one another"), both, effect.to_owned(), level));
    }
    rows
}

fn loads(facts: &DiffFacts<'_>) -> Vec<FigureRow> {
    let all = &facts.comparison.figures.load;
    let words = |planned: f64, capacity: f64| {
        Said::ours(format!("{} of {} d", number(rounded(planned, 2)), number(rounded(capacity, 2))))
    };
    let load = |it: &crate::comparison::Load| {
        let over = it.is_over();
        let more = number(rounded(it.planned.after - it.capacity.after, 2));
        let (effect, level) = match (over.before, over.after) {
            (true, true) => (format!("{more} d over"), Level::Plain),
            (false, true) => (format!("{more} d over"), Level::Warn),
            (_, false) => ("fits again".to_owned(), Level::Good),
        };
        let both = Both {
            before: words(it.planned.before, it.capacity.before),
            after: words(it.planned.after, it.capacity.after),
        };
        row(Said::theirs(it.team.clone()).and(format!(", week {}", it.week)), both, effect, level)
    };
    let mut rows: Vec<FigureRow> = all.iter().take(MOST_LOADS).map(load).collect();
    let more = all.len().saturating_sub(MOST_LOADS);
    if 0 < more {
        let none = || Both { before: Said::default(), after: Said::default() };
        rows.push(row(
            Said::ours("Load"),
            none(),
            format!("{} more differ", count(more, "week of a team").replace("week of a teams", "weeks of teams")),
            Level::Plain,
        ));
    }
    rows
}
