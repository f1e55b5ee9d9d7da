//! What a change does to gates: which fail, which can be met again, which ask for less.

use super::gates::{Pair, criteria_count, pairs, title};
use super::reasons::{Reasons, Way};
use super::said::IS_NOW;
use super::still::Still;
use super::words::bare;
use super::{Both, Change, Firmness, Kind, Said, Side, Subject, firmness};
use crate::analysis::CriterionState;
use crate::calendar::Day;
use crate::model::{Gate, Plan};
use crate::phrase::list;
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
    let mut reasons = Reasons::of(changes, sides);
    let still = Still::of(&sides.after.history.plan);
    let mut effects: Vec<GateEffect> =
        pairs.iter().flat_map(|it| of_pair(*it, sides, own(it), &mut reasons, &still)).collect();
    effects.sort_by_key(|it| it.news);
    effects
}

/// Says what the changes do to a gate; `own` are those of the gate itself.
fn of_pair(
    pair: Pair,
    sides: &Both<Side<'_>>,
    own: &[&Change],
    reasons: &mut Reasons<'_>,
    still: &Still<'_>,
) -> Vec<GateEffect> {
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
            let why = Said::ours(new).and_all(why(gate, it, reasons));
            effects.push(effect(GateNews::NowFails, why, it.place(gate), false));
        }
        (Some(before), Some(it)) if failures(old, pair.before, before) != failures(new, pair.after, it) => {
            effects.push(effect(GateNews::FailsOtherwise, why(gate, it, reasons), it.place(gate), false));
        }
        (Some(it), None) if after.is_some_and(|it| !has_passed(it, &sides.after)) => {
            effects.push(effect(GateNews::CanBeMet, again((gate, before), it, own, reasons), &gate.place, false));
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
    let own = own.iter().filter_map(|it| Some((said_of(it, still)?, it)));
    effects.extend(own.map(|((news, why), it)| effect(news, why, &it.place, it.is_of_before)));
    effects
}

/// Returns "8, 50 and 3 more".
fn few(lines: &[u32]) -> String {
    let numbers: Vec<String> = lines.iter().take(MOST_LINES).map(ToString::to_string).collect();
    match lines.len().saturating_sub(MOST_LINES) {
        0 => list(&numbers),
        more => format!("{} and {more} more", numbers.join(", ")),
    }
}

/// Lines beyond this many are counted.
const MOST_LINES: usize = 4;

/// Says how a criterion, a waiver or the day of a gate changed; nothing for all else.
fn said_of(it: &Change, still: &Still<'_>) -> Option<(GateNews, Said)> {
    match (it.kind, it.aspect, &it.before, &it.after) {
        (Kind::CriteriaChanged, ..) => {}
        (_, "waiver", _, Some(after)) => return Some((GateNews::Loosened, after.clone())),
        (_, "waiver", Some(before), None) => {
            return Some((GateNews::Firmer, before.clone().and(": this is withdrawn")));
        }
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
            let still = match still.lines(&before.plain(), &after.plain()).as_slice() {
                [] => String::new(),
                [line] => format!("; line {line} still says what it was"),
                lines => format!("; lines {} still say what it was", few(lines)),
            };
            (news, before.clone().and(IS_NOW).and_all(after.clone()).and(still))
        }
        (Some(before), None) => (GateNews::Loosened, before.clone().and(" is no longer asked for")),
        (None, Some(after)) => (GateNews::Firmer, after.clone().and(" is asked for as well")),
        (None, None) => return None,
    })
}

fn failures(plan: &Plan, gate: Option<usize>, it: &Failing) -> Vec<(String, String)> {
    let criteria = gate.and_then(|it| plan.gates.get(it)).map(|it| &it.criteria);
    let text = |at: usize| criteria.and_then(|it| it.get(at)).map(|it| bare(&it.text.plain())).unwrap_or_default();
    it.criteria.iter().map(|(at, reason)| (text(*at), reason.clone())).collect()
}

/// Criteria of a gate beyond this many are counted where it is said why it fails.
const MOST_CRITERIA: usize = 5;

/// Says what fails at a gate, and which changes made it so.
fn why(gate: &Gate, it: &Failing, reasons: &mut Reasons<'_>) -> Said {
    let reason = |(at, reason): &(usize, String)| {
        let words = gate.criteria.get(*at).map(|it| it.text.plain()).unwrap_or_default();
        let since = reasons.since(gate, &words, Way::Worse);
        Said::theirs(words).and(": ").and_theirs(reason.clone()).and_all(since)
    };
    let more = it.criteria.len().saturating_sub(MOST_CRITERIA);
    let more = if 0 < more { format!("; and {more} more of its criteria") } else { String::new() };
    Said::joined(it.criteria.iter().take(MOST_CRITERIA).map(reason), "; ").and(more)
}

/// Says why a gate can be met again that could not.
fn again((gate, before): (&Gate, Option<&Gate>), failed: &Failing, own: &[&Change], reasons: &mut Reasons<'_>) -> Said {
    if own.iter().any(|it| it.is_loosened) {
        return Said::ours("less is asked for");
    }
    if before.is_some_and(|it| it.due < gate.due) {
        return Said::ours("its day is later");
    }
    let words = |at: usize| before.and_then(|it| it.criteria.get(at)).map(|it| it.text.plain()).unwrap_or_default();
    let mut since = failed.criteria.iter().map(|it| reasons.since(gate, &words(it.0), Way::Better));
    let since = since.find(|it| !it.is_empty()).unwrap_or_default();
    Said::ours("what it asks for can be done by then").and_all(since)
}
