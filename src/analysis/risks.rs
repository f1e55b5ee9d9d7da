//! Risks, and what standups say about them.

use crate::calendar::{Day, Week};
use crate::history::History;
use crate::text::Place;

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
    /// The standup's week.
    pub week: Week,
    /// The standup's day.
    pub date: Day,
    /// The words behind the risk's title.
    pub words: String,
    /// Whether they say that it has happened.
    pub happened: bool,
    /// The line.
    pub place: Place,
}

/// Finds each risk in the standups by its title.
#[must_use]
pub fn risks(history: &History) -> Vec<RiskReview> {
    history.plan.risks.iter().map(|it| review(&it.title.plain().to_lowercase(), history)).collect()
}

fn review(title: &str, history: &History) -> RiskReview {
    let mut review = RiskReview::default();
    for it in &history.standups {
        for entry in it.standup.risks.iter().chain(&it.standup.blocked) {
            let words = entry.text.plain();
            let lower = words.to_lowercase();
            let Some(at) = lower.find(title).filter(|_| !title.is_empty()) else { continue };
            let has = |words: &[&str]| words.iter().any(|it| lower.contains(it));
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
            let behind = words.get(at + title.len()..).unwrap_or_default().trim().to_owned();
            let (week, date, place) = (it.standup.week, it.date, entry.place.clone());
            review.mentions.push(Mention { week, date, words: behind, happened, place });
        }
    }
    review
}
