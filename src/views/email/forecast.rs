//! When the plan may be finished, what was said a week before, and what would change it.

use super::week::MailDesk;
use super::words::{Block, Part, Words};
use crate::analysis::{Basis, Outlook};
use crate::calendar::Day;
use crate::mail::MailPart;
use crate::phrase::count;
use crate::views::burndown_figure::TRACK_RECORD;
use crate::views::{chance_figure, wording};

/// Makes the part.
pub fn part(desk: &MailDesk<'_>) -> Part {
    let it = &desk.now.analysis().forecast;
    let note = wording::forecast_note(&desk.now.facts);
    if !it.basis.is_known() {
        let heading = if it.basis == Basis::Done { "Forecast: everything is done" } else { "Forecast: none" };
        let blocks = vec![Block::Text { words: Words::new(note) }];
        return Part { part: MailPart::Forecast, heading: Words::new(heading), blocks };
    }
    let heading = Words::new(format!("Forecast: {}", chance_figure::heading(&desk.now).replacen('H', "h", 1)));
    let mut blocks = Vec::new();
    if let Some(figure) = chance_figure::figure(&desk.now) {
        blocks.push(Block::Picture { name: "forecast", alt: figure.desc.clone(), figure: Box::new(figure) });
    }
    blocks.push(Block::Text { words: Words::new(format!("{} {}", now(desk), before(desk)).trim().to_owned()) });
    if let Some(words) = outlook(desk) {
        blocks.push(Block::Text { words: Words::new(words) });
    }
    let record = if it.basis == Basis::History { String::new() } else { format!(" {TRACK_RECORD}") };
    blocks.push(Block::Small { words: Words::new(format!("{note}{record}")) });
    Part { part: MailPart::Forecast, heading, blocks }
}

fn dates(desk: &MailDesk<'_>, p50: Option<Day>, p85: Option<Day>) -> String {
    let half = p50.map_or("50% later than a year".to_owned(), |it| format!("50% by {}", desk.day(it)));
    format!("{half}, {}", wording::likely(p85, desk.as_of()))
}

/// "This week: 50% by 31 Mar, 85% by 14 May, 26% for 13 Mar."
fn now(desk: &MailDesk<'_>) -> String {
    let it = &desk.now.analysis().forecast;
    let target = desk.now.analysis().deadline.zip(it.on_time);
    let target = target.map_or(String::new(), |(day, it)| format!(", {} by {}", wording::chance(it), desk.day(day)));
    format!("Now: {}{target}.", dates(desk, it.p50, it.p85))
}

/// "Last week: 50% by 27 Mar, 85% by 19 May."
fn before(desk: &MailDesk<'_>) -> String {
    let Some(then) = desk.before.as_ref().map(|it| &it.analysis().forecast).filter(|it| it.basis.is_known()) else {
        return String::new();
    };
    format!("Last week: {}.", dates(desk, then.p50, then.p85))
}

/// "With 6 items in week 4 (4 planned, 2 left over) the 50% date becomes 24 Mar; with 3, 3 Apr."
fn outlook(desk: &MailDesk<'_>) -> Option<String> {
    let all = desk.now.analysis().outlook(desk.now.facts.history);
    let (first, rest) = all.split_first()?;
    let when = first.week.map_or("in the next seven days".to_owned(), |it| format!("in week {it}"));
    let parts = [(first.due, "planned"), (first.late, "left over")];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| 0 < *n).map(|(n, it)| format!("{n} {it}")).collect();
    let day = |it: &Outlook| it.p50.map_or("later than a year".to_owned(), |day| desk.day(day));
    let few = |n: usize| if n == 0 { "none".to_owned() } else { n.to_string() };
    let rest: Vec<String> = rest.iter().map(|it| format!("; with {}, {}", few(it.items), day(it))).collect();
    let items = count(first.items, "item");
    let due = parts.join(", ");
    Some(format!(
        "What would change it: with {items} done {when} ({due}) the 50% date becomes {}{}.",
        day(first),
        rest.concat()
    ))
}
