//! Paths in words, and those that are passed over.

use super::publish::MARKER;
use std::path::Path;

/// Folders that hold other people's code, or what was made from one's own.
const SKIPPED: [&str; 2] = ["node_modules", "target"];

/// Returns a path relative to the project, with `/` between its parts on every system.
#[must_use]
pub fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    if path.is_absolute() {
        return path.to_string_lossy().replace('\\', "/");
    }
    let parts: Vec<_> = path.components().map(|it| it.as_os_str().to_string_lossy()).filter(|it| it != ".").collect();
    parts.join("/")
}

/// Returns a path that can be opened: an empty one is the current folder.
pub(super) fn or_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

/// Says whether a path has the ending of a Markdown file.
pub(super) fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("md") || it.eq_ignore_ascii_case("markdown"))
}

/// Says whether nothing of a project is looked for below a folder: what is hidden, folders of other things, sites that were built.
pub(super) fn is_passed_over(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|it| it.to_string_lossy()) else { return false };
    name.starts_with('.') || SKIPPED.contains(&&*name) || path.join(MARKER).is_file()
}
