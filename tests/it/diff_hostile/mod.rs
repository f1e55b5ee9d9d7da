//! The comment of a pull request stays what it is, whatever a plan says: nobody is mentioned, nothing linked or loaded, no table
//! and no fence broken. And neither is a terminal steered, or a log given orders.
//!
//! Every text of `strings.rs` stands in every field of `plans.rs`, as an attacker would write it, and so that it is meant letter
//! for letter. `rendered.rs` looks at the comments with the eyes of two readers of Markdown.

mod plans;
mod rendered;
mod sizes;
mod strings;
mod words;

use super::git_history::made::{Put, git};
use super::history::repository;
use super::support::{Ran, ran, write};
use plans::{FORMS, Form, Pair, SILENT};
use rendered::{PREVIEW, REPOSITORY, has_cmark, seen};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use strings::{escaped, is_hidden, others, own, shown};

/// Runs `diff` over two folders, with links to a source host and to a preview.
fn diff(folder: &Path, more: &[&str]) -> Ran {
    let [before, after] = ["before", "after"].map(|it| folder.join(it).display().to_string());
    ran(&[
        &["diff", &before, &after, "--as-of", "2026-02-06", "--repo-url", REPOSITORY, "--preview-url", PREVIEW],
        more,
    ]
    .concat())
}

fn comment(folder: &Path) -> String {
    let it = diff(folder, &["--format", "markdown"]);
    assert_eq!((it.status, it.err.as_str()), (0, ""));
    it.out
}

/// Writes a pair into a folder.
fn put(folder: &Path, pair: &Pair) {
    write(folder, &[("before/roadmap.md", pair.before.as_bytes()), ("after/roadmap.md", pair.after.as_bytes())]);
    let _ = std::fs::remove_dir_all(folder.join("after/standups"));
    if let Some((name, says)) = &pair.standup {
        write(folder, &[(&format!("after/standups/{name}"), says.as_bytes())]);
    }
}

/// Says which of some texts a field has in a pair. Over all pairs each field has each text once.
fn chosen(number: usize, field: usize, count: usize) -> usize {
    (number + 7 * field) % count
}

/// Makes a pair.
fn nth((make, _): Form, number: usize, texts: &[String]) -> Pair {
    let mut field = 0;
    make(&mut || {
        field += 1;
        texts[chosen(number, field - 1, texts.len())].clone()
    })
}

/// Calls something with each number, on as many threads as are worth it, each with a folder of its own.
fn each(count: usize, look: impl Fn(usize, &Path) + Sync) {
    std::thread::scope(|scope| {
        for first in 0..2 {
            let look = &look;
            scope.spawn(move || {
                let folder = tempfile::tempdir().unwrap();
                (first..count).step_by(2).for_each(|it| look(it, folder.path()));
            });
        }
    });
}

#[test]
fn every_field_reaches_the_comment() {
    for (make, fields) in FORMS {
        let folder = tempfile::tempdir().unwrap();
        let mut at = 0;
        let pair = make(&mut || {
            at += 1;
            format!("Slot{:02}", at - 1)
        });
        put(folder.path(), &pair);
        assert_eq!(at, fields.len());
        let comment = comment(folder.path());
        let seen = seen(&comment, has_cmark());
        let is_there = |at: usize| seen.codes.iter().any(|it| it.contains(&format!("Slot{at:02}")));
        let missing: Vec<_> = fields.iter().enumerate().filter(|(at, _)| !is_there(*at)).map(|it| *it.1).collect();
        assert!(missing.iter().all(|it| *it == SILENT), "{missing:#?}\n{comment}");
        assert!(seen.faults.is_empty(), "{:#?}\n{comment}", seen.faults);
    }
}

/// Holds that comments are what they should be over pairs with such texts, or over every so-many-th of them; calls something with
/// each pair's number and what its comment shows as code.
fn hold(texts: &[String], step: usize, look: impl Fn(usize, usize, &[String]) + Sync) {
    let has_cmark = has_cmark();
    let faults = Mutex::new(String::new());
    let all = FORMS.len() * texts.len();
    each(all / step, |at, folder| {
        let (form, number) = (at * step / texts.len(), at * step % texts.len());
        put(folder, &nth(FORMS[form], number, texts));
        let comment = comment(folder);
        let seen = seen(&comment, has_cmark);
        if !seen.faults.is_empty() {
            let _ = write!(faults.lock().unwrap(), "pair {number}:\n{}\n{comment}\n", seen.faults.join("\n"));
        }
        look(form, number, &seen.codes);
    });
    let faults = faults.into_inner().unwrap();
    let end = faults.char_indices().nth(20_000).map_or(faults.len(), |it| it.0);
    assert!(faults.is_empty(), "{}", &faults[..end]);
}

#[test]
fn our_own_texts_as_they_are_meant() {
    let texts = own();
    let marked: Vec<String> = texts.iter().map(|it| escaped(it)).collect();
    // The beginning of each, as a comment shows it.
    let shown: Vec<String> = texts.iter().map(|it| shown(it).chars().take(40).collect()).collect();
    let arrived = Mutex::new(vec![0; texts.len()]);
    hold(&marked, 1, |form, number, codes| {
        for field in 0..FORMS[form].1.len() {
            let at = chosen(number, field, texts.len());
            if codes.iter().any(|it| it.contains(&shown[at])) {
                arrived.lock().unwrap()[at] += 1;
            }
        }
    });
    // Some fields read signs of their own in what they are given: a list of owners, a note in brackets.
    let arrived = arrived.into_inner().unwrap();
    let lost: Vec<_> = texts.iter().zip(&arrived).filter(|it| *it.1 < 30).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn our_own_texts_as_they_are_written() {
    hold(&own(), 2, |_, _, _| {});
}

#[test]
fn the_texts_of_others() {
    let marked: Vec<String> = others().iter().map(|it| escaped(it)).collect();
    hold(&marked, 5, |_, _, _| {});
}

/// Looks at a comment that says that a plan cannot be read.
fn look_at_unreadable(comment: &str, has_cmark: bool, faults: &Mutex<Vec<String>>) {
    assert!(comment.lines().next().unwrap().ends_with(" state=unreadable -->"), "{comment}");
    let seen = seen(comment, has_cmark);
    if !seen.faults.is_empty() {
        faults.lock().unwrap().push(format!("{}\n{comment}", seen.faults.join("\n")));
    }
}

fn none(faults: Mutex<Vec<String>>) {
    let faults = faults.into_inner().unwrap();
    let shown: String = faults.join("\n").chars().take(10_000).collect();
    assert!(faults.is_empty(), "{} faults:\n{shown}", faults.len());
}

/// Lines of a merge that was not finished stand in a fence, settings that are wrong in a sentence, and names of files everywhere.
#[test]
fn a_plan_that_cannot_be_read_is_told_safely() {
    let has_cmark = has_cmark();
    let texts: Vec<String> = own().into_iter().chain(others().into_iter().step_by(10)).collect();
    let faults = Mutex::new(Vec::new());
    each(texts.len(), |number, folder| {
        let text = &texts[number];
        let look = |comment: &str| look_at_unreadable(comment, has_cmark, &faults);
        let plan = "# Plan\n\n## Part\n\n- [ ] work\n";
        let conflict = format!("{plan}<<<<<<< {text}\n{text}\n- [ ] {text}\n=======\n{text}\n>>>>>>> {text}\n");
        put(folder, &Pair { before: plan.to_owned(), after: conflict, ..Pair::default() });
        look(&comment(folder));
        let key = serde_json::to_string(text).unwrap().replace("\\u007f", "x");
        let settings = [
            format!("{key} = 1\n"),
            format!("title = {text}\n"),
            format!("start = {key}\n"),
            format!("[check]\n{key} = \"error\"\noverdue = {key}\n"),
            format!("roadmap = {key}\n"),
            format!("# {text}\n= {text}\n"),
        ];
        write(folder, &[("after/roadmap.md", plan.as_bytes())]);
        write(folder, &[("after/roadbook.toml", settings[number % settings.len()].as_bytes())]);
        let comment = comment(folder);
        // Some texts are settings that are right.
        if comment.contains("state=unreadable") {
            look(&comment);
        }
        std::fs::remove_file(folder.join("after/roadbook.toml")).unwrap();
        // A folder without a plan, and one with a plan, both of a hostile name.
        let name: String = text.replace(['/', '\0'], "∕").chars().take(60).collect();
        let [empty, full] = ["empty", "full"].map(|it| folder.join(it).join(format!("w {name}")));
        std::fs::create_dir_all(&empty).unwrap();
        write(&full, &[("roadmap.md", b"# Plan\n\n- [ ] other work\n")]);
        let before = folder.join("before").display().to_string();
        let against = |path: &Path| {
            let path = path.display().to_string();
            ran(&["diff", &before, &path, "--as-of", "2026-02-06", "--format", "markdown"]).out
        };
        look(&against(&empty));
        let seen = seen(&against(&full), has_cmark);
        faults.lock().unwrap().extend(seen.faults);
    });
    none(faults);
}

/// Compares two commits of a repository, with links to its host.
fn of_commits(repository: &Path, base: &str, head: &str) -> String {
    let path = repository.join("plan").display().to_string();
    let more = ["--path", &path, "--format", "markdown", "--as-of", "2023-11-17", "--repo-url", REPOSITORY];
    let it = ran(&[&["diff", base, head], &more[..]].concat());
    assert_eq!((it.status, it.err.as_str()), (0, ""));
    it.out
}

const PLAN: &str = "# Plan\n\n## Part\n\n- [ ] **Q1-01:** work\n";

/// A line of a commit leads to the source host, and its file may have any name.
#[test]
fn names_of_files_in_commits_are_told_safely() {
    let has_cmark = has_cmark();
    let texts = own();
    for texts in texts.chunks(20) {
        let made = repository(&[(1, &[("plan/roadmap.md", Put(PLAN))])]);
        for (at, text) in texts.iter().enumerate() {
            let name: String = text.replace(['/', '\0'], "∕").chars().take(60).collect();
            let says = format!("# Week {} Standup\n\n## Done\n\n- [x] Z9-{at}: no such task\n", at + 1);
            write(made.path(), &[(&format!("plan/standups/w {name}.md"), says.as_bytes())]);
        }
        git(made.path(), &["add", "-A"]);
        git(made.path(), &["commit", "-q", "-m", "standups"]);
        let comment = of_commits(made.path(), "HEAD~1", "HEAD");
        let seen = seen(&comment, has_cmark);
        assert!(seen.faults.is_empty(), "{:#?}\n{comment}", seen.faults);
        assert!(comment.contains("/plan/standups/w%20"), "{comment}");
    }
}

#[test]
fn names_of_branches_are_told_safely() {
    let has_cmark = has_cmark();
    let changed = PLAN.replace("work", "play");
    let made = repository(&[(1, &[("plan/roadmap.md", Put(PLAN))]), (2, &[("plan/roadmap.md", Put(&changed))])]);
    let head = git(made.path(), &["rev-parse", "HEAD"]);
    let mut branches = 0;
    for text in own() {
        // Git allows none of these in the name of a branch.
        let name: String = text.chars().filter(|it| !" ~^:?*[\\".contains(*it) && !it.is_control()).take(50).collect();
        let file = made.path().join(".git/refs/heads").join(&name);
        let refused = name.starts_with(['-', '.', '/']) || name.ends_with(['.', '/']);
        if refused || ["..", "@{", "//", "/."].iter().any(|it| name.contains(it)) || name.is_empty() || file.exists() {
            continue;
        }
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, &head).unwrap();
        let comment = of_commits(made.path(), "HEAD~1", &name);
        let seen = seen(&comment, has_cmark);
        assert!(seen.faults.is_empty(), "{:#?}\n{comment}", seen.faults);
        branches += 1;
    }
    assert!(100 < branches, "only {branches} branches");
}

/// What the looks above must not let pass.
#[test]
fn what_is_not_safe_is_seen() {
    let has_cmark = has_cmark();
    let good = "<!-- roadbook:preview v1 head=0000000 valid-at=2026-02-06T12:00:00Z state=changed -->\n### ⚪ Plan change: 1 change\n\n\
                | Task | Before → after | Effect | Line |\n|---|---|---|---|\n| `a` | `b` → `c` |  | line 4 |\n\n\
                <details><summary>1 change</summary>\n\n| | Finding | Line |\n|---|---|---|\n| new | `a\\|b` | [4](https://example.org/o/r/x) |\n\n\
                </details>\n\n<sub>roadbook</sub>\n";
    assert_eq!(seen(good, has_cmark).faults, [""; 0]);
    for (from, to) in [
        ("`b`", "@org/team"),
        ("`b`", "#12"),
        ("`b`", "www.evil.test"),
        ("`b`", "https://evil.test"),
        ("`b`", "x@evil.test"),
        ("`b`", "<img src=x>"),
        ("`b`", "![x](https://example.org/o/r/x)"),
        ("`b`", "[x](https://evil.test)"),
        ("`b`", "[x](https://example.org/o/rr)"),
        ("`b`", "<a href=\"https://example.org/o/r/x\" onclick=x>line</a>"),
        ("`b`", "</details>"),
        ("`b`", "<details>"),
        ("`b`", "<details open>"),
        ("`b`", "<!-- x -->"),
        ("`b`", "*added*"),
        ("`b`", "~~added~~"),
        ("`b`", "<br class=x>"),
        ("`b`", "x | y"),
        ("`b`", "`x | y`"),
        ("`b`", "`\u{202E}`"),
        ("`b`", "`\u{7}`"),
        ("`b`", "b`"),
        ("line 4", "line 4 of"),
        ("line 4", "`a`"),
        ("| `a` | `b` → `c` |  | line 4 |\n", "| `a` | `b` → `c` |  |\n"),
        ("</details>\n", ""),
        ("</sub>", ""),
        ("Plan change", "Plan pwned"),
        ("### ", "# "),
        ("### ", "\n### "),
        ("<sub>", "---\n\n<sub>"),
        ("<sub>", "- [ ] added\n\n<sub>"),
        ("<sub>", "> added\n\n<sub>"),
        ("<sub>", "[^1]\n\n[^1]: added\n\n<sub>"),
        ("<sub>", "```text\n\n<sub>"),
        ("<!-- road", "\n<!-- road"),
        ("head=0000000", "head=0000000 -->x<!--"),
        ("state=changed", "state=none"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good);
        assert!(!seen(&bad, has_cmark).faults.is_empty(), "{bad}");
        assert!(!seen(&bad, false).faults.is_empty(), "our own reader alone lets it pass:\n{bad}");
    }
}

/// What only a terminal may be told: our own colours.
const COLOURS: [&str; 4] = ["\u{1B}[31m", "\u{1B}[32m", "\u{1B}[33m", "\u{1B}[0m"];

/// Returns what could steer a terminal, or what the runner of a workflow takes for an order: it trims a line before it looks for
/// `::`, and looks for `##[` everywhere (`ActionCommand.cs` of actions/runner).
fn orders(output: &str, is_coloured: bool) -> Vec<String> {
    let colours = if is_coloured { &COLOURS[..] } else { &[] };
    let bare = colours.iter().fold(output.to_owned(), |text, it| text.replace(it, ""));
    let steers = |it: &char| it.is_control() && *it != '\n' || is_hidden(*it) || matches!(it, '\u{2028}' | '\u{2029}');
    let mut found: Vec<String> = bare.chars().filter(steers).map(|it| format!("U+{:04X}", u32::from(it))).collect();
    let is_order = |it: &&str| it.trim_start().starts_with("::") || it.contains("##[");
    found.extend(bare.lines().filter(is_order).map(str::to_owned));
    found
}

#[test]
fn a_terminal_and_a_log_are_given_no_orders() {
    let texts = own();
    let marked: Vec<String> = texts.iter().map(|it| escaped(it)).collect();
    let faults = Mutex::new(Vec::new());
    each(texts.len(), |number, folder| {
        // Each form with half of the texts in each field.
        put(folder, &nth(FORMS[number % 2], number, if number % 4 < 2 { &marked } else { &texts }));
        for colour in ["never", "always"].into_iter().skip(usize::from(number % 5 != 0)) {
            let it = diff(folder, &["--color", colour]);
            assert_eq!((it.status, it.err.as_str()), (0, ""));
            assert_eq!(it.out.contains(COLOURS[3]), colour == "always", "{}", it.out);
            faults.lock().unwrap().extend(orders(&it.out, colour == "always"));
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{} faults, {:#?}", faults.len(), &faults[..faults.len().min(20)]);
}

#[test]
fn data_is_plain_and_says_what_the_plan_says() {
    let texts = own();
    let marked: Vec<String> = texts.iter().map(|it| escaped(it)).collect();
    let faults = Mutex::new(Vec::new());
    each(texts.len(), |number, folder| {
        put(folder, &nth(FORMS[number % 2], number, if number % 4 < 2 { &marked } else { &texts }));
        let it = diff(folder, &["--format", "json"]);
        assert_eq!((it.status, it.err.as_str()), (0, ""));
        let report: serde_json::Value = serde_json::from_str(&it.out).unwrap();
        assert!(report["changes"].as_array().is_some_and(|it| !it.is_empty()));
        let bad = |it: &char| it.is_control() && *it != '\n' || is_hidden(*it);
        let found = it.out.lines().filter(|it| it.contains(|it: char| bad(&it)));
        faults.lock().unwrap().extend(found.map(str::to_owned));
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{} faults, {:#?}", faults.len(), &faults[..faults.len().min(20)]);
    // Nothing else is touched: what is no markup comes out letter for letter.
    let title = "Größe “x” & <b> \"q\" a\\b | 数据 שלום é 👩\u{200D}💻 $5 100%";
    let folder = tempfile::tempdir().unwrap();
    let plan = |line: &str| format!("# Plan\n\n## Part\n\n- [ ] work\n{line}");
    let (before, after) = (plan(""), plan(&format!("- [ ] {}\n", escaped(title))));
    put(folder.path(), &Pair { before, after, ..Pair::default() });
    let report: serde_json::Value = serde_json::from_str(&diff(folder.path(), &["--format", "json"]).out).unwrap();
    assert_eq!(report["changes"][0]["title"], title);
}
