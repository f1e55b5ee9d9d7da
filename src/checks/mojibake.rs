//! `mojibake`: symbols damaged by reading UTF-8 as windows-1252.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;

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
        let place = file.place(file.index.line_span(first.line));
        let message = format!(
            "{} on {} repaired: the file was UTF-8, read as windows-1252 and saved again",
            phrase::count(total, "damaged symbol"),
            phrase::count(lines, "line"),
        );
        let help = "save the file as UTF-8 with its symbols restored";
        let mut it = RULE.at(&place, message).help(help);
        // What had to be decoded in another way first cannot be written back byte for byte.
        it.fixable = file.notes.is_empty();
        for lossy in file.repairs.iter().filter(|it| 0 < it.from_table) {
            let place = file.place(file.index.line_span(lossy.line));
            it = it.related(&place, "a symbol here had lost a byte, and was known by what was left");
        }
        found.push(it);
    }
}
