//! Lines such as `*Owner: QA Team + Performance Engineer | Duration: 2d*`.

use super::durations::{Duration, duration};
use super::letters::is_one_of;

/// Who does a task, and how long it takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnerLine {
    /// The owners as written.
    pub owners: Vec<String>,
    /// The duration.
    pub duration: Option<Duration>,
}

/// Reads a line of `key: value` pairs parted by ` | `, the first of which names owners or a duration.
#[must_use]
pub fn owner_line(words: &str) -> Option<OwnerLine> {
    let mut line = OwnerLine::default();
    for (at, part) in words.split('|').enumerate() {
        let (key, value) = part.split_once([':', '：'])?;
        match key.trim() {
            it if is_one_of(it, &["owner", "owners", "assignee", "assignees", "lead"]) => line.owners = owners(value),
            it if is_one_of(it, &["duration", "effort", "estimate", "estimated"]) => line.duration = duration(value),
            _ if at == 0 => return None,
            _ => {}
        }
    }
    Some(line)
}

fn owners(text: &str) -> Vec<String> {
    let parts = text.split(['+', ',', ';', '&']).map(str::trim);
    parts.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_and_durations() {
        let line = owner_line("Owner: QA Team + Performance Engineer | Duration: 2d").unwrap();
        assert_eq!(line.owners, ["QA Team", "Performance Engineer"]);
        assert_eq!(line.duration.unwrap().days, Some(2.0));
        assert_eq!(owner_line("Include trace IDs: all of them"), None);
        assert_eq!(owner_line("Document role hierarchy"), None);
    }
}
