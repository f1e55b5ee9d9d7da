//! The first line: what a change does to the launch and to the gates.

use super::DiffFacts;
use crate::comparison::{Change, GateNews, Kind, Piece, Said, Shift, Subject};
use crate::phrase::count;
use crate::views::wording;

/// How grave a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A gate fails, or the launch slips.
    Bad,
    /// Less is asked for, or the target moves.
    Warn,
    /// A gate can be met again, or the launch comes earlier.
    Good,
    /// None of these.
    Plain,
}

impl Level {
    /// Returns the sign that stands beside the words of a level, never alone.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Bad => "🔴",
            Self::Warn => "🟠",
            Self::Good => "🟢",
            Self::Plain => "⚪",
        }
    }
}

/// Finds the level and the sentence.
pub fn headline(facts: &DiffFacts<'_>) -> (Level, Said) {
    let it = facts.comparison;
    if it.changes.is_empty() {
        return (Level::Plain, Said::ours("No plan changes"));
    }
    let (bad, warn, good) = (bad(facts), warn(facts), good(facts));
    let level = if !bad.is_empty() {
        Level::Bad
    } else if !warn.is_empty() {
        Level::Warn
    } else if !good.is_empty() {
        Level::Good
    } else {
        Level::Plain
    };
    let parts: Vec<Said> = bad.into_iter().chain(warn).chain(good).collect();
    let said = if parts.is_empty() { nothing(facts) } else { Said::joined(parts, ", ") };
    (level, capitalised(said))
}

/// Says that nothing follows for what people look at first, as far as that is known.
fn nothing(facts: &DiffFacts<'_>) -> Said {
    let figures = &facts.comparison.figures;
    let changes = count(facts.comparison.changes.len(), "change");
    let has_gates = !facts.after.history.plan.gates.is_empty();
    let has_forecast = figures.basis.after.is_known();
    let is_within_noise = figures.p50.differs() || figures.p85.differs();
    Said::ours(match (has_forecast, has_gates) {
        (true, true) if is_within_noise => {
            format!("{changes}, the launch forecast stays within noise and no gate moves")
        }
        (true, false) if is_within_noise => format!("{changes}, the launch forecast stays within noise"),
        (true, true) => format!("{changes}, none moves the launch or a gate"),
        (true, false) => format!("{changes}, none moves the launch"),
        (false, true) => format!("{changes}, none moves a gate; there is no forecast"),
        (false, false) => format!("{changes}; there is no forecast"),
    })
}

/// By how much the forecast moves beyond noise: the day of 50%, else that of 85%; later where above 0.
fn slip(facts: &DiffFacts<'_>) -> Option<(&'static str, i64)> {
    let figures = &facts.comparison.figures;
    let beyond = |it| match it {
        Shift::By { days, is_noise: false } => Some(days),
        _ => None,
    };
    let half = beyond(figures.shift).map(|it| ("launch forecast", it));
    half.or_else(|| beyond(figures.shift_85).map(|it| ("the 85% day of the launch forecast", it)))
}

fn bad(facts: &DiffFacts<'_>) -> Vec<Said> {
    let it = facts.comparison;
    let figures = &it.figures;
    let mut parts = Vec::new();
    if 0 < figures.items.before && figures.items.after == 0 {
        parts.push(Said::ours("the plan has no tasks any more"));
    }
    let had_and_has = figures.basis.before.is_known() && figures.basis.after.is_known();
    match slip(facts) {
        Some((what, days)) if 0 < days => parts.push(Said::ours(format!("{what} slips {}", span(days)))),
        _ if had_and_has && figures.p50.before.is_some() && figures.p50.after.is_none() => {
            parts.push(Said::ours("launch forecast slips beyond a year"));
        }
        None if had_and_has && figures.p85.before.is_some() && figures.p85.after.is_none() => {
            parts.push(Said::ours("the 85% day of the launch forecast slips beyond a year"));
        }
        _ => {}
    }
    let failing: Vec<_> = it.gates.iter().filter(|it| it.news == GateNews::NowFails).collect();
    match failing.as_slice() {
        [] => {}
        [one] => {
            let due = one.due.map_or(String::new(), |it| format!(" ({})", wording::day(it, facts.after.history.as_of)));
            parts.push(one.name.clone().and(due).and(" can no longer be met"));
        }
        many => parts.push(Said::ours(format!("{} now fail", count(many.len(), "gate")))),
    }
    if figures.circles.before.len() < figures.circles.after.len() {
        parts.push(Said::ours("tasks wait for one another"));
    }
    parts
}

fn warn(facts: &DiffFacts<'_>) -> Vec<Said> {
    let changes = &facts.comparison.changes;
    let figures = &facts.comparison.figures;
    let mut parts = Vec::new();
    for it in changes.iter().filter(|it| it.kind == Kind::Retargeted) {
        parts.push(match (&it.before, &it.after) {
            (Some(before), Some(after)) => {
                Said::ours("launch target moves from ").and_all(before.clone()).and(" to ").and_all(after.clone())
            }
            (None, Some(after)) => Said::ours("launch target is set to ").and_all(after.clone()),
            (_, None) => Said::ours("launch target is taken out"),
        });
    }
    let has_work = figures.done.after < figures.items.after;
    if figures.basis.before.is_known() && !figures.basis.after.is_known() && has_work {
        parts.push(Said::ours("there is no forecast any more"));
    }
    let is_gate = |it: &&Change| it.subject == Subject::Gate && it.aspect == "removed";
    let removed: Vec<_> = changes.iter().filter(is_gate).collect();
    match removed.as_slice() {
        [] => {}
        [one] => parts.push(one.title.clone().and(" is taken out")),
        many => parts.push(Said::ours(format!("{} are taken out", count(many.len(), "gate")))),
    }
    let loosened: Vec<_> = changes.iter().filter(|it| it.is_loosened && !is_gate(it)).collect();
    if loosened.iter().all(|it| it.subject == Subject::Criterion) {
        parts.extend(match loosened.len() {
            0 => None,
            1 => Some(Said::ours("1 criterion loosened")),
            n => Some(Said::ours(format!("{n} criteria loosened"))),
        });
    } else {
        parts.push(Said::ours(format!("{} loosened", count(loosened.len(), "requirement"))));
    }
    parts
}

fn good(facts: &DiffFacts<'_>) -> Vec<Said> {
    let it = facts.comparison;
    let figures = &it.figures;
    let mut parts = Vec::new();
    let is_done = |items: usize, done: usize| 0 < items && items == done;
    if is_done(figures.items.after, figures.done.after) && !is_done(figures.items.before, figures.done.before) {
        parts.push(Said::ours("everything is done"));
    }
    let had_and_has = figures.basis.before.is_known() && figures.basis.after.is_known();
    match slip(facts) {
        Some((what, days)) if days < 0 => parts.push(Said::ours(format!("{what} comes {} earlier", span(-days)))),
        _ if had_and_has && figures.p50.before.is_none() && figures.p50.after.is_some() => {
            parts.push(Said::ours("launch forecast comes to lie within a year"));
        }
        _ => {}
    }
    let again: Vec<_> = it.gates.iter().filter(|it| it.news == GateNews::CanBeMet).collect();
    match again.as_slice() {
        [] => {}
        [one] => parts.push(one.name.clone().and(" can be met again")),
        many => parts.push(Said::ours(format!("{} can be met again", count(many.len(), "gate")))),
    }
    parts
}

/// "3 working days", "2 weeks", "about 4 weeks".
pub fn span(days: i64) -> String {
    let days = usize::try_from(days).unwrap_or(0);
    match days {
        0..10 => count(days, "working day"),
        10..=60 if days % 5 == 0 => count(days / 5, "week"),
        10..=60 => format!("about {}", count((days + 2) / 5, "week")),
        _ => wording::working_time(days),
    }
}

/// Begins a sentence with a capital, unless it begins with words of the plan.
fn capitalised(mut said: Said) -> Said {
    if let Some(Piece::Ours(it)) = said.pieces.first_mut() {
        *it = crate::phrase::capitalise(it);
    }
    said
}

/// Begins with a small letter behind "Plan change:", unless words of the plan come first.
#[must_use]
pub fn lowered(said: &Said) -> Said {
    let mut said = said.clone();
    if let Some(Piece::Ours(it)) = said.pieces.first_mut() {
        let mut letters = it.chars();
        *it = letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect());
    }
    said
}
