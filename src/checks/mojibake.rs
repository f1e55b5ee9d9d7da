//! `mojibake`: symbols damaged by reading UTF-8 as windows-1252.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::text::{Place, Repair, SourceFile, Span};

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
        let whole: Vec<(u32, usize)> = counts(file, |it| it.symbols - it.from_table.min(it.symbols));
        let lossy: Vec<(u32, usize)> = counts(file, |it| it.from_table);
        let said = ", read as they were meant: the file was UTF-8, read as windows-1252 and saved again";
        if let Some(it) = complaint(file, &whole, "damaged symbol", said) {
            found.push(it.label("the first of them, shown as it was meant"));
        }
        if let Some(it) =
            complaint(file, &lossy, "damaged symbol", " had lost a byte, and could be known only by what was left")
        {
            let it = lossy.iter().skip(1).fold(it, |all, (line, _)| all.again(&symbol(file, *line), "and here"));
            found.push(it.label("shown as it was most likely meant"));
        }
    }
}

/// Returns the lines of a file that have some symbols, with their number.
fn counts(file: &SourceFile, of: impl Fn(&Repair) -> usize) -> Vec<(u32, usize)> {
    file.repairs.iter().map(|it| (it.line, of(it))).filter(|(_, n)| 0 < *n).collect()
}

fn complaint(file: &SourceFile, lines: &[(u32, usize)], noun: &str, said: &str) -> Option<Diagnostic> {
    let (first, _) = lines.first()?;
    let total = lines.iter().map(|(_, n)| n).sum();
    let on = if lines.len() == 1 { String::new() } else { format!(" on {}", phrase::count(lines.len(), "line")) };
    let said = if total == 1 { said.replace("they were", "it was") } else { said.to_owned() };
    let message = format!("{}{on}{said}", phrase::count(total, noun));
    let mut it = RULE.at(&symbol(file, *first), message);
    // What had to be decoded in another way first cannot be written back byte for byte.
    it.fixable = file.notes.is_empty();
    it.help = Some(if it.fixable {
        "run `roadbook check --fix`, which writes the symbols and changes nothing else".to_owned()
    } else {
        "save the file as UTF-8 with its symbols restored".to_owned()
    });
    Some(it)
}

/// Returns where the first symbol of a line stands that is not ASCII: on a repaired line each of them was damaged.
fn symbol(file: &SourceFile, line: u32) -> Place {
    let span = file.index.line_span(line);
    let first = file.slice(span).char_indices().find(|(_, it)| !it.is_ascii());
    let at = |(at, it): (usize, char)| Span::new(span.start as usize + at, span.start as usize + at + it.len_utf8());
    file.place(first.map_or(span, at))
}
