//! Task IDs, such as `P1-08` or `AUTH-12`. No letter is special.

/// Says whether a word has the shape of an ID: up to eight letters, up to three digits, a dash, digits, and short parts behind.
#[must_use]
pub fn is_id(word: &str) -> bool {
    let Some((class, number)) = word.split_once('-') else {
        return false;
    };
    let letters = class.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = class.get(letters..).unwrap_or("x");
    let class_fits = (1..=8).contains(&letters) && digits.len() <= 3 && digits.bytes().all(|it| it.is_ascii_digit());
    let mut parts = number.split(['.', '-']);
    let first = parts.next().unwrap_or_default();
    let first_fits = (1..=6).contains(&first.len()) && first.bytes().all(|it| it.is_ascii_digit());
    let short = |it: &str| (1..=4).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric());
    class_fits && first_fits && parts.all(short)
}

/// Returns the class of an ID: the part before its last dash.
#[must_use]
pub fn class(id: &str) -> Option<&str> {
    id.rsplit_once('-').map(|(class, _)| class)
}

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
        let white = rest.len() - rest.trim_start().len();
        let rest = rest.get(white..)?;
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let token = rest.get(..length)?;
        let marks = token.len() - token.trim_start_matches(['*', '_', '`', '[']).len();
        let word = token.get(marks..)?;
        let length_of_id =
            word.find(|it: char| !it.is_ascii_alphanumeric() && it != '-' && it != '.').unwrap_or(word.len());
        let id = word.get(..length_of_id)?.trim_end_matches('.');
        if is_id(id) {
            let start = at + white + marks;
            let behind = raw.get(start + id.len()..)?;
            let markup = behind.len() - behind.trim_start_matches(['*', '_', '`', ']']).len();
            let behind = behind.get(markup..)?;
            let colon = usize::from(behind.starts_with(':'));
            let closing = behind.get(colon..)?;
            let closing = closing.len() - closing.trim_start_matches(['*', '_', '`']).len();
            let marked = 0 < marks || colon == 1;
            return marked.then_some(LeadingId { id, end: start + id.len() + markup + colon + closing });
        }
        at += white + length;
    }
    None
}

/// Reads the IDs that plain text begins with, such as "P2-07 and P2-06: …", and the bytes up to the words behind them.
#[must_use]
pub fn leading_ids(text: &str) -> (Vec<&str>, usize) {
    let mut ids = Vec::new();
    let mut at = 0;
    let mut end = 0;
    while let Some(rest) = text.get(at..) {
        let white = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let length = rest.find(|it: char| it.is_whitespace() || it == ',' || it == ':').unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        let joins = matches!(word, "and" | "&" | "+" | "/") && !ids.is_empty();
        if is_id(word) {
            ids.push(word);
            end = at + white + length;
        } else if !joins {
            break;
        }
        at += white + length;
        match text.get(at..).and_then(|it| it.chars().next()) {
            Some(',') => at += 1,
            Some(':') => {
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
        assert_eq!(leading_id("GPT-4 evaluation"), None);
        assert_eq!(leading_id("one two **P1-01:**"), None);
    }

    #[test]
    fn several_ids_share_a_line() {
        assert_eq!(leading_ids("P2-07 and P2-06: Both"), (vec!["P2-07", "P2-06"], 16));
        assert_eq!(leading_ids("P1-01, P1-02: x").0, ["P1-01", "P1-02"]);
        assert_eq!(leading_ids("P1-01 done"), (vec!["P1-01"], 5));
        assert_eq!(leading_ids("Decide: x"), (vec![], 0));
    }
}
