//! Labels of gates above a plot: as much of each as there is room for.

use super::canvas::{Point, Sheet};
use super::fonts;
use super::labels::in_rows;
use super::marks;
use super::roles::{Anchor, Pen, Role};
use crate::views::charts::{GateMark, Look};

/// A label of two lines: place, then text and pen of each line.
type Label = (Point, [(String, Pen); 2]);

/// The labels of some gates.
pub struct GateLabels {
    labels: Vec<Label>,
    /// The height that they take at the top, in units.
    pub height: f64,
}

/// Finds the fullest way to write the labels of gates, given from left to right with their places.
pub fn arrange(sheet: &Sheet<'_>, gates: &[(f64, &GateMark)]) -> GateLabels {
    if gates.is_empty() {
        return GateLabels { labels: Vec::new(), height: 8.0 };
    }
    let ways = [(1, true), (1, false), (2, true), (2, false)];
    let all = ways.iter().map(|(rows, is_full)| (*rows, lay(sheet, gates, *rows, *is_full)));
    let mut best: Option<(usize, Vec<Label>)> = None;
    for (rows, labels) in all {
        let is_better = best.as_ref().is_none_or(|it| it.1.len() < labels.len());
        if is_better {
            best = Some((rows, labels));
        }
    }
    let (rows, labels) = best.unwrap_or_default();
    GateLabels { labels, height: if rows == 2 { 72.0 } else { 42.0 } }
}

fn lay(sheet: &Sheet<'_>, gates: &[(f64, &GateMark)], rows: usize, is_full: bool) -> Vec<Label> {
    let room = sheet.width * if is_full { 0.5 } else { 0.3 };
    let texts: Vec<[(String, Pen); 2]> =
        gates.iter().map(|it| if is_full { full(it.1, room) } else { split(it.1, room) }).collect();
    let width = |it: &[(String, Pen); 2]| it.iter().map(|(text, pen)| fonts::width(text, *pen)).fold(0.0, f64::max);
    let spots: Vec<Point> = gates.iter().zip(&texts).map(|(gate, text)| (gate.0, width(text))).collect();
    let placed = in_rows(&spots, rows, (1.0, sheet.width - 1.0), 7.0);
    let place = |(row, x): (usize, f64)| (x, if row == 0 { 16.0 } else { 46.0 });
    placed.into_iter().zip(texts).filter_map(|(spot, text)| Some((place(spot?), text))).collect()
}

fn full(gate: &GateMark, room: f64) -> [(String, Pen); 2] {
    let name = Pen::strong(Role::Ink);
    let note = Pen { bold: matches!(gate.look, Look::Bad | Look::Warn), role: marks::text(gate.look), ..Pen::small() };
    [(fonts::fit(&gate.label, name, room), name), (fonts::fit(&gate.note, note, room), note)]
}

/// Returns the name alone, and below it the value that the label ends with.
fn split(gate: &GateMark, room: f64) -> [(String, Pen); 2] {
    let name = Pen { small: true, ..Pen::strong(Role::Ink) };
    let value = Pen { role: marks::text(gate.look), ..Pen::small() };
    let (first, second) = match gate.label.rsplit_once(' ') {
        Some((name, value)) if value.chars().any(|it| it.is_ascii_digit()) => (name, value),
        _ => (gate.label.as_str(), ""),
    };
    [(fonts::fit(first, name, room), name), (second.to_owned(), value)]
}

impl GateLabels {
    /// Writes the labels.
    pub fn draw(&self, sheet: &Sheet<'_>) {
        sheet.group("g-gates", "", || {
            for ((x, y), lines) in &self.labels {
                for (index, (text, pen)) in lines.iter().enumerate() {
                    let y = y + 14.0 * super::axis::count(index);
                    sheet.text(text, (*x, y), pen.at(Anchor::Middle));
                }
            }
        });
    }
}
