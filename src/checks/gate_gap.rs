//! `gate-gap`: gates of days or weeks that only some weeks have.

use super::common::gate_label::label;
use super::{Rule, Subject};
use crate::calendar::Week;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Gate, GateKind};
use crate::phrase;
use std::collections::BTreeSet;

/// Notes, once, that only some weeks have gates of a kind.
pub const RULE: Rule = Rule {
    name: "gate-gap",
    severity: Severity::Info,
    what: "Only some weeks have day or week gates.",
    why: "Readers take the weeks without one for unfinished, or for weeks in which nothing has to be true.",
    bad: "### Week 1: Data\n\n**Week 1 Gate:** All sailings known\n\n### Week 2: Print\n\n### Week 3: Sail",
    good: "### Week 1: Data\n\n**Week 1 Gate:** All sailings known\n\n### Week 2: Print\n\n**Week 2 Gate:** The sheet is read by two people\n\n### Week 3: Sail\n\n**Week 3 Gate:** Nobody was left on the pier",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let all: BTreeSet<Week> = plan.weeks.iter().map(|it| it.week).collect();
    let small = |kinds: &[GateKind]| -> Vec<&Gate> {
        plan.gates.iter().filter(|it| kinds.contains(&it.kind) && it.week.is_some()).collect()
    };
    let weeks = |gates: &[&Gate]| -> BTreeSet<Week> { gates.iter().filter_map(|it| it.week).collect() };
    let (days, of_weeks) = (small(&[GateKind::Day]), small(&[GateKind::Week]));
    // Where both kinds stop in the same week, one thing was given up, not two.
    let kinds = if weeks(&days) == weeks(&of_weeks) {
        vec![("day and week gates", small(&[GateKind::Day, GateKind::Week]))]
    } else {
        vec![("day gates", days), ("week gates", of_weeks)]
    };
    for (kind, gates) in kinds {
        let Some((first, more)) = gates.split_first() else { continue };
        let with = weeks(&gates);
        let without: Vec<Week> = all.difference(&with).copied().collect();
        if without.is_empty() {
            continue;
        }
        let with: Vec<Week> = with.into_iter().collect();
        let has = |weeks: &[Week]| if weeks.len() == 1 { "has" } else { "have" };
        let message = format!(
            "only {} {} {kind}, {} {} none",
            phrase::weeks(&with),
            has(&with),
            phrase::weeks(&without),
            has(&without)
        );
        let place = |it: &Gate| label(subject, it).map_or_else(|| it.place.clone(), |(_, place)| place);
        let says = |it: &Gate| if it.kind == GateKind::Day { "a day gate" } else { "a week gate" };
        let mut it = RULE.at(&place(first), message).label(says(first));
        for gate in more {
            it = it.related(&place(gate), says(gate));
        }
        found.push(it.help("say what must be true at the end of the other weeks, or leave these gates to the phases"));
    }
}
