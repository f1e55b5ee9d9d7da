//! What counts as a checkbox, held against cmark-gfm itself: on small documents that can be read at a glance, on the corpus, and
//! on made-up plans. Boxes are compared by line and tick, not by their number.

use super::made_up::{self, Kind};
use super::shrink::{shown, shrink};
use super::support::{report, roadbook, root, shared, understood_file};
use roadbook::document::parse;
use roadbook::text::SourceFile;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Boxes by their lines, and whether they are ticked.
type Boxes = Vec<(u32, bool)>;

/// Made-up plans that are compared.
const PLANS: u64 = 4_000;

/// Says whether cmark-gfm is there, or that what needs it is skipped.
fn has_cmark(what: &str) -> bool {
    let ran = Command::new("cmark-gfm").arg("--version").output();
    let found = ran.is_ok_and(|it| it.status.success());
    if !found {
        eprintln!("SKIPPED: {what} (no cmark-gfm; Debian's package has that name)");
    }
    found
}

/// Returns the boxes that cmark-gfm sees.
fn cmark(bytes: &[u8]) -> Boxes {
    let mut child = Command::new("cmark-gfm")
        .args(["-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tagfilter", "-e", "tasklist"])
        .args(["--to", "xml", "--sourcepos"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // It reads all of its input before it writes.
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success());
    let xml = String::from_utf8_lossy(&out.stdout).into_owned();
    let items = xml.lines().map(str::trim).filter_map(|it| it.strip_prefix("<tasklist sourcepos=\""));
    items.map(|it| (it.split(':').next().unwrap().parse().unwrap(), it.contains("completed=\"true\""))).collect()
}

/// Returns the boxes that we see.
fn ours(file: &SourceFile) -> Boxes {
    parse(file).boxes.iter().map(|it| (file.index.line(it.span.start), it.checked)).collect()
}

/// Returns a file as cmark-gfm is to see it: front matter, which it does not know, as empty lines, and no byte order mark,
/// behind which it sees no box. A comment that is a line of its own is an empty line, too: for us it ends no list.
fn plain(bytes: &[u8], file: &SourceFile) -> Vec<u8> {
    without_comments(match parse(file).front_matter {
        Some(span) => {
            let end = file.index.line(span.end) as usize;
            let lines = file.text.split_inclusive('\n').enumerate();
            lines.map(|(at, it)| if at < end { "\n" } else { it }).collect::<String>().into_bytes()
        }
        None => bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).to_vec(),
    })
}

fn without_comments(bytes: Vec<u8>) -> Vec<u8> {
    let Ok(text) = str::from_utf8(&bytes) else { return bytes };
    let mut is_open = false;
    let line = |it: &str| {
        let words = it.trim();
        if !is_open && words.starts_with("<!--") && words.find("-->") == Some(words.len().wrapping_sub(3)) {
            return if it.ends_with('\n') { "\n".to_owned() } else { String::new() };
        }
        // `None` comes before all places.
        let (open, close) = (words.rfind("<!--"), words.rfind("-->"));
        if open != close {
            is_open = close < open;
        }
        it.to_owned()
    };
    text.split_inclusive('\n').map(line).collect::<String>().into_bytes()
}

/// Says what cmark-gfm makes of the line of an item with a box. It looks at the line from its beginning, whatever holds the item,
/// so that it sees no box in a quote or behind a second marker; it wants a space in the box and behind it; and it takes the box
/// for ticked when `[x]` stands anywhere in the line. `CORNERS` has a document for each.
fn by_line(line: &str) -> Option<bool> {
    let space = |it: char| matches!(it, ' ' | '\t' | '\u{B}' | '\u{C}');
    let rest = line.trim_start_matches(space);
    let behind_digits = rest.trim_start_matches(|it: char| it.is_ascii_digit());
    let is_marked = behind_digits.len() < rest.len() || rest.starts_with(['-', '+', '*']);
    let rest = behind_digits.get(1..).filter(|_| is_marked)?;
    let bracket = rest.trim_start_matches(space);
    let behind = ["[ ]", "[x]", "[X]"].iter().find_map(|it| bracket.strip_prefix(it))?;
    (bracket.len() < rest.len() && behind.starts_with(space)).then(|| line.contains("[x]") || line.contains("[X]"))
}

/// Returns the boxes that cmark-gfm sees and those that we see of them, when they are not the same.
fn difference(bytes: &[u8]) -> Option<(Boxes, Boxes)> {
    let file = SourceFile::new("a.md", bytes.to_vec());
    let theirs = cmark(&plain(bytes, &file));
    let ours: Boxes = ours(&file).into_iter().filter_map(|(at, _)| Some((at, by_line(file.line(at))?))).collect();
    (theirs != ours).then_some((theirs, ours))
}

/// Documents on which both agree: the lines of open boxes, and of ticked ones.
const SAME: &[(&str, &[u32], &[u32])] = &[
    ("- [ ] a\n- [x] b\n- [X] c\n* [ ] d\n+ [x] e\n", &[1, 4], &[2, 3, 5]),
    ("1. [ ] a\n2) [x] b\n", &[1], &[2]),
    ("- a\n  - [ ] b\n    - [x] c\n\t- [ ] d\n", &[2, 4], &[3]),
    ("- [ ] loose\n\n- [x] list\n\n  - [ ] below\n", &[1, 5], &[3]),
    ("-    [ ] four spaces\n-     [ ] five are code\n-\t[x] tab\n- [ ]\ttab\n", &[1, 4], &[3]),
    ("- [x]no space\n- [ ]\u{A0}hard space\n- []\n- [  ] two\n- [-] a\n- [✅] b\n- \\[ ] c\n- **[ ]** d\n", &[], &[]),
    ("- [x](https://example.org) a\n- [ ][ref] b\n- [x] c\n\n[ref]: /a\n[x]: /b\n[ ]: /c\n", &[], &[3]),
    ("| a | b |\n|---|---|\n| [ ] | - [x] |\n", &[], &[]),
    ("- | a |\n  |---|\n  | [ ] |\n- [ ] b\n", &[4], &[]),
    ("- [ ] a\n---\n- [x] b\n===\n", &[1], &[3]),
    ("# [ ] a\n[ ] b\n[x] c\n\n*[ ] d - [x] e*\n", &[], &[]),
    ("    - [ ] code\n\n```\n- [ ] fence\n```\n~~~md\n- [x] fence\n~~~\n", &[], &[]),
    ("<!-- - [ ] a -->\n<!--\n- [x] b\n\n- [ ] c -->\n", &[], &[]),
    ("<details>\n- [ ] a\n\n- [ ] b\n</details>\n", &[4], &[]),
    ("- a\n\n  [ ] a paragraph in an item\n-\n  [ ] the line below a marker\n", &[], &[]),
    ("- [ ] a\nlazy\n  - [x] b\n", &[1], &[3]),
    ("text\n2. [ ] no list\n- [ ] a\ntext\n2. [x] another\n", &[3], &[5]),
    ("- [ ] ~~dropped~~\n- [x] ~~done~~\n- ~~[ ] inside~~\n", &[1], &[2]),
    ("- [ ] # no heading\n- [x] ```\n", &[1], &[2]),
    ("- [ ] \n- [x] \t\n", &[1], &[2]),
    ("---\r\nkind: roadmap\r\nlist:\r\n- [ ] a\r\n---\r\n- [ ] b\r\n", &[6], &[]),
    ("+++\na = 1\n+++\n- [x] b\n", &[], &[4]),
    ("- [ ] a\r- [x] b\r\n- [ ] c", &[1, 3], &[2]),
    ("- [ ] 部署\n- [x] בדיקה\n", &[1], &[2]),
    ("- [ ] a\n\n---\n## B\n- [ ] b\n\n---\n- [ ] c\n", &[1, 5, 8], &[]),
    ("a\n\n---\n\n- [ ] b\n\n---\n\n- [ ] c\n", &[5, 9], &[]),
];

#[test]
fn small_documents_have_the_boxes_that_cmark_sees() {
    let has_cmark = has_cmark("small documents against cmark-gfm");
    for (text, open, ticked) in SAME {
        let mut expected: Boxes =
            open.iter().map(|it| (*it, false)).chain(ticked.iter().map(|it| (*it, true))).collect();
        expected.sort_unstable();
        let file = SourceFile::new("a.md", text.as_bytes().to_vec());
        assert_eq!(ours(&file), expected, "{text}");
        assert!(!has_cmark || cmark(&plain(text.as_bytes(), &file)) == expected, "cmark-gfm differs:\n{text}");
    }
}

/// A name, a document, what cmark-gfm sees, what we see.
type Corner = (&'static str, &'static str, &'static [(u32, bool)], &'static [(u32, bool)]);

/// Documents on which the two differ. We see more where GitHub shows a box all the same.
const CORNERS: &[Corner] = &[
    ("a box in a quote", "> - [ ] a\n", &[], &[(1, false)]),
    ("a box behind two markers", "- - [ ] a\n1. - [x] b\n", &[], &[(1, false), (2, true)]),
    ("a tick further on in the line", "- [ ] a [x]\n", &[(1, true)], &[(1, false)]),
    ("a byte order mark", "\u{FEFF}- [ ] a\n- [ ] b\n", &[(2, false)], &[(1, false), (2, false)]),
    ("a lazy line of HTML", "- a\n<b>\n  - [ ] b\n", &[], &[(3, false)]),
    ("an empty box and a lazy line", "- a\n  - [ ]\nlazy\n\n      - [ ] b\n", &[(5, false)], &[]),
    ("a quote in an item and a deeper line", "- [x] a\n  > - b\n        - [ ] c\n", &[(1, false)], &[(1, true)]),
    ("a number that is too long for a list", "- a\n\n  1234567890. [ ] b\n", &[(1, false)], &[]),
];

/// Holds what `CORNERS` says, so that a change of either reader is seen.
#[test]
fn corners_are_known() {
    let has_cmark = has_cmark("corners of cmark-gfm");
    for (name, text, theirs, expected) in CORNERS {
        let file = SourceFile::new("a.md", text.as_bytes().to_vec());
        assert_eq!(ours(&file), *expected, "{name}: we see something else now:\n{text}");
        assert!(!has_cmark || cmark(text.as_bytes()) == *theirs, "{name}: cmark-gfm sees something else now:\n{text}");
    }
}

fn markdown_below(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.map(walkdir::DirEntry::into_path).filter(|it| it.extension().is_some_and(|it| it == "md")).collect()
}

#[test]
fn real_plans_have_the_boxes_that_cmark_sees() {
    if !has_cmark("real plans against cmark-gfm") {
        return;
    }
    let mut paths = markdown_below(&root().join("content"));
    if let Some(shared) = shared("the corpus against cmark-gfm") {
        paths.extend(
            ["corpus", "story-portal", "standup-variants"].iter().flat_map(|it| markdown_below(&shared.join(it))),
        );
        assert!(50 < paths.len(), "only {} files", paths.len());
    }
    for path in paths {
        let difference = difference(&fs::read(&path).unwrap());
        assert_eq!(difference, None, "cmark-gfm and we differ in {}", path.display());
    }
}

/// The counts beside the corpus are those of the report, without cmark-gfm as well.
#[test]
fn the_corpus_is_counted_as_its_index_says() {
    let Some(shared) = shared("the corpus against its index") else { return };
    let index = fs::read_to_string(shared.join("corpus/INDEX.tsv")).unwrap();
    let mut lines = index.lines().map(|it| it.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let column = |name: &str| head.iter().position(|it| *it == name).unwrap();
    let (items, checked) = (column("gfm_items"), column("gfm_checked"));
    let mut files = 0;
    for line in lines {
        let path = shared.join("corpus").join(line[0]);
        let counted = if line[0].contains(' ') {
            // A path with spaces goes the whole way.
            let out = tempfile::tempdir().unwrap();
            let site = out.path().join("a site");
            let ran = roadbook(&["build", path.to_str().unwrap(), "--out", site.to_str().unwrap(), "--quiet"]);
            assert_eq!(ran.status, 0, "{}", ran.err);
            serde_json::from_slice(&fs::read(site.join("data/report.json")).unwrap()).unwrap()
        } else {
            report(&understood_file(SourceFile::new(line[0], fs::read(path).unwrap()), "2026-02-06"))
        };
        let boxes = &counted["files"][0]["checkboxes"];
        let said = format!("{} {}", boxes["total"], boxes["checked"]);
        assert_eq!(said, format!("{} {}", line[items], line[checked]), "{}", line[0]);
        files += 1;
    }
    assert_eq!(files, 42);
}

#[test]
fn made_up_plans_have_the_boxes_that_cmark_sees() {
    if !has_cmark("made-up plans against cmark-gfm") {
        return;
    }
    let check = |seeds: std::ops::Range<u64>| {
        let mut boxes = 0;
        for seed in seeds {
            let text = made_up::plan(Kind::Usual, seed);
            if difference(text.as_bytes()).is_some() {
                let small = shrink(text.as_bytes(), |it| difference(it).is_some());
                let (theirs, ours) = difference(&small).unwrap();
                panic!("plan {seed}: cmark-gfm sees {theirs:?}, we see {ours:?}: {}", shown(&small));
            }
            boxes += parse(&SourceFile::new("a.md", text.into_bytes())).boxes.len();
        }
        boxes
    };
    let boxes: usize = std::thread::scope(|scope| {
        let halves = [0..PLANS / 2, PLANS / 2..PLANS].map(|it| scope.spawn(|| check(it)));
        halves.map(|it| it.join().unwrap()).iter().sum()
    });
    assert!(40_000 < boxes, "only {boxes} boxes were compared");
}
