//! `allowance`: comments that silence a rule for one place.

use super::{Rule, Subject, nearest, rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Kind, parse};
use crate::text::{Place, SourceFile, Span};
use std::ops::RangeInclusive;

/// Complains about an allowance that silences nothing, names no rule, or gives no reason.
pub const RULE: Rule = Rule {
    name: "allowance",
    severity: Severity::Warning,
    what: "A comment that allows a finding silences nothing, names no rule, or gives no reason.",
    why: "An allowance is a decision that somebody will read next year. When what it allowed is gone, it hides the next mistake on that line.",
    bad: "<!-- roadbook: allow day-lable -->\n**Day 3-4 Deliverables:**\n- The map",
    good: "<!-- roadbook: allow day-label: the team counts calendar days here -->\n**Day 3-4 Deliverables:**\n- The map",
    // Whether an allowance is used is known when all rules have run: see `settle`.
    check: |_: &Subject<'_>, _| {},
};

/// What an allowance begins with, inside its comment.
const KEYWORD: &str = "roadbook: allow ";

/// A comment that silences some rules on one line, or on those of a table.
#[derive(Debug)]
pub struct Allowance {
    /// The rules as written; none for a comment that cannot be read.
    pub rules: Vec<String>,
    /// Why; may be empty.
    pub reason: String,
    /// The lines that it speaks of, counted from 1.
    pub lines: RangeInclusive<u32>,
    /// The comment.
    pub place: Place,
}

/// Finds the allowances of a file: comments on a line of their own, outside of code.
#[must_use]
pub fn allowances(file: &SourceFile) -> Vec<Allowance> {
    if !file.text.contains("<!--") || !file.text.contains("roadbook") {
        return Vec::new();
    }
    let document = parse(file);
    let code: Vec<Span> = document.blocks.iter().filter(|it| it.kind == Kind::Code).map(|it| it.span).collect();
    let tables: Vec<Span> =
        document.blocks.iter().filter(|it| matches!(it.kind, Kind::Table(_))).map(|it| it.span).collect();
    let mut found: Vec<Allowance> = Vec::new();
    for (number, line) in (1u32..).zip(file.text.lines()) {
        let span = file.index.line_span(number);
        let at = code.partition_point(|it| it.end <= span.start);
        let in_code = code.get(at).is_some_and(|it| it.start <= span.start);
        let Some((rules, reason)) = read(line).filter(|_| !in_code) else { continue };
        found.push(Allowance { rules, reason, lines: next_to(file, &tables, span), place: file.place(span) });
    }
    // Several comments above one line all speak of that line.
    for at in (1..found.len()).rev() {
        let next = found.get(at).map(|it| (it.place.line(), it.lines.clone()));
        if let (Some((own, target)), Some(before)) = (next, found.get_mut(at - 1))
            && *before.lines.start() == own
        {
            before.lines = target;
        }
    }
    found
}

/// Returns the line below a comment, or all lines of a table that begins there: a comment inside of a table would end it.
fn next_to(file: &SourceFile, tables: &[Span], comment: Span) -> RangeInclusive<u32> {
    let line = file.index.line(comment.start);
    let table = tables.get(tables.partition_point(|it| it.start < comment.end));
    let begins_next = |it: &&Span| {
        let between = file.text.get(comment.end as usize..it.start as usize);
        between.is_some_and(|it| it.trim().is_empty())
    };
    match table.filter(begins_next) {
        Some(it) => file.index.line(it.start)..=file.index.line(it.end.saturating_sub(1)),
        None => line + 1..=line + 1,
    }
}

/// Reads `<!-- roadbook: allow RULE, RULE: reason -->`; a comment that is meant for us and has another form allows no rule.
fn read(line: &str) -> Option<(Vec<String>, String)> {
    let inside = line.trim().strip_prefix("<!--")?.trim_start();
    let whole = inside.strip_suffix("-->").map(str::trim_end);
    let Some(rest) = whole.and_then(|it| it.strip_prefix(KEYWORD)) else {
        let behind = inside.strip_prefix("roadbook")?.trim_start_matches([':', '-', ' ']);
        let is_meant = ["allow", "disable", "ignore", "silence"].iter().any(|it| behind.starts_with(it));
        return is_meant.then(|| (Vec::new(), String::new()));
    };
    let (rules, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let rules = rules.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    Some((rules.collect(), reason.trim().to_owned()))
}

/// Complains about an allowance; `used` says of each of its rules whether it silenced something.
pub fn complain(it: &Allowance, used: &[bool], found: &mut Vec<Diagnostic>) {
    for (name, used) in it.rules.iter().zip(used) {
        if rule(name).is_some() {
            if !used {
                let message = format!("nothing on the line below is found by `{name}`, so this allows nothing");
                found.push(RULE.at(&it.place, message).help(
                    "delete the comment, or put it on the line before its place, before the table for a cell of one",
                ));
            }
            continue;
        }
        found.push(
            RULE.at(&it.place, format!("there is no rule \"{name}\", so this allows nothing")).help(nearest(name)),
        );
    }
    if it.rules.is_empty() {
        let help = "write it on one line, such as `<!-- roadbook: allow RULE: reason -->`";
        found.push(RULE.at(&it.place, "this comment names no rule, so it allows nothing").help(help));
    } else if it.reason.is_empty() {
        let help = "write it behind a colon: `<!-- roadbook: allow RULE: reason -->`";
        found.push(RULE.at(&it.place, "the allowance gives no reason").help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_outside_of_code_allow() {
        let text = "<!-- roadbook: allow a, b: because -->\n<!-- roadbook: allow c -->\n- x\n\n```\n<!-- roadbook: allow d: x -->\n```\n";
        let found = allowances(&SourceFile::new("a.md", text.as_bytes().to_vec()));
        let read: Vec<_> = found.iter().map(|it| (it.rules.join("+"), it.reason.as_str(), *it.lines.start())).collect();
        assert_eq!(read, [("a+b".to_owned(), "because", 3), ("c".to_owned(), "", 3)]);
    }
}
