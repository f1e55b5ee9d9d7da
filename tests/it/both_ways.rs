//! What a change does is undone by the way back, and nothing differs from itself: over plans that were edited at random.

use super::dice::Dice;
use super::made_up::{self, Kind};
use super::mutate::mutate;
use super::support::root;
use roadbook::calendar::Day;
use roadbook::comparison::{Change, Comparison, Kind as Done, compare};
use roadbook::pipeline::{Understood, understand};
use roadbook::settings::Settings;
use roadbook::sources::Sources;
use roadbook::text::SourceFile;
use roadbook::views::diff::side;
use std::collections::BTreeMap;
use std::fs;

fn understood(roadmap: &[u8], standup: &str) -> Understood {
    let file = |path: &str, bytes: &[u8]| SourceFile::new(path, bytes.to_vec());
    let sources = Sources {
        roadmap: file("roadmap.md", roadmap),
        standups: vec![file("standups/week-01.md", standup.as_bytes())],
        measured: Vec::new(),
        settings: Settings::default(),
        notes: Vec::new(),
        past: roadbook::sources::Known::default(),
        stands: true,
        look: std::sync::Arc::default(),
    };
    understand(sources, Day::from_ymd_opt(2026, 2, 6).unwrap())
}

fn compared(a: &Understood, b: &Understood) -> Comparison {
    compare(side(&a.facts()), side(&b.facts()))
}

/// What each kind is on the way back.
fn back(kind: Done) -> Done {
    match kind {
        Done::Added => Done::Removed,
        Done::Removed => Done::Added,
        Done::Ticked => Done::Unticked,
        Done::Unticked => Done::Ticked,
        it => it,
    }
}

fn counts(changes: &[Change], kind: impl Fn(Done) -> Done) -> BTreeMap<Done, usize> {
    let mut counts = BTreeMap::new();
    for it in changes {
        *counts.entry(kind(it.kind)).or_default() += 1;
    }
    counts
}

fn said(changes: &[Change]) -> Vec<String> {
    let said = |it: &Change| {
        let sides = [&it.before, &it.after].map(|it| it.as_ref().map(roadbook::views::diff::Said::plain));
        format!("{} {} {} {}: {sides:?}", it.kind.name(), it.subject.name(), it.aspect, it.title.plain())
    };
    changes.iter().map(said).collect()
}

#[test]
fn edits_are_undone_by_the_way_back() {
    let times: u64 = std::env::var("ROADBOOK_CASES").ok().map_or(1, |it| it.parse().unwrap());
    let sample = fs::read(root().join("content/roadmap.md")).unwrap();
    for seed in 0..60 * times {
        let mut dice = Dice(seed);
        let before = match seed % 3 {
            0 => sample.clone(),
            1 => made_up::plan(Kind::Usual, seed).into_bytes(),
            _ => made_up::plan(Kind::Any, seed).into_bytes(),
        };
        let after = mutate(&before, &mut dice);
        let (was, is) = (made_up::standup(seed), made_up::standup(seed + u64::from(dice.percent(30))));
        let (a, b) = (understood(&before, &was), understood(&after, &is));
        for it in [&a, &b] {
            assert!(compared(it, it).changes.is_empty(), "seed {seed}: {:?}", compared(it, it).changes.first());
        }
        let (there, again) = (compared(&a, &b), compared(&b, &a));
        let said = || format!("seed {seed}: there {:#?}, back {:#?}", said(&there.changes), said(&again.changes));
        assert_eq!(counts(&there.changes, |it| it), counts(&again.changes, back), "{}", said());
    }
}
