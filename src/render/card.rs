//! The card of a project as a picture, for chats and networks that show one beside a link: 1200 by 630 pixels.

use super::charts::fonts;
use super::look;
use super::pictures;
use super::templates::TemplateError;
use crate::prose::visible;
use crate::views::charts::Look;
use crate::views::index::StatusCard;
use crate::views::parts::Mark;
use serde::Serialize;
use std::collections::BTreeMap;

const TEMPLATE: &str = "site/card.svg";
/// The width that words have, in pixels.
const ROOM: f64 = 1056.0;
/// The size of the title, the finding, a label and a figure, in pixels.
const TITLE: f64 = 34.0;
const HEADING: f64 = 56.0;
const SMALL: f64 = 24.0;
const FIGURE: f64 = 42.0;
/// The most lines of a finding.
const LINES: usize = 3;

/// A card as its template sees it.
#[derive(Serialize)]
struct Drawn<'a> {
    /// The title in one line; empty where the font cannot write it.
    title: String,
    badge: &'a Mark,
    /// The names of the badge's colour and of its ground.
    tone: &'static str,
    tint: &'static str,
    /// The width of the badge's word, in pixels.
    badge_width: f64,
    /// The lines of the finding.
    heading: Vec<String>,
    as_of: &'a str,
    /// The length of what is done, in pixels.
    done: Option<f64>,
    /// Where the plan stands, in pixels.
    planned: Option<f64>,
    figures: Vec<Figure>,
    /// The colours of light pages.
    colour: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Figure {
    x: f64,
    label: String,
    value: String,
    beside: String,
}

/// Draws a card; nothing where it cannot be drawn.
///
/// # Errors
///
/// When the template asks for what the card does not have.
pub fn card(it: &StatusCard, site: &look::Look<'_>) -> Result<Option<Vec<u8>>, TemplateError> {
    // No share of a bar needs more than a pixel.
    let length = |it: f64| (it * ROOM).round();
    let column = ROOM / 3.0;
    let figure = |(at, it): (usize, &crate::views::index::CardFigure)| {
        #[expect(clippy::cast_precision_loss, reason = "there are three")]
        let x = at as f64 * column;
        let one = |text: &str, bold, size| fonts::fit_line(&written(text), bold, size, column - 24.0);
        Figure {
            x,
            label: one(&it.label, false, SMALL),
            value: one(&it.value, true, FIGURE),
            beside: one(&it.beside, false, SMALL),
        }
    };
    let as_of_width = fonts::line_width(&it.as_of, false, SMALL);
    let (tone, tint) = match it.badge.look {
        Look::Ok => ("ok", "ok-tint"),
        Look::Warn => ("warn", "warn-tint"),
        Look::Bad => ("bad", "bad-tint"),
        Look::Live => ("link", "link-tint"),
        Look::Plain => ("muted", "plain-tint"),
    };
    let drawn = Drawn {
        tone,
        tint,
        title: fonts::fit_line(&written(&it.title), true, TITLE, ROOM - as_of_width - 40.0),
        badge_width: fonts::line_width(&it.badge.text, true, 30.0).round(),
        badge: &it.badge,
        heading: lines(&written(&it.heading)),
        as_of: &it.as_of,
        done: it.done.map(length),
        planned: it.planned.map(length),
        figures: it.figures.iter().take(3).enumerate().map(figure).collect(),
        colour: site.picture_colours(),
    };
    let svg = site.page(TEMPLATE, &drawn)?;
    Ok(pictures::draw(&svg, 0.0, 1.0, [0xff, 0xff, 0xff]).map(|it| it.0))
}

/// Returns a text as far as the font can write it: signs that it lacks are left out, and where it lacks letters, all is.
fn written(text: &str) -> String {
    let text = visible(text);
    let lacks = |it: char| !it.is_whitespace() && !fonts::covers(it);
    if text.chars().take(2_000).any(|it| it.is_alphanumeric() && lacks(it)) {
        return String::new();
    }
    let kept: String = text.chars().take(2_000).filter(|it| !lacks(*it)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Parts a finding into lines; what does not fit ends in an ellipsis.
fn lines(text: &str) -> Vec<String> {
    let fits = |it: &str| fonts::line_width(it, true, HEADING) <= ROOM;
    let fit = |it: &str| fonts::fit_line(it, true, HEADING, ROOM);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|it| !it.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) || line.is_empty() {
            line = longer;
        } else if lines.len() + 1 == LINES {
            // More follows, so it must not look as if this were the end.
            line = fit(&format!("{longer} {}", "…".repeat(40)));
            break;
        } else {
            lines.push(fit(&line));
            word.clone_into(&mut line);
        }
    }
    lines.push(fit(&line));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_font_lacks_is_left_out() {
        assert_eq!(written("🚀 Story  Portal ✅"), "Story Portal");
        assert_eq!([written("路线图 2026"), written("خارطة الطريق")], [""; 2].map(str::to_owned));
        assert_eq!(written("Дорожная карта"), "Дорожная карта");
        assert_eq!(written("Fähre: Zürich → Genf"), "Fähre: Zürich → Genf");
    }

    #[test]
    fn a_finding_has_three_lines_at_most() {
        assert_eq!(lines("Launch by 13 March"), ["Launch by 13 March"]);
        let many = lines(&"never so many words ".repeat(20));
        assert_eq!((many.len(), many[2].ends_with('…')), (3, true), "{many:?}");
        let long = lines(&"x".repeat(300));
        assert!(long.len() == 1 && long[0].ends_with('…') && fonts::line_width(&long[0], true, HEADING) <= ROOM);
    }
}
