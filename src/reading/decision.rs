//! One decision of a standup: what is to be decided, by whom, by when, and whether it was.

use super::decision_labels::{DecisionLabel, Labelled, labelled};
use super::decision_words::{joined, length, places_behind, without};
use super::keywords::strip_word;
use super::letters::is_one_of;
use super::marks::Mark;
use super::metadata::is_none;
use super::standup_dates::dated;
use super::standup_heading::week_in;
use super::standup_part::Part;
use crate::model::{AskedDecision, Entry, SaidDay, Settled, State, WrittenDay};
use crate::prose::{Prose, Run, Style};
use crate::text::{Place, SharedStr};
use smallvec::SmallVec;
use std::ops::Range;

/// The last decision that was read, for what stands behind it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asking {
    /// The byte at which the item that it is ends; 0 where it is no item.
    pub end: u32,
    /// The depth of an item "Options:" whose own items name them.
    pub options: Option<u16>,
}

/// What the place or the first words of a line say of the decision in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// It is asked for.
    Asked,
    /// It was made.
    Made,
    /// Only the line itself can tell.
    Either,
}

/// What lines begin with that ask for a decision or tell of one, each before a colon.
const FRONTS: [(&str, Sense); 13] = [
    ("decisions needed", Sense::Asked),
    ("decision needed", Sense::Asked),
    ("decision required", Sense::Asked),
    ("decision requested", Sense::Asked),
    ("open decision", Sense::Asked),
    ("to decide", Sense::Asked),
    ("decision made", Sense::Made),
    ("decision", Sense::Either),
    ("decided", Sense::Made),
    ("agreed", Sense::Made),
    ("approved", Sense::Made),
    ("resolved", Sense::Made),
    ("settled", Sense::Made),
];

/// What a line begins with that tells of a decision, without a colon as well.
const MADE: [&str; 4] = ["decided", "agreed", "approved", "decision made"];

/// First words of a line that asks.
const ASKING: [&str; 36] = [
    "decide",
    "choose",
    "pick",
    "select",
    "approve",
    "confirm",
    "agree",
    "sign",
    "define",
    "determine",
    "clarify",
    "settle",
    "resolve",
    "accept",
    "fund",
    "whether",
    "which",
    "who",
    "when",
    "where",
    "how",
    "what",
    "should",
    "shall",
    "can",
    "may",
    "do",
    "does",
    "is",
    "are",
    "need",
    "needs",
    "either",
    "go",
    "open",
    "pending",
];

/// Returns the sense of a decision by the part of a standup that it stands in; nothing in a part that is about something else.
#[must_use]
pub const fn sense_of(part: Part) -> Option<Sense> {
    match part {
        Part::Asked => Some(Sense::Asked),
        Part::Decided => Some(Sense::Made),
        Part::Decisions => Some(Sense::Either),
        _ => None,
    }
}

/// Returns the sense of a line in a part that is about something else, by its first words: "Decide whether …".
#[must_use]
pub fn sense_by_words(entry: &Entry) -> Option<Sense> {
    // Most lines can be told by their first letter; signs that are not shown may stand before it.
    let first = entry.text.runs.first().and_then(|it| it.text.bytes().next());
    if !first.is_some_and(|it| matches!(it, b'd' | b'D' | b'o' | b'O') || !it.is_ascii()) {
        return None;
    }
    let words = entry.text.words();
    if strip_word(&words, "decide ").is_some() {
        return Some(Sense::Asked);
    }
    let begins = |it: &str| strip_word(&words, it).is_some();
    if ["decision needed", "decision required", "open decision:", "decisions needed:"].into_iter().any(begins) {
        return Some(Sense::Asked);
    }
    // What a line with an ID tells is evidence of its task.
    if entry.ids.is_empty() && ["decided:", "decision made:"].into_iter().any(begins) {
        return Some(Sense::Made);
    }
    begins("decision:").then_some(Sense::Either)
}

/// Reads a decision from its line and the lines that go on with its words. Nothing where they say that there is none.
#[must_use]
pub fn decision(entry: Entry, mark: Option<Mark>, sense: Sense, more: &[Prose]) -> Option<AskedDecision> {
    let mut words = entry.text.clone();
    let mut starts: SmallVec<[usize; 4]> = SmallVec::new();
    for line in more {
        words.runs.push(Run { text: " ".into(), style: Style::PLAIN, href: None });
        starts.push(length(&words));
        words.runs.extend(line.runs.iter().cloned());
    }
    let whole = joined(&words);
    let mut at = 0;
    for run in &words.runs {
        starts.extend(run.style.has(Style::STRONG).then_some(at));
        at += run.text.len();
    }
    let (front, skipped) = front(&whole);
    let found = labelled(whole.get(skipped..).unwrap_or_default(), &places_behind(&starts, skipped));
    let cuts: SmallVec<[Range<usize>; 4]> = std::iter::once(0..skipped)
        .chain(found.iter().map(|it| it.cut.start + skipped..it.cut.end + skipped))
        .collect();
    let is_struck = entry.text.is_struck_out();
    let mut it = AskedDecision {
        words: without(&words, &cuts),
        owner: None,
        due: None,
        options: Vec::new(),
        cost: None,
        settled: None,
        lines: Vec::new(),
        entry,
    };
    let place = it.entry.place.clone();
    let is_detailed = !found.is_empty();
    for labelled in &found {
        take(&mut it, labelled, whole.part(labelled.value), &place);
    }
    if says_none(&it.words.words()) && it.entry.ids.is_empty() {
        return None;
    }
    let plain = it.words.words();
    let made = || MADE.iter().any(|word| ends_word(strip_word(&plain, word))) && !plain.contains('?');
    let is_asked = match (front.unwrap_or(sense), sense) {
        (Sense::Made, _) | (_, Sense::Made) => false,
        (Sense::Asked, _) | (_, Sense::Asked) => !made(),
        (Sense::Either, Sense::Either) => {
            let is_open = mark == Some(Mark::Open) || matches!(mark.and_then(Mark::state), Some(State::Blocked));
            !made() && (is_open || is_detailed || asks(&plain))
        }
    };
    let is_done = matches!(mark.and_then(Mark::state), Some(State::Done | State::Dropped)) || is_struck;
    if is_done || !is_asked {
        it.settled.get_or_insert_default();
    }
    Some(it)
}

/// Takes what a label says.
pub fn take(it: &mut AskedDecision, labelled: &Labelled<'_>, value: SharedStr, place: &Place) {
    let says = value.contains(char::is_alphanumeric)
        && !is_none(&value)
        && !is_one_of(&value, &["unassigned", "nobody", "unknown", "open"]);
    match labelled.label {
        DecisionLabel::Owner => it.owner = says.then_some(value),
        DecisionLabel::Due => it.due = says.then(|| said_day(value, place)),
        DecisionLabel::Options if says => it.options.push(value),
        DecisionLabel::Cost if says => it.cost = Some(value),
        DecisionLabel::Decided => it.settled = Some(settled(value, place)),
        DecisionLabel::Outcome if says && !is_open(&value) => it.settled = Some(settled(value, place)),
        DecisionLabel::Status if is_closed(&value) => {
            // "decided: green" says what as well.
            let what = value.find([':', '：']).and_then(|at| value.get(at..)).unwrap_or_default();
            it.settled = Some(settled(value.part(what.trim_start_matches([':', '：', ' '])), place));
        }
        _ => {}
    }
}

/// Reads what was decided, and on which day: "6 Feb: GO", "GO, 2026-02-06", "GO".
fn settled(value: SharedStr, place: &Place) -> Settled {
    if value.is_empty() {
        return Settled::default();
    }
    let before = value.find([':', '：']).and_then(|at| Some((value.get(..at)?, value.get(at..)?)));
    let is_day = |it: &str| {
        let read = dated(it);
        read.day.is_some() && read.tokens.iter().all(|it| it.is_used || is_one_of(it.text, &["on"]))
    };
    let what = match before {
        Some((day, what)) if is_day(day) => value.part(what.trim_start_matches([':', '：', ' '])),
        _ if is_day(&value) => SharedStr::default(),
        _ => value.clone(),
    };
    Settled { said: Some(SaidDay { words: what, ..said_day(value, place) }) }
}

fn said_day(words: SharedStr, place: &Place) -> SaidDay {
    let written = {
        let read = dated(&words);
        read.last.or(read.day).filter(WrittenDay::is_possible)
    };
    let week = if written.is_none() { week_in(&words) } else { None };
    SaidDay { written, week, day: None, place: place.clone(), words }
}

/// Says whether what stands for an outcome says that there is none yet.
fn is_open(value: &str) -> bool {
    let first = value.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
    is_one_of(
        first,
        &["pending", "open", "tbd", "needed", "required", "not", "awaiting", "waiting", "outstanding", "todo"],
    )
}

/// First words of a state that say that the decision was made.
const CLOSED: [&str; 10] =
    ["decided", "done", "made", "closed", "approved", "agreed", "resolved", "settled", "rejected", "complete"];

/// Says whether a state says that the decision was made.
fn is_closed(value: &str) -> bool {
    let first = value.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
    is_one_of(first, &CLOSED)
}

/// Returns what the first words before a colon say, and the bytes up to what follows them.
fn front(words: &str) -> (Option<Sense>, usize) {
    let found = FRONTS.iter().find_map(|(front, sense)| {
        let rest = strip_word(words, front)?.trim_start_matches([' ', '*', '_']);
        let behind = rest.strip_prefix([':', '：', '—', '–'])?;
        Some((Some(*sense), words.len() - behind.trim_start().len()))
    });
    found.unwrap_or((None, 0))
}

fn ends_word(rest: Option<&str>) -> bool {
    rest.is_some_and(|it| !it.starts_with(char::is_alphanumeric))
}

/// Says whether words ask for something, where nothing else says so.
fn asks(words: &str) -> bool {
    let mut all = words.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let begins = all.next().is_some_and(|it| is_one_of(it, &ASKING));
    begins || words.contains('?') || all.any(|it| is_one_of(it, &["or", "vs", "versus", "whether", "tbd"]))
}

/// Says whether the words say that there is nothing to decide, such as "No decisions needed this week".
fn says_none(words: &str) -> bool {
    const NOTHING: [&str; 26] = [
        "no",
        "none",
        "nothing",
        "nil",
        "n",
        "a",
        "decision",
        "decisions",
        "needed",
        "required",
        "open",
        "pending",
        "outstanding",
        "this",
        "week",
        "today",
        "now",
        "currently",
        "at",
        "time",
        "are",
        "is",
        "were",
        "made",
        "to",
        "decide",
    ];
    let mut all = words.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).peekable();
    if all.peek().is_none() {
        // Signs alone, such as a dash, say nothing; letters that are not of a word may be anything.
        return !words.chars().any(|it| !it.is_ascii() && !is_one_of(it.encode_utf8(&mut [0; 4]), &["–", "—"]));
    }
    // "Decide now" is no way to say that there is nothing.
    is_one_of(all.peek().unwrap_or(&""), &["no", "none", "nothing", "nil", "n"])
        && all.all(|it| is_one_of(it, &NOTHING))
}
