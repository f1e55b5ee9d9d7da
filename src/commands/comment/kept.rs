//! What the last readable version said, kept below the news that the plan cannot be read.

use crate::edge::OwnComment;
use crate::marker::{MarkerState, is_commit};

/// What stands before the commit of the last readable version.
const BEFORE: &str = "<details><summary>Last readable version: <code>";
/// What stands after it and its day.
const AFTER: &str = " UTC</summary>";
/// What begins the lines that are below the summary of a comment.
const BELOW: [&str; 3] = ["#### ", "<details", "<sub>"];

/// What a comment said of the last version that could be read.
struct Kept {
    /// The line that opens it, with the commit and the day.
    opening: String,
    /// What it said.
    text: String,
}

/// Puts what an own comment said of the last readable version before the last `<sub>` line of a text. Where that cannot be kept
/// as it was, the text stays as it is, and the second value says so.
pub(super) fn with_last_readable(text: &str, own: &OwnComment, most: usize) -> (String, Option<&'static str>) {
    let Some(kept) = (match own.marker.state {
        MarkerState::Changed | MarkerState::Unchanged => summary(own),
        MarkerState::Unreadable => kept_before(&own.body),
    }) else {
        return (text.to_owned(), None);
    };
    if !stays_inside(&kept.text) {
        return (text.to_owned(), Some("what the last readable version said is left out: it holds markup of its own"));
    }
    let block = format!("{}\n\n{}\n\n</details>\n", kept.opening, kept.text);
    let whole = match last_line(text, "<sub>") {
        Some((above, below)) => format!("{above}{block}\n{below}"),
        None => format!("{}\n\n{block}", text.trim_end()),
    };
    if most < whole.len() {
        return (text.to_owned(), Some("what the last readable version said is left out: there is no room for it"));
    }
    (whole, None)
}

/// Returns the heading of a comment and its summary, which ends where tables and details begin.
fn summary(own: &OwnComment) -> Option<Kept> {
    let (_, below_marker) = own.body.split_once('\n')?;
    let (heading, rest) = below_marker.split_once('\n').unwrap_or((below_marker, ""));
    let heading = heading.strip_prefix("### ")?.trim();
    let lines: Vec<&str> = rest.lines().take_while(|it| !BELOW.iter().any(|below| it.starts_with(below))).collect();
    let day = own.marker.valid_at.format("%-d %b %H:%M");
    let opening = format!("{BEFORE}{}</code>, {day}{AFTER}", own.marker.short_head());
    let text = format!("**{heading}**\n\n{}", lines.join("\n").trim());
    Some(Kept { opening, text: text.trim().to_owned() })
}

/// Returns what an unreadable one kept already. It stands directly before the last `<sub>` line, or at the very end: nothing that
/// stands elsewhere, in a quotation of the plan say, is taken for it.
fn kept_before(body: &str) -> Option<Kept> {
    let (above, _) = last_line(body, "<sub>").unwrap_or((body, ""));
    let inside = above.trim_end().strip_suffix("\n</details>")?;
    let (_, block) = last_line(inside, BEFORE)?;
    let (opening, text) = block.split_once('\n')?;
    let (commit, day) = opening.strip_prefix(BEFORE)?.strip_suffix(AFTER)?.split_once("</code>, ")?;
    let is_day = day.len() <= 12 && day.bytes().all(|it| it.is_ascii_alphanumeric() || it == b' ' || it == b':');
    (is_commit(commit) && is_day).then(|| Kept { opening: opening.to_owned(), text: text.trim().to_owned() })
}

/// Parts a text before its last line with such a beginning.
fn last_line<'a>(text: &'a str, beginning: &str) -> Option<(&'a str, &'a str)> {
    let at = text.rfind(&format!("\n{beginning}"))? + 1;
    text.split_at_checked(at)
}

/// Says whether a text, once put between `<details>` and `</details>`, stays there. In doubt it does not: a line that begins an
/// HTML block or a fence could take in what follows, and a tag of details anywhere could end them.
fn stays_inside(text: &str) -> bool {
    let opens = |line: &str| ["<", "```", "~~~"].iter().any(|it| line.trim_start().starts_with(it));
    let lower = text.to_ascii_lowercase();
    let tags = ["<details", "</details", "<summary", "</summary"];
    !text.lines().any(opens) && !tags.iter().any(|it| lower.contains(it))
}
