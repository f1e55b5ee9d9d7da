//! Criteria that are judged by counting items.

use super::facts::ClassFacts;
use super::{Class, CriterionState, Facts, Finding};
use crate::analysis::words::words;
use crate::model::Gate;
use crate::phrase;

/// What a counting criterion asks for.
#[derive(Debug, PartialEq, Eq)]
pub struct Ask {
    /// The class; nothing for all items.
    pub class: Option<String>,
    /// "7" and "11" of "7/11"; nothing for all.
    pub at_least: Option<(usize, usize)>,
}

/// Reads "All P1 items complete (8/8)", "7/11 P2 items complete" or "All P1 and P2 items complete", and counts.
pub fn count(text: &str, gate: &Gate, facts: &Facts<'_>) -> Option<Finding> {
    let asks = asks(text, |it| facts.class(Some(it)).is_some())?;
    let none = ClassFacts::default();
    let mut met = true;
    let (mut measured, mut missing, mut off_plan) = (Vec::new(), Vec::new(), Vec::new());
    for ask in &asks {
        let class = facts.class(ask.class.as_deref()).unwrap_or(&none);
        let (done, total) = (class.done, class.by_end.len());
        let (needed, of) = ask.at_least.unwrap_or((total, total));
        met &= needed <= done && of == total && 0 < total;
        let noun = ask.class.as_deref().map_or("item".to_owned(), |it| format!("{it} item"));
        let name = ask.class.as_deref().filter(|_| 1 < asks.len()).map_or(String::new(), |it| format!("{it} "));
        measured.push(format!("{name}{done} of {total}"));
        if done < needed {
            let more = needed - done;
            let plural = if more == 1 { "" } else { "s" };
            missing.push(format!("{more} more {noun}{plural}"));
        }
        if of != total {
            missing.push(format!("the criterion counts {of}, the plan has {}", phrase::count(total, &noun)));
        }
        let Some(due) = gate.due else { continue };
        let by_then = class.by(due);
        if total < needed {
            off_plan.push(format!("{} are asked for where {total} exist", phrase::count(needed, &noun)));
        } else if by_then < needed {
            off_plan.push(too_late(class, by_then, &noun, facts));
        }
    }
    Some(Finding {
        class: Class::Count,
        state: if met { CriterionState::Met } else { CriterionState::NotMet },
        measured: measured.join(", "),
        evidence: "counted from the tasks".to_owned(),
        missing: phrase::capitalise(&missing.join("; ")),
        place: None,
        tasks: Vec::new(),
        off_plan: (!off_plan.is_empty()).then(|| off_plan.join("; ")),
    })
}

/// Names the tasks that are planned too late, when they are few.
fn too_late(class: &ClassFacts, by_then: usize, noun: &str, facts: &Facts<'_>) -> String {
    let late = class.by_end.get(by_then..).unwrap_or_default();
    if 2 < late.len() {
        return format!("{} planned to be done by then", phrase::count(by_then, noun));
    }
    let tasks = late.iter().filter_map(|(_, at)| facts.history.plan.tasks.get(*at));
    let names =
        tasks.map(|it| it.week().map_or_else(|| it.name(), |week| format!("{} is planned in week {week}", it.name())));
    phrase::list(&names.collect::<Vec<_>>())
}

/// Reads what a criterion asks for; nothing where it does not count items.
#[must_use]
pub fn asks(text: &str, is_known: impl Fn(&str) -> bool) -> Option<Vec<Ask>> {
    let said: Vec<String> = words(text).collect();
    let has = |wanted: &[&str]| said.iter().any(|it| wanted.contains(&it.as_str()));
    if !has(&["item", "task", "story", "issue"]) || !has(&["complete", "completed", "done", "finished", "closed"]) {
        return None;
    }
    let fraction = text.split(|it: char| !(it.is_ascii_digit() || it == '/')).find_map(|it| {
        let (a, b) = it.split_once('/')?;
        Some((a.parse().ok()?, b.parse().ok()?))
    });
    if fraction.is_none() && !has(&["all", "every"]) {
        return None;
    }
    let is_class = |it: &&str| is_known(it) || is_class_shaped(it);
    let classes: Vec<&str> = text.split(|it: char| !it.is_alphanumeric()).filter(is_class).collect();
    let at_least = fraction.filter(|_| classes.len() < 2);
    if classes.is_empty() {
        return Some(vec![Ask { class: None, at_least }]);
    }
    Some(classes.iter().map(|it| Ask { class: Some((*it).to_owned()), at_least }).collect())
}

/// A capital letter and digits, such as "P4", name a class even when no task is of it.
fn is_class_shaped(word: &str) -> bool {
    let digits = word.strip_prefix(|it: char| it.is_ascii_uppercase()).unwrap_or_default();
    (1..=2).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for() {
        let ask = |text: &str| asks(text, |_| false);
        let class = |it: &str| Some(it.to_owned());
        assert_eq!(ask("All P1 items complete (8/8)"), Some(vec![Ask { class: class("P1"), at_least: Some((8, 8)) }]));
        assert_eq!(ask("7/11 P2 items complete"), Some(vec![Ask { class: class("P2"), at_least: Some((7, 11)) }]));
        assert_eq!(ask("All P1 and P2 items complete").map(|it| it.len()), Some(2));
        assert_eq!(ask("All tasks done"), Some(vec![Ask { class: None, at_least: None }]));
        assert_eq!(ask("Documentation complete"), None);
        assert_eq!(ask("Some items complete"), None);
    }
}
