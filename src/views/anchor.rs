//! Names of things on a page, so that a link can lead to one of them, and keeps leading there: a name follows from words, not from a
//! place in a list.

use crate::phrase;
use std::collections::{HashMap, HashSet};

/// The names that a page has given so far.
#[derive(Debug, Default)]
pub struct Anchors {
    given: HashSet<String>,
    /// The last number behind each name that was asked for more than once.
    numbers: HashMap<String, usize>,
}

impl Anchors {
    /// Returns a name for something of a kind by its words; where the page has it already, with a number behind it.
    ///
    /// `kind` is a letter or two. It keeps the words of a plan apart from the names that pages have themselves.
    pub fn give(&mut self, kind: &str, words: &str) -> String {
        let name = name(kind, words);
        if self.given.insert(name.clone()) {
            return name;
        }
        // A number that words took already is passed over once, whatever comes.
        let number = self.numbers.entry(name.clone()).or_insert(1);
        numbered(&mut self.given, &name, number)
    }
}

/// Returns a name with the next number behind it that gives one which nothing else has.
pub(super) fn numbered(given: &mut HashSet<String>, name: &str, number: &mut usize) -> String {
    loop {
        *number += 1;
        let numbered = format!("{name}-{number}");
        if given.insert(numbered.clone()) {
            return numbered;
        }
    }
}

/// Returns the name of something of a kind by its words. What has no letters that an address can show is called by a number that
/// follows from them.
#[must_use]
pub fn name(kind: &str, words: &str) -> String {
    // What would be cut off, or left out, may be all that tells two lines apart.
    let slug = phrase::slug(words);
    let shown = words.chars().filter(char::is_ascii_alphanumeric).count();
    let lost = words.chars().filter(|it| it.is_alphanumeric()).count() - shown;
    if slug.is_empty() || shown < lost { format!("{kind}-{:08x}", hash(words)) } else { format!("{kind}-{slug}") }
}

/// FNV-1a, which is the same everywhere and always; nobody relies on it being hard to meet.
fn hash(words: &str) -> u32 {
    words.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_words_and_are_given_once() {
        let mut anchors = Anchors::default();
        let words =
            ["Tests pass", "Tests pass!", "tests pass 3", "Tests pass", "路线图", "路线", "Ü 路线图 1", "", "<b>"];
        let names: Vec<String> = words.iter().map(|it| anchors.give("c", it)).collect();
        assert_eq!(
            names,
            [
                "c-tests-pass",
                "c-tests-pass-2",
                "c-tests-pass-3",
                "c-tests-pass-4",
                "c-5ea65c39",
                "c-0f2248d9",
                "c-e227db7b",
                "c-811c9dc5",
                "c-b"
            ]
        );
    }

    #[test]
    fn many_of_one_name_are_numbered() {
        let mut anchors = Anchors::default();
        let names: HashSet<String> = (0..100_000).map(|_| anchors.give("e", "same")).collect();
        assert_eq!(names.len(), 100_000);
    }
}
