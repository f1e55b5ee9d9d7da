//! Charts as pictures for mails: the drawings of the site, with the colours of its style sheet and the fonts it ships.

use crate::render::charts;
use crate::render::look::Look;
use crate::render::pictures;
use crate::shipped;
use crate::views::charts::Figure;

/// Units of ground around a drawing, so that a dark mail does not touch its labels.
const PAD: f32 = 8.0;
/// Pixels for one unit of a drawing: 358 units and the ground around them become 1200 pixels, twice the 600 at which mails show them.
const ZOOM: f32 = 1200.0 / (358.0 + 2.0 * PAD);

/// Draws a figure as PNG, and returns it with the height at which it is shown, for a width of 600; nothing where it cannot be drawn.
pub fn picture(figure: &Figure, style: &str) -> Option<(Vec<u8>, u32)> {
    let drawing = charts::picture(figure);
    let head = drawing.split_once('>')?;
    let svg = format!(
        "{} xmlns=\"http://www.w3.org/2000/svg\" font-family=\"Inter\"><style>{style}</style>{}",
        head.0, head.1
    );
    let (png, height) = pictures::draw(&svg, PAD, ZOOM, GROUND)?;
    Some((png, height / 2))
}

/// Returns the rules for charts with the colours in their places, since what draws knows no variables.
pub fn style(look: &Look<'_>) -> String {
    let sheet = look.text("site/style.css");
    let ours = shipped::text("site/style.css").unwrap_or_default();
    let rules = |it: &str| it.split_once("/* 7 charts").and_then(|it| Some(it.1.split_once("*/")?.1.to_owned()));
    // A sheet of somebody's own need not have this part, and then says nothing of charts in mails.
    let rules = rules(&sheet).or_else(|| rules(&ours)).unwrap_or_default();
    let rules = rules.split_once("/* a mark with a title").map_or(rules.as_str(), |it| it.0);
    let mut rules = rules.replace("var(--sans)", "Inter");
    let mut colours = look.picture_colours();
    // Mail programs in dark mode turn pure white, and leave what is next to it.
    let [red, green, blue] = GROUND;
    colours.insert("bg".to_owned(), format!("#{red:02x}{green:02x}{blue:02x}"));
    for (name, value) in colours {
        rules = rules.replace(&format!("var(--{name})"), &value);
    }
    rules
}

/// The ground of a mail.
const GROUND: [u8; 3] = [0xfc, 0xfc, 0xfd];
