//! Files inside the program: what pages, mails and comments look like.

use rust_embed::Embed;
use std::borrow::Cow;

/// Everything under `templates/`.
#[derive(Embed)]
#[folder = "templates/"]
struct Files;

/// A sheet of a project's own that comes after ours; there is none in the program.
pub const EXTRA_SHEET: &str = "site/extra.css";

/// Returns the bytes of a file under `templates/`.
#[must_use]
pub fn bytes(name: &str) -> Option<Vec<u8>> {
    Files::get(name).map(|it| it.data.into_owned())
}

/// Returns the text of a file under `templates/`.
#[must_use]
pub fn text(name: &str) -> Option<String> {
    String::from_utf8(bytes(name)?).ok()
}

/// Returns the names of all files under `templates/`, sorted.
#[must_use]
pub fn names() -> Vec<Cow<'static, str>> {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    names
}

/// Says whether a name is that of a template, which the engine reads.
#[must_use]
pub fn is_template(name: &str) -> bool {
    has_ending(name, &["html", "svg", "md", "toml", "yml"])
}

/// Says whether a name is that of a file which a project may have in its own words: a template, a style sheet or a script.
#[must_use]
pub fn is_own_text(name: &str) -> bool {
    // What a project begins with, and what pages have while it is written, is no part of its look.
    let is_of_pages = !["init/", "live/"].iter().any(|it| name.starts_with(it));
    is_of_pages && has_ending(name, &["html", "svg", "md", "css", "js"])
}

/// Returns the names of the files that a project may put in the place of ours, sorted.
#[must_use]
pub fn replaceable() -> Vec<Cow<'static, str>> {
    let mut names = names();
    names.push(EXTRA_SHEET.into());
    names.retain(|it| is_own_text(it));
    names.sort();
    names
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    std::path::Path::new(name).extension().is_some_and(|it| endings.iter().any(|ending| it == *ending))
}
