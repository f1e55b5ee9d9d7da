//! The page on how a plan was read: each line with what it was read as, whole.

use super::support::{root, understood};
use roadbook::pipeline::Understood;
use roadbook::views::Desk;
use roadbook::views::reading::{ReadingPage, reading};
use std::fmt::Write as _;

fn page(understood: &Understood) -> ReadingPage {
    reading(&Desk { facts: understood.facts(), up: "", is_part: false }, None)
}

/// The page as text: what was found, what is absent, each line and its notes.
fn outline(page: &ReadingPage) -> String {
    let mut text = format!("{}\n\n", page.heading);
    for it in &page.found {
        let _ = writeln!(text, "{}: {} | {}", it.label, it.value, it.note);
    }
    let _ = writeln!(text);
    for it in &page.absence.needed {
        let _ = writeln!(text, "{} {}", it.what, it.cost);
    }
    let _ = writeln!(text, "[{}] {}\n", page.absence.further.len(), page.absence.summary);
    for part in &page.parts {
        if !part.folded.is_empty() {
            let _ = writeln!(text, "   + {}", part.folded);
        }
        for line in &part.lines {
            let mut notes: Vec<String> = line
                .notes
                .iter()
                .map(|it| {
                    let bad = if it.is_bad { "!! " } else { "" };
                    format!("{bad}{} {}", it.name.text, it.words).trim_end().to_owned()
                })
                .collect();
            if !line.plain.is_empty() {
                notes.push(format!("({})", line.plain));
            }
            let fold = if part.folded.is_empty() { "" } else { "|" };
            let _ = writeln!(text, "{:>4} {fold}{:<50.50} {}", line.number, line.text, notes.join("; "));
        }
    }
    for file in &page.standups {
        let _ = writeln!(text, "\n{}", file.file.text);
        for it in &file.standups {
            let _ = writeln!(text, "{}", it.words);
            for list in &it.lists {
                let lines: Vec<&str> = list.lines.iter().map(|it| it.text.as_str()).collect();
                let _ = writeln!(text, "  {}: {}{}", list.name, lines.join(", "), list.more);
            }
        }
        for it in &file.unread {
            let _ = writeln!(text, "  unread: {} ({})", it.text, it.src.label);
        }
    }
    text
}

#[test]
fn each_line_is_told_what_it_was_read_as() {
    let case = root().join("tests/cases/reading/line-by-line");
    let read = |name: &str| std::fs::read_to_string(case.join("plan").join(name)).unwrap();
    let standup = read("standups/week-1.md");
    let understood = understood(&read("roadmap.md"), &[("standups/week-1.md", &standup)], "2026-02-06");
    insta::with_settings!({ snapshot_path => case, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("lines", outline(&page(&understood)));
    });
}

#[test]
fn a_long_plan_is_listed_in_part_and_says_so() {
    let mut plan = "# Plan\n".to_owned();
    for it in 1..=6_000 {
        let _ = writeln!(plan, "- [ ] task {it} {}", "x".repeat(if it == 7 { 5_000 } else { 1 }));
    }
    let page = page(&understood(&plan, &[], "2026-02-06"));
    assert_eq!(page.limit, "The first 5000 of 6001 lines are listed.");
    let lines: Vec<_> = page.parts.iter().flat_map(|it| &it.lines).collect();
    assert_eq!(lines.len(), 5_000);
    assert!(lines.iter().all(|it| it.text.chars().count() <= 301), "a long line is shown whole");
}

#[test]
fn what_hides_its_neighbours_is_named_in_lines() {
    let page = page(&understood("# A\u{202E}B\n- [ ] <script>\n", &[], "2026-02-06"));
    let first = page.parts.first().unwrap().lines.first().unwrap();
    assert_eq!(first.text, "# A[U+202E]B");
}
