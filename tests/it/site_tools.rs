//! The site as a tool: its search index, the names of things on pages, links to edit lines, the page for what is not there.

use super::support::{roadbook, root, tree, understood, write};
use roadbook::render::{SiteOptions, site};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the files of a site by their paths.
fn built(roadmap: &str, standups: &[(&str, &str)], base_url: Option<&str>) -> BTreeMap<String, String> {
    let understood = understood(roadmap, standups, "2026-02-06");
    let options = SiteOptions { base_url: base_url.map(str::to_owned), is_live: false };
    let bundle = site(understood.facts(), &options).unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    bundle.files.iter().map(|(path, bytes)| (path.as_str().to_owned(), text(bytes))).collect()
}

/// Returns the index of a site as JSON.
fn index(files: &BTreeMap<String, String>) -> serde_json::Value {
    let script = &files["data/search.js"];
    serde_json::from_str(script.strip_prefix("self.roadbookSearch=").unwrap().trim_end().trim_end_matches(';')).unwrap()
}

/// Returns the names on a page, in their order.
fn names(html: &str) -> Vec<&str> {
    html.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect()
}

const PLAN: &str = "# Ferry

**Generated:** 2026-01-18
**Timeline:** 2 weeks
**Target Launch:** 2026-01-30

## Phase 1: Piers (Week 1-2)

### Week 1: Wood

#### Monday-Friday
- [ ] **P1-01**: Mend the *pier*
  - *Owner: Crew | Duration: 2d*
- [ ] **P1-02**: Paint it
  - *Owner: Nobody known | Duration: 1d*
- [ ] Write <b>signs</b>

**Phase 1 Exit Criteria:**
- All P1 items complete (2/2)
- The crew signs

**🚦 GO/NO-GO GATE:** Piers stand
- The harbour looks

## Success Metrics

| Metric | Current | Target |
|-|-|-|
| Trips a day | 4 | 12 |

## Risk Mitigation

### High Risks
1. **Storms keep ferries in port**
   - *Mitigation:* A second berth

## Resource Requirements

### Team
- **Crew:** 1 FTE (Weeks 1-2)
";
const STANDUP: &str = "## Week 1 Standup

### Completed This Week
- [✅] P1-01: It carries a cart again

### Decisions Needed
- Which paint do we buy?
";

#[test]
fn the_index_has_what_readers_look_for() {
    let files = built(PLAN, &[("standups/week-01.md", STANDUP)], None);
    let index = index(&files);
    let lines: Vec<String> = index["items"].as_array().unwrap().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(format!("{}\n{}", index["plan"], lines.join("\n")));
}

#[test]
fn the_index_leads_to_what_is_there() {
    let hostile = std::fs::read_to_string(root().join("tests/cases/hostile/every-field/input/roadmap.md")).unwrap();
    let sample = std::fs::read_to_string(root().join("content/roadmap.md")).unwrap();
    for plan in [PLAN, &hostile, &sample] {
        let files = built(plan, &[("standups/week-01.md", STANDUP)], None);
        let index = index(&files);
        let items = index["items"].as_array().unwrap();
        assert!(8 < items.len());
        for it in items {
            let href = it[3].as_str().unwrap();
            let (page, name) = href.split_once('#').unwrap_or((href, ""));
            let html = files.get(page).unwrap_or_else(|| panic!("{href} leads to no page"));
            assert!(name.is_empty() || names(html).contains(&name), "{href} leads to no place");
        }
    }
}

#[test]
fn words_of_a_plan_cannot_leave_the_index() {
    let title = "</script><img src=x onerror=alert(1)> \u{2028}\u{2029} \"quotes\" 'single' \\ \u{202E}turned <!-- x";
    let files = built(&format!("# {title}\n\n- [ ] A-1: {title}\n"), &[], None);
    let script = &files["data/search.js"];
    assert!(script.is_ascii() || !script.contains(['\u{2028}', '\u{2029}', '\u{202E}']), "{script}");
    assert!(!script.contains('<'), "{script}");
    assert_eq!(script.lines().count(), 1, "{script}");
    let index = index(&files);
    let found = index["items"].as_array().unwrap().iter().find(|it| it[0] == "Task").unwrap();
    assert!(found[2].as_str().unwrap().contains("\"quotes\" 'single'"), "{found}");
}

#[test]
fn the_index_of_a_large_plan_is_small() {
    let task = |it: usize| format!("- [ ] T-{it}: Carry box number {it} to the other pier");
    let tasks = (0..10_000).map(task).collect::<Vec<_>>().join("\n");
    let understood = understood(&format!("# Large\n\n{tasks}"), &[], "2026-02-06");
    let desk = roadbook::views::Desk { facts: understood.facts(), up: "", is_part: false };
    let index = serde_json::to_string(&roadbook::views::search::search(&desk)).unwrap();
    assert!(index.len() < 1_500_000, "{} bytes", index.len());
}

#[test]
fn names_on_a_page_are_given_once() {
    let hostile = std::fs::read_to_string(root().join("tests/cases/hostile/every-field/input/roadmap.md")).unwrap();
    let sample = std::fs::read_to_string(root().join("content/roadmap.md")).unwrap();
    let twice = "# Main\n\n- [ ] Main\n- [ ] Find\n- [ ] Find\n- [ ] find-2\n- [ ] S-all: owner\n";
    for plan in [PLAN, &hostile, &sample, twice] {
        for (page, html) in built(plan, &[("standups/week-01.md", STANDUP)], None) {
            let mut seen = BTreeSet::new();
            let again: Vec<&str> = names(&html).into_iter().filter(|it| !seen.insert(*it)).collect();
            assert!(
                page.starts_with("data/") || page.starts_with("assets/") || again.is_empty(),
                "{page} has {again:?} more than once"
            );
        }
    }
}

#[test]
fn names_stay_when_lines_are_added_above() {
    let longer = PLAN
        .replace("- [ ] **P1-01", "- [ ] **P1-00**: Ask the harbour\n- [ ] **P1-01")
        .replace("- All P1", "- The harbour agrees\n- All P1")
        .replace("| Trips", "| Calls | 1 | 2 |\n| Trips")
        .replace("1. **Storms", "1. **Ice keeps them, too**\n2. **Storms");
    let kept = |plan: &str| {
        let files = built(plan, &[("standups/week-01.md", STANDUP)], None);
        let pages = ["tasks.html", "gates/piers-stand.html", "metrics.html", "risks.html", "weeks/1.html"];
        pages.map(|page| {
            let is_item = |it: &str| ["t-", "c-", "m-", "r-", "e-"].iter().any(|kind| it.starts_with(kind));
            let names = names(&files[page]).into_iter().filter(|it| is_item(it));
            names.map(str::to_owned).collect::<BTreeSet<String>>()
        })
    };
    for (before, after) in kept(PLAN).into_iter().zip(kept(&longer)) {
        assert!(!before.is_empty() && before.is_subset(&after), "{before:?} became {after:?}");
    }
}

#[test]
fn a_page_that_is_not_there_is_told_at_any_depth() {
    let files = built(PLAN, &[], Some("https://example.org/plans/ferry"));
    let html = &files["404.html"];
    let addresses = html.split(" href=\"").skip(1).chain(html.split(" src=\"").skip(1));
    let addresses = addresses.filter_map(|it| it.split('"').next()).filter(|it| !it.starts_with('#'));
    let other: Vec<&str> = addresses.filter(|it| !it.starts_with("https://example.org/plans/ferry/")).collect();
    assert!(other.is_empty() && html.contains("https://example.org/plans/ferry/assets/style.css"), "{other:?}");
    let plain = &built(PLAN, &[], None)["404.html"];
    assert!(!plain.contains("href=") && !plain.contains("src=") && plain.contains("<bdi>Ferry</bdi>"), "{plain}");
    assert!(files.iter().all(|(path, html)| path == "404.html" || !html.contains("404.html")), "a page links to it");
}

#[test]
fn lines_are_edited_at_the_source_host() {
    let work = tempfile::tempdir().unwrap();
    let out = work.path().join("site");
    let pages = |settings: &str| -> BTreeMap<String, String> {
        let standup = ("standups/week-01.md", STANDUP.as_bytes());
        write(work.path(), &[("roadmap.md", PLAN.as_bytes()), ("roadbook.toml", settings.as_bytes()), standup]);
        let ran = roadbook(&["build", work.path().to_str().unwrap(), "--out", out.to_str().unwrap()]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        tree(&out).into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
    };
    let edits = |html: &str| html.matches(">Edit</a>").count();
    let none = pages("");
    assert!(none.values().all(|it| edits(it) == 0));
    let github = pages("source_url = \"https://github.com/harbour/ferry/blob/main/\"");
    let to = "https://github.com/harbour/ferry/edit/main/";
    for (page, address) in [
        ("tasks/p1-01.html", "roadmap.md#L12"),
        ("gates/piers-stand.html", "roadmap.md#L22"),
        ("weeks/1.html", "standups/week-01.md#L1"),
        ("checks.html", "roadmap.md#L"),
    ] {
        assert!(github[page].contains(&format!("{to}{address}")), "{page} has no {to}{address}");
    }
    let own = pages("edit_url = \"https://example.org/e?f={path}&n={line}\"");
    assert!(own["tasks/p1-01.html"].contains("https://example.org/e?f=roadmap.md&amp;n=12"));
    write(work.path(), &[("roadbook.toml", b"edit_url = \"javascript:alert(1)\"")]);
    let ran = roadbook(&["build", work.path().to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert!(ran.err.contains("is no address: write one such as \"https://example.org/edit/{path}\""), "{}", ran.err);
}

/// A task that is written in two phases is in one of them, the same on each page as in the report: that of its last line.
#[test]
fn a_task_is_in_one_phase() {
    let plan = "# Plan\n\n**Start:** 2026-01-26\n\n## Phase 1: One (Week 1)\n\n### Week 1: First\n\n- [x] **P1-01:** alpha\n- [ ] Start \
                **P1-02:** beta\n\n## Phase 2: Two (Week 2)\n\n### Week 2: Second\n\n- [ ] **P1-02:** Complete beta\n";
    let files = built(plan, &[], None);
    let report: serde_json::Value = serde_json::from_str(&files["data/report.json"]).unwrap();
    let phases: Vec<u64> = report["tasks"].as_array().unwrap().iter().filter_map(|it| it["phase"].as_u64()).collect();
    assert_eq!(phases, [1, 2]);
    let page = &files["tasks.html"];
    let (first, second) = page.split_once("Week 2: Second").unwrap();
    assert!(first.contains("Week 1: First") && first.contains("1 of 1 done"), "{page}");
    assert!(second.contains("id=\"t-p1-02\""), "{page}");
}
