//! What stands around the words of a heading: marks, boxes, and weeks, days and durations behind them.

use super::choices::Choices;
use super::date_spans::date_span;
use super::durations::{Duration, duration_in};
use super::headings::week_range;
use super::kinds::named;
use super::letters::{is_one_of, split_at_last_dash};
use super::marks::Mark;
use super::words::state_word;
use crate::calendar::{Day, Week};
use crate::document::{bracket_mark, leading_symbol};
use crate::model::State;

/// A heading's words, and what stood around them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parts<'a> {
    /// The words.
    pub words: &'a str,
    /// The state that a symbol or a word says.
    pub state: Option<Mark>,
    /// The mark of a box.
    pub boxed: Option<Mark>,
    /// The first and the last week.
    pub weeks: Option<(Week, Week)>,
    /// The first and the last day.
    pub dates: Option<(Day, Day)>,
    /// How long it takes.
    pub duration: Option<Duration>,
}

/// Brackets and tails behind a heading are looked at this often; nobody writes more.
const MAX_TAILS: usize = 6;

/// Parts a heading from what stands around its words. What is not understood stays with the words.
#[must_use]
pub fn parts<'a>(words: &'a str, choices: &Choices) -> Parts<'a> {
    let mut parts = Parts { words: words.trim(), ..Parts::default() };
    parts.strip_marks_before(choices);
    for _ in 0..MAX_TAILS {
        if !parts.strip_behind(choices) {
            break;
        }
    }
    parts
}

/// Reads what stands in brackets before a name, as in "Milestone 3 (June 2026): Opening"; nothing unless all is understood.
#[must_use]
pub fn inside_brackets<'a>(text: &'a str, choices: &Choices) -> Option<Parts<'a>> {
    let mut parts = Parts::default();
    parts.pieces(text.trim(), choices, 4).then_some(parts)
}

impl<'a> Parts<'a> {
    fn strip_marks_before(&mut self, choices: &Choices) {
        for _ in 0..MAX_TAILS {
            if let Some(it) = bracket_mark(self.words)
                && let Some(mark) = choices.bracket(it.inside)
            {
                self.boxed = self.boxed.or(Some(mark));
                self.words = self.words.get(it.length..).unwrap_or_default();
            } else if let Some((sign, length)) = leading_symbol(self.words) {
                self.says(choices.symbol(sign));
                self.words = self.words.get(length..).unwrap_or_default();
            } else if let Some(rest) = behind_keycap(self.words) {
                self.words = rest;
            } else {
                break;
            }
        }
        // A heading may stand in brackets whole.
        let whole = self.words.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        if let Some(inside) = whole.filter(|it| !it.contains(['[', ']'])) {
            self.words = inside.trim();
        }
        self.words = self.words.trim_start_matches(|it: char| !it.is_alphanumeric());
    }

    fn says(&mut self, mark: Option<Mark>) {
        self.state = self.state.or(mark);
    }

    /// Strips one thing behind the words; says whether there was one.
    fn strip_behind(&mut self, choices: &Choices) -> bool {
        let words = self.words.trim_end();
        // Closed by hand, as in "### Week 5 ###" within a link.
        let Some(last) = words.chars().next_back() else { return false };
        let stripped = match last {
            ')' | '）' => self.bracket_behind(words, choices),
            ']' => self.box_behind(words, choices),
            '\u{FE0F}' => words.strip_suffix(last),
            it if is_symbol(it) => {
                self.says(choices.symbol(it));
                words.strip_suffix(it)
            }
            _ => self.tail(words, choices),
        };
        let Some(stripped) =
            stripped.map(|it| it.trim_end().trim_end_matches([' ', '-', '–', '—', ':', '：', '|', ',']))
        else {
            return false;
        };
        // A heading that is nothing but a state or a date is called that.
        if stripped.is_empty() {
            return false;
        }
        self.words = stripped;
        true
    }

    fn box_behind(&mut self, words: &'a str, choices: &Choices) -> Option<&'a str> {
        let open = words.rfind('[')?;
        let (before, boxed) = words.split_at_checked(open)?;
        let mark = choices.bracket(boxed.trim_matches(['[', ']', ' ']))?;
        self.boxed = self.boxed.or(Some(mark));
        Some(before)
    }

    fn bracket_behind(&mut self, words: &'a str, choices: &Choices) -> Option<&'a str> {
        let open = words.rfind(['(', '（'])?;
        let (before, inside) = words.split_at_checked(open)?;
        let inside = inside.trim_matches(['(', ')', '（', '）', ' ']);
        self.pieces(inside, choices, 4).then_some(before)
    }

    /// Reads the inside of a bracket; says whether all of it was understood.
    fn pieces(&mut self, text: &str, choices: &Choices, left: usize) -> bool {
        if self.piece(text, choices) {
            return true;
        }
        if left == 0 {
            return false;
        }
        let parted = |by: &str| text.split_once(by);
        for (first, rest) in
            [" - ", " – ", " — ", ",", ";", "|", "，", "、", "·", ":"].iter().filter_map(|it| parted(it))
        {
            let mut tried = self.clone();
            if tried.piece(first, choices) && tried.pieces(rest, choices, left - 1) {
                *self = tried;
                return true;
            }
        }
        false
    }

    fn piece(&mut self, text: &str, choices: &Choices) -> bool {
        let text = text.trim();
        if let Some(it) = duration_in(text, &choices.units).filter(|it| it.qualifier.is_none()) {
            self.duration = self.duration.take().or(Some(it));
        } else if let Some(weeks) = whole_week_range(text) {
            self.weeks = self.weeks.or(Some(weeks));
        } else if let Some(dates) = date_span(text) {
            self.dates = self.dates.or(Some(dates));
        } else if let Some(mark) = state_of(text, choices) {
            self.says(Some(mark));
        } else {
            return false;
        }
        true
    }

    /// Reads what stands behind a dash, a comma or a symbol.
    fn tail(&mut self, words: &'a str, choices: &Choices) -> Option<&'a str> {
        if !words.is_ascii()
            && let Some((at, sign)) = words.char_indices().rev().find(|(_, it)| is_symbol(*it) && *it != '\u{FE0F}')
            && let Some(behind) = words.get(at + sign.len_utf8()..).map(|it| it.trim_start_matches('\u{FE0F}').trim())
            && let Some(word) = choices.own(behind).or_else(|| state_word(behind))
        {
            self.says(Some(said_by(choices.symbol(sign), word)));
            return words.get(..at);
        }
        // The longest tail that is understood: a span of days has dashes of its own.
        let mut tail = None;
        let mut rest = words;
        while let Some((before, _)) = split_at_last_dash(rest).filter(|(before, _)| !before.is_empty()) {
            let behind = words.get(before.len()..)?.trim_start_matches([' ', '-', '–', '—', '|']);
            let mut tried = self.clone();
            // "Phase 3 - Open" is called so: a word that leaves a phase without a name has to be a state beyond doubt.
            let is_name = || is_one_of(behind, &["open", "ready"]) && is_without_name(before);
            if tried.piece(behind, choices) && !is_name() {
                tail = Some((before, tried));
            }
            rest = before;
        }
        if let Some((before, read)) = tail {
            *self = read;
            return Some(before);
        }
        // "v0.6.0, Mar 2022" and "v0.7.0+, 2022 Q2 ~ Q4"
        let comma = memchr::memchr(b',', words.as_bytes())
            .or_else(|| if words.is_ascii() { None } else { words.find('，') })?;
        let (before, behind) = (words.get(..comma)?, words.get(comma..)?.trim_start_matches([',', '，']));
        let dates = date_span(behind)?;
        self.dates = self.dates.or(Some(dates));
        Some(before)
    }
}

/// Says whether words are the kind and the number of a phase alone.
fn is_without_name(words: &str) -> bool {
    named(words).is_some_and(|it| !it.rest.contains(char::is_alphanumeric))
}

/// Reads a range of weeks that is all of a text.
fn whole_week_range(text: &str) -> Option<(Week, Week)> {
    let weeks = week_range(text)?;
    let behind = text.trim_start_matches(|it: char| it.is_alphabetic() || it == ' ');
    behind
        .chars()
        .all(|it| it.is_ascii_digit() || matches!(it, '-' | '–' | '—' | ' ' | '周' | '週' | '주' | '차'))
        .then_some(weeks)
}

/// Reads a text that is a symbol, a word for a state, or both: "✅", "DONE", "✅ COMPLETE".
#[must_use]
pub fn state_of(text: &str, choices: &Choices) -> Option<Mark> {
    let text = text.trim();
    let (sign, words) = match leading_symbol(text) {
        Some((sign, length)) => (choices.symbol(sign), text.get(length..)?),
        None => match text.chars().next().filter(|it| is_symbol(*it)) {
            // A symbol alone.
            Some(first) if text.trim_end_matches('\u{FE0F}').chars().nth(1).is_none() => {
                return choices.symbol(first);
            }
            _ => (None, text),
        },
    };
    let word = choices.own(words).or_else(|| state_word(words))?;
    Some(said_by(sign, word))
}

/// A word says more than a symbol that means several things: "⏳ READY" has not begun. Else the symbol counts.
fn said_by(symbol: Option<Mark>, word: Mark) -> Mark {
    match symbol {
        // A cross is drawn for "dropped" and for "not there yet" alike.
        None | Some(Mark::State(State::InProgress | State::Dropped)) => word,
        Some(symbol) => symbol,
    }
}

/// Returns what stands behind a number drawn as a key, as in "1️⃣ Phase 1".
fn behind_keycap(text: &str) -> Option<&str> {
    let behind = text.strip_prefix(|it: char| it.is_ascii_digit() || it == '#' || it == '*')?;
    Some(behind.trim_start_matches('\u{FE0F}').strip_prefix('\u{20E3}')?.trim_start()).filter(|it| !it.is_empty())
}

fn is_symbol(it: char) -> bool {
    ('\u{2190}'..='\u{1FAFF}').contains(&it) && !it.is_alphanumeric() && !('\u{3000}'..='\u{303F}').contains(&it)
        || it == '\u{FE0F}'
}

#[cfg(test)]
mod tests {
    use super::*;

    const DONE: Option<Mark> = Some(Mark::State(State::Done));

    fn read(text: &str) -> Parts<'_> {
        parts(text, &Choices::default())
    }

    fn words_and_state(text: &str) -> (&str, Option<Mark>, Option<Mark>) {
        let it = read(text);
        (it.words, it.state, it.boxed)
    }

    #[test]
    fn marks_around_headings() {
        assert_eq!(words_and_state("Phase 1 (Foundation) - ✅ DONE"), ("Phase 1 (Foundation)", DONE, None));
        assert_eq!(words_and_state("✅ 2. Detalhe da tarefa"), ("2. Detalhe da tarefa", DONE, None));
        assert_eq!(
            words_and_state("Task 4: Verify Tunnel ⏳ READY"),
            ("Task 4: Verify Tunnel", Some(Mark::Open), None)
        );
        assert_eq!(words_and_state("Phase 2: API (In Progress)").1, Some(Mark::State(State::InProgress)));
        assert_eq!(words_and_state("[ ] Infrastructure Layer"), ("Infrastructure Layer", None, Some(Mark::Open)));
        assert_eq!(words_and_state("Part G: Tests [x]"), ("Part G: Tests", None, DONE));
        assert_eq!(words_and_state("[Version 0.3]"), ("Version 0.3", None, None));
        assert_eq!(words_and_state("✅ Completed"), ("Completed", DONE, None));
        assert_eq!(words_and_state("🏁 Milestone 1: Foundation"), ("Milestone 1: Foundation", None, None));
        assert_eq!(words_and_state("1️⃣ Phase 1: Hut"), ("Phase 1: Hut", None, None));
        assert_eq!(words_and_state("Done"), ("Done", None, None));
        assert_eq!(words_and_state("Phase 3 - Open (week 6-7)"), ("Phase 3 - Open", None, None));
        assert_eq!(words_and_state("Phase 3: Doors - Open"), ("Phase 3: Doors", Some(Mark::Open), None));
        assert_eq!(words_and_state("Phase 3 - Done"), ("Phase 3", DONE, None));
        assert_eq!(words_and_state("Handle (maybe) cases"), ("Handle (maybe) cases", None, None));
    }

    #[test]
    fn weeks_days_and_durations_in_brackets() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let it = read("Phase 3: Logging (Week 3-4 - 8-10 hours)");
        assert_eq!((it.words, it.weeks), ("Phase 3: Logging", Some((3, 4))));
        assert_eq!(it.duration.and_then(|it| it.days), None);
        let it = read("v0.6.0, Mar 2022");
        assert_eq!((it.words, it.dates), ("v0.6.0", Some((day("2022-03-01"), day("2022-03-31")))));
        let it = read("v0.1.0 - 功能增强 (2025年6月)");
        assert_eq!((it.words, it.dates), ("v0.1.0 - 功能增强", Some((day("2025-06-01"), day("2025-06-30")))));
        let it = read("Phase 1: Quick Wins (4 hours) 🚀");
        assert_eq!((it.words, it.duration.and_then(|it| it.days)), ("Phase 1: Quick Wins", Some(0.5)));
        let it = read("Milestone 1 (2 weeks, June 8-21, 2025)");
        assert_eq!(it.dates, Some((day("2025-06-08"), day("2025-06-21"))));
        assert_eq!(read("Phase 1: Critical Fixes (Week 1-2)").weeks, Some((1, 2)));
        assert_eq!(read("Week 1 (Jan 5-9)").words, "Week 1 (Jan 5-9)");
    }
}
