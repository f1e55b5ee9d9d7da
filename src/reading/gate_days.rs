//! Days at gates: "Gate 1 (Fri 2 Oct): payments work", "Launch gate – 8 Oct 2026", "**Launch gate:** Fri 25 Sep".

use super::date_spans::{date_span, span_in_year};
use super::dates::date;
use super::letters::{find_ignoring_case, is_one_of, starts_ignoring_case, trim};
use crate::calendar::{Day, weekday};
use crate::model::Plan;
use chrono::Datelike as _;

/// A day that the line of a gate names.
#[derive(Debug, Clone)]
pub struct GateDay {
    /// The gate, by its place in the plan.
    pub gate: usize,
    /// The words of the day, without those of the week.
    pub day: String,
    /// What the gate is called without them.
    pub name: String,
}

/// Names longer than this many bytes are sentences.
const MAX_NAME: usize = 200;
/// Brackets and signs of a name are looked at this often.
const MAX_TRIED: usize = 6;
/// A span of more days says when something goes on, not when it is decided.
const MAX_SPAN: i64 = 14;
/// A day without a year lies so near to the plan.
const NEAR: i64 = 100;
/// Of two years the other must lie so far away.
const FAR: i64 = 200;
/// Where a plan's days lie more years apart, they leave doubts.
const MAX_YEARS: i32 = 5;

/// Parts words into a name and a day in brackets or behind a sign; the name is empty where they are nothing but a day.
#[must_use]
pub fn part_day(words: &str) -> Option<(String, &str)> {
    if MAX_NAME < words.len() || !words.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    if let Some(day) = bare_day(words) {
        return Some((String::new(), day));
    }
    for (at, _) in words.match_indices('(').take(MAX_TRIED) {
        let (before, behind) = (words.get(..at)?, words.get(at + 1..)?);
        if let Some((inside, behind)) = behind.split_once(')')
            && let Some(day) = bare_day(inside)
        {
            return Some((format!("{}{behind}", before.trim_end()).trim().to_owned(), day));
        }
    }
    for (at, sign) in words.rmatch_indices([',', ':', '–', '—', '-']).take(MAX_TRIED) {
        let (before, behind) = (words.get(..at)?, words.get(at + sign.len()..)?);
        if let Some(day) = bare_day(behind).filter(|_| behind.starts_with(' ')) {
            let name = before.trim_end_matches([' ', ',', ':', '–', '—', '-']);
            return Some((name.to_owned(), day));
        }
    }
    None
}

/// Returns the words of a day, where a text is one: without "on" before it, and without its day of the week.
fn bare_day(text: &str) -> Option<&str> {
    let mut text = trim(text);
    for word in ["on ", "by ", "due "] {
        if starts_ignoring_case(text, word) {
            text = trim(text.get(word.len()..)?);
        }
    }
    let first = text.find(|it: char| !it.is_alphabetic()).unwrap_or(text.len());
    let (word, behind) = text.split_at_checked(first)?;
    let is_weekday = weekday(word).is_some() || is_one_of(word, &OTHER_WEEKDAYS);
    let day = if is_weekday { behind.trim_start_matches([',', '.', ' ']) } else { text };
    (known(day).is_some() || in_year(day, 2024).is_some()).then_some(day)
}

/// Days of the week in other languages, as they stand before a date.
const OTHER_WEEKDAYS: [&str; 38] = [
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lun",
    "mar",
    "mer",
    "jeu",
    "ven",
    "sam",
    "dim",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "mié",
    "jue",
    "vie",
];

/// Reads a day with its year.
fn known(text: &str) -> Option<Day> {
    let one_word = || date(text).filter(|_| !text.contains(char::is_whitespace));
    date_span(text).filter(|it| is_short(*it)).map(|(_, last)| last).or_else(one_word)
}

/// Reads a day without a year, in a year.
fn in_year(text: &str, year: i32) -> Option<Day> {
    span_in_year(text, year).filter(|it| is_short(*it)).map(|(_, last)| last)
}

fn is_short((first, last): (Day, Day)) -> bool {
    (last - first).num_days() <= MAX_SPAN
}

/// Says whether words call a line a gate: "Gate 1: …", "Launch gate", with a day or without.
#[must_use]
pub fn is_gate(words: &str) -> bool {
    if find_ignoring_case(words, "gate").is_none() {
        return false;
    }
    let name = part_day(words).map_or_else(|| words.to_lowercase(), |(name, _)| name.to_lowercase());
    is_numbered_gate(&name) || name.ends_with(" gate") || name == "gate"
}

/// Says whether words in lower case begin as "gate 1" or "gate:" do.
#[must_use]
pub fn is_numbered_gate(lower: &str) -> bool {
    lower.strip_prefix("gate").is_some_and(|it| {
        it.starts_with(':') || it.starts_with(' ') && it.trim_start().starts_with(|it: char| it.is_ascii_digit())
    })
}

/// Gives gates the days that their lines name. One without a year is the one that lies near to the plan, where that leaves no doubt;
/// else it stays in the name.
pub fn find_gate_days(plan: &mut Plan, days: Vec<GateDay>) {
    let around = around(plan);
    for it in days {
        let Some(gate) = plan.gates.get_mut(it.gate) else { continue };
        let Some(day) = known(&it.day).or_else(|| near(&it.day, gate.due.map(|it| (it, it)).or(around)?)) else {
            continue;
        };
        gate.due = Some(day);
        if it.name.is_empty() {
            continue;
        }
        if gate.short == gate.name {
            gate.short.clone_from(&it.name);
        }
        gate.name = it.name;
    }
}

/// Returns the first and the last known day of a plan.
fn around(plan: &Plan) -> Option<(Day, Day)> {
    let head = [&plan.header.start, &plan.header.target, &plan.header.date];
    let head = head.into_iter().flatten().map(|it| it.value);
    let weeks = plan.schedule.iter().flat_map(|it| [Some(it.calendar.start), it.calendar.last_working_day(it.weeks)]);
    let phases = plan.phases.iter().flat_map(|it| [it.start, it.end]);
    let days = || head.clone().chain(weeks.clone().chain(phases.clone()).flatten());
    days().min().zip(days().max())
}

/// Returns the only day that words without a year can mean near to others.
fn near(text: &str, (from, to): (Day, Day)) -> Option<Day> {
    let years = from.year() - 1..=to.year() + 1;
    if MAX_YEARS < years.end() - years.start() {
        return None;
    }
    let distance = |it: Day| (it - to).num_days().max((from - it).num_days()).max(0);
    let mut found: Vec<(i64, Day)> = years.filter_map(|it| in_year(text, it)).map(|it| (distance(it), it)).collect();
    found.sort_unstable();
    let (nearest, day) = *found.first()?;
    (nearest <= NEAR && found.get(1).is_none_or(|(it, _)| FAR <= *it)).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_leave_names() {
        for (words, name, day) in [
            ("Gate 1 (Fri 2 Oct): payments work", "Gate 1: payments work", "2 Oct"),
            ("Launch gate (Friday, 27 November)", "Launch gate", "27 November"),
            ("Launch Gate – 8 Oct 2026", "Launch Gate", "8 Oct 2026"),
            ("GO/NO-GO GATE (29 Sep)", "GO/NO-GO GATE", "29 Sep"),
            ("Gate 2, Oct 30", "Gate 2", "Oct 30"),
            ("Launch gate: Fri 25 Sep", "Launch gate", "25 Sep"),
            ("Gate 3 (2026-10-02)", "Gate 3", "2026-10-02"),
            ("Gate 3 (02.10.2026)", "Gate 3", "02.10.2026"),
            ("Fri 25 Sep", "", "25 Sep"),
            ("Launch Gate (Do 15.10.2026)", "Launch Gate", "15.10.2026"),
            ("Freigabe Gate 1 (Fr., 16.09.2026): ok", "Freigabe Gate 1: ok", "16.09.2026"),
            ("Gate 2 (jeudi 15 octobre)", "Gate 2", "15 octobre"),
        ] {
            assert_eq!(part_day(words), Some((name.to_owned(), day)), "{words}");
        }
        for words in ["Gate 1: 100 payments", "Gate 2", "Launch gate (Q4 2026)", "Gate (may slip)", "Gate 1-2", "", "("]
        {
            assert_eq!(part_day(words), None, "{words}");
        }
    }

    #[test]
    fn a_year_is_that_of_the_plan_or_none() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let plan = (day("2026-09-07"), day("2026-11-27"));
        assert_eq!(near("2 Oct", plan), Some(day("2026-10-02")));
        assert_eq!(near("15 Jan", plan), Some(day("2027-01-15")));
        assert_eq!(near("20 May", plan), None);
        assert_eq!(near("2 Oct", (day("2025-09-07"), day("2026-11-27"))), None);
    }
}
