//! Headings, labels and names of files as words, numbers and signs, for reading days in them.

use super::letters::is_one_of;
use smallvec::SmallVec;

/// At most so many bytes of a heading or a name are looked at.
const LIMIT: usize = 200;

/// A word, a number or a sign of a text.
#[derive(Debug, Clone, Copy)]
pub struct Token<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its first byte in the text.
    pub start: usize,
    /// Whether it belongs to a day.
    pub is_used: bool,
    /// Whether nothing stands between it and the one before.
    pub is_glued: bool,
}

impl Token<'_> {
    /// Returns the number, where it is one.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        self.text.trim_end_matches(|it: char| it.is_ascii_alphabetic()).parse().ok()
    }

    /// Says whether it is a word.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphabetic)
    }

    /// Returns a number of at most two digits, such as "9" or "9th".
    #[must_use]
    pub fn short(&self) -> Option<u32> {
        self.number().filter(|_| self.text.bytes().take_while(u8::is_ascii_digit).count() <= 2)
    }

    /// Returns a year of four digits.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        let is_plain = self.text.len() == 4 && self.text.bytes().all(|it| it.is_ascii_digit());
        self.text.parse().ok().filter(|it| is_plain && (1970..=2999).contains(it))
    }

    /// Says whether it joins two days to a range.
    #[must_use]
    pub fn is_joiner(&self) -> bool {
        matches!(self.text, "-" | "–" | "—") || is_one_of(self.text, &["to", "until", "through", "till"])
    }
}

/// Parts a text.
#[must_use]
pub fn tokens(text: &str) -> SmallVec<[Token<'_>; 16]> {
    let mut tokens = SmallVec::new();
    let (mut at, mut end) = (0, 0);
    while let Some(first) = text.get(at..).and_then(|it| it.chars().next()).filter(|_| at < LIMIT) {
        let rest = text.get(at..).unwrap_or_default();
        let run = |fits: fn(char) -> bool| rest.find(|it| !fits(it)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let digits = run(|it| it.is_ascii_digit());
            let ordinal = rest.get(digits..digits + 2).filter(|it| is_one_of(it, &["st", "nd", "rd", "th"]));
            let is_whole = !rest.get(digits + 2..).unwrap_or_default().starts_with(char::is_alphanumeric);
            if ordinal.is_some() && is_whole { digits + 2 } else { digits }
        } else if first.is_alphabetic() {
            run(char::is_alphabetic)
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            let text = rest.get(..length).unwrap_or_default();
            tokens.push(Token { text, start: at, is_used: false, is_glued: at == end && 0 < at });
            end = at + length;
        }
        at += length;
    }
    tokens
}
