//! Where a change stands: a line, and its address at the source host.

use super::DiffFacts;
use crate::comparison::Said;
use crate::sources::CommitId;
use crate::text::Place;
use crate::views::wording;

/// What the two sides are called, and where they lie.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The side before the change.
    pub before: Version,
    /// The side after it.
    pub after: Version,
    /// The repository's page at the source host, without a slash at its end.
    pub repository: Option<String>,
    /// Where the preview of the site will be found, without a slash at its end.
    pub preview: Option<String>,
    /// The number of the pull request.
    pub pull: Option<u64>,
    /// The two have no commit in common, although one was asked for.
    pub has_no_merge_base: bool,
}

/// A side of a comparison.
#[derive(Debug, Clone, Default)]
pub struct Version {
    /// What the user called it: a branch, a commit, a folder.
    pub name: String,
    /// The commit; nothing for files as they lie on the disk.
    pub commit: Option<CommitId>,
    /// The branch that it was left from, where the commit is the one that both have in common.
    pub parts_from: Option<String>,
    /// The project's folder within the repository, with a slash at its end; empty at its top.
    pub folder: String,
}

impl Version {
    /// Returns what the user called it, a hash by its first letters; of a commit that two branches have in common, where it lies.
    #[must_use]
    pub fn shown(&self) -> Said {
        let called = |name: &str| {
            let is_hash = 12 <= name.len() && name.bytes().all(|it| it.is_ascii_hexdigit());
            Said::theirs(if is_hash { name.chars().take(7).collect() } else { name.to_owned() })
        };
        match (self.commit, &self.parts_from) {
            (Some(commit), Some(name)) => {
                Said::theirs(commit.short()).and(", where it left ").and_all(called(name)).and(",")
            }
            (Some(commit), None) if commit.to_string().starts_with(&self.name) => Said::theirs(commit.short()),
            (Some(commit), None) => called(&self.name).and(" at ").and_theirs(commit.short()),
            (None, _) => called(&self.name),
        }
    }
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The file, as the project calls it.
    pub path: String,
    /// The line, counted from 1.
    pub number: u32,
    /// Whether it is one of before.
    pub is_of_before: bool,
    /// Whether the file is the roadmap of its side.
    pub is_roadmap: bool,
    /// Its address at the source host, where that is known.
    pub href: Option<String>,
}

/// Returns the line of a place.
pub fn line(facts: &DiffFacts<'_>, place: &Place, is_of_before: bool) -> Line {
    line_at(facts, &place.path, place.line(), is_of_before)
}

/// Returns a line by its number.
pub fn line_at(facts: &DiffFacts<'_>, path: &str, number: u32, is_of_before: bool) -> Line {
    let (version, side) =
        if is_of_before { (&facts.context.before, &facts.before) } else { (&facts.context.after, &facts.after) };
    let href = facts.context.repository.as_ref().zip(version.commit).map(|(repository, commit)| {
        let path = wording::url_path(&within(&version.folder, path));
        // Without it a host shows a Markdown file as a page, which has no lines.
        format!("{repository}/blob/{commit}/{path}?plain=1#L{number}")
    });
    Line { path: path.to_owned(), number, is_of_before, is_roadmap: *side.sources.roadmap.path == *path, href }
}

/// Returns a path as seen from the top of the repository; `../` leads out of the project's folder.
fn within(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            it => parts.push(it),
        }
    }
    parts.join("/")
}

/// Says what was compared.
pub fn compared(facts: &DiffFacts<'_>) -> Said {
    let as_of = facts.after.history.as_of.format("%-d %b %Y").to_string();
    facts.context.before.shown().and(" with ").and_all(facts.context.after.shown()).and(format!(", as of {as_of}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_are_seen_from_the_top() {
        let cases = [
            ("", "roadmap.md", "roadmap.md"),
            ("a/b/", "x.md", "a/b/x.md"),
            ("a/b/", "../x.md", "a/x.md"),
            ("a/", "../../x", "x"),
        ];
        for (folder, path, expected) in cases {
            assert_eq!(super::within(folder, path), expected);
        }
    }
}
