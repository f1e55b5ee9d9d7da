//! What a server says: hostile text, of which a limited part is read, and a shorter one shown.

use crate::edge::Secret;
use crate::prose::log_line;

/// The most bytes of a reply.
pub(super) const MOST: usize = 64 * 1024;
/// The most characters of a reply that are shown.
const SHOWN: usize = 160;

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    /// Its code, 200 to 599.
    pub code: u16,
    /// Its lines, without the code.
    pub lines: Vec<String>,
}

/// What the beginning of bytes is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// A reply of so many bytes.
    Whole(Reply, usize),
    /// The beginning of one.
    Part,
    /// Nothing that a server may say.
    Garbage,
}

/// Reads a reply from the beginning of bytes.
pub(super) fn read(bytes: &[u8]) -> Read {
    let mut lines = Vec::new();
    let mut at = 0;
    let mut first = None;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(end) = memchr::memchr(b'\n', rest) else { return Read::Part };
        let line = rest.get(..end).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        at += end + 1;
        let Some((code, is_last, text)) = split(line) else { return Read::Garbage };
        // All lines of a reply have one code.
        if *first.get_or_insert(code) != code {
            return Read::Garbage;
        }
        lines.push(String::from_utf8_lossy(text).into_owned());
        if is_last {
            return Read::Whole(Reply { code, lines }, at);
        }
    }
}

fn split(line: &[u8]) -> Option<(u16, bool, &[u8])> {
    let (code, rest) = line.split_at_checked(3)?;
    let code: u16 =
        std::str::from_utf8(code).ok().filter(|it| it.bytes().all(|it| it.is_ascii_digit()))?.parse().ok()?;
    if !(200..600).contains(&code) {
        return None;
    }
    match rest.split_first() {
        None => Some((code, true, &[])),
        Some((b' ', text)) => Some((code, true, text)),
        Some((b'-', text)) => Some((code, false, text)),
        Some(_) => None,
    }
}

impl Reply {
    /// Returns the reply in words that can be shown.
    pub fn shown(&self, secrets: &[&Secret]) -> String {
        let mut text = self.lines.join(" ");
        for it in secrets {
            text = it.hidden_in(&text);
        }
        // What a character in between had hidden.
        let mut plain = log_line(&text);
        for it in secrets {
            plain = it.hidden_in(&plain);
        }
        let plain = match plain.char_indices().nth(SHOWN) {
            Some((at, _)) => format!("{}…", plain.get(..at).unwrap_or_default()),
            None => plain,
        };
        format!("{} \"{plain}\"", self.code)
    }

    /// Returns what follows a keyword in the reply to EHLO; keywords have no case.
    pub fn extension(&self, keyword: &str) -> Option<Vec<String>> {
        let mut lines = self.lines.iter().skip(1).map(|it| it.split_ascii_whitespace());
        let mut found = lines.find_map(|mut it| it.next().filter(|it| it.eq_ignore_ascii_case(keyword)).map(|_| it))?;
        Some(found.by_ref().map(str::to_ascii_uppercase).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(code: u16, lines: &[&str]) -> Reply {
        Reply { code, lines: lines.iter().map(|it| (*it).to_owned()).collect() }
    }

    #[test]
    fn a_reply_ends_with_its_last_line() {
        assert_eq!(read(b"250 ok\r\nrest"), Read::Whole(reply(250, &["ok"]), 8));
        assert_eq!(read(b"250-a\r\n250-\r\n250 b\r\n"), Read::Whole(reply(250, &["a", "", "b"]), 20));
        assert_eq!(read(b"354\r\n"), Read::Whole(reply(354, &[""]), 5));
        assert_eq!(read(b"250 ok\n"), Read::Whole(reply(250, &["ok"]), 7));
        for it in ["", "2", "250 ok", "250-a\r\n", "250-a\r\n250"] {
            assert_eq!(read(it.as_bytes()), Read::Part, "{it}");
        }
        for it in [
            "hello\r\n",
            "25\r\n",
            "\r\n",
            "150 no\r\n",
            "600 no\r\n",
            "2500 no\r\n",
            "250-a\r\n251 b\r\n",
            "250_a\r\n",
            "+50 a\r\n",
        ] {
            assert_eq!(read(it.as_bytes()), Read::Garbage, "{it}");
        }
    }

    #[test]
    fn what_is_shown_can_do_no_harm() {
        let secret = Secret::new("s3cret");
        let shown = |line: &str| reply(535, &[line]).shown(&[&secret]);
        assert_eq!(shown("5.7.8\u{1b}[31m no\r s3cret"), "535 \"5.7.8 [31m no ***\"");
        assert_eq!(shown("s3c\u{202e}ret ##[x]"), "535 \"*** ## [x]\"");
        assert_eq!(shown(&"a".repeat(1_000)).len(), 4 + 1 + SHOWN + "…".len() + 1);
    }

    #[test]
    fn extensions_are_words_of_their_lines() {
        let it = reply(250, &["AUTH none", "  ", "starttls", "AUTH plain LOGIN", "SIZE 1000"]);
        assert_eq!(it.extension("STARTTLS"), Some(Vec::new()));
        assert_eq!(it.extension("AUTH"), Some(vec!["PLAIN".to_owned(), "LOGIN".to_owned()]));
        assert_eq!(it.extension("8BITMIME"), None);
    }
}
