//! `gate-name`: gates of phases that go by two names.

use super::common::gate_label::label;
use super::common::tables::of_phases;
use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Gate;
use crate::phrase;
use crate::text::Place;
use std::collections::BTreeMap;

/// Notes gates whose name in the table of phases differs from their heading, and kinds of gates that differ from phase to phase.
pub const RULE: Rule = Rule {
    name: "gate-name",
    severity: Severity::Info,
    what: "A gate has one name in the table of phases and another in its heading, or the gates of phases are called by different words.",
    why: "When the table says \"Staging\" and the gate \"Deployment approval\", readers look for a gate that is not there.",
    bad: "| Phase | Gate |\n|---|---|\n| Phase 1 | Staging |\n\n## Phase 1: Fixes (Week 1-2)\n\n**GO/NO-GO GATE:** Deployment approval",
    good: "| Phase | Gate |\n|---|---|\n| Phase 1 | Staging |\n\n## Phase 1: Fixes (Week 1-2)\n\n**GO/NO-GO GATE:** Staging",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let gates = || plan.gates.iter().filter(|it| it.kind.is_big());
    let of_phase: BTreeMap<u32, &Gate> = gates()
        .filter_map(|gate| Some((gate.phase.and_then(|at| plan.phases.get(at))?.number, gate)))
        .filter(|(_, gate)| label(subject, gate).is_some())
        .collect();
    let differ = of_phases(subject, &["gate"]).into_iter().filter_map(|(number, name, place)| {
        let gate = of_phase.get(&number)?;
        (plain(&name) != plain(&gate.name)).then_some((name, place, *gate))
    });
    let differ: Vec<_> = differ.collect();
    if let Some(((name, place, gate), more)) = differ.split_first() {
        let message = match more.len() {
            0 => format!("a gate is \"{}\" here and \"{name}\" in the table of phases", gate.name),
            n => format!(
                "{} have other names than in the table of phases, such as \"{}\" for \"{name}\"",
                phrase::count(n + 1, "phase gate"),
                gate.name
            ),
        };
        let heading = |it: &Gate| subject.words_in(&it.place, &it.name);
        let mut it = RULE.at(&heading(gate), message).label(format!("\"{name}\" in the table"));
        it = it.related(place, "this gate");
        for (name, place, gate) in more {
            it = it.related(&heading(gate), format!("\"{name}\" in the table")).related(place, "this gate");
        }
        found.push(it.help("use one name in both places"));
    }
    let labels: Vec<(String, Place)> = gates().filter_map(|it| label(subject, it)).collect();
    found.extend(odd_one_out(&labels));
}

/// Notes the labels that are not what most are called.
fn odd_one_out(labels: &[(String, Place)]) -> Option<Diagnostic> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (label, _) in labels {
        *counts.entry(label).or_default() += 1;
    }
    let (usual, n) = counts.iter().max_by_key(|(_, n)| **n).map(|(label, n)| (*label, *n))?;
    let odd: Vec<_> = labels.iter().filter(|(label, _)| label != usual).collect();
    let (first, more) = odd.split_first()?;
    if n < 2 {
        return None;
    }
    let others = if n == 1 { "phase gate is".to_owned() } else { format!("{n} phase gates are") };
    let message = format!("this gate is called \"{}\", {others} called \"{usual}\"", first.0);
    let mut it = RULE.at(&first.1, message);
    for (label, place) in more {
        it = it.related(place, format!("called \"{label}\""));
    }
    for (_, place) in labels.iter().filter(|(label, _)| label == usual) {
        it = it.related(place, format!("called \"{usual}\""));
    }
    Some(it.help("call them alike, or say what is decided at this one alone"))
}

/// Returns a name in lower case without the words that every gate has.
fn plain(name: &str) -> String {
    let words = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_lowercase);
    words.filter(|it| !matches!(it.as_str(), "gate" | "the" | "and")).collect::<Vec<_>>().join(" ")
}
