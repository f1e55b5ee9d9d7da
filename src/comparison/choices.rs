//! Settings that say how a plan is read, counted and checked: where they differ, figures may although the plan says the same.

use super::thing::Thing;
use super::words::day;
use super::{Change, Said, Subject};
use crate::settings::{Level, Settings};
use crate::text::{LineIndex, Place, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Compares settings. Those that a plan repeats, as its target, are told there; those that say where files lie or what a site looks
/// like say nothing of the plan.
pub fn settings(before: &Settings, after: &Settings) -> Vec<Change> {
    let place = Place::new("roadbook.toml".into(), Span::new(0, 0), Arc::new(LineIndex::new(Arc::default())));
    let thing = |name: &str| Thing { subject: Subject::Plan, title: Said::theirs(name.to_owned()), place: &place };
    let mut changes = Vec::new();
    let mut add = |name: &str, differs: bool, before: Option<Said>, after: Option<Said>| {
        changes.extend(differs.then(|| thing(name).setting(before, after)));
    };
    let title = |it: &Settings| it.title.clone().map(Said::theirs);
    add("title", before.title != after.title, title(before), title(after));
    let holidays = |it: &Settings| list(it.holidays.iter().map(|it| Said::ours(day(it.0))));
    add("holidays", before.holidays != after.holidays, holidays(before), holidays(after));
    let days = |it: &Settings| list(it.working_days.iter().map(|it| Said::theirs(it.clone())));
    add("working_days", before.working_days != after.working_days, days(before), days(after));
    let zone = |it: &Settings| it.timezone.clone().map(Said::theirs);
    add("timezone", before.timezone != after.timezone, zone(before), zone(after));
    let as_of = |it: &Settings| it.as_of.map(|it| Said::ours(day(it.0)));
    add("as_of", before.as_of != after.as_of, as_of(before), as_of(after));
    for name in keys(&before.aliases, &after.aliases) {
        let of = |it: &Settings| it.aliases.get(name).cloned().map(Said::theirs);
        add(&format!("aliases.{name}"), before.aliases.get(name) != after.aliases.get(name), of(before), of(after));
    }
    // What they say is seen in what follows from them.
    add("states", before.states != after.states, None, None);
    add("id_pattern", before.id_pattern != after.id_pattern, None, None);
    add("units", before.units != after.units, None, None);
    add("reading", before.reading != after.reading, None, None);
    add("health", before.health != after.health, None, None);
    for name in keys(&before.check, &after.check) {
        let (was, is) = (before.check.get(name), after.check.get(name));
        if was != is {
            let word = |it: Option<&Level>| Some(Said::ours(it.map_or("as usual", |it| level(*it).1)));
            let is_silent = |it: Option<&Level>| it == Some(&Level::Off);
            let is_loosened = is_silent(is) || was.zip(is).is_some_and(|(was, is)| level(*is).0 < level(*was).0);
            let it = thing(&format!("check.{name}")).setting(word(was), word(is));
            changes.push(Change { is_loosened, ..it });
        }
    }
    changes
}

fn list(all: impl Iterator<Item = Said>) -> Option<Said> {
    Some(Said::joined(all, ", ")).filter(|it| !it.is_empty())
}

fn keys<'a, T>(before: &'a BTreeMap<String, T>, after: &'a BTreeMap<String, T>) -> BTreeSet<&'a String> {
    before.keys().chain(after.keys()).collect()
}

/// How grave a level is, and its word.
fn level(it: Level) -> (u8, &'static str) {
    match it {
        Level::Off => (0, "off"),
        Level::Info => (1, "info"),
        Level::Warning => (2, "warning"),
        Level::Error => (3, "error"),
    }
}
