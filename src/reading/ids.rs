//! Task IDs, such as `P1-08` or `AUTH-12`. No letter is special.

use smallvec::SmallVec;

/// Says whether a word has the shape of an ID: up to eight letters, up to three digits, a dash, digits, and short parts behind.
#[must_use]
pub fn is_id(word: &str) -> bool {
    let bytes = word.as_bytes();
    let run = |from: usize, fits: fn(&u8) -> bool| {
        bytes.get(from..).unwrap_or_default().iter().take_while(|it| fits(it)).count()
    };
    let letters = run(0, u8::is_ascii_alphabetic);
    let digits = run(letters, u8::is_ascii_digit);
    let dash = letters + digits;
    if !(1..=8).contains(&letters) || 3 < digits || bytes.get(dash) != Some(&b'-') {
        return false;
    }
    let number = run(dash + 1, u8::is_ascii_digit);
    let mut end = dash + 1 + number;
    while let Some(b'.' | b'-') = bytes.get(end) {
        let part = run(end + 1, u8::is_ascii_alphanumeric);
        if !(1..=4).contains(&part) {
            return false;
        }
        end += 1 + part;
    }
    (1..=6).contains(&number) && end == bytes.len()
}

/// Says whether a word has the shape of an ID where it stands in a place for one: a column of IDs, or marked before a title.
/// Besides the forms with a dash: letters with a number, such as `T051` or `M1.2`, and numbers with points, such as `1.8.1`.
#[must_use]
pub fn is_short_id(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = word.get(letters..).unwrap_or_default();
    let numbers = || rest.split('.').all(|it| (1..=6).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit()));
    is_id(word) || letters <= 8 && (0 < letters || rest.contains('.')) && word.len() <= 24 && numbers()
}

/// Returns the IDs among the words of a text.
pub fn ids_among(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|it: char| !it.is_ascii_alphanumeric() && it != '-' && it != '.');
    words.map(|it| it.trim_matches('.')).filter(|it| is_id(it))
}

/// Returns the class of an ID: the part before its last dash.
#[must_use]
pub fn class(id: &str) -> Option<&str> {
    id.get(..id.bytes().rposition(|it| it == b'-')?)
}

/// Signs that stand between an ID and the words behind it.
pub const SEPARATORS: [char; 7] = [':', '-', '–', '—', ' ', ',', ';'];

/// An ID at the beginning of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadingId<'a> {
    /// The ID.
    pub id: &'a str,
    /// The bytes of the raw text up to the words behind it.
    pub end: usize,
}

/// Finds the ID that raw Markdown begins with, or that follows one word such as "Start".
///
/// It must be marked as one: in strong type or code, or with a colon behind it.
#[must_use]
pub fn leading_id(raw: &str) -> Option<LeadingId<'_>> {
    let mut at = 0;
    for _ in 0..2 {
        let rest = raw.get(at..)?;
        if !rest.as_bytes().first().is_some_and(u8::is_ascii_graphic) {
            at += rest.len() - rest.trim_start().len();
        }
        let token = raw.get(at..)?;
        let marks = count(token, |it| matches!(it, b'*' | b'_' | b'`' | b'[' | b'~'));
        let word = token.get(marks..)?;
        let shape = count(word, |it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.'));
        let id = word.get(..shape)?;
        let id = if id.ends_with('.') { id.trim_end_matches('.') } else { id };
        let is_first = || !raw.get(..at).unwrap_or_default().contains(char::is_alphanumeric);
        if is_id(id) || is_first() && may_be_short(id, marks, word) {
            let start = at + marks;
            let behind = raw.get(start + id.len()..)?;
            let markup = count(behind, |it| matches!(it, b'*' | b'_' | b'`' | b']' | b'~'));
            let behind = behind.get(markup..)?;
            let colon = usize::from(behind.starts_with(':'));
            let closing = count(behind.get(colon..)?, |it| matches!(it, b'*' | b'_' | b'`' | b'~'));
            let marked = 0 < marks || colon == 1 || id.bytes().next().is_some_and(|it| it.is_ascii_digit());
            return marked.then_some(LeadingId { id, end: start + id.len() + markup + colon + closing });
        }
        at += token.find(char::is_whitespace).unwrap_or(token.len());
    }
    None
}

/// Says whether a word is an ID without a dash: marked as one, with a colon behind it, or a number of three parts and more.
fn may_be_short(id: &str, marks: usize, word: &str) -> bool {
    if !id.bytes().any(|it| it.is_ascii_digit()) || !is_short_id(id) {
        return false;
    }
    let begins_with_digit = id.bytes().next().is_some_and(|it| it.is_ascii_digit());
    let behind = word.get(id.len()..).unwrap_or_default().trim_start_matches(['*', '_', '`', ']']);
    if begins_with_digit {
        return 2 <= id.matches('.').count() || behind.starts_with(':');
    }
    // "v1.2" and "Q3" are no tasks, even in strong type, and "P1" is how important one is.
    let is_priority = matches!(id.as_bytes(), [b'P' | b'p', b'0'..=b'5']);
    let is_name =
        is_priority || matches!(id.as_bytes().first(), Some(b'v' | b'V' | b'Q' | b'q' | b'H' | b'h')) && id.len() <= 6;
    !is_name && (0 < marks || behind.starts_with(':'))
}

/// Returns the first word of raw Markdown, without the markup around it: an ID, where the settings say so.
#[must_use]
pub fn leading_word(raw: &str) -> Option<LeadingId<'_>> {
    let start = raw.len() - raw.trim_start_matches([' ', '*', '_', '`', '[', '~']).len();
    let word = raw.get(start..)?;
    let end =
        word.find(|it: char| it.is_whitespace() || matches!(it, ':' | '*' | '`' | ']' | '~')).unwrap_or(word.len());
    let id = word.get(..end)?.trim_end_matches(['.', ',', ')']);
    let behind = word.get(id.len()..)?;
    let markup = count(behind, |it| matches!(it, b'*' | b'_' | b'`' | b']' | b'~' | b':' | b'.' | b')'));
    (!id.is_empty()).then_some(LeadingId { id, end: start + id.len() + markup })
}

/// Counts the bytes at the beginning of a text that fit.
fn count(text: &str, fits: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|it| fits(*it)).count()
}

/// Reads the IDs that plain text begins with, such as "P2-07 and P2-06: …", and the bytes up to the words behind them.
#[must_use]
pub fn leading_ids(text: &str) -> (SmallVec<[&str; 2]>, usize) {
    let mut ids = SmallVec::new();
    let mut at = 0;
    let mut end = 0;
    while let Some(rest) = text.get(at..) {
        if !rest.as_bytes().first().is_some_and(u8::is_ascii_graphic) {
            at += rest.len() - rest.trim_start().len();
        }
        let rest = text.get(at..).unwrap_or_default();
        // A word ends at white space of ASCII, a comma or a colon; an ID holds nothing else that could end it.
        let length = count(rest, |it| !it.is_ascii_whitespace() && it != b',' && it != b':');
        let word = rest.get(..length).unwrap_or_default();
        let joins = matches!(word, "and" | "&" | "+" | "/") && !ids.is_empty();
        at += length;
        if is_id(word) {
            ids.push(word);
            end = at;
        } else if !joins {
            break;
        }
        match text.as_bytes().get(at) {
            Some(b',') => at += 1,
            Some(b':') => {
                end = if ids.is_empty() { 0 } else { at + 1 };
                break;
            }
            _ => {}
        }
    }
    (ids, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use smallvec::smallvec;

    #[test]
    fn ids_have_a_shape() {
        for good in ["P1-01", "AUTH-12", "T-3", "P2-10.1", "x-1-b"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["L11-integration", "GO/NO-GO", "P1", "2026-02-06", "-1", "p95", "toolongword-1"] {
            assert!(!is_id(bad), "{bad}");
        }
    }

    #[test]
    fn an_id_must_be_marked() {
        assert_eq!(leading_id("**P1-01:** Debug"), Some(LeadingId { id: "P1-01", end: 10 }));
        assert_eq!(leading_id("Start **P1-08:** x").map(|it| it.id), Some("P1-08"));
        assert_eq!(leading_id("P1-01: x").map(|it| it.end), Some(6));
        assert_eq!(leading_id("`P1-01` x").map(|it| it.end), Some(7));
        assert_eq!(leading_id("~~**A-2:** two~~").map(|it| it.id), Some("A-2"));
        assert_eq!(leading_id("GPT-4 evaluation"), None);
        assert_eq!(leading_id("one two **P1-01:**"), None);
    }

    #[test]
    fn several_ids_share_a_line() {
        assert_eq!(leading_ids("P2-07 and P2-06: Both"), (smallvec!["P2-07", "P2-06"], 16));
        assert_eq!(leading_ids("P1-01, P1-02: x").0.as_slice(), ["P1-01", "P1-02"]);
        assert_eq!(leading_ids("P1-01 done"), (smallvec!["P1-01"], 5));
        assert_eq!(leading_ids("Decide: x"), (smallvec![], 0));
    }
}
