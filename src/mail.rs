//! A weekly mail as a value: what is sent, and to whom.

mod address;
mod links;
mod part;
mod sent;

pub use self::address::{Address, Mailbox};
pub use self::links::{mailto, site_url, unsubscribe};
pub use self::part::MailPart;
pub use self::sent::SentMail;

use crate::calendar::Day;
use chrono::{DateTime, Datelike as _, FixedOffset};
use std::fmt;

/// The week a mail tells of, as the calendar counts it: "2026-W06".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailWeek {
    /// The year that the week belongs to.
    pub year: i32,
    /// Its number, 1 to 53.
    pub week: u32,
}

impl MailWeek {
    /// Returns the week that holds a day.
    #[must_use]
    pub fn of(day: Day) -> Self {
        let week = day.iso_week();
        Self { year: week.year(), week: week.week() }
    }
}

impl fmt::Display for MailWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.week)
    }
}

/// What a mail is: no two mails of a project are the same in all three.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailKey {
    /// The week.
    pub week: MailWeek,
    /// The project, in letters that addresses take: "story-portal-v2".
    pub project: String,
    /// The audience, as the settings call it.
    pub audience: String,
}

/// A picture inside a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its name: the HTML shows it as `NAME.png`, which the message turns into `cid:` addresses.
    pub name: String,
    /// Its bytes.
    pub png: Vec<u8>,
}

/// What a mail says: the same to every address of an audience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Which mail it is.
    pub key: MailKey,
    /// The subject.
    pub subject: String,
    /// The moment it tells of, in the project's zone.
    pub date: DateTime<FixedOffset>,
    /// The part for programs without HTML.
    pub text: String,
    /// The part for all others.
    pub html: String,
    /// The pictures that the HTML shows.
    pub pictures: Vec<Picture>,
}
