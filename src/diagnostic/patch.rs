//! What a repair changes, as a patch.

use similar::TextDiff;

/// Returns the change of a file as a unified diff that `git apply` takes; empty where nothing changes.
#[must_use]
pub fn patch(path: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(1).header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}
