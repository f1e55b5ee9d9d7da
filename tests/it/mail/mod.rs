//! Mail out: messages, the server that takes them with all its faults, the record, and that nothing goes out twice.

mod deliver;
mod ledgers;
mod message;
mod sending;
mod server;
mod wire;

use chrono::{DateTime, Utc};
use roadbook::calendar::Day;
use roadbook::mail::{Address, Mail, MailKey, MailWeek, Mailbox, Picture};
use roadbook::settings::{Audience, Email, Settings};
use std::time::Duration;

/// A time that stands still.
fn now() -> DateTime<Utc> {
    "2026-02-06T12:00:00Z".parse().unwrap()
}

/// Two hours later.
fn later() -> DateTime<Utc> {
    "2026-02-06T14:00:00Z".parse().unwrap()
}

fn no_wait(_: Duration) {}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

fn email() -> Email {
    Email { from: Some(Mailbox::parse("Ferry <ferry@example.org>").unwrap()), ..Email::default() }
}

fn settings() -> Settings {
    Settings { email: email(), ..Settings::default() }
}

fn audience(to: &[&str]) -> Audience {
    Audience { to: to.iter().map(|it| address(it)).collect(), ..Audience::default() }
}

fn mail() -> Mail {
    let day: Day = "2026-02-06".parse().unwrap();
    Mail {
        key: MailKey { week: MailWeek::of(day), project: "ferry".to_owned(), audience: "board".to_owned() },
        subject: "[Ferry] Week 3: AMBER – launch 20 Mar ⛴".to_owned(),
        date: DateTime::parse_from_rfc3339("2026-02-06T17:00:00+01:00").unwrap(),
        text: "Grüße\n.\n..two\nFrom here\n".to_owned(),
        html: "<p>Grüße <img src=\"burnup.png\" alt=\"\"></p>\n".to_owned(),
        pictures: vec![Picture { name: "burnup".to_owned(), png: b"\x89PNG\r\n\x1a\n\0\xff\r\n.\r\n".to_vec() }],
    }
}
