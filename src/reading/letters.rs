//! Keywords in any case, without copies of the text they are looked for in. Keywords are ASCII in lower case.

pub use crate::text::trim;

/// Returns where a text holds a keyword first.
#[must_use]
pub fn find_ignoring_case(text: &str, word: &str) -> Option<usize> {
    let first = *word.as_bytes().first()?;
    let fits = |at: &usize| {
        text.as_bytes().get(*at..at + word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word.as_bytes()))
    };
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), text.as_bytes()).find(fits)
}

/// Returns where the words of a text begin: at each letter that no letter stands before. Letters here are those of ASCII.
pub fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let begins = byte.is_ascii_alphabetic() && !inside;
        // Letters of other scripts belong to a word as well.
        inside = byte.is_ascii_alphabetic() || !byte.is_ascii();
        begins.then_some(at)
    })
}

/// Says whether a text begins with a keyword.
#[must_use]
pub fn starts_ignoring_case(text: &str, word: &str) -> bool {
    text.as_bytes().get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word.as_bytes()))
}

/// Returns what stands before a keyword that a text ends with.
#[must_use]
pub fn before_ending<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (before, end) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
    end.eq_ignore_ascii_case(word).then_some(before)
}

/// Parts a text at the first of an ASCII character.
#[must_use]
pub fn split_at(text: &str, ascii: u8) -> Option<(&str, &str)> {
    let at = memchr::memchr(ascii, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Parts a text at its last dash or bar that stands between spaces.
#[must_use]
pub fn split_at_last_dash(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    // The first byte of a long dash, of which there are two.
    let mut found = memchr::memrchr3_iter(b'-', b'|', 0xE2, bytes);
    found.find_map(|at| {
        let length = match bytes.get(at..)? {
            [b'-' | b'|', ..] => 1,
            [0xE2, 0x80, 0x93 | 0x94, ..] => 3,
            _ => return None,
        };
        let before = text.get(..at)?.strip_suffix(' ')?;
        Some((before, text.get(at + length..)?.strip_prefix(' ')?))
    })
}

/// Returns words without the signs before them and the white space behind.
#[must_use]
pub fn bare(words: &str) -> &str {
    // Most words begin with a letter.
    let begins = words.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    trim(if begins { words } else { words.trim_start_matches(|it: char| !it.is_alphanumeric()) })
}

/// Says whether a text is one of some keywords.
#[must_use]
pub fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|it| it.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter() {
        assert_eq!(find_ignoring_case("⏳ (BLOCKER: x)", "(blocker:"), Some(4));
        assert_eq!(find_ignoring_case("bbbloc blocK", "block"), Some(7));
        assert_eq!(find_ignoring_case("", "block"), None);
        assert!(starts_ignoring_case("Decision: x", "decision:") && !starts_ignoring_case("Deci", "decision:"));
        assert_eq!(before_ending("Day 1 GATE", " gate"), Some("Day 1"));
        assert_eq!(before_ending("é gate", "xé gate"), None);
        assert_eq!(split_at("a: é:", b':'), Some(("a", " é:")));
        for text in ["", " ", "a", " \u{A0}a b\u{3000} ", "\té\n"] {
            assert_eq!(trim(text), text.trim());
        }
        assert_eq!(split_at_last_dash("a - b – c-d"), Some(("a - b", "c-d")));
        assert_eq!(split_at_last_dash("a | b"), Some(("a", "b")));
        assert_eq!(split_at_last_dash("a-b ’ c"), None);
        assert!(is_one_of("Weeks", &["week", "weeks"]) && !is_one_of("Weekly", &["week"]));
    }
}
