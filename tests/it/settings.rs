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
    let state = |mark: &str| it.states.get(mark).map(roadbook::model::State::name);
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
        (0..6_000).map(|it| format!("t{it}: 1")).collect::<Vec<_>>().join("\n"),
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

/// The committed schema is the one that the program writes; `INSTA_UPDATE=always cargo test schema` writes it.
#[test]
fn the_committed_schema_is_current() {
    let schema = serde_json::to_string_pretty(&roadbook::views::settings_schema()).unwrap() + "\n";
    let path = root().join("docs/roadbook.schema.json");
    if std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        fs::write(&path, &schema).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap();
    assert!(committed == schema, "docs/roadbook.schema.json is old: INSTA_UPDATE=always cargo test schema");
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    roadbook(&["build", &case("precedence"), "--out", site.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(site.join("data/roadbook.schema.json")).unwrap(), schema);
}

/// Returns TOML as the JSON that a schema speaks of: days are text.
fn as_json(value: &toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Datetime(it) => it.to_string().into(),
        toml::Value::Array(all) => all.iter().map(as_json).collect(),
        toml::Value::Table(all) => all.iter().map(|(name, it)| (name.clone(), as_json(it))).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

/// What the program takes, the schema takes, and the other way round: in every settings file of this project, and every example
/// of its documents.
#[test]
fn schema_and_program_agree() {
    let validator = jsonschema::draft7::options().build(&roadbook::views::settings_schema()).unwrap();
    let mut examples = Vec::new();
    for file in walkdir::WalkDir::new(root()).into_iter().filter_entry(|it| it.file_name() != "target") {
        let file = file.unwrap();
        if file.file_name() == "roadbook.toml" {
            examples.push((file.path().display().to_string(), fs::read_to_string(file.path()).unwrap()));
        }
    }
    let files = examples.len();
    let page = fs::read_to_string(root().join("docs/settings.md")).unwrap();
    for (number, block) in page.split("```toml\n").skip(1).enumerate() {
        examples.push((format!("example {number}"), block.split("```").next().unwrap().to_owned()));
    }
    for (key, row) in rows(&page) {
        let example = row.rsplit('`').nth(1).unwrap();
        // A name of the writer's own stands in the example where it is the last part of the key.
        let text = match key.rsplit_once(".*") {
            Some((table, "")) => format!("[{table}]\n{example}\n"),
            Some((table, rest)) => format!("[{table}.board]\n{} = {example}\n", rest.trim_start_matches('.')),
            None => format!("{key} = {example}\n"),
        };
        examples.push((key, text));
    }
    assert!(8 < files && files + 30 < examples.len());
    for (name, text) in &examples {
        let Ok(table) = text.parse::<toml::Table>() else { continue };
        let errors: Vec<_> = validator.iter_errors(&as_json(&table.into())).map(|it| it.to_string()).collect();
        let mistakes = Settings::parse(text).map_or_else(|it| it.first, |_| Vec::new());
        // What only the program can know: zones, days of the week, whether an expression is one, what a rule is called, contrast.
        let only_ours = ["wrong-id-pattern", "unknown-rule", "look/contrast"].iter().any(|it| name.contains(it));
        assert!(only_ours || errors.is_empty() == mistakes.is_empty(), "{name}: {errors:?}, {mistakes:?}\n{text}");
        assert!(mistakes.is_empty() || name.contains("cases"), "{name}: {mistakes:?}");
    }
    let unknown = ["colour = 1", "[units]\nx = 1", "[email.audiences.board]\nx = 1", "[check]\nno-such-rule = \"off\""];
    for text in unknown {
        assert!(!validator.is_valid(&as_json(&text.parse::<toml::Table>().unwrap().into())), "{text}");
    }
}

/// Returns the rows of the tables of keys, each with its key.
fn rows(page: &str) -> Vec<(String, &str)> {
    let rows = page.lines().filter(|it| it.starts_with("| `"));
    rows.map(|it| (it.split('`').nth(1).unwrap().to_owned(), it)).collect()
}

#[test]
fn every_key_is_documented() {
    fn keys(schema: &serde_json::Value, path: &str, found: &mut Vec<String>) {
        let Some(below) = schema["properties"].as_object().filter(|_| path != "check") else {
            let more = &schema["additionalProperties"];
            match (path, more) {
                ("check", _) => found.push("check.*".to_owned()),
                (_, more) if more.is_object() => keys(more, &format!("{path}.*"), found),
                _ => found.push(path.to_owned()),
            }
            return;
        };
        for (name, below) in below {
            keys(below, format!("{path}.{name}").trim_start_matches('.'), found);
        }
    }
    let mut known = Vec::new();
    keys(&roadbook::views::settings_schema(), "", &mut known);
    let page = fs::read_to_string(root().join("docs/settings.md")).unwrap();
    let told: Vec<String> = rows(&page).into_iter().map(|(key, _)| key).collect();
    assert_eq!(told, known);
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains("docs/settings.md"));
}
