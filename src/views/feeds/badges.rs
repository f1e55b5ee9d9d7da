//! Badges: how the plan stands in a few words, for pages elsewhere.

use super::line;
use crate::analysis::Basis;
use crate::phrase;
use crate::views::charts::Look;
use crate::views::gate::status;
use crate::views::standing::Standing;
use crate::views::{Desk, wording};

/// The most letters of a gate's name.
const NAME: usize = 28;

/// A badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeView {
    /// What its files are called.
    pub name: &'static str,
    /// What it tells of.
    pub label: &'static str,
    /// What it says: in words, so that its colour says nothing of its own.
    pub message: String,
    /// The colour.
    pub look: Look,
}

/// Makes the badges of a plan.
#[must_use]
pub fn badges(desk: &Desk<'_>) -> Vec<BadgeView> {
    vec![status_badge(desk), progress(desk), forecast(desk), next_gate(desk)]
}

fn status_badge(desk: &Desk<'_>) -> BadgeView {
    let standing = Standing::of(desk);
    let message = standing.words().to_lowercase();
    BadgeView { name: "status", label: "plan", look: standing.mark("").look, message }
}

fn progress(desk: &Desk<'_>) -> BadgeView {
    let it = &desk.analysis().progress;
    let planned = it.planned_done.filter(|_| it.done < it.total);
    let (message, look) = match (it.total, planned) {
        (0, _) => ("no items".to_owned(), Look::Plain),
        (total, _) if it.done == total => (format!("all {} done", phrase::count(total, "item")), Look::Ok),
        (total, Some(planned)) => (format!("{} of {total} done, plan {planned}", it.done), Look::Live),
        (total, None) => (format!("{} of {total} done", it.done), Look::Live),
    };
    BadgeView { name: "progress", label: "progress", message, look }
}

fn forecast(desk: &Desk<'_>) -> BadgeView {
    let it = &desk.analysis().forecast;
    let (message, look) = match it.basis {
        Basis::Done => ("done".to_owned(), Look::Ok),
        basis if basis.is_known() => {
            let half = wording::half_by(it.p50, desk.as_of());
            (format!("{half}, {}", wording::likely(it.p85, desk.as_of())), Look::Live)
        }
        _ => ("not known".to_owned(), Look::Plain),
    };
    BadgeView { name: "forecast", label: "forecast", message, look }
}

fn next_gate(desk: &Desk<'_>) -> BadgeView {
    let all = status::all(desk);
    let (message, look) = match status::next(&all) {
        Some(it) => {
            let due = it.gate.due.map_or(String::new(), |due| format!(" {}", wording::day(due, desk.as_of())));
            let mark = it.mark();
            (format!("{}{due}: {}", line(&it.gate.short, NAME), mark.text.to_lowercase()), mark.look)
        }
        None if desk.plan().gates.is_empty() => ("the plan has none".to_owned(), Look::Plain),
        None => ("none ahead".to_owned(), Look::Plain),
    };
    BadgeView { name: "next-gate", label: "next gate", message, look }
}
