//! `watermelon`: green outside, red inside.

use super::{Rule, Subject};
use crate::analysis::{Part, Rag};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase::{list, number};

/// Complains about good reported health while a part of the delivery index is red.
pub const RULE: Rule = Rule {
    name: "watermelon",
    severity: Severity::Warning,
    what: "Reported health meets its target while a part of the delivery index is red.",
    why: "Stakeholders look at the reported figure, and learn of the delay when it can no longer be made good.",
    bad: "### Metrics\n- Health score: 85/100 (target: 83)\n\n(and a third of the work that was planned by now is done)",
    good: "### Metrics\n- Health score: 79/100 (target: 83)\n\n(and a third of the work that was planned by now is done)",
    check,
};

/// A report older than so many days is no longer what people say.
const RECENT: i64 = 7;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let (reported, delivery) = (&subject.analysis.reported, &subject.analysis.delivery);
    let red: Vec<&Part> = delivery.parts.iter().filter(|it| it.rag == Some(Rag::Red)).collect();
    if reported.rag != Some(Rag::Green) || red.is_empty() {
        return;
    }
    let Some(week) = reported.weeks.iter().rev().find(|it| it.value.is_some()) else { return };
    let (Some(value), Some(target), Some(place), Some(date)) = (week.value, week.target, &week.place, week.date) else {
        return;
    };
    if !(0..=RECENT).contains(&(subject.history.as_of - date).num_days()) {
        return;
    }
    let names: Vec<&str> = red.iter().map(|it| it.name).collect();
    let (parts, are) = if red.len() == 1 { ("part", "is") } else { ("parts", "are") };
    let (value, target) = (number(value), number(target));
    let message = format!(
        "reported health {value} meets its target {target}, while the {} {parts} of the delivery index {are} red",
        list(&names)
    );
    let it = RULE.at(&subject.words_in(place, &value), message).label(format!("the target is {target}"));
    let calculation = |it: &Part| match it.value {
        Some(value) => format!("{}: {}, {} of 100", it.name, it.words, number(value)),
        None => format!("{}: {}", it.name, it.words),
    };
    let it = red.iter().fold(it, |all, it| all.note(calculation(it)));
    found.push(it.help(format!("say beside the figure what is {}", worst(&red))));
}

/// What is wrong with the first of some red parts, in one word.
fn worst(red: &[&Part]) -> &'static str {
    match red.first().map_or("", |it| it.name) {
        "schedule" => "late",
        "scope" => "added",
        "flow" => "blocked",
        _ => "at risk",
    }
}
