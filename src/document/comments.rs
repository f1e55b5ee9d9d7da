//! Comments that fill a line. In Markdown such a line ends the list that it stands in; whoever writes one, or puts an allowance there,
//! means the list to go on.

use memchr::memmem;
use std::borrow::Cow;

/// Returns a text in which such lines are blank, byte for byte as long as before. Comments over several lines stay: what they hold is
/// not to be read.
pub fn without_comments(text: &str) -> Cow<'_, str> {
    if memmem::find(text.as_bytes(), OPEN.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut blank = String::with_capacity(text.len());
    let mut is_open = false;
    for line in text.split_inclusive('\n') {
        let end = line.trim_end_matches(['\n', '\r']);
        if !is_open && fills(end.trim()) {
            blank.extend(std::iter::repeat_n(' ', end.len()));
            blank.push_str(line.get(end.len()..).unwrap_or_default());
            continue;
        }
        is_open = match (line.rfind(OPEN), line.rfind(CLOSE)) {
            (Some(open), Some(close)) => close < open,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => is_open,
        };
        blank.push_str(line);
    }
    Cow::Owned(blank)
}

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// Says whether a line is one comment, and nothing else.
fn fills(line: &str) -> bool {
    let inside = line.strip_prefix(OPEN).and_then(|it| it.strip_suffix(CLOSE));
    inside.is_some_and(|it| !it.contains(CLOSE))
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn only_comments_that_fill_a_line_are_blank() {
        let text =
            "- a\n<!-- é -->\r\n- b <!-- c -->\n<!--\n<!-- d -->\n<!-- e -->\n<!-- f --> x <!-- g -->\n  <!-- h -->";
        let blank =
            "- a\n           \r\n- b <!-- c -->\n<!--\n<!-- d -->\n          \n<!-- f --> x <!-- g -->\n            ";
        assert_eq!(without_comments(text), blank);
        assert_eq!(without_comments(text).len(), text.len());
    }
}
