//! What a plan does not have is not on its site: no page for it, no link to that page, no figure without a value.
//!
//! Every folder `tests/cases/degrade/<case>/` is a plan that lacks something. A new one is seen here by itself.
//! `INSTA_UPDATE=always cargo test degrade` writes which pages are made; read them before they are committed.

use super::cases::folders;
use super::support::{roadbook, root, tree};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Words that show that a value was missing where a page took it for granted.
const SLIPS: [&str; 9] = ["NaN", "undefined", "null", "0 of 0", "week undefined", "inf", "None(", "Some(", "\u{FFFD}"];

/// Builds the site of a case as of one day: its files by name.
pub fn pages(case: &std::path::Path) -> Vec<(String, String)> {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let input = case.join("input");
    let ran =
        roadbook(&["build", input.to_str().unwrap(), "--out", site.to_str().unwrap(), "--as-of", "2026-02-06", "-q"]);
    assert_eq!(ran.status, 0, "{}: {}", case.display(), ran.err);
    let files = tree(&site).into_iter();
    let pages = files.map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned()));
    pages.collect()
}

/// The words of a page, one line for each element.
pub fn words(html: &str) -> Vec<String> {
    let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let mut words = String::new();
    let mut is_code = false;
    for piece in main.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        // What is quoted from the plan may hold any words.
        if tag.starts_with("code") || tag.starts_with("pre") {
            is_code = true;
        }
        if tag.starts_with("/code") || tag.starts_with("/pre") {
            is_code = false;
        }
        let _ = writeln!(words, "{}", if is_code { "" } else { text.trim() });
    }
    words.lines().filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Where a page's links within the site lead to.
fn links<'a>(page: &str, html: &'a str) -> Vec<(&'a str, String)> {
    let folder = page.rsplit_once('/').map_or("", |(it, _)| it);
    let hrefs = html.split("href=\"").skip(1).map(|it| it.split('"').next().unwrap());
    let inside = hrefs.filter(|it| !it.starts_with('#') && !it.contains(':'));
    inside
        .map(|it| {
            let path = it.split(['#', '?']).next().unwrap();
            let full = match path.strip_prefix("../") {
                Some(up) => up.to_owned(),
                None if folder.is_empty() => path.to_owned(),
                None => format!("{folder}/{path}"),
            };
            (it, full)
        })
        .collect()
}

#[test]
fn what_is_absent_is_not_on_the_site() {
    let cases = folders(&root().join("tests/cases/degrade"));
    assert!(20 <= cases.len(), "the cases are gone: {cases:?}");
    let mut list = String::new();
    let mut wrong = Vec::new();
    for case in &cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let pages = pages(case);
        let known: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        let html = || pages.iter().filter(|(name, _)| name.rsplit_once('.').is_some_and(|(_, it)| it == "html"));
        for (page, text) in html() {
            for (href, full) in links(page, text) {
                if !known.contains(full.as_str()) {
                    wrong.push(format!("{name}: {page} links to {href}, which is not there"));
                }
            }
            for line in words(text) {
                let is_word = |it: &&&str| {
                    let whole = line.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == **it);
                    whole || (!it.chars().all(char::is_alphanumeric) && line.contains(**it))
                };
                if let Some(slip) = SLIPS.iter().find(is_word).filter(|_| !page.starts_with("rules")) {
                    wrong.push(format!("{name}: {page} says {slip:?} in {line:?}"));
                }
            }
        }
        // The pages of tasks and files are told by how many there are.
        let group = |it: &str| it.split_once('/').is_some_and(|(it, _)| matches!(it, "tasks" | "source" | "weeks"));
        let own: Vec<&str> = html().map(|(it, _)| it.as_str()).filter(|it| !group(it)).collect();
        let count = |folder: &str| html().filter(|(it, _)| it.starts_with(folder)).count();
        let (tasks, weeks) = (count("tasks/"), count("weeks/"));
        let own: Vec<&str> = own.into_iter().map(|it| it.trim_end_matches(".html")).collect();
        let _ = writeln!(list, "{name}: {}; {tasks} tasks, {weeks} weeks", own.join(" "));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    insta::with_settings!({ snapshot_path => root().join("tests/cases/degrade"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("pages", list);
    });
}

#[test]
fn the_test_can_fail() {
    assert_eq!(words("<main id=\"main\"><p>0 of 0</p><pre>null</pre></main>"), ["0 of 0"]);
    assert_eq!(
        links("tasks/a.html", "<a href=\"../b.html#L1\"><a href=\"#x\">"),
        [("../b.html#L1", "b.html".to_owned())]
    );
}
