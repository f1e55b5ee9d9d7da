//! The second part: what readers have to decide. It is the only part that asks.

use super::week::MailDesk;
use super::words::{Block, Card, CardRow, Part, Words, cut, short};
use crate::mail::MailPart;
use crate::views::charts::Look;
use crate::views::decisions::{DecisionView, decisions};

/// Decisions beyond this many are counted.
const SHOWN: usize = 6;
/// A question is not cut before this many characters: it is what the mail asks.
const LONGEST: usize = 300;

/// Makes the part.
pub fn part(desk: &MailDesk<'_>) -> Part {
    let all = decisions(&desk.now);
    if all.is_empty() {
        let blocks = vec![Block::Text { words: Words::new("None this week.") }];
        return Part { part: MailPart::Decisions, heading: Words::new("Decisions needed: none"), blocks };
    }
    let cards = all.iter().take(SHOWN).map(|it| card(desk, it)).collect();
    let mut blocks = vec![Block::Cards { cards }];
    let more = all.len().saturating_sub(SHOWN);
    if 0 < more {
        blocks.push(Block::Text {
            words: Words::default().link(format!("{more} more on the dashboard"), desk.url("index.html")),
        });
    }
    Part { part: MailPart::Decisions, heading: Words::new(format!("Decisions needed: {}", all.len())), blocks }
}

fn card(desk: &MailDesk<'_>, it: &DecisionView) -> Card {
    let url = desk.url(&it.href);
    let title = match &it.gate {
        Some(gate) => Words::default().link(cut(gate, 80), url).and(": no decision recorded"),
        None => Words::default().link(format!("“{}”", cut(&it.title, LONGEST)), url),
    };
    let row = |label, words: Option<&String>| words.map(|it| CardRow { label, words: Words::new(short(it)) });
    let due = match (&it.due, it.is_overdue) {
        (Some(day), true) => Some(Words::default().state(Look::Bad, "overdue").and(format!(" since {}", short(day)))),
        (Some(day), false) => Some(Words::new(short(day))),
        (None, _) => Some(Words::new("none named")),
    };
    let rows = [
        row("Options", it.options.as_ref()),
        Some(CardRow { label: "Owner", words: Words::new(it.owner.as_deref().map_or("none named".to_owned(), short)) }),
        due.map(|words| CardRow { label: "Due", words }),
        row("Asked", it.asked.as_ref().map(|it| it.trim_start_matches("Asked ").to_owned()).as_ref()),
        row("Waiting", it.cost.as_ref()),
        // Of the gate that comes next a part of its own tells.
        row("So far", it.so_far.as_ref().filter(|_| it.is_overdue)),
    ];
    Card { title, rows: rows.into_iter().flatten().collect() }
}
