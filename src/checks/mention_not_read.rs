//! `mention-not-read`: a line of a standup that names a task where it does not count.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Entry, State};
use crate::phrase;
use crate::reading::ids_among;
use crate::text::SourceFile;
use std::collections::{BTreeMap, BTreeSet};

/// Complains about lines that name a task among their words, and tell nothing of it.
pub const RULE: Rule = Rule {
    name: "mention-not-read",
    severity: Severity::Info,
    what: "A line about what is done, in progress or blocked names a task, but not where it counts.",
    why: "Whoever wrote it may think that it tells of the task; in every figure the task stays what it was.",
    bad: "### Done\n- Pages and tests of B-2 are through",
    good: "### Done\n- B-2: Pages and tests are through",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let files: BTreeMap<&str, &SourceFile> = subject.sources.files().map(|it| (&*it.path, it)).collect();
    for it in &subject.history.standups {
        let file = files.get(&*it.standup.path);
        let mut entries: Vec<(State, &Entry)> = it.standup.evidence().collect();
        entries.sort_by_key(|(_, it)| it.place.span);
        // What stands below a line about a task explains it.
        let mut around: Vec<(usize, bool)> = Vec::new();
        for (state, entry) in entries {
            let depth = file.map_or(0, |it| depth(it.line(entry.place.line())));
            while around.last().is_some_and(|(it, _)| depth <= *it) {
                around.pop();
            }
            let is_below = around.last().is_some_and(|(_, is_named)| *is_named);
            around.push((depth, is_below || !entry.ids.is_empty()));
            found.extend(complain(subject, state, entry, is_below));
        }
    }
}

/// Returns how far a line is indented.
fn depth(line: &str) -> usize {
    line.bytes().take_while(|it| matches!(it, b' ' | b'\t' | b'>')).count()
}

fn complain(subject: &Subject<'_>, state: State, entry: &Entry, is_below: bool) -> Option<Diagnostic> {
    let plan = subject.plan();
    let words = entry.text.words();
    if let [id] = entry.ids.as_slice() {
        let (sign, last) = range(&words)?;
        plan.task_with_id(last)?;
        let message = format!("{id} {sign} {last} is read as {id} alone");
        let it = RULE.at(&subject.words_in(&entry.place, last), message).label("does not count");
        return Some(it.help(format!("name each of them: `{id}, …, {last}:`, or write a line for each")));
    }
    if !entry.ids.is_empty() || is_below || subject.plan().tasks.is_empty() {
        return None;
    }
    let named: BTreeSet<&str> = ids_among(&words).filter(|it| plan.task_with_id(it).is_some()).take(20).collect();
    let first = *named.iter().min_by_key(|it| words.find(**it))?;
    let names: Vec<&str> = named.iter().copied().collect();
    let (verb, them, stand) = if names.len() == 1 { ("is", "it", "stands") } else { ("are", "them", "stand") };
    let message = format!(
        "{} {verb} named among the words of a line about what is {}, so the line tells nothing of {them}",
        phrase::list(&names),
        state.words()
    );
    let it = RULE.at(&subject.words_in(&entry.place, first), message).label("not at the beginning");
    let names = phrase::list(&names);
    Some(it.help(format!("where the line tells how {names} {stand}, begin it with the ID: `{first}: …`")))
}

/// Reads "… B-3" behind an ID: a range, of which only the first counts.
fn range(words: &str) -> Option<(&str, &str)> {
    let mut all = words.split_whitespace();
    let sign = all.next().filter(|it| ["…", "...", "..", "to", "through", "until", "bis"].contains(it))?;
    Some((sign, all.next()?.trim_end_matches([',', ':', '.', ';'])))
}
