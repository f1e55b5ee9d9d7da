//! The words of plans in the languages people write them in: states, and what columns and labels are called.
//!
//! Words are compared whole and in lower case, so the lists hold each form that people use. What a word means in one language
//! and not in another is left out.

mod keys;
pub mod parts;
mod states;

pub use self::keys::KEYS;
pub use self::states::STATES;
use super::marks::Mark;

/// What a column of a table or the key of a label holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The name or number of a task.
    Id,
    /// The words of a task.
    Task,
    /// Where it stands.
    Status,
    /// How much of it is done.
    Progress,
    /// Who does it.
    Owner,
    /// How long it takes.
    Effort,
    /// How important it is.
    Priority,
    /// When it is to be done.
    Due,
    /// When it is to begin.
    Start,
    /// What must be done before.
    Depends,
    /// What may go wrong.
    Risk,
    /// How bad.
    Severity,
    /// How likely.
    Likelihood,
    /// What is done against it.
    Mitigation,
    /// A point in time with a name.
    Milestone,
    /// A phase.
    Phase,
    /// A person or a team.
    Team,
    /// The strength of a team.
    Strength,
    /// What a phase is for.
    Goal,
}

/// Words are at most this many bytes long; a longer text is none.
const MAX_WORD: usize = 40;

/// Reads the head of a column or the key of a label.
#[must_use]
pub fn key(text: &str) -> Option<Key> {
    find(KEYS, text)
}

/// Reads a text that is the word for a state and nothing else.
#[must_use]
pub fn state_word(text: &str) -> Option<Mark> {
    find(STATES, text)
}

/// Finds a text among sorted words, without regard to case and to the markup and colons around it.
fn find<T: Copy>(words: &[(&str, T)], text: &str) -> Option<T> {
    let is_bare = |it: Option<&u8>| it.is_some_and(u8::is_ascii_alphanumeric);
    let text = match text.as_bytes() {
        it if is_bare(it.first()) && is_bare(it.last()) => text,
        _ => text.trim_matches(|it: char| it.is_whitespace() || matches!(it, '*' | '_' | ':' | '：' | '.' | '!')),
    };
    if text.is_empty() || MAX_WORD < text.len() {
        return None;
    }
    let mut letters = [0; MAX_WORD];
    let owned;
    let lower = if text.is_ascii() {
        let letters = letters.get_mut(..text.len())?;
        letters.copy_from_slice(text.as_bytes());
        letters.make_ascii_lowercase();
        &*letters
    } else {
        owned = text.to_lowercase();
        owned.as_bytes()
    };
    let at = words.binary_search_by(|(it, _)| it.as_bytes().cmp(lower)).ok()?;
    words.get(at).map(|(_, it)| *it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::State;
    use crate::reading::metadata::may_be_metadata;

    #[test]
    fn words_are_compared_whole_and_in_any_case() {
        assert_eq!(key("Status"), Some(Key::Status));
        assert_eq!(key(" **Owner** "), Some(Key::Owner));
        assert_eq!(key("المهمة"), Some(Key::Task));
        assert_eq!(key("상태"), Some(Key::Status));
        assert_eq!(key("Statutory"), None);
        assert_eq!(state_word("DONE"), Some(Mark::State(State::Done)));
        assert_eq!(state_word("Not started"), Some(Mark::Open));
        assert_eq!(state_word("not done"), None);
        assert_eq!(state_word("הושלם"), Some(Mark::State(State::Done)));
    }

    #[test]
    fn a_look_at_two_letters_passes_over_no_key_that_tasks_have() {
        use Key::{Depends, Due, Effort, Owner, Priority, Progress, Status};
        let of_tasks =
            KEYS.iter().filter(|(_, it)| matches!(it, Depends | Due | Effort | Owner | Priority | Progress | Status));
        // A sign is no label.
        for (word, _) in of_tasks.filter(|(word, _)| !word.starts_with('%')) {
            assert!(may_be_metadata(&format!("**{word}**: x")), "{word}");
        }
    }

    #[test]
    fn words_are_sorted_and_mean_one_thing() {
        let states: Vec<&str> = STATES.iter().map(|(it, _)| *it).collect();
        let keys: Vec<&str> = KEYS.iter().map(|(it, _)| *it).collect();
        for words in [states, keys] {
            for pair in words.windows(2) {
                assert!(pair[0].as_bytes() < pair[1].as_bytes(), "{pair:?}");
            }
            assert!(words.iter().all(|it| *it == it.to_lowercase() && it.len() <= MAX_WORD));
        }
    }
}
