//! `mojibake`: symbols damaged by reading UTF-8 as windows-1252.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::text::{Place, SourceFile, Span};

/// Complains once for each file about symbols that were repaired, and once about those that had lost a byte.
pub const RULE: Rule = Rule {
    name: "mojibake",
    severity: Severity::Error,
    what: "Symbols were damaged: the file was UTF-8, read as windows-1252 and saved again.",
    why: "A tick or a traffic light that nobody can read says nothing. roadbook reads through the damage; other readers of the file do not.",
    bad: "- âœ… HTTPS enabled",
    good: "- ✅ HTTPS enabled",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for file in subject.sources.files() {
        let Some(first) = file.repairs.first() else { continue };
        let total = file.repaired_characters();
        let lines = file.repairs.len();
        let place = symbol(file, first.line);
        let message = format!(
            "{} on {} repaired: the file was UTF-8, read as windows-1252 and saved again",
            phrase::count(total, "damaged symbol"),
            phrase::count(lines, "line"),
        );
        let help = "save the file as UTF-8 with its symbols restored";
        let mut it = RULE.at(&place, message).label("the first of them, shown as it was meant").help(help);
        // What had to be decoded in another way first cannot be written back byte for byte.
        it.fixable = file.notes.is_empty();
        for lossy in file.repairs.iter().filter(|it| 0 < it.from_table) {
            it = it.related(&symbol(file, lossy.line), "had lost a byte, and was known by what was left");
        }
        found.push(it);
    }
}

/// Returns where the first symbol of a line stands that is not ASCII: on a repaired line each of them was damaged.
fn symbol(file: &SourceFile, line: u32) -> Place {
    let span = file.index.line_span(line);
    let first = file.slice(span).char_indices().find(|(_, it)| !it.is_ascii());
    let at = |(at, it): (usize, char)| Span::new(span.start as usize + at, span.start as usize + at + it.len_utf8());
    file.place(first.map_or(span, at))
}
