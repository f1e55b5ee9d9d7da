//! Data as text.

use serde::Serialize;

/// Writes a value as JSON with a line end behind it.
pub fn json(value: &impl Serialize) -> Vec<u8> {
    // Only maps with keys that are no text, or a failing writer, can fail; neither is here.
    let mut text = serde_json::to_vec_pretty(value).unwrap_or_default();
    text.push(b'\n');
    text
}
