//! `placeholder`: words that were to be replaced.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Kind;
use crate::text::{Place, Span};
use std::collections::BTreeMap;

/// Notes `[DATE]`, `TBD` in a heading, and `XX`.
pub const RULE: Rule = Rule {
    name: "placeholder",
    severity: Severity::Info,
    what: "The roadmap still holds a placeholder, such as `[DATE]`, `XX`, or `TBD` in a heading.",
    why: "Readers take the plan for finished, and find the hole when they need what belongs there.",
    bad: "1. Kick off week 1 on [DATE]",
    good: "1. Kick off week 1 on 2026-01-19",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let (document, file) = (subject.document, subject.roadmap());
    let readable = file.readable().end;
    let mut places: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for block in document.blocks.iter().take_while(|it| it.span.start < readable) {
        let is_heading = matches!(block.kind, Kind::Heading(_));
        let cells = match block.kind {
            Kind::Table(at) => document.tables.get(at as usize).map_or(&[][..], |it| &it.rows),
            _ => &[],
        };
        let cells = cells.iter().flat_map(|it| &it.cells).filter_map(|it| it.line);
        for line in document.lines(block).iter().copied().chain(cells) {
            let text = file.slice(line.span);
            // Most lines hold none of these letters, and nothing more is asked of them.
            if !is_heading && memchr::memchr3(b'[', b'X', b'Y', text.as_bytes()).is_none() {
                continue;
            }
            for (at, word) in words(text).filter(|it| it.1.starts_with(['[', 'X', 'Y', 'T'])) {
                if is_placeholder(
                    word,
                    text.get(..at).unwrap_or_default(),
                    text.get(at + word.len()..).unwrap_or_default(),
                    is_heading,
                ) && !in_code(text, at)
                {
                    let start = line.span.start as usize + at;
                    places.entry(word).or_default().push(file.place(Span::new(start, start + word.len())));
                }
            }
        }
    }
    for (word, places) in places {
        let Some((first, more)) = places.split_first() else { continue };
        let mut it = RULE.at(first, format!("\"{word}\" was never filled in"));
        for place in more {
            it = it.again(place, "and here");
        }
        found.push(it.help("write what belongs there, or delete the line"));
    }
}

/// Words in brackets that stand for something else.
const STAND_INS: [&str; 22] = [
    "DATE",
    "NAME",
    "OWNER",
    "TBD",
    "TBA",
    "TBC",
    "TODO",
    "WEEK",
    "LINK",
    "URL",
    "NUMBER",
    "VERSION",
    "TEAM",
    "PERSON",
    "PROJECT",
    "COMPANY",
    "AMOUNT",
    "TIME",
    "PLACEHOLDER",
    "YYYY-MM-DD",
    "XX",
    "XXX",
];

fn is_placeholder(word: &str, before: &str, behind: &str, is_heading: bool) -> bool {
    if let Some(inside) = word.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        // What a link or a footnote follows is its text, and some lines speak of the placeholder itself.
        let is_text = behind.starts_with(['(', '[', ':']);
        let is_subject = ["format", "placeholder", "field", "tag"].iter().any(|it| behind.trim_start().starts_with(it));
        return STAND_INS.contains(&inside) && !is_text && !is_subject;
    }
    match word {
        // "XX" stands for a number where a number would stand; elsewhere it may be a name.
        "XX" | "XXX" => {
            let next = behind.trim_start();
            let unit = next.split(|it: char| !it.is_alphabetic()).next().unwrap_or_default();
            behind.starts_with(['/', '%'])
                || before.trim_end().ends_with(['~', '≥', '≤', '<', '>', '='])
                || (before.trim_end().ends_with(':') && (next.is_empty() || next.starts_with(['(', ',', '/', '%'])))
                || UNITS.contains(&unit)
                // "XX sheets" is a number of them.
                || (3 < unit.len() && unit.ends_with('s') && unit.chars().all(char::is_lowercase))
        }
        "YYYY-MM-DD" => !["format", "a", "the", "as", "like"].iter().any(|it| before.trim_end().ends_with(it)),
        "TBD" | "TBA" | "TBC" => is_heading,
        _ => false,
    }
}

/// What numbers are of, where it is no plural.
const UNITS: [&str; 6] = ["percent", "FTE", "EUR", "USD", "ms", "d"];

/// Parts a text into words: letters, digits, dashes, and brackets around them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_letter = |it: char| it.is_alphanumeric() || matches!(it, '-' | '[' | ']');
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text.get(rest..)?.find(is_letter)?;
        let length = text.get(start..)?.find(|it| !is_letter(it)).unwrap_or(text.len() - start);
        rest = start + length;
        Some((start, text.get(start..rest)?))
    })
}

fn in_code(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|it| it.matches('`').count() % 2 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_tags_are_none() {
        let found = |text: &str| {
            words(text).any(|(at, it)| {
                let (before, rest) = text.split_at(at);
                is_placeholder(it, before, rest.split_at(it.len()).1, false) && !in_code(text, at)
            })
        };
        assert!(found("Kick off on [DATE]") && found("XX percent") && found("Health: XX/100") && found("Budget: XX"));
        assert!(
            !found("the XX chromosome")
                && !found("Windows XX")
                && !found("Use [DATE] format in exports")
                && !found("[TODO](list.md)")
                && !found("[API] rate limits")
                && !found("`[DATE]` is replaced")
                && !found("XXL")
        );
    }
}
