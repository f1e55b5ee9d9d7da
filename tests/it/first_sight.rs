//! What a newcomer sees first of a plan as people really write them, in words: nothing twice, nothing that contradicts
//! another figure, nothing that nobody wrote.
//!
//! Every folder `tests/cases/first-sight/<case>/` is a plan like one of the public ones. A new one is seen here by itself.
//! `INSTA_UPDATE=always cargo test first_sight` writes the words of its pages; read them before they are committed.

use super::cases::folders;
use super::degrade::{pages, words};
use super::support::root;
use std::fmt::Write as _;

const PAGES: [&str; 4] = ["index.html", "progress.html", "timeline.html", "reading.html"];

/// A page without its pictures and the tables behind them.
fn without_figures(html: &str) -> String {
    let drop = |text: &str, from: &str, to: &str| {
        let mut pieces = text.split(from);
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |all, it| all + it.split_once(to).map_or("", |(_, rest)| rest))
    };
    drop(&drop(html, "<svg", "</svg>"), "<details class=\"data\">", "</details>")
}

#[test]
fn pages_of_real_plans_say_what_is_written() {
    let cases = folders(&root().join("tests/cases/first-sight"));
    assert!(5 <= cases.len(), "the cases are gone: {cases:?}");
    for case in &cases {
        let pages = pages(case);
        let mut list = String::new();
        for (name, html) in pages.iter().filter(|(name, _)| PAGES.contains(&name.as_str())) {
            let _ = writeln!(list, "== {name}\n{}", words(&without_figures(html)).join("\n"));
        }
        insta::with_settings!({ snapshot_path => case, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("words", list);
        });
    }
}

#[test]
fn no_link_stands_in_another() {
    let pages = pages(&root().join("tests/cases/first-sight/versions-without-days"));
    for (name, html) in pages.iter().filter(|(name, _)| name.rsplit_once('.').is_some_and(|(_, it)| it == "html")) {
        for piece in html.split("<a ").skip(1) {
            assert!(piece.contains("</a>"), "{name}: a link within a link: <a {piece}");
        }
    }
}

#[test]
fn titles_keep_the_direction_of_their_script() {
    let pages = pages(&root().join("tests/cases/first-sight/right-to-left"));
    let page = |name: &str| pages.iter().find(|(it, _)| it == name).map(|(_, it)| it.as_str()).unwrap();
    assert!(page("index.html").contains("<span dir=\"auto\">משאבות</span>"), "next items");
    assert!(page("tasks.html").contains("<bdi>Phase 1: תשתיות</bdi>"), "groups of tasks");
    assert!(page("timeline.html").contains("<bdi>Phase 1: תשתיות</bdi>"), "phases");
    assert!(page("gates.html").contains("dir=\"ltr\">תשתיות exit</a>"), "gates, whose names are ours");
}
