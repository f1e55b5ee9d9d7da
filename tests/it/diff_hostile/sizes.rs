//! Plans that are made to take long, and very large ones: a comparison takes time that grows with them and no faster.

#![expect(clippy::format_collect, reason = "the texts are made once")]

use super::rendered::{has_cmark, seen};
use super::{Pair, comment, diff, put};

/// A name, and a text of about so many letters.
type Shape = (&'static str, fn(usize) -> String);

/// Texts for which a careless reader of Markdown takes the square of their length, or worse: the kinds that cmark-gfm tests, and
/// some for what a comparison does with words.
const SHAPES: &[Shape] = &[
    ("strong and emphasis within each other", |n| "*a **a ".repeat(n / 14) + "b" + &" a** a*".repeat(n / 14)),
    ("ends of emphasis without a beginning", |n| "a_ ".repeat(n / 3)),
    ("beginnings of emphasis without an end", |n| "_a ".repeat(n / 3)),
    ("ends of links without a beginning", |n| "a] ".repeat(n / 3)),
    ("beginnings of links without an end", |n| "[a ".repeat(n / 3)),
    ("beginnings and ends that do not fit", |n| "*a_ ".repeat(n / 4)),
    ("runs of three", |n| "a**b".to_owned() + &"c* ".repeat(n / 3)),
    ("links and ends of emphasis", |n| "[ a_ ".repeat(n / 5)),
    ("brackets around brackets", |n| "[".repeat(n / 2) + "a" + &"]".repeat(n / 2)),
    ("beginnings of links and addresses", |n| "[ (]( ".repeat(n / 6)),
    ("images within images", |n| "![[]()".repeat(n / 6)),
    ("quotes within quotes", |n| "> ".repeat(n / 2) + "a"),
    ("lists within lists", |n| {
        let depth = (1..=n).find(|it| n < it * it).unwrap_or_default();
        (0..depth).flat_map(|it| ["  ".repeat(it), "* a\n".to_owned()]).collect()
    }),
    ("signs that are none", |n| "abc\u{0}de\u{0}".repeat(n / 7)),
    ("runs of backticks, each longer", |n| {
        let most = (1..=2 * n).find(|it| 2 * n < it * it).unwrap_or_default();
        (1..most).map(|it| format!("e{}", "`".repeat(it))).collect()
    }),
    ("links that never end", |n| "[a](<b".repeat(n / 6)),
    ("addresses that never end", |n| "[a](b".repeat(n / 5)),
    ("comments that never end", |n| "</".to_owned() + &"<!--".repeat(n / 4)),
    ("references to nothing", |n| "[a][b]".repeat(n / 6)),
    ("many references", |n| {
        let lines = (0..n / 30).map(|it| format!("[r{it}]: /u\n")).collect::<String>();
        format!("{lines}\n{}", "[r0] ".repeat(n / 10))
    }),
    ("footnotes", |n| {
        let notes = (0..n / 30).map(|it| format!("[^{it}]: a\n\n")).collect::<String>();
        format!("{}\n\n{notes}", "[^0] ".repeat(n / 10))
    }),
    ("tables of one column", |n| "aaa\rbbb\n-\r".repeat(n / 10)),
    ("a table of many columns", |n| {
        let row = |it: &str| format!("|{}\n", format!("{it}|").repeat(n / 8));
        [row("a"), row("-"), row("b")].concat()
    }),
    ("struck out and struck out", |n| "~~a ~b ".repeat(n / 7)),
    ("tags that never end", |n| "<a href=\"".repeat(n / 9)),
    ("dots", |n| ".".repeat(n)),
    ("digits and commas", |n| "1,000,000,".repeat(n / 10)),
    ("numbers and bounds", |n| "< 5 ms at most 6 ".repeat(n / 17)),
    ("one long word", |n| "a".repeat(n)),
    ("many words", |n| "ab cd ".repeat(n / 6)),
    ("spaces", |n| format!("a{}b", " ".repeat(n))),
    ("orders", |n| "::error::x ".repeat(n / 11)),
    ("letters without a width", |n| "\u{200B}\u{202E}".repeat(n / 6)),
];

/// Letters of a text: enough for what is worse than linear to take minutes without optimisation.
const LETTERS: usize = 40_000;
/// Puts a text wherever a comparison holds words against words, and by itself.
fn plan(text: &str, word: &str) -> String {
    let line = text.replace(['\n', '\r'], " ");
    let cell = line.replace('|', "/");
    format!(
        "# Plan\n\n**Start:** 2026-01-05\n\n## Phase 1: {word} {line} (Week 1-6)\n\n### Week 1: Begin\n\n- [ ] {word} {line}\n\
         - [ ] **Q1-01:** {line} {word}\n  - {line} {word}\n  - *Owner: {line} {word} | Duration: 1d ({line} {word})*\n  - Depends on: {line} {word}\n\n\
         **Phase 1 Exit Criteria:**\n- ✅ {word} {line}\n- ✅ {line} {word}\n\n**🚦 GO/NO-GO GATE:** Go\n- {word} {line}\n- Waiver: \"{word} {line}\" (signed: A, 2026-01-06)\n\n\
         | Metric | Current | Target |\n|-|-|-|\n| Health | {cell} {word} | {word} {cell} |\n\n### High Risks\n\n- {word} {line}\n\n{word}\n\n{text}\n"
    )
}

#[test]
fn no_text_takes_long() {
    let has_cmark = has_cmark();
    let folder = tempfile::tempdir().unwrap();
    for (name, make) in SHAPES {
        let text = make(LETTERS);
        assert!((LETTERS / 3..LETTERS * 3).contains(&text.len()), "{name}: {} letters", text.len());
        let pair = Pair { before: plan(&text, "then"), after: plan(&text, "now"), ..Pair::default() };
        put(folder.path(), &pair);
        let comment = comment(folder.path());
        let seen = seen(&comment, has_cmark);
        assert!(seen.faults.is_empty(), "{name}: {:#?}\n{comment}", seen.faults);
        assert!(!diff(folder.path(), &[]).out.is_empty());
    }
}
