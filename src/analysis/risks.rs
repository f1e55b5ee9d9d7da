//! Risks, and what standups say about them.

use super::words::words;
use crate::calendar::{Day, Week};
use crate::history::History;
use crate::text::Place;
use std::collections::HashMap;

/// A risk of the plan, by its place there, and what standups say about it.
#[derive(Debug, Clone, Default)]
pub struct RiskReview {
    /// The lines that name it, oldest first.
    pub mentions: Vec<Mention>,
    /// Whether a line says that it has happened, and no later line that it is over.
    pub happened: bool,
}

/// A line of a standup that names a risk.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The standup's week, where it is known.
    pub week: Option<Week>,
    /// The standup's day.
    pub date: Day,
    /// The words behind the risk's title.
    pub words: String,
    /// Whether they say that it has happened.
    pub happened: bool,
    /// The line.
    pub place: Place,
}

/// A line that may name a risk.
struct Said<'a> {
    week: Option<Week>,
    date: Day,
    words: String,
    lower: String,
    place: &'a Place,
}

/// Finds each risk in the standups by its title.
#[must_use]
pub fn risks(history: &History) -> Vec<RiskReview> {
    let mut said: Vec<Said<'_>> = Vec::new();
    for it in &history.standups {
        for entry in it.standup.risks.iter().chain(&it.standup.blocked) {
            let words = entry.text.plain();
            let lower = words.to_lowercase();
            said.push(Said { week: it.week, date: it.date, words, lower, place: &entry.place });
        }
    }
    let mut holding: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, it) in said.iter().enumerate() {
        for word in words(&it.lower) {
            let lines = holding.entry(word).or_default();
            if lines.last() != Some(&at) {
                lines.push(at);
            }
        }
    }
    history.plan.risks.iter().map(|it| review(&it.title.plain().to_lowercase(), &said, &holding)).collect()
}

/// Looks only at lines that hold the title's rarest word.
fn review(title: &str, said: &[Said<'_>], holding: &HashMap<String, Vec<usize>>) -> RiskReview {
    let mut review = RiskReview::default();
    let none = Vec::new();
    let lines = words(title).map(|it| holding.get(&it).unwrap_or(&none)).min_by_key(|it| it.len());
    for it in lines.unwrap_or(&none).iter().filter_map(|at| said.get(*at)) {
        let Some(at) = it.lower.find(title) else { continue };
        let has = |words: &[&str]| words.iter().any(|word| it.lower.contains(word));
        let happened = has(&[
            "has happened",
            "have happened",
            "happened:",
            "(happened",
            "occurred",
            "materialised",
            "materialized",
        ]);
        let over = has(&["resolved", "is over", "closed", "no longer"]);
        review.happened = (review.happened || happened) && !over;
        let behind = it.words.get(at + title.len()..).unwrap_or_default().trim().to_owned();
        review.mentions.push(Mention {
            week: it.week,
            date: it.date,
            words: behind,
            happened,
            place: it.place.clone(),
        });
    }
    review
}
