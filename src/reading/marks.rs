//! The state that a mark shows.

use super::letters::is_one_of;
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

/// What stands in a bracket, besides nothing at all: signs as they are, words in any case. The reference of the format lists them.
pub const BRACKETS: [(&[&str], Mark); 5] = [
    (&["x", "DONE", "COMPLETE", "COMPLETED"], Mark::State(State::Done)),
    (&["~", "/", "WIP", "IP", "IN PROGRESS"], Mark::State(State::InProgress)),
    (&["!", "BLOCKED"], Mark::State(State::Blocked)),
    (&["-", "DROPPED", "CANCELLED", "CANCELED"], Mark::State(State::Dropped)),
    (&[">", "TODO"], Mark::Open),
];

/// Symbols that show a state, in a bracket or before words.
pub const SYMBOLS: [(&[&str], State); 4] = [
    (&["✅", "✓", "✔", "☑"], State::Done),
    (&["⏳", "⌛", "🔄", "🟡"], State::InProgress),
    (&["🚧", "🔴", "⛔", "🛑"], State::Blocked),
    (&["❌", "🚫"], State::Dropped),
];

/// Symbols before words that stand for an empty box.
pub const OPEN_SYMBOLS: [char; 6] = ['⬜', '☐', '🔲', '📋', '◻', '🗓'];

/// Reads what stands in a bracket. Words that are no state are tags, and say nothing.
#[must_use]
pub fn bracket(inside: &str) -> Option<Mark> {
    if inside.is_empty() {
        return Some(Mark::Open);
    }
    if let Some(state) = symbol_state(inside.trim_end_matches('\u{FE0F}')) {
        return Some(Mark::State(state));
    }
    BRACKETS.iter().find(|(words, _)| is_one_of(inside, words)).map(|(_, mark)| *mark)
}

/// Reads a symbol that stands before words.
#[must_use]
pub fn symbol(symbol: char) -> Option<State> {
    symbol_state(symbol.encode_utf8(&mut [0; 4]))
}

/// Reads a symbol that stands before words, an empty box among them.
#[must_use]
pub fn symbol_mark(it: char) -> Option<Mark> {
    if OPEN_SYMBOLS.contains(&it) { Some(Mark::Open) } else { symbol(it).map(Mark::State) }
}

fn symbol_state(symbol: &str) -> Option<State> {
    SYMBOLS.iter().find(|(signs, _)| signs.contains(&symbol)).map(|(_, state)| *state)
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
