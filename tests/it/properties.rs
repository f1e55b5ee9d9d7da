//! What must hold for any input: made-up plans, and real ones gone wrong. A failure prints the plan, made small.
//!
//! `ROADBOOK_CASES=50 cargo test properties` looks at fifty times as many.

use super::dice::Dice;
use super::invariants::broken;
use super::made_up::{self, Kind};
use super::mutate::mutate;
use super::shrink::{shown, shrink};
use super::support::{report, root, shared};
use roadbook::calendar::Day;
use roadbook::pipeline::{Understood, understand};
use roadbook::settings::Settings;
use roadbook::sources::Sources;
use roadbook::text::SourceFile;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Days on which plans are looked at: around the plans, and long before and behind them.
const DAYS: [&str; 9] = [
    "2026-02-06",
    "2026-02-07",
    "2026-01-05",
    "2026-03-15",
    "2026-12-31",
    "2024-02-29",
    "1970-01-01",
    "0001-01-01",
    "2099-12-31",
];

fn understood(roadmap: &[u8], standup: Option<&[u8]>, day: Day) -> Understood {
    let file = |path: &str, bytes: &[u8]| SourceFile::new(path, bytes.to_vec());
    let standups = standup.map(|it| file("standups/week-01.md", it)).into_iter().collect();
    let sources = Sources {
        roadmap: file("roadmap.md", roadmap),
        standups,
        measured: Vec::new(),
        settings: Settings::default(),
        notes: Vec::new(),
        past: roadbook::sources::Known::default(),
        stands: false,
        look: std::sync::Arc::default(),
    };
    understand(sources, day)
}

/// Returns what does not hold for a plan, a panic included.
fn wrong(roadmap: &[u8], standup: Option<&[u8]>, day: Day) -> Option<String> {
    let tried = catch_unwind(AssertUnwindSafe(|| broken(&understood(roadmap, standup, day))));
    match tried {
        Ok(said) => (!said.is_empty()).then(|| said.join("\n")),
        Err(_) => Some("it panics".to_owned()),
    }
}

/// Fails with the plan made small when something does not hold.
fn hold(roadmap: &[u8], standup: Option<&[u8]>, day: Day, name: &str) {
    if wrong(roadmap, standup, day).is_none() {
        return;
    }
    let standup = standup.filter(|_| wrong(roadmap, None, day).is_none());
    let small = shrink(roadmap, |it| wrong(it, standup, day).is_some());
    let standup = standup.map(|it| shrink(it, |it| wrong(&small, Some(it), day).is_some()));
    let said = wrong(&small, standup.as_deref(), day).unwrap();
    panic!("{name} on {day}:\n{said}\nthe plan: {}\nthe standup: {:?}", shown(&small), standup.as_deref().map(shown));
}

/// Returns a number of cases, or a multiple of it where one is asked for.
fn cases(usual: u64) -> u64 {
    let times = std::env::var("ROADBOOK_CASES").ok().map_or(1, |it| it.parse().unwrap());
    usual * times
}

fn day(dice: &mut Dice) -> Day {
    let it = dice.pick(&DAYS);
    it.parse().unwrap()
}

/// The ends of the calendar, where a day more or less is no day.
#[test]
fn no_day_is_too_far() {
    let dated = b"# P\n**Target Launch:** 2026-03-15\n## Week 1: A\n- [x] a\n- [ ] b\n";
    let undated = b"# P\n## Week 1: A\n- [x] a\n- [ ] b\n";
    let standup = made_up::standup(1).into_bytes();
    hold(dated, Some(&standup), Day::MIN, "a plan with dates");
    hold(undated, Some(&standup), Day::MIN, "a plan without dates");
    hold(undated, Some(&standup), Day::MAX, "a plan without dates");
}

#[test]
fn made_up_plans_lose_no_box_and_places_name_what_they_say() {
    for seed in 0..cases(3_000) {
        let mut dice = Dice(seed);
        let kind = if seed % 2 == 0 { Kind::Any } else { Kind::Usual };
        let (plan, standup) = (made_up::plan(kind, seed), made_up::standup(seed));
        hold(plan.as_bytes(), Some(standup.as_bytes()), day(&mut dice), &format!("plan {seed}"));
        if seed % 4 == 0 {
            hold(plan.as_bytes(), None, day(&mut dice), &format!("plan {seed} without a standup"));
        }
    }
}

#[test]
fn broken_plans_lose_no_box_and_places_name_what_they_say() {
    let mut texts = vec![("content/roadmap.md".to_owned(), fs::read(root().join("content/roadmap.md")).unwrap())];
    for seed in 10_000..10_040 {
        texts.push((format!("plan {seed}"), made_up::plan(Kind::Any, seed).into_bytes()));
    }
    if let Some(shared) = shared("real plans gone wrong") {
        let entries = walkdir::WalkDir::new(shared.join("corpus")).sort_by_file_name().into_iter().map(Result::unwrap);
        for path in entries.map(walkdir::DirEntry::into_path).filter(|it| it.extension().is_some_and(|it| it == "md")) {
            texts.push((path.display().to_string(), fs::read(path).unwrap()));
        }
    }
    let standup = fs::read(root().join("content/standups/week-01.md")).unwrap();
    for (at, (name, text)) in texts.iter().enumerate() {
        let mut dice = Dice(at as u64);
        hold(text, None, day(&mut dice), name);
        for n in 0..cases(12) {
            let (plan, standup) = (mutate(text, &mut dice), mutate(&standup, &mut dice));
            hold(&plan, Some(&standup), day(&mut dice), &format!("{name}, broken for the {n}th time"));
        }
    }
}

#[test]
fn the_same_input_gives_the_same_report_and_it_fits_its_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(roadbook::views::report::Report)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for seed in 20_000..20_000 + cases(300) {
        let mut dice = Dice(seed);
        let plan = made_up::plan(Kind::Any, seed).into_bytes();
        let plan = if seed % 2 == 0 { plan } else { mutate(&plan, &mut dice) };
        let standup = made_up::standup(seed).into_bytes();
        let day = day(&mut dice);
        // Bytes are compared, not values: the order of keys counts.
        let read = || serde_json::to_vec(&report(&understood(&plan, Some(&standup), day))).unwrap();
        let (first, second) = (read(), read());
        let text = || String::from_utf8_lossy(&plan).into_owned();
        assert!(first == second, "plan {seed} on {day} gives two reports:\n{}", text());
        if let Err(error) = validator.validate(&serde_json::from_slice(&first).unwrap()) {
            panic!("the report of plan {seed} on {day} does not fit: {error} at {}\n{}", error.instance_path(), text());
        }
    }
}
