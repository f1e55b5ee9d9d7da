//! The second part: what readers have to decide. It is the only part that asks.

use super::week::MailDesk;
use super::words::{Block, Part, Words};
use crate::mail::MailPart;

/// Makes the part.
pub fn part(_desk: &MailDesk<'_>) -> Part {
    let blocks = vec![Block::Text { words: Words::new("None this week.") }];
    Part { part: MailPart::Decisions, heading: Words::new("Decisions needed: none"), blocks }
}
