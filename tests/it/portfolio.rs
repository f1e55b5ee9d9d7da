//! A folder over several projects: what is found, what is made of it, and that one broken project harms no other.
//!
//! Each folder `tests/cases/portfolio/<case>/` is compared whole: the data of the page over all, and the list of files. What the
//! program says about it is compared with all other cases.

use super::cases::folders;
use super::support::{Ran, roadbook, root, tree, write};
use roadbook::edge::{GitUse, Portfolio, Projects, find, read_all};
use roadbook::reading::effective_settings;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const PLAN: &[u8] = b"# Plan\n- [x] one\n- [ ] two\n";

fn case(name: &str) -> PathBuf {
    root().join("tests/cases/portfolio").join(name).join("input")
}

fn build(input: &Path, out: &Path) -> Ran {
    roadbook(&["build", input.to_str().unwrap(), "--out", out.to_str().unwrap(), "--as-of", "2026-02-06"])
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn found(path: &Path) -> Portfolio {
    match find(path).unwrap() {
        Projects::Several(it) => it,
        Projects::One(it) => panic!("a project: {it:?}"),
    }
}

#[test]
fn every_portfolio() {
    let cases = folders(&root().join("tests/cases/portfolio"));
    assert!(8 <= cases.len(), "the cases are gone: {cases:?}");
    for case in cases {
        let work = tempfile::tempdir().unwrap();
        let site = work.path().join("site");
        if build(&case.join("input"), &site).status != 0 {
            continue;
        }
        let mut data = json(&site.join("data/portfolio.json"));
        let schema = json(&site.join("data/portfolio.schema.json"));
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<String> = validator.iter_errors(&data).map(|it| it.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", case.display());
        data["generator"]["version"] = "[VERSION]".into();
        let files: Vec<String> = tree(&site).into_iter().map(|(name, _)| name).collect();
        assert_eq!(broken_links(&site), [""; 0], "{}", case.display());
        insta::with_settings!({ snapshot_path => &case, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("portfolio", serde_json::to_string_pretty(&data).unwrap());
            insta::assert_snapshot!("files", files.join("\n"));
            insta::assert_snapshot!("page", words(&fs::read_to_string(site.join("index.html")).unwrap()));
        });
        data["projects"][0]["state"] = 7.into();
        assert!(!validator.is_valid(&data), "the schema accepts anything");
    }
}

/// What a reader sees of a page, one line for each block, with `|` between cells and `[…]` around links.
fn words(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let marks = [("</td>", " | "), ("</th>", " | "), ("<br", " / <br"), ("<a ", "[<a "), ("</a>", "]")];
    let marked = marks.iter().fold(main.replace('\n', " "), |all, (tag, mark)| all.replace(tag, mark));
    let blocks = ["</li>", "</h1>", "</p>", "</tr>"].iter().fold(marked, |all, tag| all.replace(tag, "\n"));
    let text: String = blocks.split('<').map(|it| it.split_once('>').map_or(it, |(_, text)| text)).collect();
    let lines = text.lines().map(|it| it.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" "));
    lines.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Links of all pages that lead to no file.
fn broken_links(site: &Path) -> Vec<String> {
    let mut broken = BTreeSet::new();
    for (name, bytes) in
        tree(site).into_iter().filter(|(name, _)| Path::new(name).extension().is_some_and(|it| it == "html"))
    {
        let html = String::from_utf8(bytes).unwrap();
        let parts = ["href=\"", "src=\""].into_iter().flat_map(|it| html.split(it).skip(1));
        for address in parts.filter_map(|it| it.split('"').next()).filter(|it| !it.starts_with('#')) {
            let file = address.split(['#', '?']).next().unwrap();
            let path = site.join(&name).parent().unwrap().join(file);
            if !path.is_file() {
                broken.insert(format!("{name}: {address}"));
            }
        }
    }
    broken.into_iter().collect()
}

/// Besides the link to all projects and where it finds its style sheet, a part is what the project makes for itself.
#[test]
fn a_part_is_what_its_project_makes_alone() {
    let work = tempfile::tempdir().unwrap();
    let (together, alone) = (work.path().join("together"), work.path().join("alone"));
    build(&case("two-projects"), &together);
    build(&case("two-projects").join("harbour"), &alone);
    let own = |text: String| {
        let text = text.replace(
            "<nav class=\"all\" aria-label=\"Portfolio\"><a href=\"../index.html\">All projects</a></nav> ",
            "",
        );
        let text = text.replace(
            "<nav class=\"all\" aria-label=\"Portfolio\"><a href=\"../../index.html\">All projects</a></nav> ",
            "",
        );
        let text = text.replace("\"../../assets/", "\"../assets/").replace("\"../assets/", "\"assets/");
        text.replace("data-assets=\"../../\"", "data-assets=\"../\"")
            .replace("data-up=\"\" data-assets=\"../\"", "data-up=\"\" data-assets=\"\"")
    };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let of = |folder: &Path| -> Vec<(String, String)> {
        let files = tree(folder).into_iter().filter(|(name, _)| !name.starts_with("assets/") && name != ".roadbook");
        files.map(|(name, bytes)| (name, own(text(bytes)))).collect()
    };
    let (part, mut whole) = (of(&together.join("harbour")), of(&alone));
    // A host looks for it in the folder of the whole site.
    whole.retain(|(name, _)| name != "404.html");
    assert!(20 < whole.len(), "{}", whole.len());
    for (part, whole) in part.iter().zip(&whole) {
        assert_eq!(part, whole);
    }
    assert_eq!(part.len(), whole.len());
    let page = fs::read_to_string(together.join("harbour/tasks/p1-01.html")).unwrap();
    assert!(page.contains("<a href=\"../../index.html\">All projects</a>"), "{page}");
}

#[test]
fn the_same_bytes_twice() {
    let work = tempfile::tempdir().unwrap();
    let site = |name: &str| {
        let out = work.path().join(name);
        build(&case("two-projects"), &out);
        tree(&out)
    };
    assert!(site("a") == site("b"), "two builds differ");
}

#[test]
fn code_of_others_output_and_links_are_not_looked_into() {
    let work = tempfile::tempdir().unwrap();
    let files: Vec<(&str, &[u8])> = vec![
        ("plans/a/roadmap.md", PLAN),
        ("plans/.hidden/roadmap.md", PLAN),
        ("plans/node_modules/b/roadmap.md", PLAN),
        ("plans/target/roadmap.md", PLAN),
        ("plans/site/c/roadmap.md", PLAN),
        ("plans/site/.roadbook", b""),
        ("elsewhere/d/roadmap.md", PLAN),
    ];
    write(work.path(), &files);
    let plans = work.path().join("plans");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(work.path().join("elsewhere"), plans.join("link")).unwrap();
        std::os::unix::fs::symlink(&plans, plans.join("loop")).unwrap();
    }
    let roots: Vec<PathBuf> = found(&plans).members.into_iter().map(|it| it.root).collect();
    assert_eq!(roots, [plans.join("a")]);
}

#[test]
fn there_is_a_limit_and_the_page_says_so() {
    let work = tempfile::tempdir().unwrap();
    for at in 0..=200 {
        write(work.path(), &[(&format!("plan-{at:03}/roadmap.md"), PLAN)]);
    }
    let found = found(work.path());
    let said: Vec<_> = found.notes.iter().map(|it| (it.rule, it.message.as_str())).collect();
    assert_eq!(found.members.len(), 200);
    assert_eq!(said, [("too-many-projects", "more than 200 projects: the rest is left out")]);
}

#[test]
fn the_day_of_all_is_the_default_of_each() {
    let work = tempfile::tempdir().unwrap();
    let files: Vec<(&str, &[u8])> = vec![
        ("roadbook.toml", b"as_of = 2026-02-10"),
        ("a/roadmap.md", PLAN),
        ("b/roadmap.md", PLAN),
        ("b/roadbook.toml", b"as_of = 2026-03-01"),
    ];
    write(work.path(), &files);
    let out = work.path().join("out");
    assert_eq!(roadbook(&["build", work.path().to_str().unwrap(), "--out", out.to_str().unwrap()]).status, 0);
    let day = |path: &str| json(&out.join(path))["as_of"].as_str().unwrap().to_owned();
    let days = ["data/portfolio.json", "a/data/report.json", "b/data/report.json"].map(day);
    assert_eq!(days, ["2026-02-10", "2026-02-10", "2026-03-01"]);
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains("<span class=\"note\">b, as of Sun 1 Mar</span>"), "{page}");
}

/// The day of the folder over all is the weakest, then comes front matter, then the project's own settings, then the argument.
#[test]
fn front_matter_stands_between_the_settings_of_all_and_those_of_the_project() {
    let work = tempfile::tempdir().unwrap();
    let plan = b"---\nas_of: 2026-02-20\ntimezone: Europe/Berlin\n---\n# Plan\n- [x] one\n- [ ] two\n";
    let files: Vec<(&str, &[u8])> = vec![
        ("in/roadbook.toml", b"as_of = 2026-02-10\ntimezone = \"Asia/Tokyo\""),
        ("in/a/roadmap.md", PLAN),
        ("in/b/roadmap.md", plan),
        ("in/c/roadmap.md", plan),
        ("in/c/roadbook.toml", b"as_of = 2026-03-01"),
    ];
    write(work.path(), &files);
    let (input, out) = (work.path().join("in"), work.path().join("out"));
    let days = |more: &[&str]| {
        let arguments = [&["build", input.to_str().unwrap(), "--out", out.to_str().unwrap()], more].concat();
        assert_eq!(roadbook(&arguments).status, 0);
        let day = |path: &str| json(&out.join(path))["as_of"].as_str().unwrap().to_owned();
        ["data/portfolio.json", "a/data/report.json", "b/data/report.json", "c/data/report.json"].map(day)
    };
    assert_eq!(days(&[]), ["2026-02-10", "2026-02-10", "2026-02-20", "2026-03-01"]);
    assert_eq!(days(&["--as-of", "2026-04-01"]), ["2026-04-01"; 4]);
    let zones = read_all(found(&input), GitUse::IGNORED).members.into_iter().map(|it| {
        let sources = it.sources.unwrap();
        effective_settings(&sources.roadmap, &sources.settings).timezone.unwrap()
    });
    assert_eq!(zones.collect::<Vec<_>>(), ["Asia/Tokyo", "Europe/Berlin", "Europe/Berlin"]);
}

#[test]
fn mistakes_in_the_settings_of_a_project_have_their_places() {
    let work = tempfile::tempdir().unwrap();
    let wrong = "title = []\nholidays = [\"soon\"]\ntraget = 1\nstartt = 2\n";
    let files = [("a/roadmap.md", PLAN), ("b/content/roadmap.md", PLAN), ("b/content/roadbook.toml", wrong.as_bytes())];
    write(&work.path().join("in"), &files);
    let input = work.path().join("in");
    let ran = check(&input, &[]);
    let place =
        "error[unreadable-project]: unknown key `traget`: did you mean `target`?\n --> b/content/roadbook.toml:3:1\n";
    assert!(ran.out.contains(place) && ran.out.contains("3 | traget = 1\n  | ^^^^^^"), "{}", ran.out);
    assert!(ran.out.contains("= note: 4 mistakes"), "{}", ran.out);
    let alone = check(&input.join("b"), &[]);
    assert!(alone.err.contains("3 | traget = 1\n  | ^^^^^^"), "{}", alone.err);
    let data: Value = serde_json::from_str(&check(&input, &["--format", "json"]).out).unwrap();
    let lines: Vec<_> = data["diagnostics"].as_array().unwrap().iter().map(|it| it["line"].as_u64()).collect();
    assert_eq!(lines, [Some(1), Some(2), Some(3), Some(4)]);
    let out = work.path().join("out");
    assert_eq!(build(&input, &out).status, 0);
    let said = json(&out.join("data/portfolio.json"))["projects"][1]["unread"].clone();
    assert_eq!(said["path"], "b/content/roadbook.toml");
    let message = said["message"].as_str().unwrap();
    assert!(
        message.starts_with("line 1: `title`: ") && message.ends_with("`target`?; `roadbook check` names the rest")
    );
}

#[test]
fn the_address_of_the_site_reaches_every_part() {
    let work = tempfile::tempdir().unwrap();
    let (input, out) = (case("two-projects"), work.path().join("out"));
    let url = "https://example.org/plans/";
    roadbook(&["build", input.to_str().unwrap(), "--out", out.to_str().unwrap(), "--base-url", url]);
    let canonical = |path: &str| {
        let page = fs::read_to_string(out.join(path)).unwrap();
        page.split("rel=\"canonical\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert_eq!(canonical("index.html"), "https://example.org/plans/index.html");
    assert_eq!(canonical("harbour/tasks.html"), "https://example.org/plans/harbour/tasks.html");
}

#[test]
fn names_of_folders_are_no_markup() {
    let work = tempfile::tempdir().unwrap();
    let broken: &[u8] = b"x = 1";
    let files = [("<b>one & two/roadmap.md", PLAN), ("<i>/roadbook.toml", broken), ("\u{202e}x/roadmap.md", PLAN)];
    write(&work.path().join("in"), &files);
    let out = work.path().join("out");
    assert_eq!(build(&work.path().join("in"), &out).status, 0);
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains("&lt;b&gt;one &amp; two") && page.contains("&lt;i&gt;"), "{page}");
    assert!(!page.contains("<b>") && !page.contains("<i>") && !page.contains('\u{202e}'), "{page}");
    assert!(out.join("b-one-two/index.html").is_file());
}

fn check(path: &Path, more: &[&str]) -> Ran {
    let arguments = [&["check", path.to_str().unwrap(), "--as-of", "2026-02-06"], more].concat();
    roadbook(&arguments)
}

#[test]
fn check_speaks_of_all_projects_at_once() {
    let ran = check(&case("broken-settings"), &["--format", "json"]);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    let schema = serde_json::to_value(schemars::schema_for!(roadbook::diagnostic::Findings)).unwrap();
    jsonschema::validate(&schema, &found).unwrap();
    let said: Vec<String> = found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            format!(
                "{} {}: {}",
                it["severity"].as_str().unwrap(),
                it["rule"].as_str().unwrap(),
                it["path"].as_str().unwrap()
            )
        })
        .collect();
    let expected = [
        "warning unused-setting: roadbook.toml",
        "error unreadable-project: alpha/roadbook.toml",
        "error unreadable-project: gamma/plan.md",
    ];
    assert_eq!((ran.status, said), (1, expected.map(str::to_owned).to_vec()));
    let ran = check(&case("two-projects"), &[]);
    let last: Vec<&str> = ran.out.lines().rev().take(2).collect();
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert!(ran.out.contains("--> harbour/roadmap.md:17:9"), "{}", ran.out);
    assert!(ran.out.contains("::: harbour/standups/week-02.md:9:7"), "{}", ran.out);
    assert!(last[1].contains(" in 2 projects"), "{last:?}");
    assert_eq!(check(&case("two-projects"), &["--strict"]).status, 1);
    let folder = "tests/cases/portfolio/two-projects/input/harbour/roadmap.md";
    let sarif: Value = serde_json::from_str(&check(&case("two-projects"), &["--format", "sarif"]).out).unwrap();
    let uri = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert!(uri.as_str().unwrap().ends_with("harbour/roadmap.md"), "{uri}");
    if root().join(".git").exists() {
        assert_eq!(uri.as_str(), Some(folder));
    }
    let github = check(&case("two-projects"), &["--format", "github"]).out;
    assert!(github.starts_with("::warning file=") && github.contains("harbour/roadmap.md,line="), "{github}");
}

#[test]
fn nothing_that_can_be_read_is_a_failure() {
    let ran = check(&case("all-broken"), &[]);
    let last = format!(
        "error: {}: none of its 2 projects could be read\n  help: correct what is said above of each\n",
        case("all-broken").display()
    );
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.ends_with(&last) && ran.err.contains("alpha/roadbook.toml"), "{}", ran.err);
}

#[test]
fn fix_repairs_each_project_where_it_lies() {
    let work = tempfile::tempdir().unwrap();
    let (damaged, mended) = ("# A\n- [ ] âœ… tidy\n".as_bytes(), "# A\n- [ ] ✅ tidy\n".as_bytes());
    let files =
        [("a/roadmap.md", damaged), ("b/content/roadmap.md", damaged), ("c/roadbook.toml", b"x = 1".as_slice())];
    write(work.path(), &files);
    let shown = check(work.path(), &["--fix", "--diff"]);
    assert!(shown.out.contains("--- a/a/roadmap.md\n+++ b/a/roadmap.md\n"), "{}", shown.out);
    assert!(shown.out.contains("--- a/b/content/roadmap.md\n"), "{}", shown.out);
    let ran = check(work.path(), &["--fix"]);
    assert_eq!(ran.err, "repaired a/roadmap.md: 1 symbol\nrepaired b/content/roadmap.md: 1 symbol\n");
    for path in ["a/roadmap.md", "b/content/roadmap.md"] {
        assert_eq!(fs::read(work.path().join(path)).unwrap(), mended);
    }
}
