//! What people decided at a gate, or the lines with which they would record it.

use super::status::{Status, is_open};
use crate::analysis::CriterionState;
use crate::model::CriterionKind;
use crate::views::parts::{Mark, Src};
use crate::views::{Desk, wording};
use serde::Serialize;

/// What people decided.
#[derive(Debug, Serialize)]
pub struct DecisionBlock {
    /// "Decision: none recorded yet".
    pub heading: String,
    /// What to know about it.
    pub words: String,
    /// The decision: "GO with 3 unmet".
    pub mark: Option<Mark>,
    /// Its line.
    pub src: Option<Src>,
    /// Lines to copy into the roadmap; empty when nothing is to be recorded.
    pub lines: String,
    /// What the lines do.
    pub note: String,
}

/// Sign-offs shown as lines to copy.
const MOST_SIGN_OFFS: usize = 6;

/// Makes the part of the page that is about the decision.
pub fn decision(desk: &Desk<'_>, status: &Status<'_>) -> DecisionBlock {
    match (status.decision_mark(), status.decision, &status.gate.decision) {
        (Some(mark), Some(it), _) => {
            let date = it.date.map(|it| format!(" on {}", desk.day(it)));
            let by = it.by.as_ref().map(|it| format!(" by {it}"));
            let who = format!("{}{}", by.unwrap_or_default(), date.unwrap_or_default());
            let who = if who.is_empty() {
                "Recorded without a name and a day.".to_owned()
            } else {
                format!("Recorded{who}.")
            };
            DecisionBlock {
                heading: format!("Decision: {}", mark.text),
                words: format!("{who} A decision changes no criterion: their states are computed as before."),
                mark: Some(mark),
                src: Some(desk.src(&it.place)),
                lines: String::new(),
                note: String::new(),
            }
        }
        (_, _, Some(later)) => DecisionBlock {
            heading: "Decision: not yet in force".to_owned(),
            words: format!(
                "{} is recorded{}, after the day of this report.",
                later.verdict,
                later.date.map_or(String::new(), |it| format!(" for {}", desk.day(it)))
            ),
            mark: None,
            src: Some(desk.src(&later.place)),
            lines: String::new(),
            note: String::new(),
        },
        _ => open(desk, status),
    }
}

fn open(desk: &Desk<'_>, status: &Status<'_>) -> DecisionBlock {
    let path = &status.gate.place.path;
    let name = path.rsplit('/').next().unwrap_or(path);
    let words = format!(
        "GO, NO-GO or CONDITIONAL is decided by people. Add the first line under the gate in {name}; let a signed line take \
         the place of its criterion."
    );
    let unmet = status.review.count(CriterionState::NotMet);
    let go = match unmet {
        0 => String::new(),
        n => format!(" A GO over unmet criteria is shown as “GO with {n} unmet”."),
    };
    DecisionBlock {
        heading: "Decision: none recorded yet".to_owned(),
        words,
        mark: None,
        src: None,
        lines: lines(desk, status),
        note: format!("A tick without a name and a date stays “needs sign-off”.{go}"),
    }
}

/// The decision, sign-offs, and a waiver for what is not met, dated by the gate's own day, or today once that is past.
fn lines(desk: &Desk<'_>, status: &Status<'_>) -> String {
    let date = wording::iso(status.gate.due.map_or(desk.as_of(), |it| it.max(desk.as_of())));
    let all = || status.gate.criteria.iter().zip(&status.review.findings);
    let verdict = if all().any(|(_, it)| is_open(it)) || status.gate.criteria.is_empty() { "NO-GO" } else { "GO" };
    let mut lines = vec![format!("**Gate Decision:** {verdict}, {date}, NAME")];
    // The gate's own line is no list item, so that it has no box to tick.
    let to_sign = |state| matches!(state, CriterionState::NeedsSignOff | CriterionState::Unknown);
    let to_sign = all().filter(|(it, found)| it.kind != CriterionKind::Gate && to_sign(found.state));
    for (it, _) in to_sign.take(MOST_SIGN_OFFS) {
        lines.push(format!("- [x] {} (signed: NAME, {date})", it.text.plain()));
    }
    let not_met = |(_, it): &(_, &crate::analysis::Finding)| it.state == CriterionState::NotMet;
    let measured = |(_, it): &(_, &crate::analysis::Finding)| it.class == crate::analysis::Class::Metric;
    let waived = all().filter(not_met).find(measured).or_else(|| all().find(not_met));
    if let Some((it, _)) = waived {
        let text = it.text.plain();
        lines.push(format!("- Waiver: \"{text}\" (signed: NAME, {date}, until: DATE, reason: …)"));
    }
    lines.join("\n")
}

/// "None recorded" and "overdue after 13 Feb".
pub fn fact(desk: &Desk<'_>, status: &Status<'_>) -> (String, String) {
    if let Some((mark, it)) = status.decision_mark().zip(status.decision) {
        let parts = [it.by.clone(), it.date.map(|it| desk.day(it))];
        return (mark.text, parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
    }
    let none = "None recorded".to_owned();
    let note = match (status.gate.due, status.review.days_overdue) {
        (_, Some(0)) => "overdue".to_owned(),
        (_, Some(n)) => format!("{} overdue", wording::working_time(n)),
        (Some(due), None) => format!("overdue after {}", desk.day(due)),
        (None, None) => String::new(),
    };
    (none, note)
}
