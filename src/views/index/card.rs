//! The card that others show where somebody links to the report: how the plan stands, and until when.

use super::{hero, tiles};
use crate::views::Desk;
use crate::views::parts::Mark;
use serde::Serialize;

/// A card, in words and shares.
#[derive(Debug, Serialize)]
pub struct StatusCard {
    /// The plan's title.
    pub title: String,
    /// How the plan stands.
    pub badge: Mark,
    /// The finding.
    pub heading: String,
    /// "as of 6 Feb 2026".
    pub as_of: String,
    /// What is done, 0 to 1; nothing where there is nothing to do.
    pub done: Option<f64>,
    /// What was planned to be done by now, 0 to 1.
    pub planned: Option<f64>,
    /// Up to three figures.
    pub figures: Vec<CardFigure>,
}

/// A figure of a card.
#[derive(Debug, Serialize)]
pub struct CardFigure {
    /// What it is.
    pub label: String,
    /// The figure.
    pub value: String,
    /// What it stands beside.
    pub beside: String,
}

/// Makes the card of a plan.
#[must_use]
pub fn card(desk: &Desk<'_>) -> StatusCard {
    let hero = hero::hero(desk);
    let progress = &desk.analysis().progress;
    #[expect(clippy::cast_precision_loss, reason = "a bar has a thousand pixels")]
    let share = |it: usize| (0 < progress.total).then(|| (it as f64 / progress.total as f64).min(1.0));
    let figure = |it: tiles::Tile| CardFigure { label: it.label, value: it.value, beside: it.beside };
    StatusCard {
        title: desk.plan().title.clone(),
        badge: hero.badge,
        heading: hero.heading,
        as_of: format!("as of {}", desk.as_of().format("%-d %b %Y")),
        done: share(progress.done),
        planned: progress.planned_done.and_then(share),
        figures: tiles::tiles(desk).into_iter().map(figure).collect(),
    }
}
