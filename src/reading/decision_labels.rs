//! Labels within the words of a decision: `(owner: Kim, due: 13 Feb)`, ` — Options: A / B`, `(decided 6 Feb: GO)`.

use super::keywords::Keywords;
use super::letters::{is_one_of, word_starts};
use super::standup_dates::dated;
use smallvec::SmallVec;
use std::ops::Range;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionLabel {
    /// Who decides.
    Owner,
    /// By when.
    Due,
    /// What there is to choose from.
    Options,
    /// What waiting costs.
    Cost,
    /// That it was decided.
    Decided,
    /// What was decided, if anything.
    Outcome,
    /// How it stands.
    Status,
    /// Something else that is not what is to be decided.
    Aside,
}

/// The labels in any case. Of those that begin alike the longer stands first.
pub const LABELS: Keywords<DecisionLabel, 61> = Keywords::new([
    ("owners", DecisionLabel::Owner),
    ("owner", DecisionLabel::Owner),
    ("owned by", DecisionLabel::Owner),
    ("decision owner", DecisionLabel::Owner),
    ("decision makers", DecisionLabel::Owner),
    ("decision maker", DecisionLabel::Owner),
    ("deciders", DecisionLabel::Owner),
    ("decider", DecisionLabel::Owner),
    ("who decides", DecisionLabel::Owner),
    ("who", DecisionLabel::Owner),
    ("responsible", DecisionLabel::Owner),
    ("accountable", DecisionLabel::Owner),
    ("assignee", DecisionLabel::Owner),
    ("assigned to", DecisionLabel::Owner),
    ("approvers", DecisionLabel::Owner),
    ("approver", DecisionLabel::Owner),
    ("due date", DecisionLabel::Due),
    ("due by", DecisionLabel::Due),
    ("due on", DecisionLabel::Due),
    ("due", DecisionLabel::Due),
    ("needed by", DecisionLabel::Due),
    ("decide by", DecisionLabel::Due),
    ("by when", DecisionLabel::Due),
    ("by", DecisionLabel::Due),
    ("deadline", DecisionLabel::Due),
    ("when", DecisionLabel::Due),
    ("options", DecisionLabel::Options),
    ("option", DecisionLabel::Options),
    ("choices", DecisionLabel::Options),
    ("alternatives", DecisionLabel::Options),
    ("cost of waiting", DecisionLabel::Cost),
    ("cost of delaying", DecisionLabel::Cost),
    ("cost of delay", DecisionLabel::Cost),
    ("cost of not deciding", DecisionLabel::Cost),
    ("impact of delay", DecisionLabel::Cost),
    ("impact of waiting", DecisionLabel::Cost),
    ("impact", DecisionLabel::Cost),
    ("if not decided", DecisionLabel::Cost),
    ("if undecided", DecisionLabel::Cost),
    ("if we wait", DecisionLabel::Cost),
    ("if delayed", DecisionLabel::Cost),
    ("if not", DecisionLabel::Cost),
    ("consequences", DecisionLabel::Cost),
    ("consequence", DecisionLabel::Cost),
    ("risk of waiting", DecisionLabel::Cost),
    ("decision made", DecisionLabel::Decided),
    ("decided", DecisionLabel::Decided),
    ("agreed", DecisionLabel::Decided),
    ("approved", DecisionLabel::Decided),
    ("resolved", DecisionLabel::Decided),
    ("settled", DecisionLabel::Decided),
    ("decision", DecisionLabel::Outcome),
    ("outcome", DecisionLabel::Outcome),
    ("resolution", DecisionLabel::Outcome),
    ("status", DecisionLabel::Status),
    ("state", DecisionLabel::Status),
    ("recommendation", DecisionLabel::Aside),
    ("recommended", DecisionLabel::Aside),
    ("context", DecisionLabel::Aside),
    ("background", DecisionLabel::Aside),
    ("raised by", DecisionLabel::Aside),
]);

/// Returns the label that words are, such as the head of a column.
#[must_use]
pub fn decision_label(words: &str) -> Option<DecisionLabel> {
    let words = words.trim_matches(|it: char| !it.is_alphanumeric());
    LABELS.strip(words).filter(|(_, _, rest)| rest.is_empty()).map(|(_, label, _)| label)
}

/// A label, and what it says.
#[derive(Debug, PartialEq)]
pub struct Labelled<'a> {
    /// What it announces.
    pub label: DecisionLabel,
    /// What stands behind it.
    pub value: &'a str,
    /// The bytes of both, and of the signs that set them apart from the words before.
    pub cut: Range<usize>,
}

/// Where a label begins.
struct Head {
    label: DecisionLabel,
    start: usize,
    value: usize,
    opens: bool,
}

/// Signs between the words of a decision and a label.
const SIGNS: [char; 13] = ['(', '[', ',', ';', '|', '·', '•', '—', '–', '→', '-', '*', '_'];

/// Finds the labels of a text. A label has a colon behind it and a sign before it, or begins where `starts` says so: a line, or
/// words in strong type. In brackets it may do without the colon.
#[must_use]
pub fn labelled<'a>(text: &'a str, starts: &[usize]) -> SmallVec<[Labelled<'a>; 2]> {
    let mut heads: SmallVec<[Head; 2]> = SmallVec::new();
    let mut free = 0;
    for at in word_starts(text) {
        if free <= at
            && let Some(it) = head(text, at, starts, heads.last())
        {
            free = it.value;
            heads.push(it);
        }
    }
    let mut found = SmallVec::with_capacity(heads.len());
    let mut is_open = false;
    for (n, it) in heads.iter().enumerate() {
        is_open |= it.opens;
        let limit = heads.get(n + 1).map_or(text.len(), |it| it.start).max(it.value);
        let within = text.get(it.value..limit).unwrap_or_default();
        let (length, skipped) = match closing(within) {
            Some(at) => (at, usize::from(std::mem::take(&mut is_open))),
            None if is_open => (within.len(), 0),
            None => sentence(it.label, within),
        };
        let value = within.get(..length).unwrap_or_default();
        let value = value.trim_matches(|it: char| it.is_whitespace() || matches!(it, ':' | '：' | '.') || is_sign(it));
        found.push(Labelled { label: it.label, value, cut: it.start..it.value + length + skipped });
    }
    found
}

fn is_sign(it: char) -> bool {
    SIGNS.contains(&it) && !matches!(it, '(' | '[')
}

/// Reads the label that begins at a word.
fn head(text: &str, at: usize, starts: &[usize], last: Option<&Head>) -> Option<Head> {
    let (before, rest) = text.split_at_checked(at)?;
    let (_, label, behind) = LABELS.strip(rest)?;
    let bare = before.trim_end_matches(|it: char| it.is_whitespace() || matches!(it, '*' | '_'));
    let sign = bare.chars().next_back();
    let is_dash = sign == Some('-') && bare.trim_end_matches('-').ends_with(' ');
    let is_apart = match sign {
        None | Some('(' | '[' | ',' | ';' | '|' | '·' | '•' | '—' | '–' | '→' | '.' | '?' | '!' | ')' | ']') => {
            true
        }
        _ => is_dash || starts.contains(&at),
    };
    if !is_apart {
        return None;
    }
    let unmarked = behind.trim_start_matches([' ', '*', '_']);
    let colon = unmarked.strip_prefix([':', '：']);
    if colon.is_none()
        && !does_without(label, rest, behind, sign, || is_bracketed(text, at, sign, last))
        && !(label == DecisionLabel::Due && is_behind_owner(at, sign, last) && is_day(behind))
    {
        return None;
    }
    let value = text.len() - colon.unwrap_or(behind).len();
    let start = bare.trim_end_matches(|it: char| it.is_whitespace() || SIGNS.contains(&it)).len();
    let opens = before.get(start..)?.contains(['(', '[']);
    Some(Head { label, start, value, opens })
}

/// Labels without a colon stand so many bytes behind each other at most, and their days in as many.
const NEAR: usize = 96;

/// Says whether a word stands in brackets right behind the sign that opens them, or behind another label in them.
fn is_bracketed(text: &str, at: usize, sign: Option<char>, last: Option<&Head>) -> bool {
    let is_near = |it: &&Head| at - it.start <= NEAR;
    let since = |it: &str| it.contains(['(', '[']) && !it.contains([')', ']']);
    let last = last.filter(is_near).and_then(|it| text.get(it.start..at));
    matches!(sign, Some('(' | '[')) || (matches!(sign, Some(',' | ';')) && last.is_some_and(since))
}

/// Says whether a word stands behind a comma after an owner: "Owner: Kim, due 13 Feb".
fn is_behind_owner(at: usize, sign: Option<char>, last: Option<&Head>) -> bool {
    let is_owner = last.is_some_and(|it| it.label == DecisionLabel::Owner && at - it.start <= NEAR);
    is_owner && matches!(sign, Some(',' | ';'))
}

fn is_day(behind: &str) -> bool {
    behind.starts_with(' ') && dated(first(behind)).day.is_some()
}

/// Says whether a label may stand without its colon: "(due 13 Feb)", "(owner Kim)", "(decided)", "— decided 6 Feb".
fn does_without(
    label: DecisionLabel,
    rest: &str,
    behind: &str,
    sign: Option<char>,
    is_bracketed: impl Fn() -> bool,
) -> bool {
    match label {
        DecisionLabel::Decided => {
            let ends = behind.is_empty() || behind.starts_with([' ', ')', ']', ',', ';']);
            ends && (matches!(sign, Some('—' | '–' | '→' | '-')) || is_bracketed())
        }
        DecisionLabel::Due => is_bracketed() && is_day(behind),
        DecisionLabel::Owner => {
            let word = rest.get(..rest.len() - behind.len()).unwrap_or_default();
            is_one_of(word, &["owner", "owners", "owned by"]) && behind.starts_with(' ') && is_bracketed()
        }
        _ => false,
    }
}

/// The first words of a text, up to the end of brackets.
fn first(text: &str) -> &str {
    let near = text.char_indices().take(NEAR).find(|(_, it)| matches!(it, ')' | ']' | ',' | ';'));
    text.get(..near.map_or(text.len(), |it| it.0)).unwrap_or_default()
}

/// Returns where brackets close that were opened before a text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(at, it)| {
        match it {
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => return Some(at),
            ')' | ']' => depth -= 1,
            _ => {}
        }
        None
    })
}

/// Returns how long the value of a label is that says little, and how many bytes set it apart from what follows.
fn sentence(label: DecisionLabel, text: &str) -> (usize, usize) {
    if !matches!(label, DecisionLabel::Owner | DecisionLabel::Due | DecisionLabel::Status) {
        return (text.len(), 0);
    }
    let mut ends = text.char_indices().filter(|(_, it)| matches!(it, ';' | '—' | '–' | '|' | '.'));
    let end = ends.find(|(at, it)| {
        let (before, behind) =
            (text.get(..*at).unwrap_or_default(), text.get(at + it.len_utf8()..).unwrap_or_default());
        let word = before.rsplit(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
        match it {
            // "J. Rivera" and "Dr. Chen" go on.
            '.' => {
                behind.starts_with(' ') && (3 <= word.chars().count() || word.ends_with(|it: char| it.is_ascii_digit()))
            }
            ';' => true,
            _ => before.ends_with(' ') && behind.starts_with(' '),
        }
    });
    end.map_or((text.len(), 0), |(at, it)| (at, it.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(DecisionLabel, &str)> {
        labelled(text, &[]).into_iter().map(|it| (it.label, it.value)).collect()
    }

    #[test]
    fn labels_in_their_places() {
        use DecisionLabel::{Cost, Decided, Due, Options, Outcome, Owner};
        for (text, expected) in [
            ("Choose (owner: Kim, due: 13 Feb)", vec![(Owner, "Kim"), (Due, "13 Feb")]),
            ("Choose (owner Kim, by 13 Feb)", vec![(Owner, "Kim"), (Due, "13 Feb")]),
            ("Choose — Owner: J. Rivera. By: 2026-02-13.", vec![(Owner, "J. Rivera"), (Due, "2026-02-13")]),
            (
                "Choose; options: A (cheap) / B; cost of waiting: a week",
                vec![(Options, "A (cheap) / B"), (Cost, "a week")],
            ),
            ("Choose (decided 6 Feb: GO)", vec![(Decided, "6 Feb: GO")]),
            ("Choose - decided", vec![(Decided, "")]),
            ("Choose | Outcome: GO", vec![(Outcome, "GO")]),
            ("If not decided: we pay", vec![(Cost, "we pay")]),
            ("Owner: Kim. We need it soon", vec![(Owner, "Kim")]),
            ("Who pays? Owner: Helga, due 25 Sep", vec![(Owner, "Helga"), (Due, "25 Sep")]),
            ("Owner: Kim, by all means", vec![(Owner, "Kim, by all means")]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        for text in
            ["Stand by: the owner of it", "Choose by 13 Feb", "A well-due: x", "(by Kim)", "(decided?)", "Ownership: x"]
        {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn what_is_cut_leaves_the_words() {
        let text = "Choose (urgent, owner: Kim) a region (due: 13 Feb) soon";
        let cuts: Vec<_> = labelled(text, &[]).into_iter().filter_map(|it| text.get(it.cut)).collect();
        assert_eq!(cuts, [", owner: Kim", " (due: 13 Feb)"]);
    }
}
