//! Where labels go so that they can be read: not on one another, not on lines where it can be helped.

use super::canvas::{Frame, Point, Sheet};
use super::fonts;
use super::roles::{Anchor, Pen};

/// A rectangle in units: left, upper, right and lower end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// The left and upper end.
    pub from: Point,
    /// The right and lower end.
    pub to: Point,
}

impl Area {
    /// Returns the room that a text takes.
    pub fn of(text: &str, at: Point, pen: Pen) -> Self {
        let width = fonts::width(text, pen);
        let left = match pen.anchor {
            Anchor::Start => at.0,
            Anchor::Middle => at.0 - width / 2.0,
            Anchor::End => at.0 - width,
        };
        Self { from: (left, at.1 - 0.8 * pen.size()), to: (left + width, at.1 + 0.25 * pen.size()) }
    }

    /// Returns the room of a mark around a place.
    pub fn around(at: Point, radius: f64) -> Self {
        Self { from: (at.0 - radius, at.1 - radius), to: (at.0 + radius, at.1 + radius) }
    }

    fn shared(&self, other: &Self) -> f64 {
        let width = self.to.0.min(other.to.0) - self.from.0.max(other.from.0);
        let height = self.to.1.min(other.to.1) - self.from.1.max(other.from.1);
        if 0.0 < width && 0.0 < height { width * height } else { 0.0 }
    }

    /// Returns the length of a line inside the area.
    fn length_of(&self, a: Point, b: Point) -> f64 {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let mut inside = (0.0f64, 1.0f64);
        for (start, change, low, high) in [(a.0, dx, self.from.0, self.to.0), (a.1, dy, self.from.1, self.to.1)] {
            if change.abs() < 1e-9 {
                if start < low || high < start {
                    return 0.0;
                }
                continue;
            }
            let (enter, leave) = ((low - start) / change, (high - start) / change);
            inside = (inside.0.max(enter.min(leave)), inside.1.min(enter.max(leave)));
        }
        if inside.0 < inside.1 { (inside.1 - inside.0) * dx.hypot(dy) } else { 0.0 }
    }
}

/// Finds places for labels, one after the other.
pub struct Placer {
    bounds: Area,
    taken: Vec<Area>,
    lines: Vec<(Point, Point)>,
}

impl Placer {
    /// Returns a placer for a plot, with the room above it and on its right.
    pub fn new(sheet: &Sheet<'_>, plot: Frame) -> Self {
        let bounds = Area { from: (plot.left + 2.0, 1.0), to: (sheet.width - 1.0, plot.bottom - 1.0) };
        Self { bounds, taken: Vec::new(), lines: Vec::new() }
    }

    /// Keeps labels off a line, where that is possible.
    pub fn avoid_line(&mut self, points: &[Point]) {
        self.lines.extend(points.iter().zip(points.iter().skip(1)).map(|(a, b)| (*a, *b)));
    }

    /// Keeps labels off an area.
    pub fn avoid(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Writes a text at the best of some places, the first being the one liked most.
    pub fn write(&mut self, sheet: &Sheet<'_>, text: &str, pen: Pen, places: &[(Point, Anchor)]) {
        if text.is_empty() {
            return;
        }
        let text = fonts::fit(text, pen, sheet.width * 0.6);
        let dislike = |place: &(usize, &(Point, Anchor))| {
            let (rank, (at, anchor)) = *place;
            self.cost(&Area::of(&text, *at, pen.at(*anchor))) + f64::from(u32::try_from(rank).unwrap_or(0))
        };
        let best = places.iter().enumerate().min_by(|a, b| dislike(a).total_cmp(&dislike(b)));
        if let Some((_, (at, anchor))) = best {
            let pen = pen.at(*anchor);
            let at = self.inside(&text, *at, pen);
            sheet.text(&text, at, pen);
            self.taken.push(Area::of(&text, at, pen));
        }
    }

    fn cost(&self, area: &Area) -> f64 {
        let size = (area.to.0 - area.from.0) * (area.to.1 - area.from.1);
        let outside = size - area.shared(&self.bounds);
        let on_labels: f64 = self.taken.iter().map(|it| area.shared(it)).sum();
        let on_lines: f64 = self.lines.iter().map(|(a, b)| area.length_of(*a, *b)).sum();
        10.0 * outside + 4.0 * on_labels + 2.0 * on_lines
    }

    /// Returns a place at which the text lies within the sheet.
    fn inside(&self, text: &str, at: Point, pen: Pen) -> Point {
        let area = Area::of(text, at, pen);
        let over = (area.to.0 - self.bounds.to.0).max(0.0);
        let under = (self.bounds.from.0 - (area.from.0 - over)).max(0.0);
        (at.0 - over + under, at.1)
    }
}

/// Returns for each label, given by its place and width from left to right, its row and its middle; nothing where no
/// row has room for it.
pub fn in_rows(labels: &[Point], rows: usize, bounds: Point, gap: f64) -> Vec<Option<(usize, f64)>> {
    let mut ends = vec![f64::NEG_INFINITY; rows];
    let place = |(at, width): &Point| {
        let most = (bounds.1 - width / 2.0).max(bounds.0 + width / 2.0);
        let middle = at.clamp((bounds.0 + width / 2.0).min(most), most);
        let (row, end) = ends.iter_mut().enumerate().find(|(_, end)| **end + gap <= middle - width / 2.0)?;
        *end = middle + width / 2.0;
        Some((row, middle))
    };
    labels.iter().map(place).collect()
}

/// Returns where two labels go, given by their places and widths from left to right: row, place and anchor of each.
pub fn pair(labels: [Point; 2], bounds: Point) -> [(usize, f64, Anchor); 2] {
    let [a, b] = labels;
    let clamped =
        |(at, width): Point| at.clamp(bounds.0 + width / 2.0, (bounds.1 - width / 2.0).max(bounds.0 + width / 2.0));
    let (left, right) = (clamped(a), clamped(b));
    if left + a.1 / 2.0 + 8.0 <= right - b.1 / 2.0 {
        return [(0, left, Anchor::Middle), (0, right, Anchor::Middle)];
    }
    // Side by side, each at its own line, with the lines between them.
    let (end, start) = (a.0 - 1.0, b.0 + 1.0);
    if bounds.0 <= end - a.1 && start + b.1 <= bounds.1 && 8.0 <= start - end {
        return [(0, end, Anchor::End), (0, start, Anchor::Start)];
    }
    if bounds.0 <= left - a.1 / 2.0 && bounds.0 <= right - 8.0 - b.1 / 2.0 - a.1 {
        return [(0, right - 8.0 - b.1 / 2.0, Anchor::End), (0, right, Anchor::Middle)];
    }
    [(0, left, Anchor::Middle), (1, right, Anchor::Middle)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_fit_stay_where_they_are() {
        let placed = in_rows(&[(50.0, 40.0), (100.0, 40.0)], 1, (0.0, 200.0), 4.0);
        assert_eq!(placed, [Some((0, 50.0)), Some((0, 100.0))]);
    }

    #[test]
    fn labels_go_to_another_row_or_away() {
        let placed = in_rows(&[(10.0, 40.0), (30.0, 40.0), (35.0, 40.0)], 2, (0.0, 200.0), 4.0);
        assert_eq!(placed, [Some((0, 20.0)), Some((1, 30.0)), None]);
    }

    #[test]
    fn two_labels_never_overlap() {
        let far = pair([(50.0, 40.0), (150.0, 40.0)], (0.0, 200.0));
        assert_eq!(far, [(0, 50.0, Anchor::Middle), (0, 150.0, Anchor::Middle)]);
        let near = pair([(90.0, 60.0), (100.0, 60.0)], (0.0, 200.0));
        assert_eq!(near, [(0, 89.0, Anchor::End), (0, 101.0, Anchor::Start)]);
        let tight = pair([(20.0, 60.0), (30.0, 60.0)], (0.0, 70.0));
        assert_eq!((tight[0].0, tight[1].0), (0, 1));
    }

    #[test]
    fn a_line_inside_an_area_has_a_length() {
        let area = Area { from: (0.0, 0.0), to: (10.0, 10.0) };
        assert!((area.length_of((-5.0, 5.0), (15.0, 5.0)) - 10.0).abs() < 1e-9);
        assert!(area.length_of((-5.0, 15.0), (15.0, 15.0)).abs() < 1e-9);
    }
}
