//! Makes a failing document small, so that a failure can be read.

/// Leaves lines out for as long as the document still fails: halves first, then ever smaller pieces, single lines last.
pub fn shrink(text: &str, fails: impl Fn(&str) -> bool) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut piece = lines.len().div_ceil(2).max(1);
    loop {
        let before = lines.len();
        let mut at = 0;
        while at < lines.len() {
            let end = (at + piece).min(lines.len());
            let fewer: Vec<&str> = lines[..at].iter().chain(&lines[end..]).copied().collect();
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
