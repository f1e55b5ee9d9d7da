//! One line of a standup: `- [⏳] P2-05: Load testing (80% complete)`.

use super::cells::cell;
use super::durations::number;
use super::ids::leading_ids;
use super::letters::{find_ignoring_case, is_one_of};
use super::marks::{Mark, bracket, symbol};
use crate::document::{Document, Line, bracket_mark, leading_symbol};
use crate::model::{Entry, StandupMetric, State};
use crate::text::{Place, SourceFile, Span};
use std::borrow::Cow;

/// Reads a line, and the state that its mark shows.
#[must_use]
pub fn entry(document: &Document, line: Line, start: u32, file: &SourceFile) -> (Entry, Option<Mark>) {
    let raw = file.slice(Span { start, end: line.span.end });
    let (mark, skip) = mark(raw);
    let from = start + u32::try_from(skip).unwrap_or(0);
    let mut text = document.prose(line, from, file);
    let plain = match text.runs.as_slice() {
        [one] if one.text.is_ascii() => Cow::Borrowed(one.text.as_str()),
        _ => Cow::Owned(text.plain()),
    };
    let (ids, end) = leading_ids(&plain);
    let ids: Vec<String> = ids.into_iter().map(str::to_owned).collect();
    if 0 < end {
        cut_start(&mut text, end);
    }
    let (mut percent, mut reason) = (None, None);
    // Percentages and blockers stand in brackets, and most lines have none.
    if text.runs.iter().any(|it| it.text.contains('(')) {
        let words = text.plain();
        (percent, reason) = (self::percent(&words), self::reason(&words));
        if let Some(keep) = tail_start(&words) {
            cut_end(&mut text, keep);
        }
    }
    (Entry { ids, text, percent, reason, place: file.place(line.span) }, mark)
}

/// Reads a mark in brackets or a bare symbol, and the bytes it takes.
fn mark(raw: &str) -> (Option<Mark>, usize) {
    if let Some(it) = bracket_mark(raw)
        && let Some(mark) = bracket(it.inside)
    {
        return (Some(mark), it.length);
    }
    match leading_symbol(raw) {
        Some((it, length)) => (symbol(it).map(Mark::State), length),
        None => (None, 0),
    }
}

/// Reads "(80% complete)" or "80%" in brackets.
fn percent(words: &str) -> Option<f64> {
    brackets(words).find_map(|(_, inside)| percent_inside(inside))
}

fn percent_inside(inside: &str) -> Option<f64> {
    let (value, rest) = number(inside)?;
    let rest = rest.trim_start().strip_prefix('%')?.trim();
    let fits = rest.is_empty() || is_one_of(rest, &["complete", "done", "completed"]);
    (fits && value <= 100.0).then_some(value)
}

/// What brackets that name a blocker begin with.
const BLOCKERS: [&str; 3] = ["(blocker:", "(blocked by:", "(blocked:"];

/// Reads "(Blocker: …)".
fn reason(words: &str) -> Option<String> {
    let at = BLOCKERS.iter().find_map(|it| find_ignoring_case(words, it).map(|at| at + it.len()))?;
    let rest = words.get(at..)?.trim();
    let reason = rest.strip_suffix(')').unwrap_or(rest).trim();
    (!reason.is_empty()).then(|| reason.to_owned())
}

/// Returns where a bracket with a percentage or a blocker begins.
fn tail_start(words: &str) -> Option<usize> {
    let blocker = BLOCKERS.iter().find_map(|it| find_ignoring_case(words, it));
    let percent = brackets(words).find(|(_, inside)| percent_inside(inside).is_some()).map(|(at, _)| at);
    blocker.into_iter().chain(percent).min().filter(|it| words.is_char_boundary(*it))
}

/// Brackets with a percentage are shorter than this many bytes.
const MAX_PERCENT: usize = 64;

fn brackets(words: &str) -> impl Iterator<Item = (usize, &str)> {
    words.match_indices('(').filter_map(|(at, _)| {
        let rest = words.get(at + 1..)?;
        let end = rest.bytes().take(MAX_PERCENT).position(|it| it == b')')?;
        Some((at, rest.get(..end)?))
    })
}

fn cut_start(text: &mut crate::prose::Prose, mut bytes: usize) {
    for run in &mut text.runs {
        let cut = bytes.min(run.text.len());
        if run.text.is_char_boundary(cut) {
            run.text.drain(..cut);
        }
        bytes -= cut;
    }
    text.runs.retain(|it| !it.text.is_empty());
    if let Some(first) = text.runs.first_mut() {
        let rest = first.text.trim_start_matches([':', '-', '–', '—', ' ']).len();
        first.text.drain(..first.text.len() - rest);
    }
}

fn cut_end(text: &mut crate::prose::Prose, mut keep: usize) {
    for run in &mut text.runs {
        let kept = keep.min(run.text.len());
        if run.text.is_char_boundary(kept) {
            run.text.truncate(kept);
        }
        keep -= kept;
    }
    text.runs.retain(|it| !it.text.is_empty());
    if let Some(last) = text.runs.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
}

/// Reads a measured value: `Health score: 79/100 (target: 80)`, `P1 completion: 6/8`, `Uptime: 99.5%`.
#[must_use]
pub fn metric(words: &str, place: Place) -> Option<StandupMetric> {
    let (name, rest) = words.split_once(':')?;
    let (value, target) = match rest.split_once('(') {
        Some((value, inside)) => (value, target(inside)),
        None => (rest, None),
    };
    let value = value.trim();
    let (of, value) = match value.split_once('/').map(|(a, b)| (a, b.trim().parse::<f64>())) {
        Some((value, Ok(of))) if of.is_finite() => (Some(of), value),
        _ => (None, value),
    };
    let name = name.trim();
    (!name.is_empty()).then(|| StandupMetric { name: name.to_owned(), value: cell(value), of, target, place })
}

fn target(inside: &str) -> Option<f64> {
    let (key, value) = inside.split_once(':')?;
    if !key.trim().eq_ignore_ascii_case("target") {
        return None;
    }
    cell(value.trim().trim_end_matches(')')).value
}

/// Returns the state that a mark shows.
#[must_use]
pub const fn state(mark: Option<Mark>) -> Option<State> {
    match mark {
        Some(Mark::State(it)) => Some(it),
        _ => None,
    }
}
