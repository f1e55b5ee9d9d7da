//! When the plan may be finished, what was said a week before, and what would change it.

use super::week::MailDesk;
use super::words::{Block, Part, Words};
use crate::analysis::{Basis, Outlook};
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
    // What it says now stands in the headline, which every mail has.
    if let Some(words) = before(desk) {
        blocks.push(Block::Text { words: Words::new(words) });
    }
    if let Some(words) = outlook(desk) {
        blocks.push(Block::Text { words: Words::new(words) });
    }
    // What else there is to know about the record stands on the site.
    let record = TRACK_RECORD.split(';').next().filter(|_| it.basis != Basis::History);
    let record = record.map_or(String::new(), |it| format!(" {it}."));
    let data = match it.basis {
        Basis::Plan => format!("From {} of data and the plan.", count(it.weeks_of_data, "week")),
        _ => note,
    };
    blocks.push(Block::Small { words: Words::new(format!("{data}{record}")) });
    Part { part: MailPart::Forecast, heading, blocks }
}

/// "Last week: 50% by 27 Mar, 85% by 19 May."
fn before(desk: &MailDesk<'_>) -> Option<String> {
    let then = desk.before.as_ref().map(|it| &it.analysis().forecast).filter(|it| it.basis.is_known())?;
    let half = wording::half_by(then.p50, desk.as_of());
    Some(format!("Last week: {half}, {}.", wording::likely(then.p85, desk.as_of())))
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
    // Where one item is left, all that can be said is what follows when it is not done.
    let items = if first.items == 0 { "nothing".to_owned() } else { count(first.items, "item") };
    let due = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
    Some(format!(
        "What would change it: with {items} done {when}{due} the 50% date becomes {}{}.",
        day(first),
        rest.concat()
    ))
}
