//! Charts as inline SVG: drawn by plotters, written by a backend of ours that knows roles instead of colours.

mod axis;
mod backend;
mod burndown;
mod canvas;
mod chances;
mod days;
mod fan;
pub(super) mod fonts;
mod gates;
mod health;
mod labels;
mod load;
mod marks;
mod metric;
mod roles;
mod sparks;
mod timeline;

use crate::views::charts::{Chart, Figure};
use canvas::Sheet;

/// A figure's drawings as complete `<svg>` elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The drawing for wide pages; the only one where `small` is missing.
    pub wide: String,
    /// The drawing for phones.
    pub small: Option<String>,
}

/// Draws a figure.
#[must_use]
pub fn draw(figure: &Figure) -> Drawing {
    let both = |wide: f64, small: f64, of: &dyn Fn(Sheet<'_>) -> String| Drawing {
        wide: of(Sheet::wide(figure, wide)),
        small: Some(of(Sheet::small(figure, small))),
    };
    let one = |wide: String| Drawing { wide, small: None };
    match &figure.chart {
        Chart::Burndown(it) => both(300.0, 290.0, &|sheet| burndown::draw(it, sheet)),
        Chart::Chances(it) => both(260.0, 190.0, &|sheet| chances::draw(it, sheet)),
        Chart::Health(it) => both(300.0, 290.0, &|sheet| health::draw(it, sheet)),
        Chart::Metric(it) => both(230.0, 220.0, &|sheet| metric::draw(it, sheet)),
        Chart::Load(it) => both(250.0, 240.0, &|sheet| load::draw(it, sheet)),
        Chart::Timeline(it) => one(timeline::draw(it, Sheet::alone(figure, 1056.0, timeline::height(it)))),
        Chart::ForecastSpark(it) => one(sparks::forecast(it, Sheet::alone(figure, 240.0, 44.0))),
        Chart::ItemsSpark(it) => one(sparks::items(it, Sheet::alone(figure, 240.0, 44.0))),
        Chart::HealthSpark(it) => one(sparks::health(it, Sheet::alone(figure, 240.0, 44.0))),
    }
}

/// Returns the width of a text in the site's font at a size of 11.
#[must_use]
pub fn text_width(text: &str) -> f64 {
    fonts::width(text, roles::Pen::small())
}

/// Draws a figure for a mail, which shows one drawing on every screen: that for phones, and flat.
#[must_use]
pub fn picture(figure: &Figure) -> String {
    const HEIGHT: f64 = 184.0;
    match &figure.chart {
        Chart::Burndown(it) => burndown::draw(it, Sheet::small(figure, HEIGHT)),
        Chart::Chances(it) => chances::draw(it, Sheet::small(figure, HEIGHT)),
        _ => {
            let drawing = draw(figure);
            drawing.small.unwrap_or(drawing.wide)
        }
    }
}
