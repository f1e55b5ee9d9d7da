//! Lines such as `*Owner: QA Team + Performance Engineer | Duration: 2d*`.

use super::durations::{Duration, duration};
use super::letters::{is_one_of, split_at, trim};
use smallvec::SmallVec;

/// Who does a task, and how long it takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnerLine<'a> {
    /// The owners as written.
    pub owners: SmallVec<[&'a str; 2]>,
    /// The duration.
    pub duration: Option<Duration>,
}

/// Reads a line of `key: value` pairs parted by ` | `, the first of which names owners or a duration.
#[must_use]
pub fn owner_line(words: &str) -> Option<OwnerLine<'_>> {
    let mut line = OwnerLine::default();
    let (mut rest, mut first) = (Some(words), true);
    while let Some(part) = rest {
        let (part, behind) = split_at(part, b'|').map_or((part, None), |(part, behind)| (part, Some(behind)));
        let (key, value) = split_at(part, b':').or_else(|| part.split_once('：'))?;
        match trim(key) {
            it if is_one_of(it, &["owner", "owners", "assignee", "assignees", "lead"]) => line.owners = owners(value),
            it if is_one_of(it, &["duration", "effort", "estimate", "estimated"]) => line.duration = duration(value),
            _ if first => return None,
            _ => {}
        }
        (rest, first) = (behind, false);
    }
    Some(line)
}

/// Says whether an owner line may begin with this raw text: a look at two letters keeps ordinary lines cheap.
#[must_use]
pub fn may_be_owner_line(raw: &str) -> bool {
    let marks = raw.bytes().take_while(|it| matches!(it, b'*' | b'_' | b' ' | b'[' | b'`' | b'~')).count();
    let letter = |at: usize| raw.as_bytes().get(at).map(u8::to_ascii_lowercase);
    let begins = matches!(
        (letter(marks), letter(marks + 1)),
        (Some(b'o'), Some(b'w'))
            | (Some(b'a'), Some(b's'))
            | (Some(b'l' | b'e'), Some(b'e' | b'f' | b's'))
            | (Some(b'd'), Some(b'u'))
    );
    begins && (raw.contains(':') || raw.contains('：'))
}

fn owners(text: &str) -> SmallVec<[&str; 2]> {
    let mut owners = SmallVec::new();
    if text.bytes().any(|it| matches!(it, b'+' | b',' | b';' | b'&')) {
        let parts = text.split(['+', ',', ';', '&']).map(trim);
        owners.extend(parts.filter(|it| !it.is_empty()));
    } else if !trim(text).is_empty() {
        owners.push(trim(text));
    }
    owners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_and_durations() {
        let line = owner_line("Owner: QA Team + Performance Engineer | Duration: 2d").unwrap();
        assert_eq!(line.owners.as_slice(), ["QA Team", "Performance Engineer"]);
        assert_eq!(line.duration.unwrap().days, Some(2.0));
        assert_eq!(owner_line("Include trace IDs: all of them"), None);
        assert_eq!(owner_line("Document role hierarchy"), None);
    }
}
