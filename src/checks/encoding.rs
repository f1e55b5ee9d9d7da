//! `encoding`: bytes that are no UTF-8.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::text::{DecodeNote, Span};

/// Complains about files whose bytes had to be replaced.
pub const RULE: Rule = Rule {
    name: "encoding",
    severity: Severity::Error,
    what: "A file is not UTF-8, so that bytes in it had to be replaced.",
    why: "A replaced letter may have been part of a name or a figure; what it was cannot be known.",
    bad: "- [ ] **P1-01:** Caf\u{FFFD} rollout",
    good: "- [ ] **P1-01:** Café rollout",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for file in subject.sources.files() {
        for note in &file.notes {
            if let DecodeNote::NotUtf8 { line, replaced } = note {
                let span = file.index.line_span(*line);
                let text = file.slice(span);
                let at = span.start as usize + text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
                let place = file.place(Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()));
                let message = format!("the file is not UTF-8: {} replaced", phrase::count(*replaced, "character"));
                let help = "save the file as UTF-8";
                found.push(RULE.at(&place, message).help(help));
            }
        }
    }
}
