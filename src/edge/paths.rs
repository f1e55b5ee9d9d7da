//! Paths in words.

use std::path::Path;

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

/// Says whether a path has the ending of a Markdown file.
pub(super) fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("md") || it.eq_ignore_ascii_case("markdown"))
}
