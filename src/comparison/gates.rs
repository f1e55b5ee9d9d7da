//! Gates and their criteria: which changed, and what a change does to a gate.

use super::order::by_key;
use super::words::{bare, day};
use super::{Both, Change, Firmness, Kind, Said, Side, Subject, firmness};
use crate::analysis::{Amount, CriterionState, asks};
use crate::calendar::Day;
use crate::model::{Criterion, Gate, GateKind, Plan, State, Waiver};
use crate::phrase::{likeness_from, slug};
use crate::text::Place;
use std::collections::{HashMap, HashSet};

/// Criteria have the same meaning in other words where they are at least this alike, from 0 to 1.
const ALIKE: f64 = 0.5;
/// Criteria that are left over are held against each other when a gate has no more than this many.
const MAX_LEFT: usize = 100;

/// Something that is to be said of a gate.
#[derive(Debug, Clone, PartialEq)]
pub struct GateEffect {
    /// What.
    pub news: GateNews,
    /// The gate by its places in both plans.
    pub gate: Both<Option<usize>>,
    /// Its name.
    pub name: Said,
    /// When it is due.
    pub due: Option<Day>,
    /// Why: what fails, what changed.
    pub why: Said,
    /// The line: of the criterion, else of the gate; of after, or of before where it is gone.
    pub place: Place,
    /// Whether the line is one of before.
    pub is_of_before: bool,
}

/// What became of a gate. The order is that of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateNews {
    /// It can no longer be met by what the plan schedules, or is overdue and not met.
    NowFails,
    /// It is no longer in the plan.
    Removed,
    /// Less is asked for.
    Loosened,
    /// It fails as before, for another reason.
    FailsOtherwise,
    /// Something is asked for otherwise; nothing tells whether it is less.
    Changed,
    /// More is asked for.
    Firmer,
    /// It came into the plan.
    Added,
    /// It can be met again.
    CanBeMet,
}

impl GateNews {
    /// Returns it in words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NowFails => "now fails",
            Self::Removed => "removed",
            Self::Loosened => "loosened",
            Self::FailsOtherwise => "fails as before",
            Self::Changed => "changed",
            Self::Firmer => "asks for more",
            Self::Added => "added",
            Self::CanBeMet => "can be met again",
        }
    }
}

/// Pairs gates of two plans: by their names, of several with one name the first with the first.
fn pairs(old: &Plan, new: &Plan) -> Vec<Both<Option<usize>>> {
    let mut pairs = by_key(&old.gates, &new.gates, |it| Some(bare(&it.name)));
    // A gate with another name, where kind, phase and week tell which it was.
    let of = |gates: &[Gate], at: Option<usize>| at.and_then(|it| gates.get(it)).map(|it| (it.kind, it.phase, it.week));
    let (mut paired, left): (Vec<_>, Vec<_>) =
        pairs.drain(..).partition(|it| it.before.is_some() && it.after.is_some());
    let mut renamed: HashMap<(GateKind, Option<usize>, Option<u32>), [Vec<usize>; 2]> = HashMap::new();
    for it in &left {
        if let Some(place) = of(&old.gates, it.before).or_else(|| of(&new.gates, it.after)) {
            let [before, after] = renamed.entry(place).or_default();
            before.extend(it.before);
            after.extend(it.after);
        }
    }
    let mut is_renamed: HashSet<(bool, usize)> = HashSet::new();
    for [before, after] in renamed.values() {
        if let ([before], [after]) = (before.as_slice(), after.as_slice()) {
            is_renamed.extend([(false, *before), (true, *after)]);
            paired.push(Both { before: Some(*before), after: Some(*after) });
        }
    }
    let is_left = |it: &Both<Option<usize>>| {
        !it.before.is_some_and(|it| is_renamed.contains(&(false, it)))
            && !it.after.is_some_and(|it| is_renamed.contains(&(true, it)))
    };
    paired.extend(left.into_iter().filter(is_left));
    paired.sort_by_key(|it| (it.after.is_none(), it.after, it.before));
    paired
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

fn title(gate: &Gate) -> Said {
    Said::theirs(gate.name.clone())
}

/// A gate that came, or went.
fn whole(gate: &Gate, is_gone: bool) -> Change {
    let due = gate.due.map_or(String::new(), |it| format!("due {}, ", day(it)));
    let says = Said::ours(format!(
        "{due}{}",
        crate::phrase::count(gate.criteria.len(), "criterion").replace("criterions", "criteria")
    ));
    let (title, place) = (title(gate), gate.place.clone());
    let it = if is_gone {
        Change::then(Kind::Other, Subject::Gate, title, place).aspect("removed").from_to(Some(says), None)
    } else {
        Change::now(Kind::Other, Subject::Gate, title, place).aspect("added").from_to(None, Some(says))
    };
    Change { key: Some(slug(&gate.name)), is_loosened: is_gone, ..it }
}

fn changed(was: &Gate, is: &Gate) -> Vec<Change> {
    let mut changes = Vec::new();
    let gate = |aspect, before: Option<Said>, after: Option<Said>| {
        let it = Change::now(Kind::Other, Subject::Gate, title(is), is.place.clone());
        Change { key: Some(slug(&is.name)), ..it.aspect(aspect).from_to(before, after) }
    };
    if bare(&was.name) != bare(&is.name) {
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
    let waiver = |it: &Waiver| (bare(&it.text), it.until, it.sign_off.clone());
    let words = |it: &Waiver| {
        let until = it.until.map_or(String::new(), |it| format!(" until {}", day(it)));
        Some(Said::theirs(it.text.clone()).and(" waived by ").and_theirs(it.sign_off.name.clone()).and(until))
    };
    for it in is.waivers.iter().filter(|it| !was.waivers.iter().any(|old| waiver(old) == waiver(it))) {
        let change = gate("waiver", None, words(it));
        changes.push(Change { place: it.place.clone(), is_loosened: true, ..change });
    }
    for it in was.waivers.iter().filter(|it| !is.waivers.iter().any(|new| waiver(new) == waiver(it))) {
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
                let change = base(Kind::CriteriaChanged, "", it).from_to(said(before), said(it));
                let is_loosened = firmness(&before.text.plain(), &it.text.plain()) == Firmness::Looser;
                changes.push(Change { is_loosened, ..change });
                changes.extend(signed(before, it, &base));
            }
            None => changes.push(base(Kind::CriteriaChanged, "added", it).from_to(None, said(it))),
        }
    }
    for (it, _) in old {
        let change = base(Kind::CriteriaChanged, "removed", it).from_to(said(it), None);
        changes.push(Change { is_loosened: true, is_of_before: true, ..change });
    }
    changes
}

/// Compares box and signature of a criterion.
fn signed(was: &Criterion, is: &Criterion, base: &impl Fn(Kind, &'static str, &Criterion) -> Change) -> Vec<Change> {
    let mut changes = Vec::new();
    let words = |state: String| Some(Said::theirs(is.text.plain()).and(state));
    if was.ticked != is.ticked {
        let kind = if is.ticked { Kind::Ticked } else { Kind::Unticked };
        let state = |ticked: bool| words(if ticked { " ticked" } else { " open" }.to_owned());
        changes.push(base(kind, "", is).from_to(state(was.ticked), state(is.ticked)));
    }
    if was.sign_off != is.sign_off {
        let by = |it: &Criterion| {
            let it = it.sign_off.as_ref()?;
            Some(Said::ours("signed by ").and_theirs(it.name.clone()).and(format!(", {}", day(it.date))))
        };
        let none = || Some(Said::ours("not signed"));
        changes.push(base(Kind::Other, "sign-off", is).from_to(by(was).or_else(none), by(is).or_else(none)));
    }
    changes
}

/// Why a gate cannot be passed: its criteria that fail, by their places, with the reasons.
#[derive(Debug, Clone, PartialEq, Default)]
struct Failing {
    criteria: Vec<(usize, String)>,
}

/// Finds what fails at a gate: what the plan schedules too late or lacks; once the gate's day is over, what is not met. A gate
/// that people have passed fails no more.
fn failing(side: &Side<'_>, at: usize) -> Option<Failing> {
    let gate = side.history.plan.gates.get(at)?;
    let review = side.analysis.gates.get(at)?;
    let passed = gate.decision_by(side.history.as_of).is_some_and(|it| it.verdict.eq_ignore_ascii_case("go"));
    if passed {
        return None;
    }
    let is_over = review.days_overdue.is_some();
    let mut criteria = Vec::new();
    for (at, it) in review.findings.iter().enumerate() {
        let is_open = !matches!(it.state, CriterionState::Met | CriterionState::Waived);
        if let Some(reason) = it.off_plan.clone().filter(|_| is_open) {
            criteria.push((at, reason));
        } else if is_over && it.state == CriterionState::NotMet {
            criteria.push((at, if it.measured.is_empty() { it.missing.clone() } else { it.measured.clone() }));
        }
    }
    (!criteria.is_empty()).then_some(Failing { criteria })
}

/// Returns the names of the gates that fail, in the order of the plan.
pub fn names_of_failing(side: &Side<'_>) -> Vec<String> {
    let gates = side.history.plan.gates.iter().enumerate();
    gates.filter(|(at, _)| failing(side, *at).is_some()).map(|(_, it)| it.name.clone()).collect()
}

/// Says what the changes do to each gate; nothing of one to which they do nothing.
pub fn effects(sides: &Both<Side<'_>>, changes: &[Change]) -> Vec<GateEffect> {
    let (old, new) = (&sides.before.history.plan, &sides.after.history.plan);
    let mut effects: Vec<GateEffect> = Vec::new();
    let mut of_gate: HashMap<(Option<usize>, Option<usize>), Vec<&Change>> = HashMap::new();
    for it in changes.iter().filter(|it| matches!(it.subject, Subject::Gate | Subject::Criterion)) {
        of_gate.entry((it.gate.before, it.gate.after)).or_default().push(it);
    }
    for pair in pairs(old, new) {
        let gate = match (pair.after.and_then(|it| new.gates.get(it)), pair.before.and_then(|it| old.gates.get(it))) {
            (Some(it), _) | (None, Some(it)) => it,
            (None, None) => continue,
        };
        let mut add = |news, why: Said, place: &Place, is_of_before| {
            let (name, due, place) = (title(gate), gate.due, place.clone());
            effects.push(GateEffect { news, gate: pair, name, due, why, place, is_of_before });
        };
        let was = pair.before.and_then(|it| failing(&sides.before, it));
        let is = pair.after.and_then(|it| failing(&sides.after, it));
        let own = of_gate.get(&(pair.before, pair.after)).map_or(&[][..], Vec::as_slice);
        match (&was, &is) {
            (None, Some(it)) => {
                let place =
                    it.criteria.first().and_then(|it| gate.criteria.get(it.0)).map_or(&gate.place, |it| &it.place);
                add(GateNews::NowFails, why(gate, it, Some((changes, sides))), place, false);
            }
            (Some(before), Some(it)) if reasons(old, pair.before, before) != reasons(new, pair.after, it) => {
                let place =
                    it.criteria.first().and_then(|it| gate.criteria.get(it.0)).map_or(&gate.place, |it| &it.place);
                add(GateNews::FailsOtherwise, why(gate, it, None), place, false);
            }
            (Some(_), None) if pair.after.is_some() => {
                add(
                    GateNews::CanBeMet,
                    Said::ours("nothing is planned after it any more that it asks for"),
                    &gate.place,
                    false,
                );
            }
            _ => {}
        }
        match (pair.before, pair.after) {
            (Some(_), None) => add(GateNews::Removed, Said::ours("the plan no longer has it"), &gate.place, true),
            (None, Some(_)) if is.is_none() => {
                add(GateNews::Added, Said::ours("the plan had no such gate"), &gate.place, false);
            }
            _ => {}
        }
        for it in own {
            if let Some((news, why)) = said_of(it) {
                add(news, why, &it.place, it.is_of_before);
            }
        }
    }
    effects.sort_by_key(|it| it.news);
    effects
}

/// Says how a criterion, a waiver or the day of a gate changed; nothing for all else.
fn said_of(it: &Change) -> Option<(GateNews, Said)> {
    match (it.kind, it.aspect, &it.before, &it.after) {
        (Kind::CriteriaChanged, ..) => {}
        (_, "waiver", _, Some(after)) => return Some((GateNews::Loosened, after.clone())),
        (_, "due", Some(before), Some(after)) => {
            let why = Said::ours("due ").and_all(after.clone()).and(", was ").and_all(before.clone());
            return Some((GateNews::Changed, why));
        }
        _ => return None,
    }
    Some(match (&it.before, &it.after) {
        (Some(before), Some(after)) => {
            let news = match firmness(&before.plain(), &after.plain()) {
                Firmness::Looser => GateNews::Loosened,
                Firmness::Firmer => GateNews::Firmer,
                Firmness::Same => GateNews::Changed,
            };
            (news, before.clone().and(" is now ").and_all(after.clone()))
        }
        (Some(before), None) => (GateNews::Loosened, before.clone().and(" is no longer asked for")),
        (None, Some(after)) => (GateNews::Firmer, after.clone().and(" is asked for as well")),
        (None, None) => return None,
    })
}

fn reasons(plan: &Plan, gate: Option<usize>, it: &Failing) -> Vec<(String, String)> {
    let criteria = gate.and_then(|it| plan.gates.get(it)).map(|it| &it.criteria);
    let text = |at: usize| criteria.and_then(|it| it.get(at)).map(|it| bare(&it.text.plain())).unwrap_or_default();
    it.criteria.iter().map(|(at, reason)| (text(*at), reason.clone())).collect()
}

/// Says what fails at a gate, and which of some changes made it so.
fn why(gate: &Gate, it: &Failing, changes: Option<(&[Change], &Both<Side<'_>>)>) -> Said {
    let reason = |(at, reason): &(usize, String)| {
        let words = gate.criteria.get(*at).map(|it| it.text.plain()).unwrap_or_default();
        let since = changes.map(|(changes, sides)| since(gate, &words, changes, sides)).unwrap_or_default();
        Said::theirs(words).and(": ").and_theirs(reason.clone()).and_all(since)
    };
    Said::joined(it.criteria.iter().map(reason), "; ")
}

/// Names the tasks that are the reason: those of a class that the criterion counts which were moved past the gate, or taken out.
fn since(gate: &Gate, criterion: &str, changes: &[Change], sides: &Both<Side<'_>>) -> Said {
    let Some(due) = gate.due else { return Said::default() };
    let plans = [&sides.before.history.plan, &sides.after.history.plan];
    let is_class = |word: &str| plans.iter().any(|it| it.tasks.iter().any(|it| it.priority.as_deref() == Some(word)));
    let Some(asks) = asks(criterion, is_class) else { return Said::default() };
    let counts = |class: Option<&str>| asks.iter().any(|it| it.class.is_none() || it.class.as_deref() == class);
    // Where all are asked for, one less is no reason.
    let is_fewer_worse = asks.iter().any(|it| it.amount != Amount::All);
    let mut said: Vec<Said> = Vec::new();
    for it in changes.iter().filter(|it| it.subject == Subject::Task) {
        let was = it.task.before.and_then(|at| sides.before.history.plan.tasks.get(at));
        let is = it.task.after.and_then(|at| sides.after.history.plan.tasks.get(at));
        let before = was.filter(|was| counts(was.priority.as_deref()) && was.end.is_some_and(|it| it <= due));
        let Some(was) = before else { continue };
        let name = || Said::theirs(was.name());
        match (it.kind, is) {
            (Kind::Removed, _) if is_fewer_worse => said.push(name().and(" is gone")),
            (Kind::Moved, Some(is)) if is.end.is_none_or(|it| due < it) => {
                said.push(name().and(" moves past the gate"))
            }
            (Kind::Other, Some(is)) if is_fewer_worse && is.marked_state().is_some_and(|it| it.0 == State::Dropped) => {
                said.push(name().and(" is dropped"));
            }
            _ => {}
        }
    }
    let more = said.len().saturating_sub(3);
    said.truncate(3);
    if 0 < more {
        said.push(Said::ours(format!("{more} more changed")));
    }
    if said.is_empty() { Said::default() } else { Said::ours(", since ").and_all(Said::list(said)) }
}
