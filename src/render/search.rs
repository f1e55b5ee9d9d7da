//! The index of the search as a classic script: what a page from disk may load, where it may not fetch.

use crate::views::search::SearchIndex;

/// Returns the script: nothing in it can end a script element or a line of an old browser's source.
pub fn script(index: &SearchIndex) -> Vec<u8> {
    // Only maps with keys that are no text, or a failing writer, can fail; neither is here.
    let json = serde_json::to_string(index).unwrap_or_default();
    let json = json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("self.roadbookSearch={json};\n").into_bytes()
}
