//! Output as a value: files in memory, sorted by path.

use std::collections::BTreeMap;
use std::fmt;

/// The path of an output file, relative to the output folder. Its parts are safe file names on every system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutPath(String);

impl OutPath {
    /// Makes a path of one part or several. Each part is made of ASCII letters, digits, `-`, `_` and `.`, does not begin with a
    /// dot and is not empty; any other character becomes `-`.
    #[must_use]
    pub fn new(parts: &[&str]) -> Self {
        let parts: Vec<String> = parts.iter().map(|it| safe(it)).collect();
        Self(parts.join("/"))
    }

    /// Makes the path whose parts have `/` between them.
    #[must_use]
    pub fn of(path: &str) -> Self {
        Self::new(&path.split('/').collect::<Vec<_>>())
    }

    /// Returns the path with `/` between its parts.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the path of the same file in a folder of the output folder.
    #[must_use]
    pub fn within(&self, folder: &str) -> Self {
        Self(format!("{}/{}", safe(folder), self.0))
    }

    /// Returns what a page at this path puts before a link to reach the output folder: `../` once for each folder.
    #[must_use]
    pub fn up(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn safe(part: &str) -> String {
    let keep = |it: char| if it.is_ascii_alphanumeric() || "-_.".contains(it) { it } else { '-' };
    let safe: String = part.chars().map(keep).collect();
    let safe = safe.trim_start_matches('.');
    if safe.is_empty() { "-".to_owned() } else { safe.to_owned() }
}

/// Output files in memory.
#[derive(Debug, Clone, Default)]
pub struct Bundle {
    /// The bytes of each file by its path.
    pub files: BTreeMap<OutPath, Vec<u8>>,
}

impl Bundle {
    /// Adds a file; a later one at the same path takes its place.
    pub fn add(&mut self, path: OutPath, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path, bytes.into());
    }

    /// Adds all files of another bundle, in a folder of their own.
    pub fn add_all(&mut self, folder: &str, other: Self) {
        self.files.extend(other.files.into_iter().map(|(path, bytes)| (path.within(folder), bytes)));
    }
}
