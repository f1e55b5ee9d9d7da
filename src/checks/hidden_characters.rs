//! `hidden-characters`: characters that nobody sees and that change what is read.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::prose::is_hidden;
use crate::reading::is_id;
use crate::text::{Place, SourceFile, Span};

/// Complains about controls that reorder text, and about invisible characters in IDs and headings.
pub const RULE: Rule = Rule {
    name: "hidden-characters",
    severity: Severity::Error,
    what: "A line holds characters that nobody sees: controls that reorder text, or invisible characters inside an ID or a heading.",
    why: "Two IDs that look the same are two IDs, and text that shows in another order than it is read can say anything.",
    bad: "- [ ] **P1-\u{200B}01:** First task",
    good: "- [ ] **P1-01:** First task",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for file in subject.sources.files().filter(|it| !it.text.is_ascii()) {
        let (mut reordering, mut invisible) = (Vec::new(), Vec::new());
        for (number, line) in (1u32..).zip(file.text.lines()) {
            if line.is_ascii() || !line.contains(is_hidden) {
                continue;
            }
            let start = file.index.line_span(number).start as usize;
            let place = |at: usize, it: char| file.place(Span::new(start + at, start + at + it.len_utf8()));
            reordering.extend(line.char_indices().filter(|(_, it)| reorders(*it)).map(|(at, it)| (it, place(at, it))));
            invisible.extend(in_names(line).into_iter().map(|(at, it)| (it, place(at, it))));
        }
        complain(&reordering, file, "reorder what stands beside them", found);
        complain(&invisible, file, "are invisible and part of an ID or a heading", found);
    }
}

fn complain(places: &[(char, Place)], file: &SourceFile, what: &str, found: &mut Vec<Diagnostic>) {
    let Some(((letter, first), more)) = places.split_first() else { return };
    let count = phrase::count(places.len(), "character");
    let what = if places.len() == 1 {
        what.replace("reorder", "reorders").replace("them", "it").replace("are ", "is ")
    } else {
        what.to_owned()
    };
    let mut it = RULE.at(first, format!("{count} in {} {what}", file.path)).label(code_point(*letter));
    for (letter, place) in more {
        it = it.again(place, code_point(*letter));
    }
    found.push(it.help("delete the character and type the word anew"));
}

fn code_point(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

/// Embeddings, overrides, isolates, and tags. The marks of single letters belong to text in Hebrew or Arabic.
fn reorders(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E001F}')
}

/// Returns the invisible characters inside of IDs, or anywhere in a heading.
fn in_names(line: &str) -> Vec<(usize, char)> {
    let invisible = |it: char| is_hidden(it) && !reorders(it);
    if line.trim_start().starts_with('#') {
        // Joiners and marks are part of how some scripts are written; a space without width is not.
        let in_heading = |it: char| matches!(it, '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}');
        return line.char_indices().filter(|(_, it)| in_heading(*it)).collect();
    }
    let mut found = Vec::new();
    let mut at = 0;
    for word in line.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim_matches(|it: char| !it.is_alphanumeric());
        let visible: String = trimmed.chars().filter(|it| !is_hidden(*it)).collect();
        if trimmed.contains(invisible) && is_id(&visible) {
            let start = at + word.find(trimmed).unwrap_or(0);
            found.extend(
                trimmed.char_indices().filter(|(_, it)| invisible(*it)).map(|(it, letter)| (start + it, letter)),
            );
        }
        at += word.len();
    }
    found
}
