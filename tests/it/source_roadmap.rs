//! The source roadmap and its standups against the facts that were counted by hand. They lie beside the checkout; where they
//! do not, the tests of `content/`, which tells the same plan, stand alone.

use super::support::{roadbook, root, shared, tree, write};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn report(input: &Path, day: &str) -> Value {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let ran = roadbook(&["build", input.to_str().unwrap(), "--out", site.to_str().unwrap(), "--as-of", day, "--quiet"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    serde_json::from_str(&fs::read_to_string(site.join("data/report.json")).unwrap()).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

/// The fields of each element, side by side.
fn pick(value: &Value, fields: &[&str]) -> Vec<Vec<Value>> {
    list(value).iter().map(|it| fields.iter().map(|field| it[*field].clone()).collect()).collect()
}

#[test]
fn the_plan_agrees_with_the_facts() {
    let Some(shared) = shared("the source roadmap against its facts") else { return };
    let facts: Value =
        serde_json::from_str(&fs::read_to_string(shared.join("story-portal/facts.json")).unwrap()).unwrap();
    let report = report(&shared.join("story-portal/roadmap.md"), "2026-01-19");
    let counts = &facts["counts"];
    assert_eq!(report["files"][0]["checkboxes"], json!({ "total": counts["top_level_checkboxes"], "checked": 0 }));
    assert_eq!(report["files"][0]["repaired_characters"], 86);
    assert_eq!(list(&report["tasks"]).len(), 42);
    assert_eq!(list(&report["tasks"]).iter().filter(|it| it["id"].is_null()).count(), 17);
    assert_eq!(list(&report["tasks"]).iter().filter(|it| 1 < list(&it["segments"]).len()).count(), 3);
    assert_eq!(report["progress"]["effort_days"]["total"], 46.0);
    assert_eq!(report["progress"]["items"]["done"], 0);
    assert_eq!(report["plan"]["declared_effort_days"], 71.0);
    assert_eq!(report["plan"]["start"], "2026-01-19");
    assert_eq!(report["standups"], json!([]));
    let of = |class: &str| report["progress"]["by_priority"][class]["total"].clone();
    assert_eq!([of("P1"), of("P2"), of("P3")], [8, 11, 6]);

    let fields = ["week", "name", "start", "end", "line"];
    assert_eq!(pick(&report["plan"]["blocks"], &fields), pick(&facts["blocks"], &fields));
    assert_eq!(list(&report["plan"]["blocks"]).len(), 20);
    let phases = pick(&report["plan"]["phases"], &["number", "name", "weeks", "goal", "gate", "start", "end", "line"]);
    assert_eq!(
        phases,
        pick(&facts["phases"], &["n", "name", "weeks", "goal", "gate_table", "start", "end_fri", "line"])
    );

    for fact in list(&facts["tasks_merged"]) {
        let task = list(&report["tasks"]).iter().find(|it| it["id"] == fact["id"]).unwrap();
        let lines: Vec<Value> = list(&task["segments"]).iter().map(|it| it["line"].clone()).collect();
        assert_eq!(
            (json!(lines), &task["effort_days"], &task["week"]),
            (fact["lines"].clone(), &fact["effort_d"], &fact["finish_week"]),
            "{}",
            fact["id"]
        );
    }
    let texts = |groups: &Value| -> Vec<Vec<Value>> {
        list(groups).iter().flat_map(|it| pick(&it["items"], &["line", "text"])).collect()
    };
    let deliverables = texts(&facts["deliverables"]);
    assert_eq!((deliverables.len(), pick(&report["deliverables"], &["line", "text"])), (52, deliverables));

    let criteria: Vec<Vec<Value>> = list(&report["gates"])
        .iter()
        .flat_map(|it| pick(&it["criteria"], &["kind", "line", "text", "class"]))
        .collect();
    let exit: Vec<Vec<Value>> = criteria.iter().filter(|it| it[0] == "exit").map(|it| it[1..].to_vec()).collect();
    let wanted: Vec<Vec<Value>> =
        list(&facts["exit_criteria"]).iter().flat_map(|it| pick(&it["items"], &["line", "text", "class"])).collect();
    assert_eq!((exit.len(), exit), (19, wanted));
    let due = ["2026-01-20", "2026-01-22", "2026-01-23", "2026-01-30", "2026-02-13", "2026-02-27", "2026-03-13"];
    assert_eq!(pick(&report["gates"], &["due"]).concat(), due);
    assert_eq!(pick(&report["gates"], &["line", "name"]), pick(&facts["gates"], &["line", "label"]));

    let risks = ["severity", "title", "mitigation", "line"];
    assert_eq!(pick(&report["risks"], &risks), pick(&facts["risks"], &risks));
    for team in list(&report["team"]) {
        let name = team["name"].as_str().unwrap();
        let load = pick(&team["load"], &["week", "planned_days", "capacity_days"]);
        let wanted = pick(&facts["team_load"][name], &["week", "planned_d", "capacity_d"]);
        let numbers = |it: Vec<Vec<Value>>| it.concat().iter().map(|it| it.as_f64().unwrap()).collect::<Vec<_>>();
        assert_eq!(numbers(load), numbers(wanted), "{name}");
    }
    assert_eq!(list(&report["team"]).len(), 8);
    assert_eq!((&report["budget"]["one_time"], &report["budget"]["monthly"]), (&json!(10_000.0), &json!(2_000.0)));
    metrics(&report, &facts);
}

fn metrics(report: &Value, facts: &Value) {
    let tables = facts["metrics"].as_object().unwrap();
    let rows: Vec<&Value> = tables.values().flat_map(list).collect();
    assert_eq!((rows.len(), list(&report["metrics"]).len()), (9, 9));
    for row in rows {
        let metric = list(&report["metrics"]).iter().find(|it| it["line"] == row["line"]).unwrap();
        for (column, cell) in row["cells"].as_object().unwrap() {
            let found = match column.as_str() {
                "Current" => &metric["current"],
                "Target" => &metric["target"],
                week => {
                    let number: u64 = week.trim_start_matches("Week ").parse().unwrap();
                    list(&metric["targets"]).iter().find(|it| it["week"] == number).unwrap()
                }
            };
            let value = cell["value"].as_f64();
            let wanted = (&cell["raw"], &cell["cmp"], value, &cell["unit"]);
            assert_eq!((&found["text"], &found["comparator"], found["value"].as_f64(), &found["unit"]), wanted);
        }
    }
}

/// A day; items done, in progress, blocked, to do; effort done; P1, P2 done; health and its target.
type Week = (&'static str, [u64; 4], f64, u64, u64, f64, f64);

/// The table of all five weeks.
const STORY: [Week; 5] = [
    ("2026-01-23", [6, 1, 0, 35], 5.0, 6, 0, 79.0, 80.0),
    ("2026-01-30", [7, 0, 1, 34], 6.0, 7, 0, 79.0, 80.0),
    ("2026-02-06", [10, 1, 1, 30], 12.0, 8, 2, 81.0, 83.0),
    ("2026-02-13", [14, 2, 1, 25], 16.0, 8, 6, 82.0, 83.0),
    ("2026-02-20", [17, 2, 1, 22], 19.0, 8, 8, 84.0, 85.0),
];

fn tells_the_story(input: &Path) {
    for (week, (day, states, effort, p1, p2, health, target)) in STORY.into_iter().enumerate() {
        let report = report(input, day);
        let items = &report["progress"]["items"];
        let found = ["done", "in_progress", "blocked", "todo"].map(|it| items[it].as_u64().unwrap());
        assert_eq!(found, states, "{day}");
        assert_eq!(report["progress"]["effort_days"]["done"], effort, "{day}");
        let classes = &report["progress"]["by_priority"];
        assert_eq!((&classes["P1"]["done"], &classes["P2"]["done"]), (&json!(p1), &json!(p2)), "{day}");
        let reported = list(&report["health"]["reported"]);
        assert_eq!(reported.len(), week + 1, "a standup later than {day} was seen");
        assert_eq!(list(&report["files"]).len(), week + 2, "a file that speaks of days after {day} was seen");
        let last = reported.last().unwrap();
        assert_eq!((&last["value"], &last["target"]), (&json!(health), &json!(target)), "{day}");
    }
}

#[test]
fn the_sample_tells_the_story() {
    tells_the_story(&root().join("content"));
    let report = report(&root().join("content"), "2026-02-06");
    let state = |id: &str| {
        let task = list(&report["tasks"]).iter().find(|it| it["id"] == id).unwrap();
        (task["state"].as_str().unwrap().to_owned(), task["percent"].as_f64())
    };
    assert_eq!(state("P2-05"), ("blocked".to_owned(), Some(80.0)));
    assert_eq!(state("P2-10"), ("in_progress".to_owned(), Some(40.0)));
    assert_eq!(
        (report["forecast"]["p50"].as_str(), report["forecast"]["p85"].as_str()),
        (Some("2026-03-31"), Some("2026-05-14"))
    );
}

#[test]
fn the_source_standups_tell_the_story() {
    let Some(shared) = shared("the source standups against their facts") else { return };
    tells_the_story(&shared.join("story-portal"));
}

#[test]
fn week_3_reads_the_same_however_it_is_written() {
    let Some(shared) = shared("the variants of the standup of week 3") else { return };
    let work = tempfile::tempdir().unwrap();
    let files = tree(&shared.join("story-portal"));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    write(work.path(), &files);
    let clean = report(work.path(), "2026-02-20");
    for variant in ["mojibake", "ascii", "bare-emoji", "crlf-bom"] {
        let bytes = fs::read(shared.join(format!("standup-variants/week-03.{variant}.md"))).unwrap();
        write(work.path(), &[("standups/week-03.md", &bytes)]);
        let found = report(work.path(), "2026-02-20");
        for part in ["tasks", "progress", "burndown", "forecast", "health", "gates", "metrics", "risks", "standups"] {
            assert_eq!(found[part], clean[part], "{variant}: {part}");
        }
    }
}
