//! The first part: the status, why, when it may be finished, and the way to the report.

use super::week::{MailDesk, items_are, status};
use super::words::{Block, Part, Words};
use crate::analysis::Basis;
use crate::mail::MailPart;
use crate::model::State;
use crate::phrase;
use crate::views::standing::worst_parts;
use crate::views::wording;

/// Late tasks beyond this many are counted.
const NAMED: usize = 3;

/// "▲ RED: 2 items are late, 1 of them blocked".
pub fn headline(desk: &MailDesk<'_>) -> Words {
    let (look, word) = status(&desk.now);
    Words::default().state(look, &format!("{word}:")).and(format!(" {}", finding(desk)))
}

/// Makes the part.
pub fn part(desk: &MailDesk<'_>) -> Part {
    let mut blocks = vec![Block::Text { words: work(desk) }];
    blocks.extend(forecast(desk).map(|words| Block::Text { words }));
    if !desk.is_told() && !desk.now.plan().tasks.is_empty() {
        let when = desk.week().map_or("in the last seven days".to_owned(), |it| format!("in week {it}"));
        let known = match desk.now.facts.history.versions.told_from() {
            Some(_) => " Only what the plan’s commits tell is known of it.",
            None => " What happened is not known.",
        };
        let words = Words::default().strong(format!("No standup {when}.")).and(known);
        blocks.insert(0, Block::Text { words });
    }
    if let Some(site) = desk.url("index.html") {
        let week = desk.week().map_or(String::new(), |it| format!(" (week {it})"));
        blocks.push(Block::Text { words: Words::default().link(format!("Open the full report{week}"), Some(site)) });
    }
    Part { part: MailPart::Headline, heading: Words::default(), blocks }
}

/// What is late and blocked, else how the work stands beside the plan.
pub fn finding(desk: &MailDesk<'_>) -> String {
    let tasks = 0..desk.now.plan().tasks.len();
    let is_blocked = |at: &usize| desk.now.state(*at).state == State::Blocked;
    let late: Vec<usize> = tasks.clone().filter(|at| desk.now.late(*at).is_some()).collect();
    let blocked = tasks.filter(is_blocked).count();
    let late_blocked = late.iter().filter(|it| is_blocked(it)).count();
    let progress = &desk.now.analysis().progress;
    match (late.len(), blocked, late_blocked) {
        _ if progress.total == 0 && 0 < progress.dropped => wording::all_dropped(progress.dropped).to_lowercase(),
        _ if progress.total == 0 => "the plan has no tasks".to_owned(),
        _ if progress.done == progress.total => wording::done_of(progress.done, progress.total),
        (0, 0, _) => no_holdup(desk),
        (0, blocked, _) => format!("{} blocked, none is late", items_are(blocked)),
        (1, 1, 1) => "1 item is late and blocked".to_owned(),
        (n, blocked, both) => {
            let rest = match (both, blocked - both) {
                (0, 0) => "none is blocked".to_owned(),
                (0, other) => format!("{} blocked", items_are(other)),
                (both, 0) if both == n => "all of them blocked".to_owned(),
                (both, 0) => format!("{both} of them blocked"),
                (both, other) => format!("{both} of them blocked, and {other} more blocked"),
            };
            format!("{} late, {rest}", items_are(n))
        }
    }
}

fn no_holdup(desk: &MailDesk<'_>) -> String {
    let progress = &desk.now.analysis().progress;
    match (progress.planned_done, worst_parts(&desk.now)) {
        (_, Some(worst)) => format!("{worst}, no item is late or blocked"),
        (Some(planned), None) if planned < progress.done => {
            format!("progress is {} ahead of plan, none is blocked", phrase::count(progress.done - planned, "item"))
        }
        (Some(_), None) => "no item is late or blocked".to_owned(),
        (None, None) => format!("{}, none is blocked", wording::done_of(progress.done, progress.total)),
    }
}

/// "10 of 42 items are done, 12 planned. Late: … RED last week too; pace rose from 75% to 83% of plan."
fn work(desk: &MailDesk<'_>) -> Words {
    let progress = &desk.now.analysis().progress;
    if progress.total == 0 {
        return Words::new("There is nothing to count yet.");
    }
    let done = phrase::capitalise(&wording::done_of(progress.done, progress.total));
    let planned = progress.planned_done.map_or(String::new(), |it| format!(", {it} planned"));
    let words = Words::new(format!("{done}{planned}. ")).and_all(late(desk));
    let (_, now) = status(&desk.now);
    let mut rest = Vec::new();
    if let Some((_, then)) = desk.before.as_ref().map(status) {
        rest.push(if then == now { format!("{now} last week too") } else { format!("It was {then} last week") });
    }
    rest.extend(pace(desk));
    if rest.is_empty() { words } else { words.and(format!("{}.", phrase::capitalise(&rest.join("; ")))) }
}

fn late(desk: &MailDesk<'_>) -> Words {
    let tasks = (0..desk.now.plan().tasks.len()).filter_map(|at| Some((at, desk.now.late(at)?, desk.now.task(at)?)));
    let mut late: Vec<_> = tasks.collect();
    // What is blocked weighs most, then what is latest.
    late.sort_by_key(|(at, days, _)| (desk.now.state(*at).state != State::Blocked, std::cmp::Reverse(*days), *at));
    if late.is_empty() {
        return Words::default();
    }
    let more = late.len().saturating_sub(NAMED);
    let named = late.iter().take(NAMED).map(|(at, _, task)| {
        let words = desk.task_in_full(task);
        if desk.now.state(*at).state == State::Blocked { words.and(" (blocked)") } else { words }
    });
    let named = Words::joined(named, ", ");
    let named = if 0 < more { named.and(format!(" and {more} more")) } else { named };
    Words::new("Late: ").and_all(named).and(". ")
}

/// "pace rose from 75% to 83% of plan".
fn pace(desk: &MailDesk<'_>) -> Option<String> {
    let percent = |spi: f64| wording::percent(phrase::rounded(spi * 100.0, 0));
    let now = desk.now.analysis().earned.as_ref().map(|it| percent(it.spi))?;
    let before = desk.before.as_ref().and_then(|it| it.analysis().earned).map(|it| (it.week, it.spi));
    let own = desk.now.analysis().earned.map(|it| (it.week, it.spi))?;
    Some(match before {
        Some((week, spi)) if week != own.0 => match percent(spi) {
            then if then == now => format!("pace stayed at {now} of plan"),
            then if spi < own.1 => format!("pace rose from {then} to {now} of plan"),
            then => format!("pace fell from {then} to {now} of plan"),
        },
        _ => format!("pace is {now} of plan"),
    })
}

/// "Launch forecast: 50% by 31 Mar, 85% by 14 May. The planned end, 13 Mar, has a 26% chance (33% last week)."
fn forecast(desk: &MailDesk<'_>) -> Option<Words> {
    let it = &desk.now.analysis().forecast;
    if !it.basis.is_known() {
        // That all is done has been said.
        return (it.basis != Basis::Done).then(|| Words::new(wording::forecast_note(&desk.now.facts)));
    }
    let half = wording::half_by(it.p50, desk.as_of());
    let words = Words::new("Launch forecast: ").strong(format!("{half}, {}.", wording::likely(it.p85, desk.as_of())));
    let Some((deadline, chance)) = desk.now.analysis().deadline.zip(it.on_time) else {
        return Some(words.and(" The plan names no target."));
    };
    if deadline < desk.as_of() {
        return Some(words.and(format!(" The planned end, {}, is past.", desk.day(deadline))));
    }
    let then = desk.before.as_ref().and_then(|it| it.analysis().forecast.on_time).map(wording::chance);
    let then = then.map_or(String::new(), |it| format!(" ({it} last week)"));
    let article = if wording::a_chance(chance).starts_with("an ") { "an" } else { "a" };
    let words = words
        .and(format!(" The planned end, {}, has {article} ", desk.day(deadline)))
        .strong(wording::chance(chance))
        .and(format!(" chance{then}."));
    Some(words)
}
