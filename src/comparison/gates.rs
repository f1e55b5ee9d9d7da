//! Gates and their criteria: which are the same, and what changed of them.

use super::order::by_key;
use super::words::{bare, day};
use super::{Both, Change, Firmness, Kind, Said, Subject, firmness};
use crate::model::{Criterion, Gate, Plan, Waiver};
use crate::phrase::{likeness_from, slug};
use std::collections::{BTreeMap, HashSet};

/// Criteria have the same meaning in other words where they are at least this alike, from 0 to 1.
const ALIKE: f64 = 0.5;
/// Criteria that are left over are held against each other when a gate has no more than this many.
const MAX_LEFT: usize = 100;

/// The same gate in two plans, by its places; of one that only one of them has, the other is not there.
pub type Pair = Both<Option<usize>>;

/// Pairs gates of two plans: by their names, of several with one name the first with the first. What is left is the same gate where
/// kind, phase and week are, else kind and criteria, if each plan has one such left.
pub fn pairs(old: &Plan, new: &Plan) -> Vec<Pair> {
    let mut pairs = by_key(&old.gates, &new.gates, |it| Some(bare(&it.name)));
    renamed(&mut pairs, old, new, |it| Some((it.kind as u8, it.phase, it.week)));
    // A gate of a week is called by its week: with the same criteria in another week it was moved.
    let words = |it: &Gate| it.criteria.iter().map(|it| bare(&it.text.plain())).collect::<Vec<_>>().join("\n");
    renamed(&mut pairs, old, new, |it| Some((it.kind as u8, words(it))).filter(|it| !it.1.is_empty()));
    pairs.sort_by_key(|it| (it.after.is_none(), it.after, it.before));
    pairs
}

/// Makes one pair of two gates that are in none yet, where they alone have a key.
fn renamed<K: Ord>(pairs: &mut Vec<Pair>, old: &Plan, new: &Plan, key: impl Fn(&Gate) -> Option<K>) {
    let mut left: BTreeMap<K, [Vec<usize>; 2]> = BTreeMap::new();
    for it in pairs.iter() {
        let (side, gates, at) = match (it.before, it.after) {
            (Some(at), None) => (0, &old.gates, at),
            (None, Some(at)) => (1, &new.gates, at),
            _ => continue,
        };
        if let Some(list) = gates.get(at).and_then(&key).and_then(|it| left.entry(it).or_default().get_mut(side)) {
            list.push(at);
        }
    }
    let one = |it: [Vec<usize>; 2]| match it.each_ref().map(Vec::as_slice) {
        [[before], [after]] => Some((*before, *after)),
        _ => None,
    };
    let found: Vec<(usize, usize)> = left.into_values().filter_map(one).collect();
    let before: HashSet<usize> = found.iter().map(|it| it.0).collect();
    let after: HashSet<usize> = found.iter().map(|it| it.1).collect();
    pairs.retain(|it| match (it.before, it.after) {
        (Some(at), None) => !before.contains(&at),
        (None, Some(at)) => !after.contains(&at),
        _ => true,
    });
    pairs.extend(found.into_iter().map(|(before, after)| Both { before: Some(before), after: Some(after) }));
}

/// Compares the gates of two plans.
pub fn gates(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    for pair in pairs(old, new) {
        let was = pair.before.and_then(|it| old.gates.get(it));
        let is = pair.after.and_then(|it| new.gates.get(it));
        let found = match (was, is) {
            (Some(was), Some(is)) => changed(was, is),
            (None, Some(is)) => vec![whole(is, false)],
            (Some(was), None) => vec![whole(was, true)],
            (None, None) => Vec::new(),
        };
        changes.extend(found.into_iter().map(|it| Change { gate: pair, ..it }));
    }
    changes
}

/// Returns what a gate is called.
pub fn title(gate: &Gate) -> Said {
    Said::theirs(gate.name.clone())
}

/// Returns "1 criterion", "5 criteria".
pub fn criteria_count(gate: &Gate) -> String {
    match gate.criteria.len() {
        1 => "1 criterion".to_owned(),
        n => format!("{n} criteria"),
    }
}

/// A gate that came, or went.
fn whole(gate: &Gate, is_gone: bool) -> Change {
    let due = gate.due.map_or(String::new(), |it| format!("due {}, ", day(it)));
    let says = Said::ours(format!("{due}{}", criteria_count(gate)));
    let (title, place) = (title(gate), gate.place.clone());
    let it = if is_gone {
        Change::then(Kind::Other, Subject::Gate, title, place).aspect("removed").said(Some(says), None)
    } else {
        Change::now(Kind::Other, Subject::Gate, title, place).aspect("added").said(None, Some(says))
    };
    Change { key: Some(slug(&gate.name)), is_loosened: is_gone, ..it }
}

fn changed(was: &Gate, is: &Gate) -> Vec<Change> {
    let mut changes = Vec::new();
    let gate = |aspect, before: Option<Said>, after: Option<Said>| {
        let it = Change::now(Kind::Other, Subject::Gate, title(is), is.place.clone());
        Change { key: Some(slug(&is.name)), ..it.aspect(aspect).said(before, after) }
    };
    // "Week 3 Gate" of another week is called so for its week.
    let own = |it: &Gate| bare(&it.name).replace(|it: char| it.is_ascii_digit(), "");
    let is_renamed = if was.kind.is_big() { bare(&was.name) != bare(&is.name) } else { own(was) != own(is) };
    if is_renamed {
        changes.push(gate("name", Some(title(was)), Some(title(is))));
    }
    if was.due != is.due && (was.week != is.week || was.phase != is.phase || was.week.is_none()) {
        let due = |it: &Gate| Some(it.due.map_or(Said::ours("no day"), |it| Said::ours(day(it))));
        changes.push(gate("due", due(was), due(is)));
    }
    let decision = |it: &Gate| {
        it.decision.as_ref().map(|it| {
            let when = it.date.map_or(String::new(), |it| format!(", {}", day(it)));
            let by = it.by.clone().map_or(Said::default(), |it| Said::ours(" by ").and_theirs(it));
            Said::theirs(it.verdict.clone()).and(when).and_all(by)
        })
    };
    if decision(was) != decision(is) {
        changes.push(gate("decision", decision(was), decision(is)));
    }
    let key = |it: &Waiver| (bare(&it.text), it.until, it.sign_off.name.clone(), it.sign_off.date);
    let all = |of: &Gate| of.waivers.iter().map(key).collect::<HashSet<_>>();
    let (there, here) = (all(was), all(is));
    let words = |it: &Waiver| {
        let until = it.until.map_or(String::new(), |it| format!(" until {}", day(it)));
        Some(Said::theirs(it.text.clone()).and(" waived by ").and_theirs(it.sign_off.name.clone()).and(until))
    };
    for it in is.waivers.iter().filter(|it| !there.contains(&key(it))) {
        let change = gate("waiver", None, words(it));
        changes.push(Change { place: it.place.clone(), is_loosened: true, ..change });
    }
    for it in was.waivers.iter().filter(|it| !here.contains(&key(it))) {
        let change = gate("waiver", words(it), None);
        changes.push(Change { place: it.place.clone(), is_of_before: true, ..change });
    }
    changes.extend(criteria(was, is));
    changes
}

/// Compares the criteria of a gate: first the same words, then those that are alike, in their order.
fn criteria(was: &Gate, is: &Gate) -> Vec<Change> {
    let text = |it: &Criterion| bare(&it.text.plain());
    let mut old: Vec<(&Criterion, String)> = Vec::new();
    let mut new: Vec<(&Criterion, String)> = Vec::new();
    let mut changes = Vec::new();
    let base = |kind, aspect, it: &Criterion| {
        let change = Change::now(kind, Subject::Criterion, title(is), it.place.clone());
        Change { key: Some(slug(&is.name)), ..change.aspect(aspect) }
    };
    for pair in by_key(&was.criteria, &is.criteria, |it| Some(text(it))) {
        let both = (pair.before.and_then(|it| was.criteria.get(it)), pair.after.and_then(|it| is.criteria.get(it)));
        match both {
            (Some(before), Some(after)) => changes.extend(signed(before, after, &base)),
            (Some(before), None) => old.push((before, text(before))),
            (None, Some(after)) => new.push((after, text(after))),
            (None, None) => {}
        }
    }
    let said = |it: &Criterion| Some(Said::theirs(it.text.plain()));
    for (it, words) in new {
        let best = if MAX_LEFT < old.len() {
            None
        } else {
            let alike = |(at, old): (usize, &(&Criterion, String))| Some((likeness_from(ALIKE, &old.1, &words)?, at));
            old.iter().enumerate().filter_map(alike).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        };
        match best {
            Some((_, at)) => {
                let (before, _) = old.remove(at);
                let change = base(Kind::CriteriaChanged, "", it).said(said(before), said(it));
                let is_loosened = firmness(&before.text.plain(), &it.text.plain()) == Firmness::Looser;
                changes.push(Change { is_loosened, ..change });
                changes.extend(signed(before, it, &base));
            }
            None => changes.push(base(Kind::CriteriaChanged, "added", it).said(None, said(it))),
        }
    }
    for (it, _) in old {
        let change = base(Kind::CriteriaChanged, "removed", it).said(said(it), None);
        changes.push(Change { is_loosened: true, is_of_before: true, ..change });
    }
    changes
}

/// Compares box and signature of a criterion.
fn signed(was: &Criterion, is: &Criterion, base: &impl Fn(Kind, &'static str, &Criterion) -> Change) -> Vec<Change> {
    let mut changes = Vec::new();
    // Of several criteria each is named.
    let named = |it: Change| Change { title: Said::theirs(is.text.plain()).and(", ").and_all(it.title.clone()), ..it };
    if was.ticked != is.ticked {
        let kind = if is.ticked { Kind::Ticked } else { Kind::Unticked };
        let state = |ticked: bool| Some(Said::ours(if ticked { "ticked" } else { "open" }));
        changes.push(named(base(kind, "", is).said(state(was.ticked), state(is.ticked))));
    }
    if was.sign_off != is.sign_off {
        let by = |it: &Criterion| {
            let it = it.sign_off.as_ref()?;
            Some(Said::ours("signed by ").and_theirs(it.name.clone()).and(format!(", {}", day(it.date))))
        };
        let none = || Some(Said::ours("not signed"));
        changes.push(named(base(Kind::Other, "sign-off", is).said(by(was).or_else(none), by(is).or_else(none))));
    }
    changes
}
