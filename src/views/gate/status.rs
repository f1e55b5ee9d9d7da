//! How a gate stands: its mark, its counts, and its finding in a sentence.

use crate::analysis::{CriterionState, Finding, GateReview, Readiness};
use crate::calendar::Day;
use crate::model::{Criterion, CriterionKind, Decision, Gate};
use crate::phrase;
use crate::views::charts::Look;
use crate::views::parts::Mark;
use crate::views::{Desk, wording};

/// A gate and how it stands on the day.
#[derive(Debug, Clone, Copy)]
pub struct Status<'a> {
    /// Its place in the plan.
    pub at: usize,
    /// The gate.
    pub gate: &'a Gate,
    /// What was found of it.
    pub review: &'a GateReview,
    /// What people decided by the day.
    pub decision: Option<&'a Decision>,
    /// Whether another gate of its kind comes first: nothing is asked of people now.
    pub is_later: bool,
}

/// All gates, in the order of the plan.
#[must_use]
pub fn all<'a>(desk: &Desk<'a>) -> Vec<Status<'a>> {
    let gates = desk.plan().gates.iter().zip(&desk.analysis().gates).enumerate();
    let status = |(at, (gate, review)): (usize, (&'a Gate, &'a GateReview))| {
        let decision = gate.decision_by(desk.as_of());
        Status { at, gate, review, decision, is_later: false }
    };
    let mut all: Vec<Status<'a>> = gates.map(status).collect();
    let next = |only_big: bool| {
        let open = all.iter().filter(|it| it.is_ahead() && (it.is_big() || !only_big));
        open.filter_map(|it| it.gate.due).min()
    };
    let (next_big, next_any) = (next(true), next(false));
    for it in &mut all {
        let next = if it.is_big() { next_big } else { next_any };
        it.is_later = it.decision.is_none() && it.gate.due.zip(next).is_some_and(|(due, next)| next < due);
    }
    all
}

/// Returns the gate that comes next: the first of a phase or of the plan that is ahead and open, else the first of any kind.
#[must_use]
pub fn next<'a, 'b>(all: &'b [Status<'a>]) -> Option<&'b Status<'a>> {
    let first = |only_big: bool| {
        let open = all.iter().filter(move |it| it.is_ahead() && (it.is_big() || !only_big));
        open.min_by_key(|it| (it.gate.due, it.at))
    };
    first(true).or_else(|| first(false))
}

/// Counts the gates of phases, or of the plan, that are past their day without a decision.
#[must_use]
pub fn overdue(desk: &Desk<'_>) -> usize {
    all(desk).iter().filter(|it| it.is_big() && it.review.days_overdue.is_some()).count()
}

impl Status<'_> {
    /// Says whether the gate closes a phase or the plan.
    #[must_use]
    pub const fn is_big(&self) -> bool {
        self.gate.kind.is_big()
    }

    /// Says whether the gate is not past and not decided.
    #[must_use]
    pub const fn is_ahead(&self) -> bool {
        self.decision.is_none() && self.review.days_left.is_some()
    }

    /// Says whether the plan itself rules out some criterion.
    #[must_use]
    pub fn is_off_plan(&self) -> bool {
        self.review.findings.iter().any(|it| it.off_plan.is_some() && is_open(it))
    }

    /// Says whether a gate behind the next one is known to fail: the plan rules out some criterion. Of the next one is said what it lacks.
    #[must_use]
    pub fn is_ruled_out(&self) -> bool {
        self.is_later && self.review.readiness == Readiness::NotReady && self.is_off_plan()
    }

    /// Returns the criteria of some list with their findings.
    pub fn criteria(&self, kind: CriterionKind) -> impl Iterator<Item = (&Criterion, &Finding)> {
        let both = self.gate.criteria.iter().zip(&self.review.findings);
        both.filter(move |(it, _)| it.kind == kind)
    }

    /// Returns the mark of what was computed; what people decided does not change it.
    #[must_use]
    pub fn mark(&self) -> Mark {
        let asks = !self.is_later && self.decision.is_none();
        let unsigned = self.review.count(CriterionState::NeedsSignOff);
        match self.review.readiness {
            Readiness::NotReady if self.is_ruled_out() => Mark::new(Look::Warn, "Cannot be met on plan"),
            Readiness::NotReady if asks => Mark::new(Look::Bad, "Not ready"),
            Readiness::NotReady => Mark::new(Look::Plain, "Not ready"),
            Readiness::Incomplete if self.gate.criteria.is_empty() => Mark::new(Look::Plain, "No criteria"),
            Readiness::Incomplete if asks => Mark::new(Look::Warn, "Incomplete"),
            Readiness::Incomplete => Mark::new(Look::Plain, "Incomplete"),
            Readiness::AwaitingSignOff => {
                let look = if asks { Look::Warn } else { Look::Plain };
                Mark::shaped(look, "sign", format!("Awaiting {}", phrase::count(unsigned, "sign-off")))
            }
            Readiness::Ready => Mark::new(Look::Ok, "Ready"),
        }
    }

    /// Returns the decision as a mark: "GO with 3 unmet".
    #[must_use]
    pub fn decision_mark(&self) -> Option<Mark> {
        let decision = self.decision?;
        let counts = [
            (CriterionState::NotMet, "unmet"),
            (CriterionState::Unknown, "not known"),
            (CriterionState::NeedsSignOff, "unsigned"),
        ];
        let open = counts.iter().map(|(state, word)| (self.review.count(*state), word)).find(|(n, _)| 0 < *n);
        let text = match open {
            Some((n, word)) if decision.verdict != "NO-GO" => format!("{} with {n} {word}", decision.verdict),
            _ => decision.verdict.clone(),
        };
        let look = match (decision.verdict.as_str(), open) {
            ("GO", None) => Look::Ok,
            ("NO-GO", _) => Look::Bad,
            _ => Look::Warn,
        };
        Some(Mark::new(look, text))
    }

    /// Returns the finding: "Pre-Prod is not ready: 3 of 5 exit criteria are not met, 5 working days remain".
    #[must_use]
    pub fn finding(&self, as_of: Day) -> String {
        let name = &self.gate.short;
        let unsigned = phrase::count(self.review.count(CriterionState::NeedsSignOff), "sign-off");
        if let Some(decision) = self.decision {
            let date = decision.date.map_or(String::new(), |it| format!(" on {}", wording::day(it, as_of)));
            let open = self.decision_mark().map(|it| it.text).unwrap_or_default();
            return format!("{name} was decided{date}: {open}");
        }
        let (is, counts) = match self.review.readiness {
            _ if self.gate.criteria.is_empty() => ("has no criteria".to_owned(), String::new()),
            Readiness::NotReady if self.is_ruled_out() => {
                let off = self.review.findings.iter().filter(|it| it.off_plan.is_some() && is_open(it)).count();
                ("cannot be met on plan".to_owned(), self.share(off, "planned too late or not at all"))
            }
            Readiness::NotReady => {
                ("is not ready".to_owned(), self.share(self.review.count(CriterionState::NotMet), "not met"))
            }
            Readiness::Incomplete => {
                ("is incomplete".to_owned(), self.share(self.review.count(CriterionState::Unknown), "not known"))
            }
            Readiness::AwaitingSignOff => (format!("awaits {unsigned}"), String::new()),
            Readiness::Ready => {
                ("is ready for a decision".to_owned(), "all criteria are met, signed or waived".to_owned())
            }
        };
        let parts: Vec<String> = [counts, self.time()].into_iter().filter(|it| !it.is_empty()).collect();
        if parts.is_empty() { format!("{name} {is}") } else { format!("{name} {is}: {}", parts.join(", ")) }
    }

    /// "3 of 5 exit criteria are not met".
    fn share(&self, n: usize, words: &str) -> String {
        let exit = self.criteria(CriterionKind::Exit).count();
        // Only exit criteria can fail; a gate without them is judged by what it has.
        let (total, noun) = if exit == 0 { (self.gate.criteria.len(), "criterion") } else { (exit, "exit criterion") };
        let verb = if n == 1 { "is" } else { "are" };
        format!("{n} of {} {verb} {words}", phrase::count(total, noun))
    }

    /// "5 working days remain"; empty when no day is known.
    #[must_use]
    pub fn time(&self) -> String {
        match (self.review.days_left, self.review.days_overdue) {
            (Some(0), _) => "due today".to_owned(),
            (Some(1), _) => "1 working day remains".to_owned(),
            (Some(n), _) => format!("{} remain", phrase::count(n, "working day")),
            (None, Some(0)) => "past its day".to_owned(),
            (None, Some(n)) => format!("{} overdue", wording::working_time(n)),
            (None, None) => String::new(),
        }
    }

    /// "1 met, 3 not met, 1 needs sign-off" of the criteria of some lists; empty when there are none.
    #[must_use]
    pub fn counts(&self, kinds: &[CriterionKind]) -> Vec<String> {
        let counted = |state: CriterionState| {
            let both = self.gate.criteria.iter().zip(&self.review.findings);
            both.filter(|(it, found)| kinds.contains(&it.kind) && found.state == state).count()
        };
        let words = [
            (CriterionState::Met, "met", "met"),
            (CriterionState::NotMet, "not met", "not met"),
            (CriterionState::Unknown, "not known", "not known"),
            (CriterionState::NeedsSignOff, "needs sign-off", "need sign-off"),
            (CriterionState::Waived, "waived", "waived"),
        ];
        let count = |(state, one, many): (CriterionState, &str, &str)| match counted(state) {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {many}")),
        };
        words.into_iter().filter_map(count).collect()
    }
}

/// Says whether something is still to be done for a criterion.
#[must_use]
pub const fn is_open(finding: &Finding) -> bool {
    !matches!(finding.state, CriterionState::Met | CriterionState::Waived)
}
