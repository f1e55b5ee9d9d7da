//! What a criterion asks for, and whether it is so.

mod count;
mod facts;
mod metric;
mod named;
mod proxy;

pub use self::facts::{Facts, asks_phase};

pub use self::count::{Amount, Ask, asks};

use crate::model::{Criterion, CriterionKind, Gate};
use crate::phrase::normal;
use crate::text::Place;

/// How a criterion is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// By counting items.
    Count,
    /// By a measured value.
    Metric,
    /// By a task that stands for it, and a signature.
    Proxy,
    /// By a signature alone.
    Manual,
}

impl Class {
    /// Returns the class's name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Metric => "metric",
            Self::Proxy => "proxy",
            Self::Manual => "manual",
        }
    }
}

/// Whether a criterion is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CriterionState {
    /// It is so.
    Met,
    /// It is not so.
    NotMet,
    /// A person has to say whether it is so.
    NeedsSignOff,
    /// Nothing is known of it, or nothing recent.
    Unknown,
    /// People have set it aside.
    Waived,
}

impl CriterionState {
    /// Returns the order in which people want to see it: what is missing first.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::NotMet => 0,
            Self::Unknown => 1,
            Self::NeedsSignOff => 2,
            Self::Waived => 3,
            Self::Met => 4,
        }
    }

    /// Returns the state's name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::NeedsSignOff => "needs_sign_off",
            Self::Unknown => "unknown",
            Self::Waived => "waived",
        }
    }
}

/// What was found of a criterion.
#[derive(Debug, Clone)]
pub struct Finding {
    /// How it is judged.
    pub class: Class,
    /// Whether it is so.
    pub state: CriterionState,
    /// What was counted or measured, such as "2 of 11"; empty when nothing was.
    pub measured: String,
    /// On what the state rests, as a sentence.
    pub evidence: String,
    /// What is missing; empty when nothing is.
    pub missing: String,
    /// The line it rests on.
    pub place: Option<Place>,
    /// The tasks that stand for it, by their places in the plan.
    pub tasks: Vec<usize>,
    /// Why it cannot be so by what the plan schedules before the gate.
    pub off_plan: Option<String>,
}

/// Judges a criterion of a gate.
#[must_use]
pub fn judge(criterion: &Criterion, gate: &Gate, facts: &Facts<'_>) -> Finding {
    let text = criterion.text.plain();
    // The words of a review list are for people, but for those that count or measure and say nothing else.
    let plain = || count::count(&text, gate, facts).or_else(|| named::named(&text, gate, facts));
    let computed = || match criterion.kind {
        CriterionKind::Exit => {
            plain().or_else(|| metric::metric(&text, gate, facts)).or_else(|| proxy::proxy(&text, gate, facts))
        }
        CriterionKind::Review | CriterionKind::Gate => plain().or_else(|| metric::explicit(&text, facts)),
    };
    let mut finding = computed().unwrap_or_else(|| manual(criterion));
    sign(&mut finding, criterion, gate, facts);
    finding
}

/// A signature settles what a person has to settle. What was counted or measured decides by itself: there the signature is shown.
fn sign(finding: &mut Finding, criterion: &Criterion, gate: &Gate, facts: &Facts<'_>) {
    let as_of = facts.history.as_of;
    let is_computed = matches!(finding.class, Class::Count | Class::Metric) && !finding.measured.is_empty();
    let open = matches!(finding.state, CriterionState::NeedsSignOff | CriterionState::Unknown) && !is_computed;
    let signed = criterion.sign_off.as_ref().filter(|it| it.date <= as_of);
    if let Some(it) = signed.filter(|_| is_computed) {
        finding.evidence = format!("{}; signed by {} on {}", finding.evidence, it.name, it.date);
    }
    let signed = signed.filter(|_| open);
    let changed = signed.and_then(|signed| facts.reworded(criterion).filter(|it| signed.date < it.day));
    if let (Some(it), Some(changed)) = (signed, changed) {
        finding.state = CriterionState::NeedsSignOff;
        finding.evidence = format!(
            "signed by {} on {}, before its words changed on {}: they were \"{}\"",
            it.name, it.date, changed.day, changed.was
        );
        "A sign-off of the words of now".clone_into(&mut finding.missing);
        finding.place = Some(criterion.place.clone());
    } else if let Some(it) = signed {
        finding.state = CriterionState::Met;
        finding.evidence = format!("signed by {} on {}", it.name, it.date);
        finding.missing.clear();
        finding.place = Some(criterion.place.clone());
    }
    let text = normal(&criterion.text.plain());
    let holds = |it: &&crate::model::Waiver| {
        normal(&it.text) == text && it.sign_off.date <= as_of && it.until.is_none_or(|until| as_of <= until)
    };
    if let Some(it) = gate.waivers.iter().find(holds).filter(|_| finding.state != CriterionState::Met) {
        finding.state = CriterionState::Waived;
        finding.evidence = format!("waived by {} on {}", it.sign_off.name, it.sign_off.date);
        finding.missing.clear();
        finding.place = Some(it.place.clone());
    }
}

fn manual(criterion: &Criterion) -> Finding {
    let evidence = if criterion.ticked { "ticked, but not signed with a name and a day" } else { "nobody has signed" };
    Finding {
        class: Class::Manual,
        state: CriterionState::NeedsSignOff,
        measured: String::new(),
        evidence: evidence.to_owned(),
        missing: "A sign-off".to_owned(),
        place: None,
        tasks: Vec::new(),
        off_plan: None,
    }
}
