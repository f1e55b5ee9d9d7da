//! Front matter: the few keys that say what a file is and when it speaks.

use crate::calendar::{SettingDay, Week};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::text::{SourceFile, Span};
use serde::Deserialize;

/// The keys of front matter that mean something; others are left alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FrontMatter {
    /// What the file is: `roadmap` or `standup`.
    pub kind: Option<String>,
    /// The plan's title.
    pub title: Option<String>,
    /// The first day of week 1.
    pub start: Option<SettingDay>,
    /// The target launch.
    pub target: Option<SettingDay>,
    /// The day the file speaks for.
    pub date: Option<SettingDay>,
    /// The week a standup is about.
    pub week: Option<Week>,
}

/// The most that is read as front matter, in bytes.
const LIMIT: usize = 64 * 1024;

/// Why front matter could not be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The reason in one line.
    pub reason: String,
    /// The line of the front matter that it is about, counted from 1, where it is known.
    pub line: Option<u32>,
}

/// Reads front matter in YAML, or in TOML where lines have the form `key = value`.
///
/// # Errors
///
/// When it is neither, or a known key has a value of another kind.
pub fn front_matter(text: &str) -> Result<FrontMatter, Unreadable> {
    if LIMIT < text.len() {
        return Err(Unreadable { reason: format!("it is larger than {} KiB", LIMIT / 1024), line: None });
    }
    let first = text.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
    let one_line = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let equals = first.split_once('=').is_some_and(|(key, _)| !key.contains(':'));
    if equals {
        return toml::from_str(text).map_err(|it| {
            let before = it.span().and_then(|span| text.get(..span.start));
            let line = before.map(|it| u32::try_from(it.matches('\n').count() + 1).unwrap_or(1));
            Unreadable { reason: one_line(it.message()), line }
        });
    }
    if text.trim().is_empty() {
        return Ok(FrontMatter::default());
    }
    serde_saphyr::from_str(text).map_err(|it| {
        let line = it.location().and_then(|it| u32::try_from(it.line()).ok());
        let said = one_line(&it.to_string());
        // The reader names its own place; ours is that of the file.
        let reason = said.split_once(": ").filter(|(it, _)| *it == "error").map_or(&*said, |(_, it)| it);
        let reason = reason.split_once(": ").filter(|(it, _)| it.starts_with("line ")).map_or(reason, |(_, it)| it);
        Unreadable { reason: reason.to_owned(), line }
    })
}

/// Returns the complaint about front matter that could not be read.
#[must_use]
pub fn complaint(file: &SourceFile, matter: Span, why: &Unreadable) -> Diagnostic {
    let first = file.index.line(matter.start);
    let span = why.line.map(|it| file.index.line_span(first + it - 1)).filter(|it| it.start < matter.end);
    let message = format!("the front matter could not be read: {}", phrase::without_types(&why.reason));
    let help = "write `key: value` lines between two lines of `---`, and text with a colon in quotes";
    Diagnostic::at("front-matter", Severity::Warning, &file.place(span.unwrap_or(matter)), message).help(help)
}

/// Says whether a file's front matter calls it a roadmap, by a look at its first lines.
#[must_use]
pub fn is_roadmap(file: &SourceFile) -> bool {
    kind_of(file).is_some_and(|it| it.eq_ignore_ascii_case("roadmap"))
}

/// Returns what a file's front matter calls it.
#[must_use]
pub fn kind_of(file: &SourceFile) -> Option<String> {
    let fence = file.text.get(..3).filter(|it| *it == "---" || *it == "+++")?;
    let rest = file.text.get(3..)?.strip_prefix('\n')?;
    let end = rest.find(&format!("\n{fence}"))?;
    front_matter(rest.get(..end)?).ok()?.kind
}
