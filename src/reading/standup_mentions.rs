//! Lines of a standup that name tasks elsewhere than at their beginning: "Finished B-1", "Ada: B-3", "Pages shipped (B-2)".
//!
//! Only what can mean one thing counts, and only IDs that the plan has: whatever else names a task is left to a rule
//! (`mention-not-read`).

use super::ids::{SEPARATORS, is_id};
use super::letters::is_one_of;
use super::standup_entry::{cut_end, cut_start, metric};
use super::standup_part::is_unfinished;
use super::standup_people::person;
use crate::model::{Entry, Plan, Standup, State};
use crate::phrase::normal;
use crate::text::SharedStr;
use smallvec::SmallVec;
use std::collections::BTreeSet;

/// Words that say that something is finished, at the beginning of a line and directly before IDs.
pub const FINISHED: [&str; 18] = [
    "finished",
    "finished with",
    "completed",
    "closed",
    "shipped",
    "merged",
    "delivered",
    "done",
    "done with",
    "fixed",
    "resolved",
    "implemented",
    "landed",
    "released",
    "deployed",
    "wrapped up",
    "closes",
    "fixes",
];

/// Words that say that somebody works on something.
pub const GOING_ON: [&str; 16] = [
    "started",
    "started on",
    "started with",
    "starting",
    "starting with",
    "working on",
    "still working on",
    "worked on",
    "continued",
    "continued with",
    "continue",
    "continue with",
    "continuing",
    "continuing with",
    "began",
    "began with",
];

/// Words that put in doubt what a line says of the task that it names: it may tell of another task, or of none.
const DOUBTS: [&str; 22] = [
    "not",
    "isn",
    "wasn",
    "don",
    "didn",
    "never",
    "no",
    "review",
    "reviewed",
    "reviewing",
    "reviews",
    "prep",
    "preparation",
    "prepared",
    "draft",
    "drafted",
    "see",
    "depends",
    "after",
    "before",
    "unblocks",
    "waiting",
];

/// Words that say that a part of a task is finished.
const IN_PART: [&str; 14] = [
    "nearly",
    "almost",
    "partly",
    "partially",
    "half",
    "mostly",
    "except",
    "without",
    "some",
    "part",
    "parts",
    "first",
    "until",
    "halfway",
];

/// What leaves in doubt whether a line tells of something that is blocked, which may well be something that is not there.
const DOUBTS_OF_BLOCKED: [&str; 7] = ["unblocked", "unblocks", "resolved", "review", "reviewed", "see", "longer"];

/// Words before a colon that are neither a person nor one of the topics that nobody is called.
const NOBODY: [&str; 34] = [
    "fix",
    "bugfix",
    "hotfix",
    "refactor",
    "refactoring",
    "spike",
    "prep",
    "preparation",
    "draft",
    "review",
    "reviewed",
    "started",
    "starting",
    "working",
    "continued",
    "blocked",
    "waiting",
    "next",
    "later",
    "after",
    "before",
    "see",
    "re",
    "cc",
    "for",
    "follow",
    "planning",
    "planned",
    "depends",
    "needs",
    "note",
    "unblocked",
    "paused",
    "support",
];

/// So many IDs are read from one line.
const MOST_IDS: usize = 20;

/// Gives the lines of a standup the tasks of a plan that they name beyond doubt, and settles what was told of yesterday: a task of
/// which the same standup says that it goes on is not finished.
pub fn settle_mentions(standup: &mut Standup, plan: &Plan) {
    let lists = [
        (State::Done, &mut standup.done),
        (State::InProgress, &mut standup.in_progress),
        (State::Blocked, &mut standup.blocked),
    ];
    for (state, entries) in lists {
        for it in entries.iter_mut().filter(|it| it.ids.is_empty()) {
            name(it, state, plan);
        }
    }
    name_metrics(standup, plan);
    let open: Vec<usize> = standup.in_progress.iter().chain(&standup.blocked).flat_map(|it| tasks(it, plan)).collect();
    if open.is_empty() {
        return;
    }
    let goes_on = |it: &mut Entry| it.is_lately && !is_finished(it) && tasks(it, plan).any(|at| open.contains(&at));
    let moved: Vec<Entry> = standup.done.extract_if(.., goes_on).collect();
    if !moved.is_empty() {
        standup.in_progress.extend(moved);
        standup.in_progress.sort_by_key(|it| it.place.span);
    }
}

/// Reads lines such as "Auth rate 89.7 %" that name a metric of the plan, then a value, and have no colon between them.
fn name_metrics(standup: &mut Standup, plan: &Plan) {
    let unsplit = std::mem::take(&mut standup.unsplit);
    if unsplit.is_empty() || plan.metrics.is_empty() {
        return;
    }
    let known: BTreeSet<String> = plan.metrics.iter().map(|it| normal(&it.name)).collect();
    for (words, place) in unsplit {
        let spaces = words.match_indices(' ').map(|(at, _)| words.split_at(at)).take(16);
        let is_value = |it: &str| {
            it.trim_start_matches(|it: char| !it.is_alphanumeric()).starts_with(|it: char| it.is_ascii_digit())
        };
        let split = spaces.filter(|(_, value)| is_value(value)).find(|(name, _)| known.contains(&normal(name)));
        standup.metrics.extend(split.and_then(|(name, value)| metric(&format!("{name}:{value}"), place)));
    }
}

fn tasks<'a>(it: &'a Entry, plan: &'a Plan) -> impl Iterator<Item = usize> {
    it.ids.iter().filter_map(|id| plan.task_with_id(id))
}

/// Says whether a line says itself that something is finished.
fn is_finished(it: &Entry) -> bool {
    let words = it.text.words();
    let mut first = words.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty()).take(4);
    it.percent.is_some_and(|it| 100.0 <= it) || first.any(|it| is_one_of(it, &FINISHED) || is_one_of(it, &["complete"]))
}

/// What a line was found to name.
struct Named {
    ids: SmallVec<[SharedStr; 1]>,
    /// The bytes of its text that stay.
    keep: std::ops::Range<usize>,
    by: Option<SharedStr>,
}

fn name(entry: &mut Entry, state: State, plan: &Plan) {
    let words: String = entry.text.runs.iter().map(|it| &*it.text).collect();
    if !words.bytes().any(|it| it.is_ascii_digit())
        || state == State::Done && entry.percent.is_some_and(|it| it < 100.0)
    {
        return;
    }
    let Some(it) = leading(&words, state, plan).or_else(|| in_brackets(&words, state, plan)) else { return };
    entry.ids = it.ids;
    entry.by = it.by.or(entry.by.take());
    cut_end(&mut entry.text, it.keep.end);
    if 0 < it.keep.start {
        cut_start(&mut entry.text, it.keep.start);
    }
}

/// Reads the IDs of a plan that a line begins with, behind nothing but who says it and a word such as "finished".
fn leading(words: &str, state: State, plan: &Plan) -> Option<Named> {
    let (by, start) = speaker(words);
    let verbs: &[&str] = match state {
        State::Done => &FINISHED,
        State::InProgress => &GOING_ON,
        _ => &[],
    };
    let verb = verb(words.get(start..)?, verbs);
    let from = start + verb.unwrap_or(0);
    let (ids, length) = ids_at(words.get(from..)?, plan)?;
    let end = from + length;
    let behind = words.get(end..)?;
    let (is_said, is_spoken) = (verb.is_some(), by.is_some());
    if (is_said || is_spoken) && (is_doubtful(words, state) || !ends_here(behind, &ids, plan)) {
        return None;
    }
    // "Merged B-5 into main" loses nothing; of "Finished B-1" the ID says it all.
    let is_sentence = is_said && behind.trim_start().starts_with(char::is_alphanumeric);
    let keep = if is_sentence { start..words.len() } else { end..words.len() };
    Some(Named { ids: shared(&ids), keep, by: by.map(Into::into) })
}

/// Reads the IDs of a plan that stand alone in brackets at the beginning or at the end of a line.
fn in_brackets(words: &str, state: State, plan: &Plan) -> Option<Named> {
    let whole = words.trim_end();
    let bare = whole.trim_end_matches(['.', '!']).trim_end();
    if let Some(rest) = bare.strip_suffix([')', ']'])
        && let Some(start) = rest.rfind(['(', '['])
        && 0 < start
        && let Some(ids) = ids_alone(rest.get(start + 1..)?, plan)
    {
        let keep = 0..words.get(..start)?.trim_end().len();
        return (!is_doubtful(words, state)).then(|| Named { ids: shared(&ids), keep, by: None });
    }
    let rest = words.strip_prefix(['(', '['])?;
    let end = rest.find([')', ']'])?;
    let ids = ids_alone(rest.get(..end)?, plan)?;
    Some(Named { ids: shared(&ids), keep: end + 2..words.len(), by: None })
}

/// Reads a text that is IDs and nothing else.
fn ids_alone<'a>(text: &'a str, plan: &Plan) -> Option<SmallVec<[&'a str; 2]>> {
    let (ids, length) = ids_at(text, plan)?;
    text.get(length..)?.trim().is_empty().then_some(ids)
}

fn shared(ids: &[&str]) -> SmallVec<[SharedStr; 1]> {
    ids.iter().map(|it| SharedStr::from(*it)).collect()
}

/// Reads who says a line, such as "Ada: ", and where the words behind that begin.
fn speaker(words: &str) -> (Option<&str>, usize) {
    let none = (None, 0);
    let Some((before, behind)) = words.split_once(':').filter(|(it, _)| it.len() <= 64) else { return none };
    let is_nobody = || before.split_whitespace().any(|it| is_one_of(it.trim_matches('-'), &NOBODY));
    let is_whole = person(before).is_some_and(|it| it.len() == before.trim().len());
    if !behind.starts_with(char::is_whitespace) || is_nobody() || !is_whole || verb(words, &FINISHED).is_some() {
        return none;
    }
    (Some(before.trim()), words.len() - behind.trim_start().len())
}

/// Reads a word such as "finished" at the beginning of a text, the longest that fits; returns where the words behind it begin.
fn verb(words: &str, verbs: &[&str]) -> Option<usize> {
    let start = ["I ", "We "].into_iter().find(|it| words.starts_with(it)).map_or(0, str::len);
    let rest = words.get(start..)?;
    let fits = |verb: &&&str| {
        let begins = rest.get(..verb.len()).is_some_and(|it| it.eq_ignore_ascii_case(verb));
        begins && rest.get(verb.len()..).is_some_and(|it| it.starts_with([' ', ':']))
    };
    let longest = verbs.iter().filter(fits).map(|it| it.len()).max()?;
    let behind = rest.get(longest..)?.trim_start_matches([' ', ':']);
    Some(words.len() - behind.len())
}

/// Reads IDs of a plan at the beginning of a text, and the bytes that they take; numbers of issues such as "#12" may stand between.
fn ids_at<'a>(text: &'a str, plan: &Plan) -> Option<(SmallVec<[&'a str; 2]>, usize)> {
    let mut ids: SmallVec<[&str; 2]> = SmallVec::new();
    let (mut at, mut end) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|_| ids.len() < MOST_IDS) {
        let rest = rest.trim_start();
        let length =
            rest.find(|it: char| it.is_whitespace() || matches!(it, ',' | ':' | ';' | ')' | ']')).unwrap_or(rest.len());
        let word = rest.get(..length)?;
        let bare = word.trim_end_matches(['.', '!']);
        let start = text.len() - rest.len();
        let is_joint = matches!(bare, "and" | "&" | "+" | "/") && !ids.is_empty();
        let is_issue =
            bare.strip_prefix('#').is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
        if is_of(bare, plan) {
            ids.push(bare);
            end = start + bare.len();
        } else if !(is_joint || is_issue) {
            break;
        }
        at = start + length;
        if bare.len() < word.len() || !text.get(at..)?.starts_with([',', ' ']) {
            break;
        }
        at += 1;
    }
    (!ids.is_empty()).then_some((ids, end))
}

/// Says whether a word is the ID of a task; one that is a number alone may count anything.
fn is_of(word: &str, plan: &Plan) -> bool {
    let has = |fits: fn(&u8) -> bool| word.bytes().any(|it| fits(&it));
    (is_id(word) || has(u8::is_ascii_alphabetic) && has(u8::is_ascii_digit)) && plan.task_with_id(word).is_some()
}

/// Says whether what follows IDs leaves no doubt that the whole of the task is meant: nothing, a sign, where or when, or its title.
fn ends_here(behind: &str, ids: &[&str], plan: &Plan) -> bool {
    const MORE: [&str; 9] = ["on", "in", "into", "to", "today", "yesterday", "by", "with", "at"];
    let behind = behind.trim_start();
    let Some(first) = behind.chars().next() else { return true };
    if !first.is_alphanumeric() {
        return SEPARATORS.contains(&first) || matches!(first, '.' | '!' | '(');
    }
    let word = behind.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
    is_one_of(word, &MORE) || ids.iter().any(|id| is_title(behind, id, plan))
}

fn is_title(words: &str, id: &str, plan: &Plan) -> bool {
    let Some(task) = plan.task_with_id(id).and_then(|it| plan.tasks.get(it)) else { return false };
    let (title, words) = (task.title().words().to_lowercase(), words.trim_end_matches('.').to_lowercase());
    !words.is_empty() && (title.starts_with(words.as_str()) || !title.is_empty() && words.starts_with(title.as_str()))
}

/// Says whether words of a line put in doubt what it says of the task that it names.
fn is_doubtful(words: &str, state: State) -> bool {
    let mut all = words.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty());
    let is_doubt = |it: &str| match state {
        State::Blocked => is_one_of(it, &DOUBTS_OF_BLOCKED),
        State::Done => is_one_of(it, &DOUBTS) || is_one_of(it, &IN_PART),
        _ => is_one_of(it, &DOUBTS),
    };
    words.contains('?') || state == State::Done && is_unfinished(words) || all.any(is_doubt)
}
