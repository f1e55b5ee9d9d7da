//! The last change, so that it can be taken back.

use super::Refusal;
use super::bytes::Replaced;
use serde::{Deserialize, Serialize};

/// The version of the record.
const VERSION: u32 = 1;

/// The last change that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastEdit {
    version: u32,
    /// The project's folder, as seen from the top of its repository.
    pub project: String,
    /// What the task is called.
    pub task: String,
    /// The files.
    pub files: Vec<Rewritten>,
}

/// A file that was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rewritten {
    /// Its path, as seen from the project's folder.
    pub path: String,
    /// The lines that were changed.
    pub places: Vec<Replaced>,
}

impl LastEdit {
    /// Makes the record of a change.
    #[must_use]
    pub fn new(project: String, task: String, files: Vec<Rewritten>) -> Self {
        Self { version: VERSION, project, task, files }
    }

    /// Reads a record; nothing where it is none that this program wrote.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(bytes).ok().filter(|it| it.version == VERSION)
    }

    /// Returns the record as it is kept.
    #[must_use]
    pub fn written(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).unwrap_or_default()
    }
}

/// Returns the bytes of a file with its lines as they were. Lines that were moved since are found where no others are the same.
///
/// # Errors
///
/// When the lines have changed since.
pub fn take_back(file: &Rewritten, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut now = bytes.to_vec();
    for it in file.places.iter().rev() {
        let at = found(&now, it).ok_or_else(|| {
            let path = crate::prose::one_line(&file.path);
            Refusal::new(
                format!("{path}: what was written there has changed since, so it is not taken back"),
                "change it yourself: `git diff` shows what is new",
            )
        })?;
        now.splice(at..at + it.after.len(), it.before.bytes());
    }
    Ok(now)
}

/// Says whether a file is as it was before the change: its lines stand where they stood, and not as they were changed.
#[must_use]
pub fn is_as_before(file: &Rewritten, bytes: &[u8]) -> bool {
    // Where the lines before stood: the changed ones before them moved those behind.
    let mut moved = 0_isize;
    file.places.iter().all(|it| {
        let at = it.at.checked_add_signed(-moved);
        moved += it.after.len().cast_signed() - it.before.len().cast_signed();
        let stands = |text: &str| at.and_then(|at| bytes.get(at..)).is_some_and(|it| it.starts_with(text.as_bytes()));
        stands(&it.before) && !(it.after.starts_with(&it.before) && stands(&it.after))
    })
}

/// Finds the changed lines: where they were, else the only ones like them.
fn found(bytes: &[u8], it: &Replaced) -> Option<usize> {
    let after = it.after.as_bytes();
    let begins_line = |at: usize| {
        at == 0
            || bytes
                .get(..at)
                .is_some_and(|it| it.ends_with(b"\n") || it.ends_with(b"\r") || it.ends_with(b"\xEF\xBB\xBF"))
    };
    if bytes.get(it.at..).is_some_and(|it| it.starts_with(after)) && begins_line(it.at) {
        return Some(it.at);
    }
    if after.is_empty() {
        return None;
    }
    let mut all = memchr::memmem::find_iter(bytes, after).filter(|at| begins_line(*at));
    all.next().filter(|_| all.next().is_none())
}
