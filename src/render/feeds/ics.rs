//! iCalendar (RFC 5545), written by hand: the package for it lets a folded line end at 76 octets and counts the letters of a line anew
//! for each fold.

use super::identity::uuid;
use crate::calendar::Day;
use crate::views::feeds::calendar::{CalendarView, EventView};

/// The most octets of a line, without its end.
const LINE: usize = 75;

/// Writes a calendar. There is no SEQUENCE and no LAST-MODIFIED, since nothing tells when an event changed: the file as a whole takes the
/// place of the one before, and DTSTAMP is the day that the calendar was made for.
pub fn ics(view: &CalendarView) -> Vec<u8> {
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", "-//roadbook//roadbook//EN");
    lines.raw("CALSCALE", "GREGORIAN");
    lines.text("NAME", &view.name);
    lines.text("X-WR-CALNAME", &view.name);
    lines.raw("REFRESH-INTERVAL;VALUE=DURATION", "PT12H");
    lines.raw("X-PUBLISHED-TTL", "PT12H");
    if let Some(it) = &view.source {
        lines.uri("SOURCE;VALUE=URI", it);
    }
    for it in &view.events {
        event(&mut lines, it);
    }
    lines.raw("END", "VCALENDAR");
    lines.0.into_bytes()
}

fn event(lines: &mut Lines, it: &EventView) {
    lines.raw("BEGIN", "VEVENT");
    lines.raw("UID", &uuid(&it.identity));
    lines.raw("DTSTAMP", &format!("{}T000000Z", day(it.as_of)));
    lines.raw("DTSTART;VALUE=DATE", &day(it.first));
    lines.raw("DTEND;VALUE=DATE", &day(it.after));
    lines.text("SUMMARY", &it.title);
    lines.text("DESCRIPTION", &it.notes.join("\n"));
    lines.raw("CATEGORIES", it.category);
    // What is due on a day leaves people free on it.
    lines.raw("TRANSP", "TRANSPARENT");
    if let Some(it) = &it.url {
        lines.uri("URL", it);
    }
    lines.raw("END", "VEVENT");
}

/// A calendar's years have four figures.
fn day(it: Day) -> String {
    it.format("%Y%m%d").to_string()
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    /// Adds a line of our own words.
    fn raw(&mut self, name: &str, value: &str) {
        let mut room = LINE;
        for letter in name.chars().chain(":".chars()).chain(value.chars()) {
            if room < letter.len_utf8() {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            room -= letter.len_utf8();
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }

    /// Adds a line of words that may come from anybody: no character of them ends a line or begins another value.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for letter in value.chars() {
            match letter {
                '\\' | ';' | ',' => escaped.extend(['\\', letter]),
                '\n' => escaped.push_str("\\n"),
                it if it.is_control() => escaped.push(' '),
                it => escaped.push(it),
            }
        }
        self.raw(name, &escaped);
    }

    /// Adds a line with an address.
    fn uri(&mut self, name: &str, value: &str) {
        let address: String = value.chars().filter(|it| !it.is_control() && !it.is_whitespace()).collect();
        self.raw(name, &address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_at_75_octets_and_no_letter_is_torn() {
        for letter in ["a", "é", "路", "🚦"] {
            for n in [10, 74, 75, 76, 148, 149, 150, 151, 500] {
                let mut lines = Lines::default();
                let value = letter.repeat(n);
                lines.text("SUMMARY", &value);
                assert!(lines.0.split("\r\n").all(|it| it.len() <= LINE), "{}", lines.0);
                assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
            }
        }
    }

    #[test]
    fn text_adds_no_line() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", "a\r\nEND:VEVENT\n\u{0}\\;,:\u{85}");
        assert_eq!(lines.0, "SUMMARY:a \\nEND:VEVENT\\n \\\\\\;\\,: \r\n");
        let mut lines = Lines::default();
        lines.uri("URL", "https://example.org/\r\nATTENDEE:x");
        assert_eq!(lines.0, "URL:https://example.org/ATTENDEE:x\r\n");
    }
}
