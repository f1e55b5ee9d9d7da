//! The weekly mails as they were sent: a page for all, and a page for each.

use super::charts::Look;
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::{Link, Mark};
use super::{Desk, wording};
use crate::mail::SentMail;
use crate::phrase::{capitalise, count, count_in_words, list};
use serde::Serialize;

/// All mails.
#[derive(Debug, Serialize)]
pub struct Mails {
    /// What stands around them.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// The mails, latest first.
    pub rows: Vec<MailRow>,
}

/// A mail among others.
#[derive(Debug, Serialize)]
pub struct MailRow {
    /// Its subject, and its page.
    pub link: Link,
    /// "Fri 6 Feb, to stakeholders".
    pub note: String,
    /// Who has it.
    pub mark: Mark,
}

/// One mail.
#[derive(Debug, Serialize)]
pub struct MailPage {
    /// What stands around it.
    pub frame: Frame,
    /// "Friday 6 February 2026, to stakeholders".
    pub note: String,
    /// Its subject.
    pub heading: String,
    /// Who has it.
    pub mark: Mark,
    /// "1 refused, 1 unknown"; empty where all have it.
    pub others: String,
    /// The mail as mail programs show it.
    pub shown: String,
    /// Its text part.
    pub text: String,
}

impl Page for Mails {
    const TEMPLATE: &'static str = "site/mails.html";
}

impl Page for MailPage {
    const TEMPLATE: &'static str = "site/mail.html";
}

/// Makes the page of all mails.
#[must_use]
pub fn mails(desk: &Desk<'_>, base_url: Option<&str>) -> Mails {
    let sent = desk.facts.sent;
    let last = sent.first().map(|it| wording::full_day(it.date.date_naive())).unwrap_or_default();
    let heading = capitalise(&format!("{}, the last of {last}", count_in_words(sent.len(), "weekly mail")));
    let words = Heading {
        title: heading.clone(),
        description: format!("The weekly mails on {}, as they were sent", desk.plan().title),
        section: Section::Mails,
        is_first: true,
        path: "mails.html".to_owned(),
    };
    let row = |it: &SentMail| MailRow {
        link: Link { text: it.subject.clone(), href: desk.href(&page_path(it)) },
        note: format!("{}, to {}", wording::week_day(it.date.date_naive(), desk.as_of()), it.key.audience),
        mark: mark(it),
    };
    Mails { frame: frame(desk, &words, base_url), heading, rows: sent.iter().map(row).collect() }
}

/// Makes the page of a mail, by its place among those that were sent.
#[must_use]
pub fn mail(desk: &Desk<'_>, at: usize, base_url: Option<&str>) -> Option<MailPage> {
    let it = desk.facts.sent.get(at)?;
    let words = Heading {
        title: it.subject.clone(),
        description: format!("The weekly mail on {} of {}", desk.plan().title, it.key.week),
        section: Section::Mails,
        is_first: false,
        path: page_path(it),
    };
    Some(MailPage {
        frame: frame(desk, &words, base_url),
        note: format!("{}, to {}", wording::full_day(it.date.date_naive()), it.key.audience),
        heading: it.subject.clone(),
        mark: mark(it),
        others: others(it),
        shown: desk.href(&format!("{}/mail.html", folder(it))),
        text: it.text.trim_end().to_owned(),
    })
}

/// Returns the path of a mail's page.
#[must_use]
pub fn page_path(it: &SentMail) -> String {
    format!("{}.html", folder(it))
}

/// Returns the folder of what was sent.
#[must_use]
pub fn folder(it: &SentMail) -> String {
    format!("mails/{}-{}", it.key.week, it.key.audience)
}

fn mark(it: &SentMail) -> Mark {
    let all = it.accepted + it.refused + it.deferred + it.unknown;
    if it.accepted == all {
        Mark::new(Look::Ok, format!("Sent to {}", count(all, "recipient")))
    } else {
        Mark::new(Look::Warn, format!("Sent to {} of {}", it.accepted, count(all, "recipient")))
    }
}

fn others(it: &SentMail) -> String {
    let counts = [(it.refused, "refused"), (it.deferred, "not taken yet"), (it.unknown, "not known")];
    let said: Vec<String> = counts.iter().filter(|(n, _)| 0 < *n).map(|(n, what)| format!("{n} {what}")).collect();
    list(&said)
}
