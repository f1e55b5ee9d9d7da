//! Lines of a draft. Each is read back before it is taken: where a title would say more than it should, the ID stands alone.

use crate::document::parse;
use crate::editing::escape::{inline, markdown};
use crate::editing::line::Sign;
use crate::model::{Entry, Standup, State, Task};
use crate::phrase::number;
use crate::reading::standups;
use crate::text::SourceFile;

/// The lines of a part that is read to check a line.
fn read(part: &str, line: &str) -> Option<Standup> {
    let text = format!("## Week 1 Standup\n\n### {part}\n{line}\n");
    let file = SourceFile::new("week-01.md", text.into_bytes());
    let mut found = standups(&file, &parse(&file)).value;
    if !found.facts.not_understood.is_empty() || 1 < found.standups.len() {
        return None;
    }
    found.standups.pop()
}

/// Returns the only entry of a standup that has no other line.
fn only(standup: &Standup) -> Option<&Entry> {
    let mut all = standup.entries();
    all.next().filter(|_| all.next().is_none())
}

/// Says whether an entry names this task and no other.
fn names(entry: &Entry, task: &Task) -> bool {
    match &task.id {
        Some(id) => matches!(entry.ids.as_slice(), [one] if one.eq_ignore_ascii_case(id)),
        None => entry.ids.is_empty() && entry.text.words() == crate::prose::one_line(&task.title().words()),
    }
}

/// Returns what a line calls a task: its ID and words, else its ID alone.
fn names_of(task: &Task, words: &str) -> Vec<String> {
    match &task.id {
        Some(id) if words.is_empty() => vec![id.to_string()],
        Some(id) => vec![format!("{id}: {}", inline(words)), id.to_string()],
        None => vec![markdown(words)],
    }
}

/// Returns a line of a task whose state is known.
#[must_use]
pub fn of_state(
    task: &Task,
    words: &str,
    state: State,
    said: (Option<f64>, Option<&str>),
    sign: &Sign,
) -> Option<String> {
    let (percent, reason) = said;
    let part = match state {
        State::Done => "Completed",
        State::Blocked => "Blocked",
        _ => "In Progress",
    };
    let percent_words = percent.map_or(String::new(), |it| format!(" ({}% complete)", number(it)));
    let reason_words = reason.map_or(String::new(), |it| format!(" (Blocker: {})", inline(it)));
    let lines = names_of(task, words)
        .into_iter()
        .map(|name| format!("- {}{name}{percent_words}{reason_words}", sign.before_words()));
    lines.into_iter().find(|line| {
        let Some(standup) = read(part, line) else { return false };
        let list = match state {
            State::Done => &standup.done,
            State::Blocked => &standup.blocked,
            _ => &standup.in_progress,
        };
        let entry = only(&standup).filter(|_| list.len() == 1);
        entry.is_some_and(|it| {
            names(it, task)
                && it.percent == percent
                && it.reason.as_deref() == reason.map(crate::prose::one_line).as_deref()
        })
    })
}

/// Returns a line of a task that is planned, with a box or without: it tells of no state.
#[must_use]
pub fn planned(task: &Task, has_box: bool) -> Option<String> {
    let mark = if has_box { "[ ] " } else { "" };
    names_of(task, &task.title().words()).into_iter().map(|name| format!("- {mark}{name}")).find(|line| {
        let standup = read("Next Week", line);
        standup
            .is_some_and(|it| it.next.len() == 1 && only(&it).is_some_and(|it| names(it, task) && it.percent.is_none()))
    })
}

/// Returns a line that measures something, with its target.
#[must_use]
pub fn metric(name: &str, value: &str, target: Option<(&str, f64)>) -> Option<String> {
    let name = crate::prose::one_line(name);
    let shown = markdown(&name);
    let lines = [
        target.map(|(words, _)| format!("- {shown}: {value} (target: {})", inline(words))),
        Some(format!("- {shown}: {value}")),
    ];
    lines.into_iter().flatten().find(|line| {
        let standup = read("Metrics", line);
        let is_as_meant = |it: &crate::model::StandupMetric| {
            it.name == name && (!line.contains("(target: ") || it.target == target.map(|(_, it)| it))
        };
        standup.is_some_and(|it| matches!(it.metrics.as_slice(), [one] if is_as_meant(one)))
    })
}

/// Returns a line about a risk that has happened.
#[must_use]
pub fn risk(title: &str) -> Option<String> {
    let line = format!("- {} (has happened)", markdown(title));
    let standup = read("Risks", &line)?;
    only(&standup).filter(|_| standup.risks.len() == 1).map(|_| line)
}

/// Returns a line that asks for a decision, with what is known of it.
#[must_use]
pub fn decision(words: &str, details: &[(&str, String)]) -> Option<String> {
    let words = markdown(words);
    let details: Vec<String> = details.iter().map(|(label, it)| format!("{label}: {}", inline(it))).collect();
    let whole = format!("- {words} ({})", details.join(", "));
    let bare = format!("- {words}");
    let asks = |line: &String| {
        let standup = read("Decisions Needed", line);
        let plain = read("Decisions Needed", &bare);
        let said = |it: &Standup| match it.decisions.as_slice() {
            [one] if one.settled.is_none() => Some(one.words.plain()),
            _ => None,
        };
        standup.zip(plain).is_some_and(|(it, plain)| said(&it).is_some() && said(&it) == said(&plain))
    };
    [whole, bare.clone()].into_iter().skip(usize::from(details.is_empty())).find(|it| asks(it))
}
