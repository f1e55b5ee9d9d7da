//! Lists of keywords, told by their first letter: a text is held against the few that begin as it does.

/// Keywords in lower case, each with what it stands for; the first of them that fits counts. Each begins with a letter.
#[derive(Debug)]
pub struct Keywords<T: 'static, const N: usize> {
    words: [(&'static str, T); N],
    /// For each letter of ASCII the words that begin with it, a bit each.
    beginning: [u64; 26],
}

impl<T: Copy, const N: usize> Keywords<T, N> {
    /// Makes a list of 64 words at most.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a letter is one of 26")]
    pub const fn new(words: [(&'static str, T); N]) -> Self {
        const { assert!(N <= 64) };
        let mut beginning = [0; 26];
        let (mut left, mut bit): (&[(&str, T)], u64) = (&words, 1);
        while let [(word, _), behind @ ..] = left {
            if let [first @ b'a'..=b'z', ..] = word.as_bytes() {
                beginning[(*first - b'a') as usize] |= bit;
            }
            (left, bit) = (behind, bit.wrapping_shl(1));
        }
        Self { words, beginning }
    }

    /// Returns the words, each with what it stands for.
    #[must_use]
    pub const fn words(&self) -> &[(&'static str, T); N] {
        &self.words
    }

    /// Finds the first word that a text begins with, in any case; returns its place, what it stands for, and what follows it.
    #[must_use]
    pub fn strip<'a>(&self, text: &'a str) -> Option<(usize, T, &'a str)> {
        self.strip_among(N, text)
    }

    /// As [`Self::strip`], among so many words from the first one on.
    #[must_use]
    pub fn strip_among<'a>(&self, count: usize, text: &'a str) -> Option<(usize, T, &'a str)> {
        let read = |at: usize| {
            let (word, it) = self.words.get(at)?;
            Some((at, *it, strip_word(text, word)?))
        };
        let first = *text.as_bytes().first()?;
        if !first.is_ascii() {
            // Such letters may differ in case from the first byte on.
            return (0..count.min(N)).find_map(read);
        }
        let mut left = *self.beginning.get(usize::from(first.to_ascii_lowercase().wrapping_sub(b'a')))?;
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            if count <= at {
                break;
            }
            let found = read(at);
            if found.is_some() {
                return found;
            }
            left &= left - 1;
        }
        None
    }
}

/// Strips a word, in any case, off the beginning of a text.
#[must_use]
#[inline]
pub fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    // Most texts differ in the second letter already; small letters and capitals differ in this bit alone.
    if let ([_, a, ..], [_, b, ..]) = (text.as_bytes(), word.as_bytes())
        && (a ^ b) & !0x20 != 0
        && b.is_ascii()
        && a.is_ascii()
    {
        return None;
    }
    if let Some((start, rest)) = text.split_at_checked(word.len())
        && start.eq_ignore_ascii_case(word)
    {
        return Some(rest);
    }
    if word.is_ascii() {
        return None;
    }
    let mut letters = text.chars();
    for expected in word.chars() {
        let found = letters.next()?;
        if found != expected && !found.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    Some(letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_that_fits_counts() {
        const WORDS: Keywords<u8, 5> =
            Keywords::new([("phases", 1), ("phase", 2), ("фаза", 3), ("étape", 4), ("giai đoạn", 5)]);
        assert_eq!(WORDS.strip("Phases 1"), Some((0, 1, " 1")));
        assert_eq!(WORDS.strip("PHASE 1"), Some((1, 2, " 1")));
        assert_eq!(WORDS.strip("Фаза 1"), Some((2, 3, " 1")));
        assert_eq!(WORDS.strip("Étape"), Some((3, 4, "")));
        assert_eq!(WORDS.strip("Giai Đoạn 2"), Some((4, 5, " 2")));
        assert_eq!(WORDS.strip_among(1, "phase"), None);
        assert_eq!(WORDS.strip(""), None);
        assert_eq!(WORDS.strip("ph"), None);
    }
}
