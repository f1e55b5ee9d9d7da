//! `budget-total`: a declared total that is not the sum of the posts.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Budget, BudgetItem};
use crate::phrase::number;

/// Complains about a budget whose posts do not add up to its total.
pub const RULE: Rule = Rule {
    name: "budget-total",
    severity: Severity::Warning,
    what: "The items of the budget do not add up to its total.",
    why: "Somebody signs for the total, and somebody else spends the items.",
    bad: "### Budget Estimate\n- **Paper:** $5K\n- **Ink:** $3K\n- **Total:** $10K",
    good: "### Budget Estimate\n- **Paper:** $5K\n- **Ink:** $3K\n- **Total:** $8K",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let budget = &subject.plan().budget;
    let (Some(total), Some(place)) = (budget.one_time, &budget.total_place) else { return };
    let file = subject.file(place);
    let line = |it: &BudgetItem| file.map_or("", |file| file.line(it.place.line())).to_lowercase();
    // Posts by the month, or in several currencies, are not summed up: nobody says how.
    let odd = |it: &BudgetItem| line(it).contains("month") || Some(&it.currency) != budget.currency.as_ref();
    if budget.items.len() < 2 || budget.items.iter().any(odd) {
        return;
    }
    let sum: f64 = budget.items.iter().map(|it| it.amount).sum();
    let is_rough = file.is_some_and(|it| it.slice(place.span).contains(['~', '≈']));
    let tolerance = if is_rough { total * 0.05 } else { 0.5 };
    if (sum - total).abs() <= tolerance {
        return;
    }
    let message = format!("the budget says {}, its items add up to {}", money(total, budget), money(sum, budget));
    let mut it = RULE.at(place, message).label(format!("{} in the items", money(sum, budget)));
    for post in &budget.items {
        it = it.related(&post.place, money(post.amount, budget));
    }
    found.push(it.help("correct the total, or add the item that is missing"));
}

/// "10,000 USD".
fn money(amount: f64, budget: &Budget) -> String {
    let digits = number(amount.trunc());
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if 0 < at && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", budget.currency.as_deref().unwrap_or_default()).trim_end().to_owned()
}
