//! What the plan costs.

use super::parts::Src;
use super::{Desk, wording};
use crate::phrase;
use serde::Serialize;

/// What the plan costs.
#[derive(Debug, Serialize)]
pub struct BudgetView {
    /// "The plan costs $10,000 once and $2,000 a month".
    pub heading: String,
    /// The posts.
    pub items: Vec<ItemView>,
    /// The declared totals: their words and amounts.
    pub totals: Vec<TotalView>,
    /// Where the totals stand.
    pub src: Option<Src>,
    /// How the posts compare with the declared total.
    pub note: Option<String>,
    /// Whether posts and total differ.
    pub differs: bool,
}

/// A post of the budget.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub note: Option<String>,
    /// Its amount.
    pub amount: String,
    /// Its line.
    pub src: Src,
}

/// A declared total.
#[derive(Debug, Serialize)]
pub struct TotalView {
    /// "Total, once", "Each month".
    pub name: &'static str,
    /// Its amount.
    pub amount: String,
}

/// Makes the budget; nothing for a plan without one.
#[must_use]
pub fn budget(desk: &Desk<'_>) -> Option<BudgetView> {
    let budget = &desk.plan().budget;
    if budget.items.is_empty() && budget.one_time.is_none() && budget.monthly.is_none() {
        return None;
    }
    let currency =
        budget.currency.as_deref().or_else(|| budget.items.first().map(|it| it.currency.as_str())).unwrap_or_default();
    let money = |amount: f64| wording::money(amount, currency).trim_end().to_owned();
    // Amounts of several currencies have no sum.
    let is_one_currency = budget.items.iter().all(|it| it.currency == currency);
    let sum: f64 = budget.items.iter().map(|it| it.amount).sum();
    let sum = (is_one_currency && !budget.items.is_empty()).then(|| phrase::rounded(sum, 2));
    let differs = sum.zip(budget.one_time).is_some_and(|(sum, total)| 0.5 <= (sum - total).abs());
    let note = match (sum, budget.one_time) {
        (Some(sum), Some(total)) if differs => Some(format!(
            "The posts come to {}, {} {} than the total the plan names.",
            money(sum),
            money((sum - total).abs()),
            if total < sum { "more" } else { "less" }
        )),
        (Some(sum), Some(_)) => Some(format!("The posts come to {}, the total the plan names.", money(sum))),
        (Some(sum), None) => Some(format!("The posts come to {}; the plan names no total.", money(sum))),
        (None, _) if !is_one_currency => Some("The posts have several currencies, so they have no sum.".to_owned()),
        (None, _) => None,
    };
    let heading = match (budget.one_time, budget.monthly, sum) {
        (Some(once), Some(monthly), _) => format!("The plan costs {} once and {} a month", money(once), money(monthly)),
        (Some(once), None, _) => format!("The plan costs {}", money(once)),
        (None, Some(monthly), Some(sum)) => format!("The plan costs {} and {} a month", money(sum), money(monthly)),
        (None, Some(monthly), None) => format!("The plan costs {} a month", money(monthly)),
        (None, None, Some(sum)) => format!("The plan costs {}", money(sum)),
        (None, None, None) => format!("The plan has {} of budget", phrase::count(budget.items.len(), "post")),
    };
    let item = |it: &crate::model::BudgetItem| ItemView {
        name: it.name.clone(),
        note: it.note.clone().filter(|it| !it.is_empty()),
        amount: wording::money(it.amount, &it.currency).trim_end().to_owned(),
        src: desk.src(&it.place),
    };
    let once = budget.one_time.map(|it| TotalView { name: "Total, once", amount: money(it) });
    let monthly = budget.monthly.map(|it| TotalView { name: "Each month", amount: money(it) });
    Some(BudgetView {
        heading,
        items: budget.items.iter().map(item).collect(),
        totals: once.into_iter().chain(monthly).collect(),
        src: budget.total_place.as_ref().map(|it| desk.src(it)),
        note,
        differs,
    })
}
