//! Atom (RFC 4287).

use super::identity::uuid;
use crate::calendar::Day;
use crate::views::feeds::weeks::{EntryView, FeedView};
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, WriteConfig};

/// Writes a feed. Where the site's address is not known, links are relative to the feed itself, as RFC 3986 has it (5.1.3).
pub fn atom(view: &FeedView) -> Vec<u8> {
    let feed = Feed {
        title: Text::plain(&*view.title),
        subtitle: Some(Text::plain(&*view.subtitle)),
        id: urn(&view.identity),
        updated: midday(view.updated),
        authors: vec![Person { name: view.title.clone(), ..Person::default() }],
        // Without a version, so that a newer program alone changes no byte.
        generator: Some(Generator { value: "roadbook".to_owned(), ..Generator::default() }),
        links: vec![link("self", "application/atom+xml", &view.own), link("alternate", "text/html", &view.site)],
        entries: view.entries.iter().map(entry).collect(),
        ..Feed::default()
    };
    let config = WriteConfig { write_document_declaration: true, indent_size: Some(2) };
    // Writing into memory cannot fail.
    let mut bytes = feed.write_with_config(Vec::new(), config).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn entry(it: &EntryView) -> Entry {
    Entry {
        title: Text::plain(&*it.title),
        id: urn(&it.identity),
        updated: midday(it.updated),
        links: vec![link("alternate", "text/html", &it.href)],
        content: Some(Content {
            content_type: Some("html".to_owned()),
            value: Some(it.html.chars().filter(|it| is_xml(*it)).collect()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn urn(identity: &crate::views::feeds::Identity) -> String {
    format!("urn:uuid:{}", uuid(identity))
}

fn link(rel: &str, kind: &str, href: &str) -> Link {
    Link { rel: rel.to_owned(), mime_type: Some(kind.to_owned()), href: href.to_owned(), ..Link::default() }
}

/// A standup has a day and no hour; at midday it is the same day nearly everywhere.
fn midday(day: Day) -> FixedDateTime {
    day.and_time(chrono::NaiveTime::MIN)
        .and_utc()
        .checked_add_signed(chrono::TimeDelta::hours(12))
        .unwrap_or_default()
        .fixed_offset()
}

/// Says whether XML 1.0 has a character at all: no escape can write those that it does not have.
fn is_xml(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
