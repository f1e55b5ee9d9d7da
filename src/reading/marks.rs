//! The state that a mark shows.

use crate::model::State;

/// What a mark before an item says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// An empty box: no evidence of any state.
    Open,
    /// A state.
    State(State),
}

impl Mark {
    /// Returns the state; nothing for an empty box.
    #[must_use]
    pub const fn state(self) -> Option<State> {
        match self {
            Self::State(it) => Some(it),
            Self::Open => None,
        }
    }

    /// Returns its words for people: those of a task that is to do, for an empty box.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::State(it) => it.words(),
            Self::Open => State::Todo.words(),
        }
    }
}

/// Reads what stands in a bracket. Words that are no state are tags, and say nothing.
#[must_use]
pub fn bracket(inside: &str) -> Option<Mark> {
    if inside.is_empty() || inside == ">" {
        return Some(Mark::Open);
    }
    if let Some(state) = symbol_state(inside.trim_end_matches('\u{FE0F}')) {
        return Some(Mark::State(state));
    }
    let state = match inside {
        "x" | "X" => State::Done,
        "~" | "/" => State::InProgress,
        "!" => State::Blocked,
        "-" => State::Dropped,
        word => match word.to_ascii_uppercase().as_str() {
            "DONE" | "COMPLETE" | "COMPLETED" => State::Done,
            "WIP" | "IP" | "IN PROGRESS" => State::InProgress,
            "BLOCKED" => State::Blocked,
            "DROPPED" | "CANCELLED" | "CANCELED" => State::Dropped,
            "TODO" => return Some(Mark::Open),
            _ => return None,
        },
    };
    Some(Mark::State(state))
}

/// Reads a symbol that stands before words.
#[must_use]
pub fn symbol(symbol: char) -> Option<State> {
    symbol_state(symbol.encode_utf8(&mut [0; 4]))
}

/// Reads a symbol that stands before words, an empty box among them.
#[must_use]
pub fn symbol_mark(it: char) -> Option<Mark> {
    match it {
        '⬜' | '☐' | '🔲' | '📋' | '◻' | '🗓' => Some(Mark::Open),
        it => symbol(it).map(Mark::State),
    }
}

fn symbol_state(symbol: &str) -> Option<State> {
    match symbol {
        "✅" | "✓" | "✔" | "☑" => Some(State::Done),
        "⏳" | "⌛" | "🔄" | "🟡" => Some(State::InProgress),
        "🚧" | "🔴" | "⛔" | "🛑" => Some(State::Blocked),
        "❌" | "🚫" => Some(State::Dropped),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_no_state_are_tags() {
        assert_eq!(bracket("nwaku"), None);
        assert_eq!(bracket("P0"), None);
        assert_eq!(bracket("wip"), Some(Mark::State(State::InProgress)));
        assert_eq!(bracket(""), Some(Mark::Open));
        assert_eq!(bracket("⏳"), Some(Mark::State(State::InProgress)));
    }
}
