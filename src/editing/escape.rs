//! Words as Markdown that reads as the same words.

use crate::prose::one_line;

/// Returns words as one line of Markdown that reads as the same words, where a line begins with them.
#[must_use]
pub fn markdown(words: &str) -> String {
    let words = inline(words);
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let begins = |signs: &[char]| words.starts_with(signs);
    let second = words.chars().nth(1).unwrap_or(' ');
    // What begins a block where a line begins.
    let at = match words.chars().next() {
        Some('>') => 0,
        Some(first) if begins(&['#', '+', '-']) && (second == ' ' || second == first) => 0,
        Some(_) if 0 < digits && words.get(digits..).is_some_and(|it| it.starts_with(". ") || it.starts_with(") ")) => {
            digits
        }
        _ => return words,
    };
    let (before, behind) = words.split_at_checked(at).unwrap_or((words.as_str(), ""));
    format!("{before}\\{behind}")
}

/// Returns words as Markdown that reads as the same words, behind others in a line.
#[must_use]
pub fn inline(words: &str) -> String {
    let words = one_line(words);
    let mut written = String::with_capacity(words.len() + 8);
    let mut before = ' ';
    for (at, letter) in words.char_indices() {
        let behind = words.get(at + letter.len_utf8()..).and_then(|it| it.chars().next()).unwrap_or(' ');
        let is_special = match letter {
            '\\' | '`' | '*' | '[' | ']' | '~' | '|' => true,
            '<' => behind.is_ascii_alphabetic() || matches!(behind, '/' | '!' | '?'),
            '&' => is_entity(words.get(at + 1..).unwrap_or_default()),
            // Within a word it is a letter.
            '_' => !(before.is_alphanumeric() && behind.is_alphanumeric()),
            _ => false,
        };
        if is_special {
            written.push('\\');
        }
        written.push(letter);
        before = letter;
    }
    written
}

/// Says whether the words behind `&` make one sign with it, such as `amp;`.
fn is_entity(behind: &str) -> bool {
    let name = behind.bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b'#').take(40).count();
    0 < name && behind.as_bytes().get(name) == Some(&b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        for (words, written) in [
            ("snake_case and _this_", "snake_case and \\_this\\_"),
            ("a `b` <i>", "a \\`b\\` \\<i>"),
            ("# no heading\n- no item", "\\# no heading - no item"),
            ("1. first", "1\\. first"),
            ("99.9% < 100%", "99.9% < 100%"),
            ("AT&T & R&amp;D", "AT&T & R\\&amp;D"),
        ] {
            assert_eq!(markdown(words), written);
        }
    }
}
