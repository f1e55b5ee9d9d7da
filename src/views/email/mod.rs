//! The weekly mail: where the plan stands, what was decided, what is needed from its readers.

mod changes;
mod decisions;
mod footer;
mod forecast;
mod gate;
mod headline;
mod next;
mod preview;
mod progress;
mod risks;
mod subject;
mod week;
mod words;
mod work;

pub use self::preview::{Envelope, MailPreview, preview};
pub use self::subject::{name, project_key};
pub use self::week::MailDesk;
pub use self::words::{Block, Card, CardRow, CriterionRow, Figured, Item, Part, Run, Words, shape};

use crate::mail::MailPart;
use serde::Serialize;

/// A mail in final words.
#[derive(Debug, Clone, Serialize)]
pub struct MailView {
    /// The subject, 78 characters at most.
    pub subject: String,
    /// The subject, as short as titles of pages are.
    pub title: String,
    /// What mail programs show beside the subject.
    pub preview: String,
    /// "Story Portal v2 · week 3 of 8 · Friday 6 February 2026".
    pub top: String,
    /// The status word, and what is late.
    pub headline: Words,
    /// The parts, in their order.
    pub parts: Vec<Part>,
}

/// Titles of pages have no more characters, some of which HTML writes as several.
const LONGEST_TITLE: usize = 56;

/// Says these parts of a mail in words.
#[must_use]
pub fn mail(desk: &MailDesk<'_>, parts: &[MailPart]) -> MailView {
    let part = |it: &MailPart| match it {
        MailPart::Headline => headline::part(desk),
        MailPart::Decisions => decisions::part(desk),
        MailPart::Progress => progress::part(desk),
        MailPart::Gate => gate::part(desk),
        MailPart::Changes => changes::part(desk),
        MailPart::Work => work::part(desk),
        MailPart::Risks => risks::part(desk),
        MailPart::Next => next::part(desk),
        MailPart::Forecast => forecast::part(desk),
        MailPart::Footer => footer::part(desk),
    };
    let subject = subject::subject(desk);
    MailView {
        title: words::cut(&subject, LONGEST_TITLE),
        subject,
        preview: subject::preview(desk),
        top: subject::top(desk),
        headline: headline::headline(desk),
        parts: parts.iter().map(part).collect(),
    }
}
