//! What a change does to gates: which fail, which can be met again, which ask for less.

use super::gates::{Pair, criteria_count, pairs, title};
use super::tasks::DROPPED;
use super::words::bare;
use super::{Both, Change, Firmness, Kind, Said, Side, Subject, firmness};
use crate::analysis::{Amount, CriterionState, asks};
use crate::calendar::Day;
use crate::model::{Gate, Plan, Task};
use crate::text::Place;
use std::collections::HashMap;

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

/// Why a gate cannot be passed: its criteria that fail, by their places, with the reasons.
#[derive(Debug, Clone, PartialEq, Default)]
struct Failing {
    criteria: Vec<(usize, String)>,
}

impl Failing {
    /// Returns the line of the first criterion that fails.
    fn place<'a>(&self, gate: &'a Gate) -> &'a Place {
        self.criteria.first().and_then(|it| gate.criteria.get(it.0)).map_or(&gate.place, |it| &it.place)
    }
}

/// Finds what fails at a gate: what the plan schedules too late or lacks; once the gate's day is over, what is not met. A gate
/// that people have passed fails no more.
fn failing(side: &Side<'_>, at: usize) -> Option<Failing> {
    let gate = side.history.plan.gates.get(at)?;
    let review = side.analysis.gates.get(at)?;
    if has_passed(gate, side) {
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

/// Says whether people let the plan pass a gate.
fn has_passed(gate: &Gate, side: &Side<'_>) -> bool {
    gate.decision_by(side.history.as_of).is_some_and(|it| it.verdict.eq_ignore_ascii_case("go"))
}

/// Returns the names of the gates that fail, in the order of the plan.
pub fn names_of_failing(side: &Side<'_>) -> Vec<String> {
    let gates = side.history.plan.gates.iter().enumerate();
    gates.filter(|(at, _)| failing(side, *at).is_some()).map(|(_, it)| it.name.clone()).collect()
}

/// Says what the changes do to each gate; nothing of one to which they do nothing.
pub fn effects(sides: &Both<Side<'_>>, changes: &[Change]) -> Vec<GateEffect> {
    let mut of_gate: HashMap<Pair, Vec<&Change>> = HashMap::new();
    for it in changes.iter().filter(|it| matches!(it.subject, Subject::Gate | Subject::Criterion)) {
        of_gate.entry(it.gate).or_default().push(it);
    }
    let own = |it: &Pair| of_gate.get(it).map_or(&[][..], Vec::as_slice);
    let pairs = pairs(&sides.before.history.plan, &sides.after.history.plan);
    let mut effects: Vec<GateEffect> = pairs.iter().flat_map(|it| of_pair(*it, sides, own(it), changes)).collect();
    effects.sort_by_key(|it| it.news);
    effects
}

/// Says what the changes do to a gate; `own` are those of the gate itself.
fn of_pair(pair: Pair, sides: &Both<Side<'_>>, own: &[&Change], changes: &[Change]) -> Vec<GateEffect> {
    let (old, new) = (&sides.before.history.plan, &sides.after.history.plan);
    let (before, after) = (pair.before.and_then(|it| old.gates.get(it)), pair.after.and_then(|it| new.gates.get(it)));
    let Some(gate) = after.or(before) else { return Vec::new() };
    let effect = |news, why: Said, place: &Place, is_of_before| {
        let (name, due, place) = (title(gate), gate.due, place.clone());
        GateEffect { news, gate: pair, name, due, why, place, is_of_before }
    };
    let was = pair.before.and_then(|it| failing(&sides.before, it));
    let is = pair.after.and_then(|it| failing(&sides.after, it));
    let mut effects = Vec::new();
    match (&was, &is) {
        (None, Some(it)) => {
            let new = if before.is_none() { "a new gate: " } else { "" };
            let why = Said::ours(new).and_all(why(gate, it, changes, sides));
            effects.push(effect(GateNews::NowFails, why, it.place(gate), false));
        }
        (Some(before), Some(it)) if reasons(old, pair.before, before) != reasons(new, pair.after, it) => {
            effects.push(effect(GateNews::FailsOtherwise, why(gate, it, changes, sides), it.place(gate), false));
        }
        (Some(it), None) if after.is_some_and(|it| !has_passed(it, &sides.after)) => {
            effects.push(effect(GateNews::CanBeMet, again(gate, it, own, before, changes, sides), &gate.place, false));
        }
        _ => {}
    }
    match (before, after) {
        (Some(_), None) => {
            let why = Said::ours(format!("the plan no longer has it, nor its {}", criteria_count(gate)));
            effects.push(effect(GateNews::Removed, why, &gate.place, true));
        }
        (None, Some(_)) if is.is_none() => {
            let why = Said::ours(format!("the plan had no such gate; it has {}", criteria_count(gate)));
            effects.push(effect(GateNews::Added, why, &gate.place, false));
        }
        _ => {}
    }
    let own = own.iter().filter_map(|it| Some((said_of(it)?, it)));
    effects.extend(own.map(|((news, why), it)| effect(news, why, &it.place, it.is_of_before)));
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
fn why(gate: &Gate, it: &Failing, changes: &[Change], sides: &Both<Side<'_>>) -> Said {
    let reason = |(at, reason): &(usize, String)| {
        let words = gate.criteria.get(*at).map(|it| it.text.plain()).unwrap_or_default();
        let since = since(gate, &words, changes, sides, Way::Worse);
        Said::theirs(words).and(": ").and_theirs(reason.clone()).and_all(since)
    };
    Said::joined(it.criteria.iter().map(reason), "; ")
}

/// Says why a gate can be met again that could not.
fn again(
    gate: &Gate,
    failed: &Failing,
    own: &[&Change],
    before: Option<&Gate>,
    changes: &[Change],
    sides: &Both<Side<'_>>,
) -> Said {
    if own.iter().any(|it| it.is_loosened) {
        return Said::ours("less is asked for");
    }
    if before.is_some_and(|it| it.due < gate.due) {
        return Said::ours("its day is later");
    }
    let words = |at: usize| before.and_then(|it| it.criteria.get(at)).map(|it| it.text.plain()).unwrap_or_default();
    let since = failed.criteria.iter().map(|it| since(gate, &words(it.0), changes, sides, Way::Better));
    let since = since.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    Said::ours("what it asks for can be done by then").and_all(since)
}

/// Which changes are looked for.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// Those that make a gate harder to meet.
    Worse,
    /// Those that make it easier.
    Better,
}

/// What a change of a task does to a gate: about one task, about several.
type Verb = (&'static str, &'static str);

/// Tasks of one verb that are named.
const MOST_NAMES: usize = 3;

/// Names the tasks that are the reason: those of a class that the criterion counts which were moved past the gate, or taken out.
fn since(gate: &Gate, criterion: &str, changes: &[Change], sides: &Both<Side<'_>>, way: Way) -> Said {
    let Some(due) = gate.due else { return Said::default() };
    let plans = [&sides.before.history.plan, &sides.after.history.plan];
    let is_class = |word: &str| plans.iter().any(|it| it.tasks.iter().any(|it| it.priority.as_deref() == Some(word)));
    let Some(asks) = asks(criterion, is_class) else { return Said::default() };
    let counts = |it: &&Task| {
        let class = it.priority.as_deref();
        asks.iter().any(|it| it.class.is_none() || it.class.as_deref() == class)
    };
    // Where all are asked for, one less is no reason, and one more is none against it.
    let asks_all = asks.iter().any(|it| it.amount == Amount::All);
    let mut said: Vec<(Verb, Vec<Said>)> = Vec::new();
    for it in changes.iter().filter(|it| it.subject == Subject::Task) {
        let was = it.task.before.and_then(|at| sides.before.history.plan.tasks.get(at)).filter(counts);
        let is = it.task.after.and_then(|at| sides.after.history.plan.tasks.get(at)).filter(counts);
        let Some(task) = was.or(is) else { continue };
        let in_time = |it: &Task| it.end.is_some_and(|it| it <= due);
        let verb = match (way, it.kind, was, is) {
            (Way::Worse, Kind::Removed, Some(was), _) if !asks_all && in_time(was) => ("is gone", "are gone"),
            (Way::Worse, Kind::Moved, Some(was), Some(is)) if in_time(was) && !in_time(is) => {
                ("moves past the gate", "move past the gate")
            }
            (Way::Worse, Kind::Other, Some(was), _) if it.aspect == DROPPED && !asks_all && in_time(was) => {
                ("is dropped", "are dropped")
            }
            (Way::Worse, Kind::Added, _, Some(is)) if asks_all && !in_time(is) => {
                ("is added behind the gate", "are added behind the gate")
            }
            (Way::Better, Kind::Moved, Some(was), Some(is)) if !in_time(was) && in_time(is) => {
                ("moves before the gate", "move before the gate")
            }
            (Way::Better, Kind::Removed, Some(was), _) if asks_all && !in_time(was) => ("is gone", "are gone"),
            (Way::Better, Kind::Other, Some(was), _) if it.aspect == DROPPED && asks_all && !in_time(was) => {
                ("is dropped", "are dropped")
            }
            (Way::Better, Kind::Added, _, Some(is)) if !asks_all && in_time(is) => ("is added", "are added"),
            _ => continue,
        };
        match said.iter_mut().find(|it| it.0 == verb) {
            Some(it) => it.1.push(Said::theirs(task.name())),
            None => said.push((verb, vec![Said::theirs(task.name())])),
        }
    }
    let clause = |((one, many), mut names): (Verb, Vec<Said>)| {
        let (verb, more) = (if names.len() == 1 { one } else { many }, names.len().saturating_sub(MOST_NAMES));
        names.truncate(MOST_NAMES);
        names.extend((0 < more).then(|| Said::ours(format!("{more} more"))));
        Said::list(names).and(" ").and(verb)
    };
    let clauses: Vec<Said> = said.into_iter().map(clause).collect();
    if clauses.is_empty() { Said::default() } else { Said::ours(", since ").and_all(Said::list(clauses)) }
}
