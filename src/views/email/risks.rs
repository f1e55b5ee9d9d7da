//! The three risks that matter most: those that have happened, those that a standup has just named, then the gravest.

use super::week::MailDesk;
use super::words::{Block, Item, Part, Words, short};
use crate::analysis::RiskReview;
use crate::calendar::in_week_or_on_day;
use crate::mail::MailPart;
use crate::model::{Entry, Risk};
use crate::text::Place;
use crate::views::risks::rank;
use std::collections::BTreeSet;

/// How many are shown.
const SHOWN: usize = 3;

/// Makes the part.
pub fn part(desk: &MailDesk<'_>) -> Part {
    let mut lines: Vec<(usize, Line<'_>)> =
        known(desk).map(|(risk, review)| (order(review, risk), Line::Known(risk, review))).collect();
    lines.extend(named(desk).map(|it| (1, Line::Named(it))));
    lines.sort_by_key(|it| it.0);
    let all = lines.len();
    let shown = lines.iter().take(SHOWN).map(|(_, it)| match it {
        Line::Known(risk, review) => words(desk, risk, review),
        Line::Named(it) => Words::default().strong(short(&it.said())).and(": new. Mitigation: none written"),
    });
    let mut items: Vec<Item> = shown.enumerate().map(|(at, it)| Item::new(format!("{}.", at + 1), it)).collect();
    if SHOWN < all {
        let url = desk.url("risks.html").filter(|_| !desk.now.plan().risks.is_empty());
        items.push(Item::new("+", Words::default().link(format!("{} more", all - SHOWN), url)));
    }
    let blocks = if items.is_empty() {
        vec![Block::Text { words: Words::new("None is written in the plan or named in the last standup.") }]
    } else {
        vec![Block::List { items }]
    };
    Part { part: MailPart::Risks, heading: Words::new("Risks"), blocks }
}

/// A risk of the plan, or what a standup calls one.
enum Line<'a> {
    Known(&'a Risk, &'a RiskReview),
    Named(&'a Entry),
}

fn known<'a>(desk: &MailDesk<'a>) -> impl Iterator<Item = (&'a Risk, &'a RiskReview)> {
    desk.now.plan().risks.iter().zip(&desk.now.analysis().risks)
}

/// What has happened comes first, then what a standup has named, then the others by their severity.
fn order(review: &RiskReview, risk: &Risk) -> usize {
    if review.happened { 0 } else { 2 + rank(&risk.severity) }
}

fn words(desk: &MailDesk<'_>, risk: &Risk, review: &RiskReview) -> Words {
    let severity = if risk.severity.is_empty() { String::new() } else { format!(" ({})", short(&risk.severity)) };
    let plan = risk.mitigation.as_ref().map_or("none written".to_owned(), |it| short(&it.plain()));
    let title = short(&risk.title.plain());
    Words::default().strong(title).and(format!("{severity}: {}. Mitigation: {plan}", trend(desk, risk, review)))
}

/// "happened, new this week"; "unchanged".
fn trend(desk: &MailDesk<'_>, risk: &Risk, review: &RiskReview) -> String {
    let title = risk.title.plain();
    let then = desk.before.as_ref().and_then(|it| {
        let all = it.plan().risks.iter().zip(&it.analysis().risks);
        all.into_iter().find(|(it, _)| it.title.plain() == title).map(|it| it.1)
    });
    let named = review.mentions.last().map(|it| in_week_or_on_day(it.week, it.date));
    match (review.happened, then) {
        (true, Some(then)) if then.happened => "happened, as last week".to_owned(),
        (true, _) => "happened, worse than last week".to_owned(),
        (false, Some(then)) if then.happened => "over, better than last week".to_owned(),
        (false, Some(then)) if then.mentions.len() < review.mentions.len() => {
            format!("named {}, not before", named.unwrap_or_default())
        }
        (false, Some(_)) => "unchanged".to_owned(),
        (false, None) if desk.before.is_some() => "new in the plan".to_owned(),
        (false, None) => named.map_or("not reported".to_owned(), |it| format!("named {it}")),
    }
}

/// Returns what the last standup of the week calls a risk and the plan does not know.
fn named<'a>(desk: &MailDesk<'a>) -> impl Iterator<Item = &'a Entry> {
    let places: BTreeSet<&Place> =
        desk.now.analysis().risks.iter().flat_map(|it| &it.mentions).map(|it| &it.place).collect();
    let last = desk.now.facts.history.standups.last().filter(|it| desk.day_before() < it.date);
    let lines = last.map(|it| it.standup.risks.iter()).into_iter().flatten();
    lines.filter(move |it| !places.contains(&it.place) && !it.said().is_empty())
}
