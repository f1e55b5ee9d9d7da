//! The range of the forecast: when the open work may come down to each level.

use super::axis::sane;
use super::canvas::{Plot, Point, Sheet};
use super::days::DayLine;
use super::labels::{Area, Placer};
use super::roles::{Anchor, Pen, Role};
use crate::calendar::Day;
use crate::views::charts::{Fan, FanLevel};

/// A forecast's edges on a plot of days and open work.
pub struct Edges<'a> {
    fan: &'a Fan,
    early: Vec<Point>,
    middle: Vec<Point>,
    late: Vec<Point>,
    end: f64,
}

impl<'a> Edges<'a> {
    /// Reads a forecast that begins today on a line of days with an end.
    pub fn new(fan: &'a Fan, line: DayLine, today: f64, end: f64) -> Self {
        let edge = |day: fn(&FanLevel) -> Option<Day>| {
            let left = |it: &FanLevel| sane(it.remaining).map(|it| it.max(0.0));
            let open = fan.levels.first().and_then(left);
            let place = |it: &FanLevel| Some((day(it).map_or(f64::INFINITY, |it| line.end(it).max(today)), left(it)?));
            // The first level is open today, whatever day may be given for it.
            let levels = open.map(|it| (today, it)).into_iter().chain(fan.levels.iter().skip(1).filter_map(place));
            clipped(&smoothed(levels), end)
        };
        Self { fan, early: edge(|it| it.p15), middle: edge(|it| it.p50), late: edge(|it| it.p85), end }
    }

    /// Draws the bands and the median.
    pub fn draw(&self, sheet: &Sheet<'_>, plot: &Plot, placer: &mut Placer) {
        let band = |a: &[Point], b: &[Point]| a.iter().chain(b.iter().rev()).copied().collect::<Vec<_>>();
        let beyond = self.middle.iter().position(|it| self.end <= it.0).map_or(self.middle.len(), |it| it + 1);
        let median = self.middle.get(..beyond).unwrap_or(&self.middle);
        sheet.group("g-fan", &format!("{}, {}", self.fan.p50_label, self.fan.p85_label), || {
            plot.shape(Role::Far, &band(&self.early, &self.middle));
            plot.shape(Role::Near, &band(&self.middle, &self.late));
            plot.line(Role::Median, median);
        });
        placer.avoid_line(&plot.all(median));
    }

    /// Draws the ends of the median and of the late edge, with their labels.
    pub fn draw_ends(&self, sheet: &Sheet<'_>, plot: &Plot, placer: &mut Placer) {
        let edges = [(&self.late, &self.fan.p85_label, true), (&self.middle, &self.fan.p50_label, false)];
        for (edge, label, likes_end) in edges {
            // The end is inside the plot, or the edge leaves the plot before it.
            let left = edge.iter().find(|it| self.end <= it.0);
            let Some((last, is_end)) = left.map(|it| (*it, false)).or(edge.last().map(|it| (*it, true))) else {
                continue;
            };
            let is_end = is_end || edge.last() == Some(&last);
            let (x, y) = plot.at(last.0, last.1);
            if is_end {
                sheet.group("m", label, || plot.dot(Role::BigDot, last, 5.0));
                placer.avoid(Area::around((x, y), 5.0));
            }
            let x = if is_end { x } else { x - 8.0 };
            let rows = if is_end { [-11.0, -26.0, -41.0, -56.0] } else { [18.0, -8.0, 33.0, -23.0] }.map(|it| y + it);
            let ends = rows.map(|y| ((x + 6.0, y), Anchor::End));
            let starts = rows.map(|y| ((x + 5.0, y), Anchor::Start));
            let spots = if likes_end { [ends, starts].concat() } else { [starts, ends].concat() };
            placer.write(sheet, label, Pen::strong(Role::Ink).halo(), &spots);
        }
    }
}

/// Joins levels that are reached on the same day into one point, so that whole days do not make a stair, and keeps some
/// dozens of points at most.
fn smoothed(levels: impl Iterator<Item = Point>) -> Vec<Point> {
    let levels: Vec<Point> = levels.collect();
    let groups: Vec<&[Point]> = levels.chunk_by(|a, b| a.0.to_bits() == b.0.to_bits()).collect();
    let last = levels.last().copied();
    let middle = |it: &[Point]| {
        let (first, last) = (it.first()?, it.last()?);
        Some((first.0, f64::midpoint(first.1, last.1)))
    };
    let every = groups.len() / 80 + 1;
    let first = levels.first().copied();
    let inner = groups.iter().skip(1).step_by(every).filter_map(|it| middle(it));
    let inner = inner.take_while(|it| last.is_none_or(|last| it.0 < last.0 || last.0.is_infinite()));
    first.into_iter().chain(inner).chain(last.filter(|_| 1 < levels.len())).collect()
}

/// Cuts an edge off at an end; what lies beyond stands at the end.
fn clipped(edge: &[Point], end: f64) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    let mut before: Option<Point> = None;
    for point in edge {
        if let Some(before) = before.filter(|it| it.0 < end && end < point.0 && point.0.is_finite()) {
            let share = (end - before.0) / (point.0 - before.0);
            kept.push((end, share.mul_add(point.1 - before.1, before.1)));
        }
        kept.push((point.0.min(end), point.1));
        before = Some(*point);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_one_day_are_one_point() {
        let levels = [(0.0, 5.0), (1.0, 4.0), (1.0, 3.0), (2.0, 2.0), (3.0, 1.0), (3.0, 0.0)];
        assert_eq!(smoothed(levels.into_iter()), [(0.0, 5.0), (1.0, 3.5), (2.0, 2.0), (3.0, 0.0)]);
    }

    #[test]
    fn an_edge_leaves_where_it_crosses_the_end() {
        assert_eq!(clipped(&[(0.0, 4.0), (4.0, 0.0)], 2.0), [(0.0, 4.0), (2.0, 2.0), (2.0, 0.0)]);
        assert_eq!(clipped(&[(0.0, 4.0), (f64::INFINITY, 3.0)], 2.0), [(0.0, 4.0), (2.0, 3.0)]);
    }
}
