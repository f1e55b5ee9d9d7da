//! `merge-conflict`: two versions of some lines, and nobody has chosen.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{SourceFile, Span};

/// Complains about the marks that git leaves around lines it could not merge.
pub const RULE: Rule = Rule {
    name: "merge-conflict",
    severity: Severity::Error,
    what: "Lines stand there twice, between the marks of a merge that nobody has finished.",
    why: "Both versions are read as if each were meant, so that tasks and criteria count twice or contradict each other.",
    bad: "<<<<<<< HEAD\n- 7/11 P2 items complete\n=======\n- 6/10 P2 items complete\n>>>>>>> replan",
    good: "- 6/10 P2 items complete",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for file in subject.sources.files() {
        conflicts(file, found);
    }
}

/// A conflict has all three marks, each on a line of its own and in their order; a line of equals signs alone is a heading.
fn conflicts(file: &SourceFile, found: &mut Vec<Diagnostic>) {
    if memchr::memmem::find(file.text.as_bytes(), b"<<<<<<<").is_none() {
        return;
    }
    let (mut ours, mut middle): (Option<Span>, Option<Span>) = (None, None);
    let mut at = 0;
    for line in file.text.split_inclusive('\n') {
        let words = line.trim_end();
        let span = Span::new(at, at + words.len());
        at += line.len();
        if is_mark(words, '<') {
            (ours, middle) = (Some(span), None);
        } else if words == "=======" && ours.is_some() {
            middle = Some(span);
        } else if is_mark(words, '>')
            && let (Some(first), Some(between)) = (ours.take(), middle.take())
        {
            let it = RULE.at(
                &file.place(first),
                "a merge was not finished here: both versions of these lines stand in the file",
            );
            let it = it.label("one version begins").related(&file.place(between), "the other begins");
            found.push(
                it.related(&file.place(span), "and ends")
                    .help("keep one of the two versions and remove the three marks"),
            );
        }
    }
}

fn is_mark(line: &str, sign: char) -> bool {
    line.strip_prefix(&sign.to_string().repeat(7)).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}
