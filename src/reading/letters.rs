//! Keywords in any case, without copies of the text they are looked for in. Keywords are ASCII in lower case.

/// Returns where a text holds a keyword first.
#[must_use]
pub fn find_ignoring_case(text: &str, word: &str) -> Option<usize> {
    let first = *word.as_bytes().first()?;
    let fits = |at: &usize| {
        text.as_bytes().get(*at..at + word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word.as_bytes()))
    };
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), text.as_bytes()).find(fits)
}

/// Says whether a text begins with a keyword.
#[must_use]
pub fn starts_ignoring_case(text: &str, word: &str) -> bool {
    text.as_bytes().get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word.as_bytes()))
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
        assert!(is_one_of("Weeks", &["week", "weeks"]) && !is_one_of("Weekly", &["week"]));
    }
}
