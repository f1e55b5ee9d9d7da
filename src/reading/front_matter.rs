//! Front matter: the few keys that say what a file is and when it speaks.

use crate::calendar::{SettingDay, Week};
use crate::text::SourceFile;
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

/// Reads front matter in YAML, or in TOML where lines have the form `key = value`.
///
/// # Errors
///
/// When it is neither, or a known key has a value of another kind: the reason in one line.
pub fn front_matter(text: &str) -> Result<FrontMatter, String> {
    if LIMIT < text.len() {
        return Err(format!("it is larger than {} KiB", LIMIT / 1024));
    }
    let first = text.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
    let one_line = |text: String| text.lines().next().unwrap_or_default().to_owned();
    let equals = first.split_once('=').is_some_and(|(key, _)| !key.contains(':'));
    if equals {
        return toml::from_str(text).map_err(|it| one_line(it.message().to_owned()));
    }
    if text.trim().is_empty() {
        return Ok(FrontMatter::default());
    }
    serde_saphyr::from_str(text).map_err(|it| one_line(it.to_string()))
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
