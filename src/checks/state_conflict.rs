//! `state-conflict`: two lines, or two marks of one line, that give a task different states.

use super::common::told;
use super::{Rule, Subject};
use crate::calendar::short_day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{bracket_mark, leading_symbol};
use crate::history::DatedStandup;
use crate::model::{Entry, State};
use crate::phrase;
use crate::reading::{Mark, bracket, is_id, symbol};
use crate::text::{Place, SourceFile, place_in};
use std::collections::BTreeMap;

/// Complains about marks of the roadmap and of standups that cannot both be true.
pub const RULE: Rule = Rule {
    name: "state-conflict",
    severity: Severity::Warning,
    what: "A task has two states: the roadmap and the latest standup, two lines of a standup, or two marks of a line differ.",
    why: "Only one of them counts, and whoever reads the other is told something else than the report says.",
    bad: "- [-] **P1-02:** Repair the cache\n\n## Week 3 Standup\n- [✅] P1-02: Cache repaired",
    good: "- [x] **P1-02:** Repair the cache\n\n## Week 3 Standup\n- [✅] P1-02: Cache repaired",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    plan_and_standups(subject, found);
    for task in &subject.plan().tasks {
        let marks = task.segments.iter().filter_map(|it| marks(subject.roadmap(), &it.place));
        found.extend(marks.filter_map(|it| complain_of_marks(&it, || task.name())));
    }
    let files: BTreeMap<&str, &SourceFile> = subject.sources.files().map(|it| (&*it.path, it)).collect();
    for it in &subject.history.standups {
        two_lines(subject, it, found);
        let Some(file) = files.get(&*it.standup.path) else { continue };
        let standup = &it.standup;
        let lists = [&standup.done, &standup.in_progress, &standup.blocked, &standup.next, &standup.risks];
        let marks = lists.into_iter().flatten().filter_map(|it| marks(file, &it.place));
        found.extend(marks.filter_map(|it| complain_of_marks(&it, || name(it.words))));
    }
}

/// Says whether two states cannot both be true: who is blocked is in progress as well.
fn differ(a: State, b: State) -> bool {
    let moving = |it| matches!(it, State::InProgress | State::Blocked);
    a != b && !(moving(a) && moving(b))
}

/// The mark of a task's last line in the roadmap against the latest standup that names it.
fn plan_and_standups(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let history = subject.history;
    for (at, (task, evidence)) in history.plan.tasks.iter().zip(&history.evidence).enumerate() {
        let Some(mark) = task.last().mark else { continue };
        let days = told::days(evidence);
        let Some(day) = days.last().filter(|it| differ(mark, it.state)) else { continue };
        // A task that is open again was done before: `percent-went-back` tells of it.
        if mark == State::Done && days.iter().any(|it| it.state == State::Done) {
            continue;
        }
        // A mark that was set later than the standup counts more, and contradicts nothing.
        if !differ(mark, history.state(at, history.as_of).state) {
            continue;
        }
        let (name, said) = (task.name(), day.state.words());
        let message =
            format!("the roadmap marks {name} as {}, the standup of {} says {said}", mark.words(), short_day(day.date));
        let marks = marks(subject.roadmap(), &task.last().place).filter(|it| it.bracket.0 != Mark::Open);
        let it = RULE.at(marks.as_ref().map_or(&task.last().place, |it| &it.bracket.1), message);
        let it = it
            .label(format!("{} here", mark.words()))
            .related(&told::id_in(subject, &day.line.place, task), format!("{said} here"));
        let set = evidence.iter().rev().find(|it| it.state == mark && it.date <= day.date);
        let it = it.note(match set.and_then(|it| Some((it.date, it.commit?))) {
            Some((date, commit)) => {
                format!("the standup counts: commit {} set the mark before, on {}", commit.short(), short_day(date))
            }
            None => {
                "the standup counts: the mark has no date of its own, so it counts from the date of the plan".to_owned()
            }
        });
        found.push(it.help("change the mark in the roadmap, or tell the state in the next standup"));
    }
}

/// A task that one standup lists as done, and as in progress or blocked too.
fn two_lines(subject: &Subject<'_>, it: &DatedStandup, found: &mut Vec<Diagnostic>) {
    let mut listed: BTreeMap<usize, Vec<(State, &Entry)>> = BTreeMap::new();
    let standup = &it.standup;
    let lists =
        [(State::Done, &standup.done), (State::InProgress, &standup.in_progress), (State::Blocked, &standup.blocked)];
    for (state, entry) in lists.into_iter().flat_map(|(state, it)| it.iter().map(move |it| (state, it))) {
        for task in entry.ids.iter().filter_map(|it| subject.plan().task_with_id(it)) {
            listed.entry(task).or_default().push((state, entry));
        }
    }
    for (task, mut lines) in listed {
        let mut states: Vec<State> = lines.iter().map(|(it, _)| *it).collect();
        states.dedup();
        let Some(task) = subject.plan().tasks.get(task).filter(|_| 1 < states.len()) else { continue };
        // In progress and blocked together say one thing: begun, and held up.
        if !states.contains(&State::Done) {
            continue;
        }
        let words: Vec<&str> = states.iter().map(|it| it.words()).collect();
        let message = format!("the standup of {} lists {} as {}", it.when(), task.name(), phrase::list(&words));
        lines.sort_by_key(|(_, it)| it.place.span);
        let Some(((last, entry), before)) = lines.split_last() else { continue };
        let id = |it: &Entry| told::id_in(subject, &it.place, task);
        let it = RULE.at(&id(entry), message).label(format!("{} here", last.words()));
        let it = before.iter().fold(it, |all, (at, it)| all.related(&id(it), format!("{} here", at.words())));
        found.push(it.help("keep the line that is true"));
    }
}

/// A bracket at the beginning of a line, and the symbol behind it.
struct Marks<'a> {
    bracket: (Mark, Place),
    symbol: Option<(State, Place)>,
    /// The words behind both.
    words: &'a str,
}

/// Reads the marks of the line on which an item's text begins.
fn marks<'a>(file: &'a SourceFile, place: &Place) -> Option<Marks<'a>> {
    let before = file.text.get(..place.span.start as usize)?;
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    let text = behind_list_marker(file.text.get(start..place.span.end as usize)?);
    let at = |it: &str| place_in(&file.text, it).map(|it| file.place(it));
    let mark = bracket_mark(text)?;
    let behind = text.get(mark.length..)?;
    let box_place = at(text.get(..=text.find(']')?)?)?;
    let symbol = leading_symbol(behind).and_then(|(sign, length)| {
        let words = behind.get(length..)?;
        Some((symbol(sign)?, at(behind.get(..length)?.trim_end())?, words))
    });
    let words = symbol.as_ref().map_or(behind, |it| it.2);
    let symbol = symbol.map(|(state, place, _)| (state, place));
    Some(Marks { bracket: (bracket(mark.inside)?, box_place), symbol, words })
}

fn behind_list_marker(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let digits = line.trim_start_matches(|it: char| it.is_ascii_digit());
    let behind =
        if digits.len() < line.len() { digits.strip_prefix(['.', ')']) } else { line.strip_prefix(['-', '*', '+']) };
    behind.unwrap_or(line).trim_start()
}

fn complain_of_marks(it: &Marks<'_>, name: impl FnOnce() -> String) -> Option<Diagnostic> {
    let ((mark, bracket), (says, place)) = (&it.bracket, it.symbol.as_ref()?);
    let (first, label) = match mark {
        Mark::State(it) if differ(*it, *says) => (format!("says {}", it.words()), it.words()),
        // An open box says nothing of a task that is begun, but it is not how a finished one looks.
        Mark::Open if *says == State::Done => ("is open".to_owned(), "open"),
        _ => return None,
    };
    let message = format!("the box of {} {first}, the symbol behind it says {}", name(), says.words());
    let it = RULE.at(place, message).label(says.words()).related(bracket, format!("{label}: this counts"));
    Some(it.help("keep the mark that is true"))
}

/// Returns what a standup's line is about: its ID, or its words in quotes.
fn name(words: &str) -> String {
    let head = words.split(':').next().unwrap_or_default().trim().trim_matches(['*', '_', '`']);
    if is_id(head) { head.to_owned() } else { format!("\"{}\"", head.chars().take(60).collect::<String>()) }
}
