//! Where plotters draws: elements become SVG with classes, in groups, on a grid of tenths of a unit.

use super::roles::{Pen, Role};
use crate::prose::{escape_html, visible};
use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

/// Steps of the grid in one unit: plotters counts in whole steps.
pub const GRID: i32 = 10;

/// What has been drawn, shared by all that draw.
pub type Sink = Rc<RefCell<String>>;

/// A drawing's backend for plotters.
pub struct Svg {
    /// Where the elements go.
    pub sink: Sink,
    /// Width and height in steps of the grid.
    pub size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Svg {
    fn put(&self, element: &str) {
        let mut sink = self.sink.borrow_mut();
        sink.push_str(element);
        sink.push('\n');
    }
}

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _point: BackendCoord, _color: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, _fill: bool) -> Drawn {
        let (x, y) = (a.0.min(b.0), a.1.min(b.1));
        let (width, height) = (a.0.max(b.0).saturating_sub(x), a.1.max(b.1).saturating_sub(y));
        // The width of a stroke says how round the corners are: a rectangle's stroke is the style sheet's.
        let corners =
            if 1 < style.stroke_width() { format!(" rx=\"{}\"", style.stroke_width()) } else { String::new() };
        self.put(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{corners}{}/>",
            units(x),
            units(y),
            units(width),
            units(height),
            class(Role::class_of(style.color()))
        ));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points = straightened(path);
        let steps: Vec<String> = points.iter().map(|(x, y)| format!("{} {}", units(*x), units(*y))).collect();
        self.put(&format!("<path{} d=\"M{}\"/>", class(Role::class_of(style.color())), steps.join("L")));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, _fill: bool) -> Drawn {
        let radius = i32::try_from(radius).unwrap_or(GRID);
        let (x, y, r) = (units(centre.0), units(centre.1), units(radius));
        self.put(&format!("<circle{} cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>", class(Role::class_of(style.color()))));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        let points = straightened(corners);
        let steps: Vec<String> = points.iter().map(|(x, y)| format!("{} {}", units(*x), units(*y))).collect();
        self.put(&format!("<path{} d=\"M{}Z\"/>", class(Role::class_of(style.color())), steps.join("L")));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let (x, y, class) = (units(at.0), units(at.1), class(&Pen::classes_of(style.color())));
        self.put(&format!("<text x=\"{x}\" y=\"{y}\"{anchor}{class}>{}</text>", escape_html(&visible(text))));
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        _text: &str,
        _style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        // Asked for by plotters' own labels only; ours are measured where they are placed.
        Ok((0, 0))
    }
}

fn class(names: &str) -> String {
    if names.is_empty() { String::new() } else { format!(" class=\"{names}\"") }
}

/// Writes steps of the grid as units.
pub fn units(steps: i32) -> String {
    let (whole, rest) = (steps.unsigned_abs() / GRID.unsigned_abs(), steps.unsigned_abs() % GRID.unsigned_abs());
    let sign = if steps < 0 { "-" } else { "" };
    let mut text = format!("{sign}{whole}");
    if rest != 0 {
        write!(text, ".{rest}").unwrap_or_default();
    }
    text
}

/// Leaves out points that a straight run passes anyway.
fn straightened(path: impl IntoIterator<Item = BackendCoord>) -> Vec<BackendCoord> {
    let mut kept: Vec<BackendCoord> = Vec::new();
    for point in path {
        if kept.last() == Some(&point) {
            continue;
        }
        if let [.., a, b] = kept.as_slice() {
            let level = a.1 == b.1 && b.1 == point.1 && (a.0 <= b.0) == (b.0 <= point.0);
            let upright = a.0 == b.0 && b.0 == point.0 && (a.1 <= b.1) == (b.1 <= point.1);
            if level || upright {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_have_one_decimal() {
        assert_eq!([units(0), units(-5), units(123), units(-120)], ["0", "-0.5", "12.3", "-12"]);
    }

    #[test]
    fn straight_runs_are_one_step() {
        let path = [(0, 0), (0, 0), (5, 0), (9, 0), (9, 4), (9, 8), (9, 2), (7, 1)];
        assert_eq!(straightened(path), [(0, 0), (9, 0), (9, 8), (9, 2), (7, 1)]);
    }
}
