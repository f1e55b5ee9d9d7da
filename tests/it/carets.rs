//! Carets stand under the words they mean, whatever stands before them on the line: measured in cells of the terminal.

use super::support::understood;
use roadbook::diagnostic::print;
use unicode_width::UnicodeWidthStr as _;

/// The word that a finding is about in each of the lines below.
const WORD: &str = "[DATE]";

/// Returns what stands above the carets of the only finding of the rule `placeholder`.
fn above_carets(roadmap: &str) -> String {
    let it = understood(roadmap, &[], "2026-02-06");
    let found: Vec<_> = it.diagnostics.iter().filter(|it| it.rule == "placeholder").cloned().collect();
    assert_eq!(found.len(), 1, "{roadmap}");
    let files: Vec<_> = it.sources.files().collect();
    let printed = print(&found, &files, false);
    let lines: Vec<&str> = printed.lines().collect();
    let at = lines.iter().position(|it| it.contains('^')).unwrap();
    let behind_bar = |it: &str| it.split_once('|').unwrap().1.to_owned();
    let (source, carets) = (behind_bar(lines[at - 1]), behind_bar(lines[at]));
    let first = carets.find('^').unwrap();
    let last = carets.rfind('^').unwrap();
    // The cells before a character are the width of all that stands before it, taken together as a terminal does.
    let cell = |at: usize| source[..at].width();
    source.char_indices().filter(|(at, _)| (first..=last).contains(&cell(*at))).map(|(_, it)| it).collect()
}

#[test]
fn carets_stand_under_their_words() {
    for before in [
        "plain",
        "a\ttab\t\tand more",
        "日本語の計画",
        "ＡＢＣ full width",
        "한국어 계획",
        "🚧 ✅ ⏳ emoji",
        "👩\u{200D}💻 joined",
        "⚠\u{FE0F} symbol as emoji",
        "🇩🇪 flag",
        "שלום עולם",
        "مرحبا بالعالم",
        "e\u{301}te\u{301} combining",
        "zero\u{200B}width",
        "turned \u{202E}abc\u{202C} around",
        "control \u{1B}[31m characters \u{7}",
    ] {
        for end in ["\n", "\r\n"] {
            for list in ["- ", "1. ", "## ", ""] {
                let plan = format!("# Plan{end}{end}{list}{before} {WORD} 終 ⏳{end}{end}- [ ] a task{end}");
                assert_eq!(above_carets(&plan), WORD, "{plan:?}");
            }
        }
    }
}

#[test]
fn carets_count_cells_in_tables_and_damaged_lines() {
    for line in ["| ⏳ 日本 | [DATE] | x |", "| âœ… done | [DATE] | x |"] {
        let plan = format!("# Plan\n\n| a | b | c |\n|---|---|---|\n{line}\n\n- [ ] a task\n");
        assert_eq!(above_carets(&plan), WORD, "{plan:?}");
    }
}
