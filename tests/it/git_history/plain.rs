//! The same as git itself says, where git can say it.

use super::made::{Made, Put, git, known_past, project};
use crate::support::shared;
use roadbook::edge::past;
use std::fs;
use std::path::Path;

/// Returns each commit of the first parents that changes a path, and the hash of its text, in the order of git.
fn plain(folder: &Path, path: &str) -> Vec<(String, String)> {
    let log =
        ["log", "--first-parent", "-m", "--root", "--no-renames", "--no-abbrev", "--raw", "--format=%H", "--", path];
    let mut commit = String::new();
    let mut found = Vec::new();
    for line in git(folder, &log).lines() {
        match line.strip_prefix(':') {
            Some(raw) => found.push((commit.clone(), raw.split(' ').nth(3).unwrap().to_owned())),
            None if !line.is_empty() => line.clone_into(&mut commit),
            None => {}
        }
    }
    found
}

/// Returns the same as we read it.
fn ours(folder: &Path, path: &str) -> Vec<(String, String)> {
    let past = known_past(past(&project(folder, path), &[], false).unwrap());
    assert!(past.notes.is_empty(), "{:?}", past.notes);
    let versions = past.revisions.iter().filter_map(|it| Some((it.commit.to_string(), it.roadmap.as_ref()?)));
    versions.map(|(commit, it)| (commit, it.blob.map_or_else(|| "0".repeat(40), |it| it.to_string()))).collect()
}

#[test]
fn real_histories_are_what_git_says() {
    let Some(shared) = shared("real histories") else { return };
    let bundles = fs::read_dir(shared.join("histories")).unwrap().map(|it| it.unwrap().path());
    let mut compared = 0;
    for bundle in bundles.filter(|it| it.extension().is_some_and(|it| it == "bundle")) {
        let folder = tempfile::tempdir().unwrap();
        git(folder.path(), &["clone", "-q", bundle.to_str().unwrap(), "."]);
        let files = git(folder.path(), &["ls-files"]);
        for path in files.lines().filter(|it| Path::new(it).extension().is_some_and(|it| it.eq_ignore_ascii_case("md")))
        {
            let (plain, ours) = (plain(folder.path(), path), ours(folder.path(), path));
            // Git looks for no other name here, so it ends where the file was renamed.
            assert_eq!(ours.get(..plain.len()), Some(plain.as_slice()), "{} {path}", bundle.display());
            compared += plain.len();
        }
    }
    assert!(20 < compared, "only {compared} versions");
}

#[test]
fn a_long_history_is_what_git_says() {
    let mut made = Made::new();
    for at in 0..3_000 {
        let (text, path) = (format!("version {}\n", at / 2), ["roadmap.md", "x.md", "standups/w1.md"][at % 3]);
        made.commit(i64::try_from(at).unwrap(), &[(path, Put(&text))]);
    }
    made.make();
    let plain = plain(made.path(), "roadmap.md");
    assert_eq!(plain.len(), 1_000);
    assert_eq!(ours(made.path(), "roadmap.md"), plain);
    let past = known_past(made.past().unwrap());
    assert_eq!(past.revisions.iter().map(|it| it.standups.len()).sum::<usize>(), 1_000);
    for version in past.revisions.iter().filter_map(|it| it.roadmap.as_ref()?.blob) {
        assert!(past.texts.read(version).unwrap().starts_with(b"version "));
    }
}
