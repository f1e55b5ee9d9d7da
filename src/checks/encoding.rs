//! `encoding`: bytes that are no UTF-8.

use super::Subject;
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::text::{DecodeNote, Span};

/// Complains about files whose bytes had to be replaced.
pub fn check(subject: Subject<'_>, found: &mut Vec<Diagnostic>) {
    for file in subject.sources.files() {
        for note in &file.notes {
            if let DecodeNote::NotUtf8 { line, replaced } = note {
                let span = file.index.line_span(*line);
                let text = file.slice(span);
                let at = span.start as usize + text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
                let place = file.place(Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()));
                let message = format!("the file is not UTF-8: {} replaced", phrase::count(*replaced, "character"));
                let help = "save the file as UTF-8";
                found.push(Diagnostic::at("encoding", Severity::Error, &place, message).help(help));
            }
        }
    }
}
