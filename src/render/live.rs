//! What pages of a site have beside their own while it is written.

use crate::shipped::bytes;
use crate::views::live::LiveState;
use std::collections::BTreeMap;

/// Returns the files that every page uses besides those of the site, by name.
#[must_use]
pub fn live_files() -> BTreeMap<&'static str, Vec<u8>> {
    ["live.js", "live.css"].into_iter().map(|it| (it, bytes(&format!("live/{it}")).unwrap_or_default())).collect()
}

/// Writes what pages are told, as JSON in one line.
#[must_use]
pub fn live_words(state: &LiveState) -> String {
    // Only maps with keys that are no text can fail, and none is here.
    serde_json::to_string(state).unwrap_or_default()
}
