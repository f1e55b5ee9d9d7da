//! Makes a failing document small, so that a failure can be read.

/// Leaves lines out for as long as the document still fails: halves first, then ever smaller pieces, single lines last.
pub fn shrink(text: &[u8], fails: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = text.split_inclusive(|it| *it == b'\n').collect();
    let mut piece = lines.len().div_ceil(2).max(1);
    loop {
        let before = lines.len();
        let mut at = 0;
        while at < lines.len() {
            let end = (at + piece).min(lines.len());
            let fewer: Vec<&[u8]> = lines[..at].iter().chain(&lines[end..]).copied().collect();
            if fails(&fewer.concat()) {
                lines = fewer;
            } else {
                at = end;
            }
        }
        if piece == 1 && lines.len() == before {
            return lines.concat();
        }
        piece = piece.div_ceil(2).max(1);
    }
}

/// Returns a text for the message of a failure: in letters where it has them, with an escape for what cannot be seen.
pub fn shown(text: &[u8]) -> String {
    match std::str::from_utf8(text) {
        Ok(text) => format!("{text:?}"),
        Err(_) => format!("b\"{}\"", text.escape_ascii()),
    }
}
