//! Criteria that are judged by counting items.

use super::facts::ClassFacts;
use super::{Class, CriterionState, Facts, Finding};
use crate::model::Gate;
use crate::phrase;

/// What a counting criterion asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The class; nothing for all items.
    pub class: Option<String>,
    /// How many of them.
    pub amount: Amount,
}

/// How many items a criterion asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// All there are.
    All,
    /// "7" and "11" of "7/11"; the second is not always said.
    Count(usize, Option<usize>),
    /// Percent of those there are.
    Share(f64),
}

impl Amount {
    /// Returns how many of so many items are asked for.
    #[must_use]
    pub fn needed(self, total: usize) -> usize {
        match self {
            Self::All => total,
            Self::Count(needed, _) => needed,
            Self::Share(percent) => {
                #[expect(clippy::cast_precision_loss, reason = "counts of tasks are small")]
                let needed = (percent / 100.0 * total as f64 - 1e-9).ceil();
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to the count of tasks")]
                let needed = needed.clamp(0.0, u32::MAX.into()) as usize;
                needed
            }
        }
    }

    /// Returns how many items there are said to be.
    #[must_use]
    pub const fn of(self) -> Option<usize> {
        match self {
            Self::Count(_, of) => of,
            Self::All | Self::Share(_) => None,
        }
    }
}

/// Reads "All P1 items complete (8/8)", "7/11 P2 items complete" or "All P1 and P2 items complete", and counts.
pub fn count(text: &str, gate: &Gate, facts: &Facts<'_>) -> Option<Finding> {
    let asks = asks(text, |it| facts.class(Some(it)).is_some())?;
    let none = ClassFacts::default();
    let mut met = true;
    let (mut measured, mut missing, mut off_plan) = (Vec::new(), Vec::new(), Vec::new());
    for ask in &asks {
        let class = facts.asked(ask.class.as_deref(), gate).unwrap_or(&none);
        let (done, total) = (class.done, class.by_end.len());
        let (needed, of) = (ask.amount.needed(total), ask.amount.of().unwrap_or(total));
        met &= needed <= done && of == total && 0 < total;
        let noun = ask.class.as_deref().map_or("item".to_owned(), |it| format!("{it} item"));
        let name = ask.class.as_deref().filter(|_| 1 < asks.len()).map_or(String::new(), |it| format!("{it} "));
        measured.push(if total == 0 { format!("no {noun}") } else { format!("{name}{done} of {total}") });
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

/// Reads what a criterion asks for; nothing where it does not count items, or says more than is understood: "All critical P1
/// items complete" asks for fewer than all.
#[must_use]
pub fn asks(text: &str, is_known: impl Fn(&str) -> bool) -> Option<Vec<Ask>> {
    let mut said = Said::default();
    let ends = |it: char| it.is_whitespace() || matches!(it, ',' | ';' | ':' | '(' | ')');
    let mut before = "";
    for token in text.split(ends).map(|it| it.trim_end_matches('.')).filter(|it| !it.is_empty()) {
        let lower = token.to_lowercase();
        match lower.as_str() {
            "all" | "every" | "each" => said.all = true,
            "item" | "items" | "task" | "tasks" | "story" | "stories" | "issue" | "issues" => said.items = true,
            "complete" | "completed" | "done" | "finished" | "closed" => said.done = true,
            "completion" => (said.items, said.done, said.needs_class) = (true, true, true),
            "and" | "&" | "+" | "the" | "are" | "is" | "of" | "at" | "least" | "≥" | ">=" | "be" | "must" => {}
            _ if is_known(token) || is_class_shaped(token) => said.classes.push(token.to_owned()),
            _ => said.number(&lower, before)?,
        }
        before = token;
    }
    let amount = match said.amount {
        Some(it) => it,
        None if said.all => Amount::All,
        None => return None,
    };
    // "8/10 P2 items" can mean nothing else.
    let is_part = matches!(amount, Amount::Count(_, Some(_))) && !said.classes.is_empty();
    if !said.items || !(said.done || is_part) || (said.needs_class && said.classes.is_empty()) {
        return None;
    }
    // "All P1 and P2 items complete" counts each; a number for two classes cannot be told apart.
    let amount = if said.classes.len() < 2 || said.amount.is_none() { amount } else { return None };
    if said.classes.is_empty() {
        return Some(vec![Ask { class: None, amount }]);
    }
    Some(said.classes.into_iter().map(|it| Ask { class: Some(it), amount }).collect())
}

/// What the words of a criterion have said so far.
#[derive(Default)]
struct Said {
    all: bool,
    items: bool,
    done: bool,
    needs_class: bool,
    classes: Vec<String>,
    amount: Option<Amount>,
}

impl Said {
    /// Reads "7/11", "80%", "≥5", "5+", or "5" and then "of" and "7"; nothing for any other word.
    fn number(&mut self, token: &str, before: &str) -> Option<()> {
        let token = token.trim_start_matches(['≥', '>', '=']).trim_end_matches('+');
        let amount = if let Some((a, b)) = token.split_once('/') {
            Amount::Count(a.parse().ok()?, Some(b.parse().ok()?))
        } else if let Some(percent) = token.strip_suffix('%') {
            Amount::Share(percent.parse().ok().filter(|it: &f64| (0.0..=100.0).contains(it))?)
        } else {
            let count = token.parse().ok()?;
            match self.amount {
                Some(Amount::Count(needed, None)) if before == "of" => Amount::Count(needed, Some(count)),
                None => Amount::Count(count, None),
                _ => return None,
            }
        };
        self.amount = Some(amount);
        Some(())
    }
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
        let ask = |text: &str| asks(text, |it| it == "A");
        let one = |class: &str, amount| Some(vec![Ask { class: Some(class.to_owned()), amount }]);
        assert_eq!(ask("All P1 items complete (8/8)"), one("P1", Amount::Count(8, Some(8))));
        assert_eq!(ask("7/11 P2 items complete"), one("P2", Amount::Count(7, Some(11))));
        assert_eq!(ask("8/10 P2 items"), one("P2", Amount::Count(8, Some(10))));
        assert_eq!(ask("5 of 7 A tasks done."), one("A", Amount::Count(5, Some(7))));
        assert_eq!(ask("At least 5 A items complete"), one("A", Amount::Count(5, None)));
        assert_eq!(ask("≥5 A items are done"), one("A", Amount::Count(5, None)));
        assert_eq!(ask("80% of A items complete"), one("A", Amount::Share(80.0)));
        assert_eq!(ask("A completion ≥ 80%"), one("A", Amount::Share(80.0)));
        assert_eq!(ask("All P1 and P2 items complete").map(|it| it.len()), Some(2));
        assert_eq!(ask("All tasks done"), Some(vec![Ask { class: None, amount: Amount::All }]));
    }

    #[test]
    fn what_is_not_understood_is_not_counted() {
        for text in [
            "Documentation complete",
            "Some items complete",
            "All critical A items complete",
            "All A items of phase 1 complete",
            "All A items except A-3 complete",
            "Design for all A items complete",
            "All A items complete or deferred",
            "Completion 80%",
        ] {
            assert_eq!(asks(text, |it| it == "A"), None, "{text}");
        }
    }

    #[test]
    fn shares_are_rounded_up() {
        let needed: Vec<usize> = [3, 10, 11].into_iter().map(|it| Amount::Share(80.0).needed(it)).collect();
        assert_eq!(needed, [3, 8, 9]);
    }
}
