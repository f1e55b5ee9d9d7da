//! What a site has for other programs, byte for byte, and what `export` writes.

use super::support::{roadbook, root, tree, write};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

const URL: &str = "https://example.org/harbour";

fn harbour() -> String {
    root().join("tests/cases/feeds/harbour/input").to_str().unwrap().to_owned()
}

fn export(path: &str, format: &str, more: &[&str]) -> String {
    let ran =
        roadbook(&[&["export", path, "--format", format, "--as-of", "2026-02-06", "--no-history"], more].concat());
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{format}");
    ran.out
}

#[test]
fn every_format_is_as_it_was_read_before() {
    let case = root().join("tests/cases/feeds/harbour");
    insta::with_settings!({ snapshot_path => &case, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("calendar", export(&harbour(), "ics", &["--base-url", URL]).replace("\r\n", "\n"));
        insta::assert_snapshot!("feed", export(&harbour(), "atom", &["--base-url", URL]));
        insta::assert_snapshot!("feed-without-address", export(&harbour(), "atom", &[]));
        insta::assert_snapshot!("mermaid", export(&harbour(), "mermaid", &[]));
        insta::assert_snapshot!("taskjuggler", export(&harbour(), "taskjuggler", &[]));
        insta::assert_snapshot!("tasks", export(&harbour(), "csv", &[]).replace("\r\n", "\n"));
    });
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let ran =
        roadbook(&["build", &harbour(), "--as-of", "2026-02-06", "--base-url", URL, "--out", site.to_str().unwrap()]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let read = |name: &str| fs::read_to_string(site.join(name)).unwrap().replace("\r\n", "\n");
    let badges: Vec<String> =
        tree(&site.join("badges")).into_iter().map(|(name, _)| read(&format!("badges/{name}"))).collect();
    insta::with_settings!({ snapshot_path => &case, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("metrics", read("data/metrics.csv"));
        insta::assert_snapshot!("badges", badges.join(""));
        let page = read("sources.html");
        let from = page.find("<section class=\"sec\" aria-labelledby=\"data\">").unwrap();
        insta::assert_snapshot!("page", &page[from..page.find("</main>").unwrap()]);
    });
    assert!(read("weeks/2.html").contains("<link rel=\"alternate\" type=\"application/atom+xml\""));
    assert!(read("weeks/2.html").contains("<a href=\"../calendar.ics\">calendar</a>"));
}

#[test]
fn export_writes_what_build_writes() {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    for more in [&[][..], &["--base-url", URL]] {
        let build = ["build", &harbour(), "--as-of", "2026-02-06", "--out", site.to_str().unwrap()];
        assert_eq!(roadbook(&[&build, more].concat()).status, 0);
        for (format, name) in
            [("json", "data/report.json"), ("csv", "data/tasks.csv"), ("ics", "calendar.ics"), ("atom", "feed.xml")]
        {
            assert!(export(&harbour(), format, more) == fs::read_to_string(site.join(name)).unwrap(), "{format}");
            let file = out.path().join(format);
            let said = export(&harbour(), format, &[more, &["--out", file.to_str().unwrap()]].concat());
            assert_eq!(said, format!("written to {}\n", file.display()));
            assert!(fs::read(&file).unwrap() == fs::read(site.join(name)).unwrap(), "{format}");
        }
    }
}

#[test]
fn export_says_what_it_cannot_do() {
    let several = root().join("tests/cases/portfolio/two-projects/input");
    let several = several.to_str().unwrap();
    let ran = roadbook(&["export", several, "--format", "ics"]);
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.err.replace(several, "[CASE]"),
        "error: [CASE] holds several projects, and one is written at a time\n  help: name the folder of one, or run `roadbook build` for the files of all\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let ran = roadbook(&["export", &harbour(), "--format", "csv", "--out", folder.path().to_str().unwrap()]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("it is a folder"), "{}", ran.err);
}

/// The UID of each event by its title's first words.
fn uids(calendar: &str) -> BTreeMap<String, String> {
    let unfolded = calendar.replace("\r\n ", "");
    let of = |event: &str, key: &str| {
        event.lines().find_map(|it| it.strip_prefix(key)).map(str::to_owned).unwrap_or_default()
    };
    let events = unfolded.split("BEGIN:VEVENT").skip(1);
    events.map(|it| (of(it, "SUMMARY:").split(':').next().unwrap_or_default().to_owned(), of(it, "UID:"))).collect()
}

/// A gate that is moved stays the same event, and so does a phase behind a new one; another project has others.
#[test]
fn an_event_stays_the_same_wherever_it_moves() {
    let plan = |before: &str, weeks: &str| {
        format!(
            "# Quay\n\n**Start:** 2026-01-19\n**Target Launch:** 2026-03-13\n\n{before}## Phase 2: Water (Week {weeks})\n\n### Week 3: x\n\n- [ ] **H-01:** x\n\n### Water Gate\n\n- [ ] Somebody agrees\n"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let of = |text: String, more: &[&str]| {
        write(folder.path(), &[("roadmap.md", text.as_bytes())]);
        export(path, "ics", more)
    };
    let before = of(plan("", "3-4"), &[]);
    let after = of(plan("## Phase 1: Ground (Week 1-2)\n\n- [ ] **H-00:** y\n\n", "5-6"), &[]);
    assert_ne!(before, after);
    let (old, new) = (uids(&before), uids(&after));
    assert!(3 <= old.len(), "{before}");
    assert!(old.iter().all(|(title, uid)| new.get(title) == Some(uid)), "{old:?}\n{new:?}");
    let elsewhere = uids(&of(plan("", "3-4"), &["--base-url", "https://example.org/other"]));
    assert!(old.iter().all(|(title, uid)| elsewhere[title] != *uid));
}

/// The calendar over all projects holds the events of each, behind its name, and they are the same events.
#[test]
fn one_calendar_is_over_all_projects() {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let input = root().join("tests/cases/portfolio/two-projects/input");
    let (input, site) = (input.to_str().unwrap(), site.to_str().unwrap());
    let ran = roadbook(&["build", input, "--as-of", "2026-02-06", "--base-url", URL, "--out", site]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let lines = |path: &str, key: &str| -> BTreeSet<String> {
        let text = fs::read_to_string(format!("{site}/{path}")).unwrap().replace("\r\n ", "");
        text.lines().filter_map(|it| it.strip_prefix(key)).map(str::to_owned).collect()
    };
    let parts = ["harbour/calendar.ics", "library/calendar.ics"];
    for key in ["UID:", "URL:"] {
        let of_parts: BTreeSet<String> = parts.iter().flat_map(|it| lines(it, key)).collect();
        assert!(3 < of_parts.len() && lines("calendar.ics", key) == of_parts, "{key} {of_parts:?}");
    }
    let titles = lines("calendar.ics", "SUMMARY:");
    let own: BTreeSet<String> = parts.iter().flat_map(|it| lines(it, "SUMMARY:")).collect();
    assert!(titles.iter().all(|it| own.iter().any(|own| it.ends_with(&format!(": {own}")))), "{titles:?}");
}

/// Words of a plan add no property, no element, no cell and no line to anything.
#[test]
fn hostile_words_stay_words() {
    let bad = "x\u{2028}\u{85}END:VEVENT BEGIN:VEVENT \\n;,: <script>alert(1)</script> ]]> \u{202E} \u{0}\u{8} \u{FFFE} ${x} =1+1";
    let long = "路".repeat(30_000);
    let plan = format!(
        "# {bad}\n\n**Start:** 2026-01-19\n**Target Launch:** 2026-03-13\n\n## Phase 1: {bad} (Week 1-2)\n\n**Goal:** {long}\n\n### Week 1: {bad}\n\n- [ ] **H-01:** {bad}\n  - *Owner: {bad} | Duration: 1d*\n- [ ] {long}\n\n### {bad} Gate\n\n- [ ] {bad}\n"
    );
    let standup = format!(
        "# Week 1 Standup\n\n### Done\n- H-01: {bad}\n- {long}\n\n### Decisions needed\n- {bad}? Due: 2026-02-11\n"
    );
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("roadmap.md", plan.as_bytes()), ("standups/week-01.md", standup.as_bytes())]);
    let path = folder.path().to_str().unwrap();
    let calendar = export(path, "ics", &[]);
    let count = |it: &str| calendar.split("\r\n").filter(|line| *line == it).count();
    assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
    assert!(calendar.split("\r\n").all(|it| it.len() <= 75 && !it.contains(char::is_control)), "{calendar}");
    let feed = export(path, "atom", &[]);
    assert!(!feed.contains("<script") && !feed.contains(['\u{0}', '\u{8}', '\u{FFFE}']), "{feed}");
    let table = export(path, "csv", &[]);
    let mut rows = csv_rows(&table);
    let columns = rows.remove(0).len();
    assert!(rows.len() == 2 && rows.iter().all(|it| it.len() == columns), "{table}");
    assert!(rows.iter().flatten().all(|it| !it.starts_with(['=', '+', '-', '@', '\t'])), "{table}");
}

/// Reads CSV with quotes, as RFC 4180 has it.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    for letter in text.trim_start_matches('\u{FEFF}').chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            other => cell.push(other),
        }
    }
    rows
}

#[test]
fn ten_thousand_tasks_are_written_at_once() {
    let tasks = (0..10_000).map(|it| format!("- [ ] **H-{it}:** Part {it}\n")).collect::<Vec<_>>().concat();
    let gates =
        (0..400).map(|it| format!("### Gate {it} Gate\n\n- [ ] Somebody agrees\n\n")).collect::<Vec<_>>().concat();
    let plan = format!(
        "# Quay\n\n**Start:** 2026-01-19\n\n## Phase 1: Ground (Week 1-4)\n\n### Week 1: x\n\n{tasks}\n{gates}"
    );
    let folder = tempfile::tempdir().unwrap();
    let standups: Vec<(String, String)> = (1..=80)
        .map(|it| (format!("standups/week-{it}.md"), format!("# Week {it} Standup\n\n### Done\n- H-{it}: it\n")))
        .collect();
    let files: Vec<(&str, &[u8])> = standups.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    write(folder.path(), &[&[("roadmap.md", plan.as_bytes())], &files[..]].concat());
    let path = folder.path().to_str().unwrap();
    for format in ["csv", "ics", "atom", "mermaid", "taskjuggler"] {
        let begun = std::time::Instant::now();
        let ran = roadbook(&["export", path, "--format", format, "--as-of", "2027-12-31", "--no-history"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(begun.elapsed().as_secs() < 60, "{format} took {:?}", begun.elapsed());
        if format == "atom" {
            assert_eq!(ran.out.matches("<entry>").count(), 50, "the newest fifty");
        }
    }
}
