//! `roadbook.toml` and front matter: one list of keys, two places to write them.

use super::support::{roadbook, root, write};
use roadbook::settings::Settings;
use roadbook::text::SourceFile;
use std::fs;

fn case(name: &str) -> String {
    root().join("tests/cases/settings").join(name).join("input").to_str().unwrap().to_owned()
}

/// Returns the settings that a roadmap's front matter makes beside a settings file.
fn effective(settings: &str, roadmap: &str) -> Settings {
    let file = SourceFile::new("roadmap.md", roadmap.as_bytes().to_vec());
    roadbook::reading::effective_settings(&file, &Settings::parse(settings).unwrap())
}

#[test]
fn yaml_and_toml_say_the_same() {
    let report = |name: &str| {
        let out = tempfile::tempdir().unwrap();
        let site = out.path().join("site");
        let ran = roadbook(&["build", &case(name), "--out", site.to_str().unwrap()]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let text = fs::read_to_string(site.join("data/report.json")).unwrap();
        let mut report: serde_json::Value = serde_json::from_str(&text).unwrap();
        // A value stands in another column behind `=` than behind `:`.
        for it in report["diagnostics"].as_array_mut().unwrap() {
            (it["column"], it["end_column"]) = (0.into(), 0.into());
        }
        report
    };
    assert_eq!(report("front-matter-yaml"), report("front-matter-toml"));
    let settings = |name: &str| {
        let text = fs::read_to_string(case(name) + "/roadmap.md").unwrap();
        format!("{:?}", effective("", &text))
    };
    assert_eq!(settings("front-matter-yaml"), settings("front-matter-toml"));
}

#[test]
fn front_matter_says_for_which_day() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let out = folder.path().join("site");
    let line = |settings: &str, more: &[&str]| {
        let plan = b"---\nas_of: 2026-01-02\n---\n# Plan\n- [x] one\n";
        write(folder.path(), &[("roadmap.md", plan), ("roadbook.toml", settings.as_bytes())]);
        roadbook(&[&["build", path, "--out", out.to_str().unwrap()], more].concat()).out
    };
    assert!(line("", &[]).contains("as of 2026-01-02"));
    assert!(line("as_of = 2026-01-03", &[]).contains("as of 2026-01-03"));
    assert!(line("as_of = 2026-01-03", &["--as-of", "2026-01-04"]).contains("as of 2026-01-04"));
}

#[test]
fn the_settings_file_wins_key_by_key() {
    let toml = "holidays = []\n[units]\nhours_per_day = 7\n[states]\nLater = \"todo\"\n[aliases]\na = \"A\"\n";
    let yaml = "---\ntitle: no\nholidays: [2026-02-03]\nunits: {hours_per_day: 6, days_per_week: 4, points: 1}\n\
                states: {LATER: done, '%': blocked}\naliases: {A: B, c: C}\ntimezone: Europe/Berlin\n---\n# Plan\n";
    let it = effective(toml, yaml);
    assert_eq!((it.title.as_deref(), it.holidays.len(), it.timezone.as_deref()), (None, 0, Some("Europe/Berlin")));
    let units = it.units();
    assert_eq!((units.hours_per_day, units.days_per_week, units.points), (7.0, 4.0, Some(1.0)));
    let state = |mark: &str| it.states.get(mark).map(|it| it.name());
    assert_eq!((state("later"), state("%")), (Some("todo"), Some("blocked")));
    let aliases: Vec<_> = it.aliases.iter().map(|(a, b)| format!("{a} is {b}")).collect();
    assert_eq!(aliases, ["a is A", "c is C"]);
}

/// Front matter of a plan is hostile input: it is neither slow nor large, and nothing panics.
#[test]
fn front_matter_is_harmless_whatever_it_is() {
    let deep = |open: &str, close: &str| format!("a: {}{}", open.repeat(15_000), close.repeat(15_000));
    let aliases = (1..60).fold("a0: &a0 [x, x]\n".to_owned(), |all, it| {
        let last = it - 1;
        all + &format!("a{it}: &a{it} [*a{last}, *a{last}, *a{last}, *a{last}]\n")
    });
    let matters = [
        aliases,
        deep("[", "]"),
        deep("{k: ", "}"),
        format!("units = {}{}", "[".repeat(15_000), "]".repeat(15_000)),
        format!("{}: 1", "k".repeat(60_000)),
        format!("id_pattern: '{}'", "(a?){50}".repeat(7_000)),
        (0..6_000).map(|it| format!("t{it}: 1\n")).collect(),
        format!("states: {{{}}}", (0..5_000).map(|it| format!("m{it}: done")).collect::<Vec<_>>().join(", ")),
        (0..500).fold(String::new(), |all, it| all + &" ".repeat(it.min(100)) + "- x:\n"),
        "? ".repeat(20_000),
        "- ".repeat(20_000),
        "title: \"".to_owned() + &"\\u0000".repeat(9_000) + "\"",
    ];
    for matter in matters {
        for fence in ["---", "+++"] {
            let text = format!("{fence}\n{matter}\n{fence}\n# Plan\n- [x] one\n");
            let begun = std::time::Instant::now();
            let understood = super::support::understood(&text, &[("standups/week-1.md", &text)], "2026-02-06");
            let start = matter.get(..40).unwrap_or(&matter);
            assert!(begun.elapsed().as_secs() < 5, "slow: {start}");
            assert!(understood.diagnostics.len() < 60, "{start}");
        }
    }
}
