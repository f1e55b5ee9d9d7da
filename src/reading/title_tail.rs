//! What people write behind the words of a task: `(3h)`, `- 2d`, `(@ada)`, `(due 2026-03-01)`, `[P1]`, `(80%)`.

use super::choices::Choices;
use super::dates::{date, iso};
use super::durations::{Duration, duration_in};
use super::heading_parts::state_of;
use super::letters::{before_ending, is_one_of, split_at_last_dash, starts_ignoring_case, trim};
use super::marks::Mark;
use super::metadata::{Metadata, metadata, status};
use super::standup_people::person;
use crate::calendar::weekday;
use crate::model::State;
use smallvec::SmallVec;

/// What stands behind a title.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tail<'a> {
    /// The bytes of the title without it.
    pub keep: usize,
    /// What it says.
    pub says: Metadata<'a>,
}

/// Things behind a title are looked at this often; nobody writes more.
const MAX_TAILS: usize = 5;

/// Reads what stands behind a title; nothing where it ends in words.
#[must_use]
pub fn title_tail<'a>(title: &'a str, choices: &Choices) -> Option<Tail<'a>> {
    if !may_have_tail(title) {
        return None;
    }
    let mut tail = Tail { keep: title.trim_end().len(), ..Tail::default() };
    for _ in 0..MAX_TAILS {
        let Some(rest) = title.get(..tail.keep).and_then(|it| tail.says.strip(it, choices)) else { break };
        let rest = rest.trim_end();
        // A title is never nothing but what stands behind one.
        if rest.is_empty() {
            break;
        }
        tail.keep = rest.len();
    }
    let kept = title.get(..tail.keep).unwrap_or_default();
    let among = if tail.says.duration.is_none() { duration_among(kept, choices) } else { None };
    let says_more = tail.keep < title.trim_end().len() || among.is_some();
    tail.says.duration = tail.says.duration.or(among);
    says_more.then_some(tail)
}

/// Says whether anything may stand behind a title: a look at the last bytes keeps ordinary titles cheap.
#[must_use]
pub fn may_have_tail(title: &str) -> bool {
    match title.trim_ascii_end().as_bytes() {
        [.., b')' | b']'] | [.., 0xEF, 0xBC, 0x89] => true,
        bytes => {
            let end = bytes.get(bytes.len().saturating_sub(12)..).unwrap_or_default();
            let has_digit = || bytes.iter().any(u8::is_ascii_digit);
            // "Form @lena", "Form – owner: Lena", "Form – 4 days, Lena".
            end.iter().any(u8::is_ascii_digit)
                || memchr::memchr2(b'@', b':', bytes).is_some()
                || memchr::memchr(b',', bytes).is_some() && has_digit()
        }
    }
}

impl<'a> Metadata<'a> {
    /// Reads one thing at the end of a text and returns what stands before it.
    fn strip(&mut self, text: &'a str, choices: &Choices) -> Option<&'a str> {
        let text = text.trim_end();
        self.strip_plain(text, choices).or_else(|| self.strip_dependency(text, choices))
    }

    /// Reads one thing that is no dependency.
    fn strip_plain(&mut self, text: &'a str, choices: &Choices) -> Option<&'a str> {
        let (open, close) = match text.as_bytes() {
            [.., b')'] => ('(', ')'),
            [.., b']'] => ('[', ']'),
            [.., 0xEF, 0xBC, 0x89] => ('（', '）'),
            _ => return self.strip_bare(text, choices),
        };
        let inside = text.strip_suffix(close)?;
        let at = inside.rfind(open)?;
        let (before, inside) = (text.get(..at)?, inside.get(at + open.len_utf8()..)?);
        // "(Owner: Ada, 2d)": what is beyond doubt a duration is the name of nobody.
        let is_timed = is_timed(inside, choices);
        let read = is_timed && self.pieces(inside, choices) || self.bracket(inside, choices);
        (read || self.pieces(inside, choices)).then_some(before)
    }

    /// Reads `@ada`, `📅 2026-03-01`, `due 2026-03-01`, `- 3h` or `– Ada, 4 days` at the end of a text.
    fn strip_bare(&mut self, text: &'a str, choices: &Choices) -> Option<&'a str> {
        let at = text.rfind([' ', '\t']).map_or(0, |it| it + 1);
        let (before, last) = text.split_at_checked(at)?;
        if let Some(name) = handle(last) {
            self.owners.insert(0, name);
            return Some(before.trim_end().trim_end_matches(['-', '–', '—', ',']));
        }
        // "Dig @ada 2d"
        let is_owned = || before.trim_end().rsplit([' ', '\t']).next().and_then(handle).is_some();
        if let Some(duration) = plain_duration(last, choices).filter(|_| is_owned()) {
            self.duration.get_or_insert(duration);
            return Some(before);
        }
        if last.len() == 10
            && let Some(day) = iso(last)
        {
            let before = before.trim_end();
            let sign = before.trim_end_matches('\u{FE0F}').strip_suffix(['📅', '⏰', '🗓']);
            let word = || before_ending(before, "due").filter(|it| it.ends_with([' ', ',']));
            let before = sign.or_else(word)?.trim_end();
            self.more.due = self.more.due.or(Some(day));
            return Some(before.strip_suffix(',').unwrap_or(before));
        }
        let (before, behind) = split_at_last_dash(text)?;
        if let Some(duration) = plain_duration(behind, choices) {
            self.duration.get_or_insert(duration);
            return Some(before);
        }
        // "– Ada, 4 days" and "– owner: Ada": beside a duration or a key a name is an owner.
        if is_timed(behind, choices) {
            return self.pieces(behind, choices).then_some(before);
        }
        let names_owner = metadata(behind, choices).is_some_and(|it| !it.owners.is_empty());
        (names_owner && self.bracket(behind, choices)).then_some(before)
    }

    /// Reads ", after P1-02", "– blocked by P1-02 and P1-03" at the end of a text, where nothing but IDs follows. What else a task
    /// waits for is taken for it where an owner or a duration stands before: "@ada (3d) – waiting for legal".
    fn strip_dependency(&mut self, text: &'a str, choices: &Choices) -> Option<&'a str> {
        for (at, sign) in text.rmatch_indices([',', ';', '-', '–', '—']).take(MOST_SIGNS) {
            let (before, behind) = (text.get(..at)?, text.get(at + sign.len()..)?);
            if sign == "-" && !before.ends_with(' ') || !behind.starts_with(' ') {
                continue;
            }
            let behind = behind.trim_start();
            let Some(word) = WAITS.iter().find(|it| starts_ignoring_case(behind, it)) else { continue };
            let words = behind.get(word.len()..)?;
            let names = words.split([',', ';', '&', '+']).flat_map(|it| it.split(" and ")).map(trim);
            let names: SmallVec<[&str; 2]> = names.filter(|it| !it.is_empty()).take(MOST_NAMES + 1).collect();
            if names.is_empty() || MOST_NAMES < names.len() {
                return None;
            }
            let is_id = |it: &&str| super::ids::ids_among(it).next() == Some(*it) || choices.is_own_id(it);
            if names.iter().all(is_id) {
                self.more.depends_on.extend(names);
                return Some(before);
            }
            let is_behind_tail = || Metadata::default().strip_plain(before.trim_end(), choices).is_some();
            let words = words.trim();
            if words.len() <= MAX_WAITED_FOR && !words.contains(['.', ':', ',', '(', '@']) && is_behind_tail() {
                self.more.depends_on.push(words);
                return Some(before);
            }
        }
        None
    }

    /// Reads several things in one bracket; says whether all were understood. Beside a duration a name is an owner.
    fn pieces(&mut self, inside: &'a str, choices: &Choices) -> bool {
        if !inside.contains(SIGNS) || MAX_TAILS < inside.split(SIGNS).count() {
            return false;
        }
        let mut tried = self.clone();
        let is_timed = is_timed(inside, choices);
        let all = inside.split(SIGNS).all(|it| {
            tried.bracket(it, choices) || is_timed && people(it).map(|names| tried.owners.extend(names)).is_some()
        });
        if all {
            *self = tried;
        }
        all
    }

    /// Reads the inside of a bracket; says whether it was understood.
    fn bracket(&mut self, inside: &'a str, choices: &Choices) -> bool {
        let inside = trim(inside);
        if let Some(duration) = plain_duration(inside, choices) {
            self.duration.get_or_insert(duration);
            return true;
        }
        if inside.starts_with('@') {
            let names: SmallVec<[&str; 2]> = inside.split([',', '/', '&', '+']).map(trim).map_while(handle).collect();
            let all = names.len() == inside.split([',', '/', '&', '+']).count();
            if all {
                self.owners.extend(names);
            }
            return all;
        }
        if let Some(percent) = inside.split_once('%').and_then(|(number, rest)| {
            let is_share = trim(rest).is_empty() || is_one_of(trim(rest), &["done", "complete", "completed"]);
            number.trim().parse::<f64>().ok().filter(|it| is_share && (0.0..=100.0).contains(it))
        }) {
            self.more.percent = self.more.percent.or(Some(percent));
            self.more.status = self.more.status.or(status(inside, choices).0);
            return true;
        }
        if let Some(mark @ Mark::State(State::InProgress | State::Blocked | State::Dropped)) = state_of(inside, choices)
        {
            self.more.status = self.more.status.or(Some(mark));
            return true;
        }
        if is_priority(inside) {
            self.more.priority = self.more.priority.or(Some(inside));
            return true;
        }
        for word in ["due ", "by ", "until ", "deadline "] {
            if starts_ignoring_case(inside, word)
                && inside.len() <= 40
                && let Some(day) = inside.get(word.len()..).and_then(date)
            {
                self.more.due = self.more.due.or(Some(day));
                return true;
            }
        }
        for word in WAITS {
            if starts_ignoring_case(inside, word)
                && let Some(names) = inside.get(word.len()..)
                && super::ids::ids_among(names).next().is_some()
            {
                self.more.depends_on.extend(super::metadata::names(names));
                return true;
            }
        }
        match metadata(inside, choices) {
            Some(more) => {
                self.owners.extend(more.owners);
                self.duration = self.duration.take().or(more.duration);
                self.more.due = self.more.due.or(more.more.due);
                self.more.priority = self.more.priority.or(more.more.priority);
                self.more.percent = self.more.percent.or(more.more.percent);
                self.more.depends_on.extend(more.more.depends_on);
                true
            }
            None => false,
        }
    }
}

/// Signs between the things in one bracket.
const SIGNS: [char; 2] = [',', ';'];

/// What stands before the names of what must be done before.
pub const WAITS: [&str; 8] =
    ["after ", "needs ", "depends on ", "dependent on ", "blocked by ", "requires ", "waiting for ", "waiting on "];
/// So many signs of a title are looked at for such words.
const MOST_SIGNS: usize = 20;
/// Nothing waits for more tasks at once.
const MOST_NAMES: usize = 20;
/// What a task waits for has fewer bytes, where it is no task.
const MAX_WAITED_FOR: usize = 60;

/// Says whether one of several things is a duration.
fn is_timed(text: &str, choices: &Choices) -> bool {
    text.split(SIGNS).any(|it| plain_duration(it, choices).is_some())
}

/// Reads a text that is the names of one person or of several, as in "Ada & Ben".
fn people(text: &str) -> Option<SmallVec<[&str; 2]>> {
    let parts = text.split(['&', '+', '/']).map(str::trim);
    let name = |it| person(it).filter(|name| *name == it && weekday(it).is_none());
    parts.map(|it| name(it).map(|it| it.trim_start_matches('@'))).collect()
}

/// Reads the one duration in a bracket whose other words stay with the title, as in "Carry boxes (volunteers, 3d)".
fn duration_among(title: &str, choices: &Choices) -> Option<Duration> {
    let (_, inside) = title.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    if !inside.contains(SIGNS) {
        return None;
    }
    let mut found = None;
    for piece in inside.split(SIGNS) {
        match plain_duration(piece, choices) {
            Some(it) if found.is_none() => found = Some(it),
            // Another number may say something else of how long it takes.
            None if !piece.bytes().any(|it| it.is_ascii_digit()) => {}
            _ => return None,
        }
    }
    found
}

/// Reads a duration that is all of a text.
fn plain_duration(text: &str, choices: &Choices) -> Option<Duration> {
    duration_in(text, &choices.units).filter(|it| it.qualifier.is_none())
}

/// Reads "@ada" as the name of a person.
fn handle(text: &str) -> Option<&str> {
    let name = text.strip_prefix('@')?.trim_end_matches([',', '.']);
    let fits = name.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'/'));
    (fits && (1..=60).contains(&name.len())).then_some(name)
}

/// Says whether a text is a priority: "P0" to "P5", or a word for one.
#[must_use]
pub fn is_priority(text: &str) -> bool {
    let numbered = matches!(text.as_bytes(), [b'p' | b'P', b'0'..=b'5']);
    let word = text.strip_suffix(" priority").unwrap_or(text);
    numbered || is_one_of(word, &["critical", "high", "medium", "low", "urgent", "must", "should", "could"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(title: &str) -> Option<(&str, Metadata<'_>)> {
        title_tail(title, &Choices::default()).map(|it| (title.get(..it.keep).unwrap(), it.says))
    }

    #[test]
    fn what_stands_behind_titles() {
        let days = |title| read(title).map(|(words, it)| (words, it.duration.and_then(|it| it.days)));
        assert_eq!(days("Create playbook - 3h"), Some(("Create playbook", Some(0.375))));
        assert_eq!(days("Create playbook (2 days)"), Some(("Create playbook", Some(2.0))));
        assert_eq!(days("Create playbook (2-3 weeks)"), Some(("Create playbook", None)));
        let (words, it) = read("Fix it (@ada, @bob) [P1]").unwrap();
        assert_eq!((words, it.owners.as_slice(), it.more.priority), ("Fix it", &["ada", "bob"][..], Some("P1")));
        let (words, it) = read("Ship — @ada").unwrap();
        assert_eq!((words, it.owners.as_slice()), ("Ship", &["ada"][..]));
        let (words, it) = read("Ship 📅 2026-03-01").unwrap();
        assert_eq!((words, it.more.due), ("Ship", "2026-03-01".parse().ok()));
        let (words, it) = read("Ship (due March 1, 2026)").unwrap();
        assert_eq!((words, it.more.due), ("Ship", "2026-03-01".parse().ok()));
        let (words, it) = read("Ship (80% complete)").unwrap();
        assert_eq!((words, it.more.percent), ("Ship", Some(80.0)));
        let (words, it) = read("Ship (depends on P1-02, P1-03)").unwrap();
        assert_eq!((words, it.more.depends_on.as_slice()), ("Ship", &["P1-02", "P1-03"][..]));
        for (title, words, owners) in [
            ("Dig (Ada, 2d)", "Dig", &["Ada"][..]),
            ("Dig (2d, Ada)", "Dig", &["Ada"]),
            ("Dig (owner: Ada; 2 days)", "Dig", &["Ada"]),
            ("Dig (Owner: Ada, 2 days)", "Dig", &["Ada"]),
            ("Dig @ada 2d", "Dig", &["ada"]),
            ("Dig – Ada, 2 days", "Dig", &["Ada"]),
            ("Dig - 2 days, Ada & Ben", "Dig", &["Ada", "Ben"]),
            ("Dig (volunteers, 2d)", "Dig (volunteers, 2d)", &[]),
        ] {
            let (kept, it) = read(title).unwrap();
            assert_eq!((kept, it.owners.as_slice(), it.duration.and_then(|it| it.days)), (words, owners, Some(2.0)));
        }
        let (words, it) = read("Dig, after P1-02 and P1-03").unwrap();
        assert_eq!((words, it.more.depends_on.as_slice()), ("Dig", &["P1-02", "P1-03"][..]));
        for (title, days) in [
            ("Dig – blocked by P1-02", None),
            ("Dig - depends on P1-02", None),
            ("Dig, needs P1-02", None),
            ("Dig (needs P1-02)", None),
            ("Dig @ada (3d), depends on P1-02", Some(3.0)),
            ("Dig @ada (3d) – blocked by P1-02", Some(3.0)),
            ("Dig – Ada, 3 days, Requires P1-02", Some(3.0)),
        ] {
            let (words, it) = read(title).unwrap();
            assert_eq!((words, it.more.depends_on.as_slice()), ("Dig", &["P1-02"][..]), "{title}");
            assert_eq!(it.duration.and_then(|it| it.days), days, "{title}");
        }
        let (words, it) = read("Dig @ada (3d) - waiting for legal").unwrap();
        assert_eq!((words, it.owners.as_slice(), it.more.depends_on.as_slice()), ("Dig", &["ada"][..], &["legal"][..]));
        let (words, it) = read("Dig @ada 3d due 2026-03-01").unwrap();
        assert_eq!((words, it.more.due, it.owners.len()), ("Dig", "2026-03-01".parse().ok(), 1));
        let (words, it) = read("Dig — owner: Ada").unwrap();
        assert_eq!((words, it.owners.as_slice()), ("Dig", &["Ada"][..]));
        let (words, it) = read("Ship (Owner: Ada)").unwrap();
        assert_eq!((words, it.owners.as_slice()), ("Ship", &["Ada"][..]));
    }

    #[test]
    fn words_stay_with_the_title() {
        for title in [
            "",
            "(3h)",
            "Stakeholder analysis complete (#95)",
            "HTB Qdisc Management (WP1) (#113)",
            "Bidirectional text (UAX #9)",
            "Fix auth (2026-03-17)",
            "Christmas (Sentry)",
            "Use v1.2",
            "Write to ops@example.org",
            "GPT-4",
            "Latency - under 3 seconds please",
            "Tests (80% coverage)",
            "Version 2 - 2026",
            "Dig, after lunch at 12",
            "Dig – needs a spade",
            "Dig, waiting for Ada",
            "Dig – Monday, 2 days",
            "Pay what is due 2026-03",
            "Clean up 2d",
            "Pack (1d, or 2d)",
        ] {
            assert_eq!(read(title), None, "{title}");
        }
    }
}
