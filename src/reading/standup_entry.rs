//! One line of a standup: `- [⏳] P2-05: Load testing (80% complete)`.

use super::cells::cell;
use super::durations::number;
use super::ids::{SEPARATORS, leading_ids};
use super::letters::{is_one_of, split_at, starts_ignoring_case, trim};
use super::marks::{Mark, bracket, symbol};
use crate::document::{Document, Line, bracket_mark, leading_symbol};
use crate::model::{Entry, StandupMetric};
use crate::prose::{Prose, is_hidden};
use crate::text::{Place, SharedStr, SourceFile, Span};
use smallvec::SmallVec;

/// Reads a line, and the state that its mark shows.
#[must_use]
pub fn entry(document: &Document, line: Line, start: u32, file: &SourceFile) -> (Entry, Option<Mark>) {
    let raw = file.slice(Span { start, end: line.span.end });
    let (mark, skip) = mark(raw);
    let from = start + u32::try_from(skip).unwrap_or(0);
    let mut text = document.prose(line, from, file);
    let joined;
    let whole = match text.runs.as_slice() {
        [one] => &one.text,
        runs => {
            let mut all = String::with_capacity(runs.iter().map(|it| it.text.len()).sum());
            all.extend(runs.iter().map(|it| &*it.text));
            joined = all.into();
            &joined
        }
    };
    let words: &str = whole;
    // Signs that are not shown may stand before an ID; none of them is in ASCII.
    let is_plain = words.as_bytes().first().is_none_or(u8::is_ascii);
    let skipped = if is_plain { 0 } else { words.len() - words.trim_start_matches(is_hidden).len() };
    let (mut found, mut end) = leading_ids(words.get(skipped..).unwrap_or_default());
    if found.is_empty() && words.starts_with('[') {
        // The tag of a component may stand before an ID, and both stay in the text.
        found = behind_tag(words);
        end = 0;
    }
    let mut ids = SmallVec::new();
    for id in found {
        ids.push(whole.part(id));
    }
    // Percentages and blockers stand in brackets, and most lines have none.
    let tail = match memchr::memchr2(b'(', b'%', words.as_bytes()) {
        Some(_) => tail(whole),
        None => Tail::default(),
    };
    let percent = tail.percent.or_else(|| {
        let behind = words.get(skipped + end..).filter(|_| !ids.is_empty() && 0 < end);
        behind.and_then(|it| percent_first(it.trim_start_matches(SEPARATORS)))
    });
    if let Some(keep) = tail.start {
        cut_end(&mut text, keep);
    }
    if 0 < end {
        cut_start(&mut text, skipped + end);
    }
    let (reason, place) = (tail.reason, file.place(line.span));
    (Entry { ids, text, percent, reason, by: None, is_lately: false, place }, mark)
}

/// Reads the IDs that stand with a colon behind a tag: `[nwaku] P1-02: …`.
fn behind_tag(words: &str) -> SmallVec<[&str; 2]> {
    let behind = split_at(words, b']').map(|(_, it)| it.trim_start()).unwrap_or_default();
    let (found, end) = leading_ids(behind);
    let is_marked = behind.get(..end).is_some_and(|it| it.ends_with(':'));
    if is_marked { found } else { SmallVec::new() }
}

/// Reads a mark in brackets or a bare symbol, and the bytes it takes.
fn mark(raw: &str) -> (Option<Mark>, usize) {
    if let Some(it) = bracket_mark(raw)
        && let Some(mark) = bracket(it.inside)
    {
        // A symbol behind the bracket is decoration, or a contradiction: the bracket counts.
        if raw.as_bytes().get(it.length).is_none_or(u8::is_ascii) {
            return (Some(mark), it.length);
        }
        let behind = raw.get(it.length..).and_then(leading_symbol).filter(|(it, _)| symbol(*it).is_some());
        return (Some(mark), it.length + behind.map_or(0, |(_, length)| length));
    }
    match leading_symbol(raw) {
        Some((it, length)) => (symbol(it).map(Mark::State), length),
        None => (None, 0),
    }
}

/// What brackets at the end of a line say.
#[derive(Debug, Default, PartialEq)]
struct Tail {
    /// "(80% complete)" or "(80%)".
    percent: Option<f64>,
    /// "(Blocker: …)".
    reason: Option<SharedStr>,
    /// Where the first such bracket begins.
    start: Option<usize>,
}

/// Reads brackets with a percentage or a blocker: the first of each.
fn tail(whole: &SharedStr) -> Tail {
    let (mut tail, mut has_blocker) = (Tail::default(), false);
    let words: &str = whole;
    for at in memchr::memchr_iter(b'(', words.as_bytes()) {
        let inside = words.get(at + 1..).unwrap_or_default();
        let percent = percent(inside).filter(|_| tail.percent.is_none());
        let blocker = BLOCKERS.iter().find(|it| starts_ignoring_case(inside, it)).filter(|_| !has_blocker);
        if let Some(it) = blocker.and_then(|it| inside.get(it.len()..)) {
            has_blocker = true;
            let end = bracket_end(it);
            let reason = end.map_or_else(|| it.trim().trim_end_matches(')'), |end| it.get(..end).unwrap_or(it)).trim();
            tail.reason = (!reason.is_empty()).then(|| whole.part(reason));
        }
        tail.percent = tail.percent.or(percent);
        if percent.is_some() || blocker.is_some() {
            tail.start.get_or_insert(at);
        }
    }
    tail.percent = tail.percent.or_else(|| said_percent(words));
    tail
}

/// Reads "80% done" or "80% complete" among the words of a line; another percentage may count anything.
fn said_percent(words: &str) -> Option<f64> {
    memchr::memchr_iter(b'%', words.as_bytes()).find_map(|at| {
        let behind = words.get(at + 1..)?.trim_start();
        let end = behind.find(|it: char| !it.is_alphabetic()).unwrap_or(behind.len());
        if !is_one_of(behind.get(..end)?, &["done", "complete", "completed"]) {
            return None;
        }
        let before = words.get(..at)?.trim_end();
        let start = before.rfind(|it: char| !it.is_ascii_digit() && it != '.').map_or(0, |it| it + 1);
        let value: f64 = before.get(start..)?.parse().ok()?;
        (value <= 100.0).then_some(value)
    })
}

/// Reads a percentage that stands alone right behind IDs: "P2-05: ~60 %, retries done".
fn percent_first(text: &str) -> Option<f64> {
    let (value, rest) = number(text.trim_start_matches(ROUGHLY))?;
    let rest = rest.trim_start().strip_prefix('%')?.trim_start();
    let ends = rest.chars().next().is_none_or(|it| matches!(it, ',' | ';' | '.' | ':' | '(' | '–' | '—' | '-'));
    (ends && value <= 100.0).then_some(value)
}

/// Signs that say that a number is not exact.
const ROUGHLY: [char; 3] = ['~', '≈', ' '];

/// Returns where a bracket ends whose inside these words begin with: at the last `)` that ends no bracket of their own. Nothing where
/// none does.
#[must_use]
pub fn bracket_end(inside: &str) -> Option<usize> {
    let (mut open, mut end) = (0_usize, None);
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'(' => open += 1,
            b')' if open == 0 => end = Some(at),
            b')' => open -= 1,
            _ => {}
        }
    }
    end
}

/// What brackets that name a blocker begin with.
const BLOCKERS: [&str; 3] = ["blocker:", "blocked by:", "blocked:"];

/// Brackets with a percentage are shorter than this many bytes.
const MAX_PERCENT: usize = 64;

/// Reads what follows an opening bracket as a percentage of what is done.
fn percent(inside: &str) -> Option<f64> {
    let (value, rest) = number(inside.trim_start_matches(ROUGHLY))?;
    let rest = rest.trim_start().strip_prefix('%')?;
    let end = rest.bytes().take(MAX_PERCENT).position(|it| it == b')')?;
    let rest = rest.get(..end)?.trim();
    let fits = rest.is_empty() || is_one_of(rest, &["complete", "done", "completed"]);
    (fits && value <= 100.0).then_some(value)
}

/// Drops bytes at the beginning of a line, and the signs behind them.
pub fn cut_start(text: &mut Prose, mut bytes: usize) {
    for run in &mut text.runs {
        let length = run.text.len();
        let cut = bytes.min(length);
        run.text.keep(cut..length);
        bytes -= cut;
        if bytes == 0 {
            break;
        }
    }
    text.drop_empty_runs();
    text.strip_before(&SEPARATORS);
}

/// Drops all but the first bytes of a line.
pub fn cut_end(text: &mut Prose, mut keep: usize) {
    for run in &mut text.runs {
        let kept = keep.min(run.text.len());
        run.text.keep(0..kept);
        keep -= kept;
    }
    text.drop_empty_runs();
    if let Some(last) = text.runs.last_mut() {
        last.text.trim_end();
    }
}

/// Reads a measured value: `Health score: 79/100 (target: 80)`, `P1 completion: 6/8`, `Uptime: 99.5%`.
#[must_use]
pub fn metric(words: &str, place: Place) -> Option<StandupMetric> {
    let (name, rest) = split_at(words, b':')?;
    let (value, target) = match split_at(rest, b'(') {
        Some((value, inside)) => (value, target(inside)),
        None => (rest, None),
    };
    let value = trim(value);
    let pair = split_at(value, b'/').or_else(|| of(value));
    let (of, value) = match pair.map(|(a, b)| (a, b.trim().parse::<f64>())) {
        Some((value, Ok(of))) if of.is_finite() => (Some(of), value),
        _ => (None, value),
    };
    let name = trim(name);
    (!name.is_empty()).then(|| StandupMetric { name: name.to_owned(), value: cell(value), of, target, place })
}

/// Reads "3 of 4".
fn of(value: &str) -> Option<(&str, &str)> {
    let (before, rest) = split_at(value, b' ')?;
    Some((before, rest.strip_prefix("of ")?))
}

fn target(inside: &str) -> Option<f64> {
    let pair = split_at(inside, b':').or_else(|| inside.trim_start().split_once(' '));
    let (_, value) = pair.filter(|(key, _)| is_one_of(trim(key), &["target", "goal"]))?;
    cell(value.trim().trim_end_matches(')')).value
}
