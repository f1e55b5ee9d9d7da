//! Lines such as `*Owner: QA Team + Performance Engineer | Duration: 2d*` or `**Priority:** High`.

use super::choices::Choices;
use super::date_spans::date_span;
use super::dates::date;
use super::durations::{Duration, duration_in, number};
use super::heading_parts::state_of;
use super::ids::is_id;
use super::letters::{is_one_of, split_at, trim};
use super::marks::Mark;
use super::words::{Key, key};
use crate::calendar::Day;
use crate::model::State;
use smallvec::SmallVec;

/// What a line of pairs says about a task.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata<'a> {
    /// Who does it, as written.
    pub owners: SmallVec<[&'a str; 2]>,
    /// How long it takes.
    pub duration: Option<Duration>,
    /// What only some plans write.
    pub more: More<'a>,
}

/// What only some plans write about a task.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct More<'a> {
    /// Where it stands.
    pub status: Option<Mark>,
    /// How much is done, 0 to 100.
    pub percent: Option<f64>,
    /// How important it is, as written.
    pub priority: Option<&'a str>,
    /// When it is to be done.
    pub due: Option<Day>,
    /// What must be done before, as written.
    pub depends_on: SmallVec<[&'a str; 2]>,
}

impl Metadata<'_> {
    /// Says whether it names an owner or a duration.
    #[must_use]
    pub fn is_assignment(&self) -> bool {
        !self.owners.is_empty() || self.duration.is_some()
    }

    fn is_empty(&self) -> bool {
        !self.is_assignment() && self.more == More::default()
    }
}

/// Reads a line of `key: value` pairs parted by ` | `, the first of which has a known key.
#[must_use]
pub fn metadata<'a>(words: &'a str, choices: &Choices) -> Option<Metadata<'a>> {
    let mut line = Metadata::default();
    let (mut rest, mut first) = (Some(words), true);
    while let Some(part) = rest {
        let (part, behind) = split_at(part, b'|').map_or((part, None), |(part, behind)| (part, Some(behind)));
        // Keys are short, so one walks to their colons.
        let colon = part.bytes().position(|it| it == b':');
        let pair = colon.and_then(|at| Some((part.get(..at)?, part.get(at + 1..)?)));
        let (key, value) = pair.or_else(|| part.split_once('：'))?;
        if !line.read(trim(key), value, choices) && first {
            return None;
        }
        (rest, first) = (behind, false);
    }
    (!line.is_empty()).then_some(line)
}

impl<'a> Metadata<'a> {
    /// Reads one pair; says whether its key is known.
    fn read(&mut self, name: &str, value: &'a str, choices: &Choices) -> bool {
        let key = match name {
            // The most usual ones, which need no look into the words of all languages.
            it if is_one_of(it, &["owner", "owners", "assignee", "assignees", "lead"]) => Some(Key::Owner),
            it if is_one_of(it, &["duration", "effort", "estimate", "estimated"]) => Some(Key::Effort),
            it => key(it),
        };
        key.is_some_and(|it| self.read_value(it, value, choices))
    }

    /// Reads the value of a key; says whether tasks have one of that kind.
    pub fn read_value(&mut self, key: Key, value: &'a str, choices: &Choices) -> bool {
        match key {
            Key::Owner => self.owners = owners(value),
            Key::Effort => self.duration = duration_in(value, &choices.units).or(self.duration.take()),
            Key::Status => {
                let (mark, percent) = status(value, choices);
                self.more.status = mark.or(self.more.status);
                self.more.percent = percent.or(self.more.percent);
            }
            Key::Progress => {
                let (mark, percent) = status(value, choices);
                self.more.percent = percent.or(self.more.percent);
                self.more.status = self.more.status.or(mark);
            }
            Key::Priority => self.more.priority = priority(value),
            Key::Due => self.more.due = date(value).or_else(|| date_span(trim(value)).map(|(_, last)| last)),
            Key::Depends => self.more.depends_on = names(value),
            _ => return false,
        }
        true
    }
}

/// Reads what stands in a status column: a symbol, a word, a box, a percentage or a bar with one.
#[must_use]
pub fn status(text: &str, choices: &Choices) -> (Option<Mark>, Option<f64>) {
    let text = text.trim().trim_start_matches(['-', '*', ' ']);
    let percent = percent(text);
    if let Some(it) = crate::document::bracket_mark(text)
        && let Some(mark) = choices.bracket(it.inside)
    {
        return (Some(mark), percent);
    }
    if let Some(mark) = state_of(text, choices) {
        return (Some(mark), percent);
    }
    // "✅ Done in March", "🔄 In Progress (70%)": the symbol counts, or the words before a bracket or a dash.
    let before = text.split(['(', '（', '—', '–', ',', ';', '/']).next().unwrap_or_default();
    let before = before.split(" - ").next().unwrap_or_default();
    // "Done ✅" and "Completed 2026-01-05": what stands behind the word explains it.
    let before = before.trim_end_matches(|it: char| !it.is_alphabetic()).trim_end();
    let before = if before.is_empty() { text } else { before };
    let symbol = crate::document::leading_symbol(text).and_then(|(it, _)| choices.symbol(it));
    // In a column of traffic lights green is work that goes well.
    let symbol = symbol.or_else(|| text.starts_with('🟢').then_some(Mark::State(State::InProgress)));
    let mark = state_of(before, choices).or(symbol).or_else(|| percent.map(of_percent));
    (mark, percent)
}

fn of_percent(percent: f64) -> Mark {
    match percent {
        it if it <= 0.0 => Mark::Open,
        it if it < 100.0 => Mark::State(State::InProgress),
        _ => Mark::State(State::Done),
    }
}

/// Reads the first number with a percent sign behind it, from 0 to 100.
fn percent(text: &str) -> Option<f64> {
    let at = memchr::memchr(b'%', text.as_bytes())?;
    let before = text.get(..at)?.trim_end();
    let start = before
        .rfind(|it: char| !it.is_ascii_digit() && it != '.')
        .map_or(0, |at| at + before.get(at..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8));
    let (value, rest) = number(before.get(start..)?)?;
    (rest.is_empty() && value <= 100.0).then_some(value)
}

/// Returns a priority without the words that explain it: "HIGH — user-visible" is "HIGH".
fn priority(text: &str) -> Option<&str> {
    let end = text.find(['(', '（', '—', '–', ',']).or_else(|| text.find(" - ")).unwrap_or(text.len());
    let short = text.get(..end)?.trim_matches(|it: char| !it.is_alphanumeric());
    (!short.is_empty() && short.chars().count() <= 20).then_some(short)
}

/// Names longer than this many bytes are sentences.
const MAX_NAME: usize = 120;

/// Returns the names in a list of them; none where it says that there are none.
pub fn names(text: &str) -> SmallVec<[&str; 2]> {
    let parts = text.split([',', ';', '、', '，']).map(|it| trim(it).trim_end_matches('.'));
    let is_name = |it: &&str| !it.is_empty() && it.len() <= MAX_NAME && !is_none(it);
    parts.flat_map(together).filter(is_name).take(20).collect()
}

/// Parts "B-1 and B-2", where a word like "and" stands between nothing but IDs; titles may hold such words.
fn together(text: &str) -> SmallVec<[&str; 2]> {
    const BETWEEN: [&str; 7] = ["and", "&", "+", "und", "et", "y", "e"];
    let mut ids = SmallVec::new();
    for (at, word) in text.split_whitespace().take(40).enumerate() {
        match (at % 2, is_one_of(word, &BETWEEN)) {
            (0, false) if is_id(word) => ids.push(word),
            (1, true) => {}
            _ => return SmallVec::from_slice(&[text]),
        }
    }
    ids
}

/// Says whether a text says that there is nothing, or nothing yet.
#[must_use]
pub fn is_none(text: &str) -> bool {
    const NONE: [&str; 14] =
        ["none", "n/a", "na", "-", "–", "—", "?", "tbd", "无", "no", "nothing", "aucune", "ninguna", "keine"];
    // Names are mostly longer than any of these words.
    text.len() <= 7 && is_one_of(text, &NONE)
}

/// Says whether a line of pairs may begin with this raw text: a look at two letters keeps ordinary lines cheap.
#[must_use]
pub fn may_be_metadata(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let is_mark = |it: &&u8| matches!(it, b'*' | b'_' | b' ' | b'[' | b'`' | b'~');
    let marks = bytes.iter().take_while(is_mark).count();
    // This bit parts capitals from small letters; nothing but a letter becomes one without it.
    let letter = |at: usize| bytes.get(marks + at).map(|it| it | 0x20);
    let begins = match (letter(0), letter(1)) {
        (Some(first), Some(second)) => match first {
            b'a' => matches!(second, b'b' | b's' | b'u' | b'v'),
            b'b' => matches!(second, b'l' | b'y'),
            b'c' => matches!(second, b'h' | b'o'),
            b'd' => matches!(second, b'a' | b'e' | b'o' | b'r' | b'u' | 0x80..),
            b'e' | b'l' => matches!(second, b'e' | b'f' | b'n' | b's' | b't' | b'x'),
            b'f' => matches!(second, b'e' | b'o' | b'r' | 0x80..),
            b'h' => second >= 0x80,
            b'n' => second == b'g',
            b'o' => second == b'w',
            b'p' => matches!(second, b'e' | b'h' | b'o' | b'r'),
            b'r' => matches!(second, b'a' | b'e'),
            b'v' => second == b'e',
            b's' => matches!(second, b'i' | b't'),
            b't' => matches!(second, b'a' | b'e' | b'h' | b'i' | b'r'),
            b'w' => matches!(second, b'h' | b'o'),
            b'z' => second == b'u',
            other => other >= 0x80,
        },
        _ => false,
    };
    // The wide colon begins with this byte, and few lines hold it.
    let may_be_colon = |at: usize| raw.get(at..).is_some_and(|it| it.contains([':', '：']));
    begins && memchr::memchr2(b':', 0xEF, bytes).is_some_and(may_be_colon)
}

/// Parts owners at `+`, `,`, `;`, `&`, and at `/` between spaces; `@ada` is Ada as well as "ada" is.
#[must_use]
pub fn owners(text: &str) -> SmallVec<[&str; 2]> {
    let bare = |it: &'_ str| -> usize { usize::from(it.starts_with('@')) };
    let mut owners = SmallVec::new();
    if text.bytes().any(|it| matches!(it, b'+' | b',' | b';' | b'&' | b'/')) {
        // "QA/Ops" may be one team, "Ada / Ben" are two people.
        let parts = text.split(['+', ',', ';', '&']).flat_map(|it| it.split(" / ")).map(trim);
        owners.extend(parts.filter(|it| !it.is_empty() && !is_none(it)).filter_map(|it| it.get(bare(it)..)));
    } else {
        let one = trim(text);
        if !one.is_empty() && !is_none(one) {
            owners.extend(one.get(bare(one)..));
        }
    }
    owners
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Option<Metadata<'_>> {
        metadata(words, &Choices::default())
    }

    #[test]
    fn owners_and_durations() {
        let line = read("Owner: QA Team + Performance Engineer | Duration: 2d").unwrap();
        assert_eq!(line.owners.as_slice(), ["QA Team", "Performance Engineer"]);
        assert_eq!(line.duration.unwrap().days, Some(2.0));
        assert_eq!(read("Owner: Ada / Ben").unwrap().owners.as_slice(), ["Ada", "Ben"]);
        assert_eq!(read("Owner: QA/Ops").unwrap().owners.as_slice(), ["QA/Ops"]);
        assert_eq!(read("Include trace IDs: all of them"), None);
        assert_eq!(read("Document role hierarchy"), None);
        assert_eq!(read("Owner: TBD"), None);
        assert_eq!(read("Time: at 10 o'clock"), None);
    }

    #[test]
    fn pairs_of_the_wild() {
        let line = read("Priority: HIGH | Timeline: Week 2").unwrap();
        assert_eq!(line.more.priority, Some("HIGH"));
        assert_eq!(read("Priority: HIGH — User-visible feature").unwrap().more.priority, Some("HIGH"));
        assert_eq!(read("Depends on: P1-02, Staging").unwrap().more.depends_on.as_slice(), ["P1-02", "Staging"]);
        assert_eq!(read("Blocked by: none"), None);
        assert_eq!(read("Due: 2026-03-01").unwrap().more.due, "2026-03-01".parse().ok());
        assert_eq!(read("负责人：王芳").unwrap().owners.as_slice(), ["王芳"]);
        assert_eq!(read("Time: 1 hour").unwrap().duration.unwrap().days, Some(0.125));
    }

    #[test]
    fn states_of_a_column() {
        let done = Some(Mark::State(State::Done));
        let begun = Some(Mark::State(State::InProgress));
        for (text, mark, percent) in [
            ("✅", done, None),
            ("✅ Complete", done, None),
            ("done", done, None),
            ("- [x]", done, None),
            ("[ ]", Some(Mark::Open), None),
            ("🔄 In Progress (70%)", begun, Some(70.0)),
            ("████░░░░░░ 40%", begun, Some(40.0)),
            ("100%", done, Some(100.0)),
            ("0%", Some(Mark::Open), Some(0.0)),
            ("待开始", Some(Mark::Open), None),
            ("⏳ READY", Some(Mark::Open), None),
            ("❌ Not started", Some(Mark::Open), None),
            ("Done ✅ (2026-01-03)", done, None),
            ("In Progress 🔄", begun, None),
            ("Completed 2026-01-05", done, None),
            ("", None, None),
            ("LTS", None, None),
        ] {
            assert_eq!(status(text, &Choices::default()), (mark, percent), "{text}");
        }
    }
}
