//! The parts of a standup, by the words of headings and labels.

use super::keywords::{Keywords, strip_word};
use super::letters::{find_ignoring_case, is_one_of, split_at, word_starts};
use super::words::parts::{NOTHING, PARTS as OTHER_PARTS};
use smallvec::SmallVec;

/// The parts of a standup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What was finished.
    Done,
    /// What was worked on lately: finished, unless a line says otherwise.
    Lately,
    /// What is being done.
    InProgress,
    /// What is held up.
    Blocked,
    /// What was measured.
    Metrics,
    /// What comes next.
    Next,
    /// What worries the team.
    Risks,
    /// What is to be decided.
    Asked,
    /// What was decided.
    Decided,
    /// What is to be decided, or was.
    Decisions,
    /// Something else.
    Other,
}

/// The parts by the beginnings of words in their headings; the first of them that fits counts.
pub const PARTS: Keywords<Part, 51> = Keywords::new([
    ("decisions needed", Part::Asked),
    ("decision needed", Part::Asked),
    ("decisions required", Part::Asked),
    ("decision required", Part::Asked),
    ("decisions made", Part::Decided),
    ("decisions taken", Part::Decided),
    ("decision log", Part::Decided),
    ("decided", Part::Decided),
    ("not started", Part::Next),
    ("not done", Part::InProgress),
    ("not complete", Part::InProgress),
    ("not finished", Part::InProgress),
    ("incomplete", Part::InProgress),
    ("unfinished", Part::InProgress),
    ("team health", Part::Other),
    ("block", Part::Blocked),
    ("at risk", Part::Blocked),
    ("impediment", Part::Blocked),
    ("obstacle", Part::Blocked),
    ("stuck", Part::Blocked),
    ("next", Part::Next),
    ("focus", Part::Next),
    ("plan for", Part::Next),
    ("planned", Part::Next),
    ("plans", Part::Next),
    ("upcoming", Part::Next),
    ("tomorrow", Part::Next),
    ("to do", Part::Next),
    ("todo", Part::Next),
    ("to-do", Part::Next),
    ("action", Part::Next),
    ("complete", Part::Done),
    ("done", Part::Done),
    ("achieve", Part::Done),
    ("finished", Part::Done),
    ("accomplish", Part::Done),
    ("shipped", Part::Done),
    ("yesterday", Part::Lately),
    ("last week", Part::Lately),
    ("progress", Part::InProgress),
    ("ongoing", Part::InProgress),
    ("doing", Part::InProgress),
    ("today", Part::InProgress),
    ("wip", Part::InProgress),
    ("metric", Part::Metrics),
    ("health", Part::Metrics),
    ("kpi", Part::Metrics),
    ("open decision", Part::Asked),
    ("decision", Part::Decisions),
    ("risk", Part::Risks),
    ("concern", Part::Risks),
]);

/// Returns the part that a heading names.
#[must_use]
pub fn part(words: &str) -> Part {
    let mut found = (usize::MAX, Part::Other);
    for at in word_starts(words) {
        let rest = words.get(at..).unwrap_or_default();
        found = PARTS.strip_among(found.0, rest).map_or(found, |(at, part, _)| (at, part));
    }
    if found.0 == usize::MAX { other_part(words).unwrap_or(Part::Other) } else { found.1 }
}

/// Words of a heading beyond this many are not looked at.
const MOST_WORDS: usize = 12;

/// Returns the part that a heading in another language names.
fn other_part(words: &str) -> Option<Part> {
    let starts = words.split_whitespace().take(MOST_WORDS);
    let starts =
        starts.filter_map(|it| crate::text::place_in(words, it.trim_start_matches(|it: char| !it.is_alphabetic())));
    let rests: SmallVec<[&str; 4]> = starts.filter_map(|it| words.get(it.start as usize..)).collect();
    let fits = |(word, _): &&(&str, Part)| rests.iter().any(|it| strip_word(it, word).is_some());
    OTHER_PARTS.iter().find(fits).map(|(_, it)| *it)
}

/// Says whether a heading names what belongs to no part, wherever it stands.
#[must_use]
pub fn is_aside(words: &str) -> bool {
    const ASIDES: [&str; 11] = [
        "notes",
        "note",
        "questions",
        "discussion",
        "comments",
        "remarks",
        "appendix",
        "references",
        "links",
        "attendees",
        "agenda",
    ];
    words.split(|it: char| !it.is_alphabetic()).any(|it| is_one_of(it, &ASIDES))
}

/// Labels: the whole words before a colon. A label has to be one of these, since any line may hold a colon.
pub const LABELS: [(&str, Part); 55] = [
    ("achieved", Part::Done),
    ("achievements", Part::Done),
    ("accomplished", Part::Done),
    ("accomplishments", Part::Done),
    ("completed", Part::Done),
    ("completed this week", Part::Done),
    ("done", Part::Done),
    ("done this week", Part::Done),
    ("finished", Part::Done),
    ("shipped", Part::Done),
    ("yesterday", Part::Lately),
    ("what i did yesterday", Part::Lately),
    ("what did i do yesterday", Part::Lately),
    ("last week", Part::Lately),
    ("in progress", Part::InProgress),
    ("ongoing", Part::InProgress),
    ("doing", Part::InProgress),
    ("wip", Part::InProgress),
    ("working on", Part::InProgress),
    ("today", Part::InProgress),
    ("what will i do today", Part::InProgress),
    ("this week", Part::InProgress),
    ("next", Part::Next),
    ("next up", Part::Next),
    ("up next", Part::Next),
    ("next week", Part::Next),
    ("next steps", Part::Next),
    ("tomorrow", Part::Next),
    ("plans", Part::Next),
    ("planned", Part::Next),
    ("to do", Part::Next),
    ("todo", Part::Next),
    ("action items", Part::Next),
    ("actions", Part::Next),
    ("blocked", Part::Blocked),
    ("blocker", Part::Blocked),
    ("blockers", Part::Blocked),
    ("blocked by", Part::Blocked),
    ("impediments", Part::Blocked),
    ("risks", Part::Risks),
    ("concerns", Part::Risks),
    ("decisions", Part::Decisions),
    ("decisions needed", Part::Asked),
    ("decision needed", Part::Asked),
    ("decisions required", Part::Asked),
    ("decision required", Part::Asked),
    ("open decisions", Part::Asked),
    ("pending decisions", Part::Asked),
    ("decisions pending", Part::Asked),
    ("decisions to make", Part::Asked),
    ("to decide", Part::Asked),
    ("decisions made", Part::Decided),
    ("decisions taken", Part::Decided),
    ("decided", Part::Decided),
    ("metrics", Part::Metrics),
];

/// The longest label, in bytes.
pub const LONGEST_LABEL: usize = 24;

/// Returns the part that a label names, without its colon.
#[must_use]
pub fn label(words: &str) -> Option<Part> {
    let words = words.trim_matches(|it: char| !it.is_alphanumeric() && it != ')' && it != '(');
    let fits = |it: &&(&str, Part)| it.0.eq_ignore_ascii_case(words);
    let english = || LABELS.iter().find(fits).map(|(_, part)| *part);
    let other = || OTHER_PARTS.iter().find(|it| strip_word(words, it.0) == Some("")).map(|(_, part)| *part);
    (words.len() <= LONGEST_LABEL).then(|| english().or_else(other)).flatten()
}

/// Says whether the words below a label say that there is nothing.
#[must_use]
pub fn is_nothing(words: &str) -> bool {
    let words = words.trim_matches(|it: char| !it.is_alphanumeric());
    if words.is_empty()
        || is_one_of(words, &["none", "n/a", "na", "nothing", "nil", "no", "nothing new"])
        || NOTHING.iter().any(|it| strip_word(words, it) == Some(""))
    {
        return true;
    }
    let Some((no, rest)) = split_at(words, b' ') else { return false };
    if !is_one_of(no, &["no", "none"]) {
        return false;
    }
    let rest = rest.trim_end_matches(" currently").trim_end_matches(" this week").trim_end_matches(" today");
    label(rest).is_some() || is_one_of(rest, &["updates", "currently", "today"])
}

/// Words that say that something which was worked on is not finished.
const UNFINISHED: [&str; 13] = [
    "continue",
    "continued",
    "continuing",
    "started",
    "starting",
    "began",
    "worked",
    "working",
    "still",
    "wip",
    "reviewing",
    "investigating",
    "investigated",
];

/// Says whether a line about yesterday tells of unfinished work, by its first words.
#[must_use]
pub fn is_unfinished(words: &str) -> bool {
    let words = words.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty());
    words.take(3).any(|it| is_one_of(it, &UNFINISHED))
}

/// Words that say that something is not done, or not yet.
const NOT_DONE: [&str; 16] = [
    "not done",
    "not finished",
    "not complete",
    "not completed",
    "not yet",
    "nicht fertig",
    "nicht erledigt",
    "nicht abgeschlossen",
    "noch nicht",
    "pas fini",
    "pas terminé",
    "pas encore",
    "no terminado",
    "aún no",
    "ainda não",
    "non ancora",
];

/// Says whether a line says that what it names is not done.
#[must_use]
pub fn is_not_done(words: &str) -> bool {
    NOT_DONE.iter().any(|it| {
        find_ignoring_case(words, it).is_some_and(|at| {
            let letter = |it: Option<char>| it.is_some_and(char::is_alphabetic);
            let before = words.get(..at).and_then(|it| it.chars().next_back());
            !letter(before) && !letter(words.get(at + it.len()..).and_then(|it| it.chars().next()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_parts_by_the_beginnings_of_their_words() {
        for (heading, expected) in [
            ("✅ Completed This Week", Part::Done),
            ("Incomplete", Part::InProgress),
            ("Not done yet", Part::InProgress),
            ("Blocked/At Risk", Part::Blocked),
            ("Unblocked", Part::Other),
            ("Next Week Focus", Part::Next),
            ("Risks/Concerns", Part::Risks),
            ("Health metrics", Part::Metrics),
            ("Action items", Part::Next),
            ("Yesterday", Part::Lately),
            ("Discussion", Part::Other),
            ("Fragen", Part::Other),
            ("✅ Erledigt diese Woche", Part::Done),
            ("Nicht erledigt", Part::InProgress),
            ("In Arbeit", Part::InProgress),
            ("Blockiert", Part::Blocked),
            ("Nächste Woche", Part::Next),
            ("Terminé", Part::Done),
            ("Termine", Part::Other),
            ("En cours", Part::InProgress),
            ("Bloqué", Part::Blocked),
            ("À faire", Part::Next),
            ("Próximos pasos", Part::Next),
            ("Готово", Part::Done),
            ("未完成", Part::InProgress),
            ("已完成", Part::Done),
            ("🧭 Decisions Needed", Part::Asked),
            ("Decisions required next week", Part::Asked),
            ("Open decisions", Part::Asked),
            ("Decisions made", Part::Decided),
            ("Decisions", Part::Decisions),
        ] {
            assert_eq!(part(heading), expected, "{heading}");
        }
    }

    #[test]
    fn labels_are_whole() {
        assert_eq!(label("achieved"), Some(Part::Done));
        assert_eq!(label("🚧 Blockers"), Some(Part::Blocked));
        assert_eq!(label("**Next**"), Some(Part::Next));
        assert_eq!(label("Erledigt"), Some(Part::Done));
        assert_eq!(label("Bloqués"), Some(Part::Blocked));
        assert_eq!(label("Fertigung"), None);
        for text in ["Done-ness", "Nextcloud", "Progress", "P1-01", ""] {
            assert_eq!(label(text), None, "{text}");
        }
        for text in ["None.", "n/a", "-", "No blockers", "nothing"] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["No route to the host", "None of the tests pass", "Nobody"] {
            assert!(!is_nothing(text), "{text}");
        }
    }
}
