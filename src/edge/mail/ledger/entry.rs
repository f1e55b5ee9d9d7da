//! What is written down of each recipient, and what follows from it.

use crate::mail::MailKey;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How long an intent without a result is taken for that of a run that still goes on. One try is over long before: each of its steps
/// ends by a deadline.
pub const LEASE: TimeDelta = TimeDelta::hours(1);

/// What is known of a recipient's copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryState {
    /// It is about to be sent.
    Intent,
    /// The server has it.
    Accepted,
    /// The server does not take it.
    Refused,
    /// The server does not have it, and may take it later.
    Deferred,
    /// Nobody knows.
    Unknown,
}

/// A line of the record. There is no address in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The week, such as "2026-W06".
    pub week: String,
    /// The project.
    pub project: String,
    /// The audience.
    pub audience: String,
    /// What stands for the recipient: 12 hexadecimal digits.
    pub recipient: String,
    /// The Message-ID of the copy.
    pub message_id: String,
    /// What is known.
    pub state: EntryState,
    /// The code of the server's reply, where there was one.
    pub code: Option<u16>,
    /// When it was written, in UTC (RFC 3339).
    pub at: String,
}

impl Entry {
    /// Makes an entry.
    #[must_use]
    pub fn new(
        key: &MailKey,
        recipient: &str,
        message_id: &str,
        state: EntryState,
        code: Option<u16>,
        at: DateTime<Utc>,
    ) -> Self {
        Self {
            week: key.week.to_string(),
            project: key.project.clone(),
            audience: key.audience.clone(),
            recipient: recipient.to_owned(),
            message_id: message_id.to_owned(),
            state,
            code,
            at: at.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }

    /// Returns the entry as a line, with its end.
    #[must_use]
    pub fn line(&self) -> String {
        // A struct of texts and numbers always has a form.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

/// Reads the lines of a record.
///
/// # Errors
///
/// When a line is no entry: its number. It may be the one that says that something was sent.
pub fn entries(text: &[u8]) -> Result<Vec<Entry>, usize> {
    let lines = text.split(|it| *it == b'\n').enumerate().filter(|(_, it)| !it.is_empty());
    lines.map(|(at, it)| serde_json::from_slice(it).map_err(|_| at + 1)).collect()
}

/// What may be done about a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was sent, for certain.
    Open,
    /// It was sent; this is final.
    Accepted,
    /// It may have been sent.
    Unknown,
    /// Another run is sending it, or stopped while it did, less than [`LEASE`] ago.
    Claimed,
}

/// Returns how a recipient stands.
#[must_use]
pub fn standing(entries: &[Entry], recipient: &str, now: DateTime<Utc>) -> Standing {
    let mut own = entries.iter().filter(|it| it.recipient == recipient);
    if own.clone().any(|it| it.state == EntryState::Accepted) {
        return Standing::Accepted;
    }
    match own.next_back() {
        None => Standing::Open,
        Some(it) => match it.state {
            EntryState::Accepted => Standing::Accepted,
            EntryState::Refused | EntryState::Deferred => Standing::Open,
            EntryState::Unknown => Standing::Unknown,
            EntryState::Intent => {
                let is_fresh = DateTime::parse_from_rfc3339(&it.at).is_ok_and(|at| now < at.to_utc() + LEASE);
                if is_fresh { Standing::Claimed } else { Standing::Unknown }
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::MailWeek;

    fn entry(state: EntryState, minute: u32) -> Entry {
        let key = MailKey { week: MailWeek { year: 2026, week: 6 }, project: "p".to_owned(), audience: "a".to_owned() };
        let at = DateTime::from_timestamp(i64::from(minute) * 60, 0).unwrap();
        Entry::new(&key, "0123456789ab", "<x@y>", state, None, at)
    }

    #[test]
    fn the_last_word_counts_but_what_was_accepted_stays() {
        use EntryState::{Accepted, Deferred, Intent, Refused, Unknown};
        let now = DateTime::from_timestamp(3600, 0).unwrap();
        let stands = |states: &[(EntryState, u32)]| {
            let all: Vec<Entry> = states.iter().map(|(state, at)| entry(*state, *at)).collect();
            standing(&all, "0123456789ab", now)
        };
        assert_eq!(stands(&[]), Standing::Open);
        assert_eq!(stands(&[(Intent, 0), (Refused, 0)]), Standing::Open);
        assert_eq!(stands(&[(Intent, 0), (Deferred, 0)]), Standing::Open);
        assert_eq!(stands(&[(Intent, 0), (Unknown, 0)]), Standing::Unknown);
        assert_eq!(stands(&[(Intent, 0)]), Standing::Unknown);
        assert_eq!(stands(&[(Intent, 1)]), Standing::Claimed);
        assert_eq!(stands(&[(Intent, 90)]), Standing::Claimed);
        assert_eq!(stands(&[(Intent, 0), (Accepted, 0), (Intent, 0), (Refused, 0)]), Standing::Accepted);
        assert_eq!(standing(&[entry(Accepted, 0)], "other", now), Standing::Open);
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let all = [entry(EntryState::Intent, 0), entry(EntryState::Unknown, 1)];
        let text: String = all.iter().map(Entry::line).collect();
        assert_eq!(
            text.lines().next().unwrap(),
            r#"{"week":"2026-W06","project":"p","audience":"a","recipient":"0123456789ab","message_id":"<x@y>","state":"intent","code":null,"at":"1970-01-01T00:00:00Z"}"#
        );
        assert_eq!(entries(text.as_bytes()), Ok(all.to_vec()));
        assert_eq!(entries(format!("{text}\n{{\"week\":").as_bytes()), Err(4));
    }
}
