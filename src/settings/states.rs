//! What marks of one's own say.

use crate::model::State;
use std::collections::BTreeMap;

/// States by the mark that shows them: what stands in a bracket, a symbol before words, or a word of a status column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct States(BTreeMap<String, State>);

impl States {
    /// The most marks that are kept.
    const MOST: usize = 100;
    /// The most characters of a mark.
    const LONGEST: usize = 40;

    /// Returns the state that a mark shows, when it is named in the settings. Words are the same in any case; single letters are
    /// not.
    #[must_use]
    pub fn get(&self, mark: &str) -> Option<State> {
        if self.0.is_empty() { None } else { self.0.get(&plain(mark)).copied() }
    }

    /// Says whether no mark is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a mark.
    ///
    /// # Errors
    ///
    /// When it could not stand where marks stand, or there are too many.
    pub fn add(&mut self, mark: &str, state: State) -> Result<(), String> {
        let plain = plain(mark);
        if plain.is_empty() {
            return Err("an empty box says nothing: name what stands in it".to_owned());
        }
        if Self::LONGEST < plain.chars().count() || plain.contains(|it: char| it.is_control() || "[]|".contains(it)) {
            return Err(format!("a mark has {} characters at most, and no bracket or bar in it", Self::LONGEST));
        }
        if Self::MOST <= self.0.len() && !self.0.contains_key(&plain) {
            return Err(format!("more than {} marks: remove some", Self::MOST));
        }
        self.0.insert(plain, state);
        Ok(())
    }
}

/// Returns a mark without what does not tell it from others.
fn plain(mark: &str) -> String {
    let mark = mark.trim().trim_end_matches('\u{FE0F}');
    if mark.chars().nth(1).is_some() { mark.to_lowercase() } else { mark.to_owned() }
}
