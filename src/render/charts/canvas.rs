//! A sheet to draw on in units, and plots on it that map values to units.

use super::backend::{GRID, Sink, Svg, units};
use super::roles::{Anchor, Pen, Role};
use crate::prose::{escape_html, visible};
use crate::views::charts::Figure;
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, IntoDrawingArea as _};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontDesc, FontFamily, FontStyle, ShapeStyle};
use std::fmt::Write as _;
use std::ops::Range;

/// A place on the sheet, in units from its upper left corner.
pub type Point = (f64, f64);

/// A sheet of one figure.
pub struct Sheet<'a> {
    figure: &'a Figure,
    sink: Sink,
    root: DrawingArea<Svg, Shift>,
    class: &'static str,
    mark: char,
    /// The width in units.
    pub width: f64,
    /// The height in units.
    pub height: f64,
    /// Whether it is the sheet for phones.
    pub is_small: bool,
}

impl<'a> Sheet<'a> {
    /// Returns the sheet for wide pages.
    pub fn wide(figure: &'a Figure, height: f64) -> Self {
        Self::new(figure, (504.0, height), "chart only-wide", 'w')
    }

    /// Returns the sheet for phones.
    pub fn small(figure: &'a Figure, height: f64) -> Self {
        Self { is_small: true, ..Self::new(figure, (358.0, height), "chart only-small", 's') }
    }

    /// Returns a sheet for every page.
    pub fn alone(figure: &'a Figure, width: f64, height: f64) -> Self {
        Self::new(figure, (width, height), "chart", 'w')
    }

    fn new(figure: &'a Figure, (width, height): Point, class: &'static str, mark: char) -> Self {
        let sink = Sink::default();
        let size = (steps(width).unsigned_abs(), steps(height).unsigned_abs());
        let root = Svg { sink: Sink::clone(&sink), size }.into_drawing_area();
        Self { figure, sink, root, class, mark, width, height, is_small: false }
    }

    /// Draws into a group; a group with a title shows it beside the pointer.
    pub fn group(&self, class: &str, title: &str, draw: impl FnOnce()) {
        let title =
            if title.is_empty() { String::new() } else { format!("<title>{}</title>", escape_html(&visible(title))) };
        writeln!(self.sink.borrow_mut(), "<g class=\"{class}\">{title}").unwrap_or_default();
        draw();
        self.sink.borrow_mut().push_str("</g>\n");
    }

    /// Writes a text, with its baseline at a place.
    pub fn text(&self, text: &str, at: Point, pen: Pen) {
        if text.is_empty() {
            return;
        }
        let across = match pen.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let font = FontDesc::new(FontFamily::SansSerif, pen.size() * f64::from(GRID), FontStyle::Normal);
        let style = font.color(&pen).pos(Pos::new(across, VPos::Bottom));
        self.root.draw(&Text::new(text.to_owned(), (steps(at.0), steps(at.1)), style)).unwrap_or_default();
    }

    /// Draws a line through places.
    pub fn line(&self, role: Role, points: &[Point]) {
        let points: Vec<_> = points.iter().map(|it| (steps(it.0), steps(it.1))).collect();
        if 1 < points.len() {
            self.root.draw(&PathElement::new(points, role.stroke_width(1))).unwrap_or_default();
        }
    }

    /// Fills the shape between places.
    pub fn shape(&self, role: Role, points: &[Point]) {
        let points: Vec<_> = points.iter().map(|it| (steps(it.0), steps(it.1))).collect();
        self.root.draw(&Polygon::new(points, role.filled())).unwrap_or_default();
    }

    /// Fills a rectangle with corners of a radius.
    pub fn rect(&self, role: Role, a: Point, b: Point, corner: u32) {
        let style = ShapeStyle { stroke_width: corner, ..role.filled() };
        let corners = [(steps(a.0), steps(a.1)), (steps(b.0), steps(b.1))];
        self.root.draw(&Rectangle::new(corners, style)).unwrap_or_default();
    }

    /// Fills a circle.
    pub fn dot(&self, role: Role, at: Point, radius: f64) {
        let at = (steps(at.0), steps(at.1));
        self.root.draw(&Circle::new(at, steps(radius), role.filled())).unwrap_or_default();
    }

    /// Returns a plot of values between two corners: `x` from left to right, `y` from the bottom to the top.
    pub fn plot(&self, frame: Frame, x: Range<f64>, y: Range<f64>) -> Plot {
        let across = steps(frame.left)..steps(frame.right);
        let up = steps(frame.bottom)..steps(frame.top);
        let ends = (x.clone(), y.clone());
        Plot { frame, ends, area: self.root.apply_coord_spec(Cartesian2d::new(x, y, (across, up))) }
    }

    /// Returns the drawing as an `<svg>` element.
    pub fn finish(self) -> String {
        let id = format!("{}-{}", escape_html(&self.figure.id), self.mark);
        let (width, height) = (units(steps(self.width)), units(steps(self.height)));
        let title = escape_html(&visible(&self.figure.title));
        let desc = escape_html(&visible(&self.figure.desc));
        // Nobody wants to hear the same twice.
        let (described, desc) = if title == desc {
            (String::new(), String::new())
        } else {
            (format!(" {id}-d"), format!("<desc id=\"{id}-d\">{desc}</desc>"))
        };
        format!(
            "<svg class=\"{}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-t{described}\">\
             <title id=\"{id}-t\">{title}</title>{desc}\n{}</svg>",
            self.class,
            self.sink.borrow()
        )
    }
}

/// The rectangle that values are drawn in, in units.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The left end.
    pub left: f64,
    /// The upper end.
    pub top: f64,
    /// The right end.
    pub right: f64,
    /// The lower end.
    pub bottom: f64,
}

/// A plot: values on a sheet.
pub struct Plot {
    /// Where it is on the sheet.
    pub frame: Frame,
    ends: (Range<f64>, Range<f64>),
    area: DrawingArea<Svg, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
}

impl Plot {
    /// Returns values as they are within the plot, at its edge where they lie outside: plotters' steps are limited.
    fn held(&self, (x, y): Point) -> Point {
        let (across, up) = &self.ends;
        (x.max(across.start).min(across.end), y.max(up.start).min(up.end))
    }

    fn all_held(&self, values: &[Point]) -> Vec<Point> {
        values.iter().map(|it| self.held(*it)).collect()
    }

    /// Returns where values are on the sheet.
    pub fn at(&self, x: f64, y: f64) -> Point {
        let (x, y) = self.area.map_coordinate(&self.held((x, y)));
        (f64::from(x) / f64::from(GRID), f64::from(y) / f64::from(GRID))
    }

    /// Returns where values are on the sheet.
    pub fn all(&self, values: &[Point]) -> Vec<Point> {
        values.iter().map(|it| self.at(it.0, it.1)).collect()
    }

    /// Draws a line through values.
    pub fn line(&self, role: Role, values: &[Point]) {
        if 1 < values.len() {
            self.area.draw(&PathElement::new(self.all_held(values), role.stroke_width(1))).unwrap_or_default();
        }
    }

    /// Fills the shape between values.
    pub fn shape(&self, role: Role, values: &[Point]) {
        if 2 < values.len() {
            self.area.draw(&Polygon::new(self.all_held(values), role.filled())).unwrap_or_default();
        }
    }

    /// Fills the rectangle between two pairs of values.
    pub fn rect(&self, role: Role, a: Point, b: Point) {
        self.area.draw(&Rectangle::new([self.held(a), self.held(b)], role.filled())).unwrap_or_default();
    }

    /// Fills a circle at values, with a radius in units.
    pub fn dot(&self, role: Role, at: Point, radius: f64) {
        self.area.draw(&Circle::new(self.held(at), steps(radius), role.filled())).unwrap_or_default();
    }
}

/// Returns units as steps of the grid.
#[expect(clippy::cast_possible_truncation, reason = "clamped to what a drawing may hold")]
fn steps(value: f64) -> i32 {
    (value * f64::from(GRID)).round().clamp(-100_000.0, 10_000_000.0) as i32
}
