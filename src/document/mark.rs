//! The marks that people put before an item: brackets with a letter, a word or a symbol, and bare symbols.

/// A bracket at the beginning of an item's text, such as `[x]` or `[⏳]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BracketMark<'a> {
    /// What stands between the brackets, without spaces around it.
    pub inside: &'a str,
    /// The bytes of the bracket and the white space behind it.
    pub length: usize,
}

/// Reads a bracket of at most twelve characters, followed by white space or by nothing.
#[must_use]
pub fn bracket_mark(text: &str) -> Option<BracketMark<'_>> {
    let rest = text.strip_prefix('[')?;
    let close = match rest.as_bytes() {
        // Most boxes hold one sign.
        [first, b']', ..] if *first != b']' => 1,
        // So many bytes are never more characters.
        bytes => match bytes.iter().take(13).position(|it| *it == b']') {
            Some(at) => at,
            None => rest.char_indices().take(13).find(|(_, it)| *it == ']')?.0,
        },
    };
    let (inside, behind) = (rest.get(..close)?, rest.get(close + 1..)?);
    let white = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let ends = behind.is_empty() || behind.starts_with('\n');
    let inside = if close == 1 && inside != " " { inside } else { inside.trim() };
    (0 < white || ends).then_some(BracketMark { inside, length: close + 2 + white })
}

/// Returns the symbol that a text begins with, when it is one people use as a mark, and the bytes up to the words behind it.
#[must_use]
pub fn leading_symbol(text: &str) -> Option<(char, usize)> {
    let first = text.chars().next()?;
    // Marks are pictographs; letters of any script are words.
    // The tables of letters are asked only where there may be one: no letter or digit stands among the usual pictographs.
    let is_pictograph = matches!(first, '\u{2600}'..='\u{2775}' | '\u{1F300}'..='\u{1FAFF}');
    if !is_pictograph && (!('\u{2190}'..='\u{1FAFF}').contains(&first) || first.is_alphanumeric()) {
        return None;
    }
    let rest = text.get(first.len_utf8()..)?.trim_start_matches('\u{FE0F}');
    let words = rest.trim_start_matches([' ', '\t']);
    (words.len() < rest.len()).then_some((first, text.len() - words.len()))
}
