//! Axes: round ticks, short numbers and labels for as many weeks as there is room for.

use super::canvas::{Plot, Sheet};
use super::fonts;
use super::roles::{Anchor, Pen, Role};
use crate::calendar::Week;
use crate::phrase::{number, rounded};

/// The longest axis of weeks.
pub const MOST_WEEKS: Week = 5200;

/// Returns a value that can be drawn: finite, and not beyond what an axis can name.
pub fn sane(value: f64) -> Option<f64> {
    value.is_finite().then(|| value.clamp(-1e15, 1e15))
}

/// Returns a count as a number.
pub fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

/// An axis of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The values that are named.
    pub ticks: Vec<f64>,
}

impl Scale {
    /// Returns the axis from 0 up to some value or a little more.
    pub fn from_zero(most: f64) -> Self {
        let high = if 0.0 < most { most } else { 1.0 };
        let step = step(high);
        let all = |high: f64| multiples(0.0, high, step);
        let ticks = all(high);
        // A tick on top costs room, and saves an axis with two or three names.
        let (high, ticks) =
            if ticks.len() < 4 { (step * count(ticks.len()), all(step * count(ticks.len()))) } else { (high, ticks) };
        Self { low: 0.0, high, ticks }
    }

    /// Returns the axis between two values, widened for those that lie outside.
    pub fn between(ends: (f64, f64), values: impl IntoIterator<Item = f64>) -> Self {
        let ends = [ends.0, ends.1].into_iter().filter_map(sane);
        let all: Vec<f64> = ends.chain(values.into_iter().filter_map(sane)).collect();
        let low = all.iter().copied().reduce(f64::min).unwrap_or(0.0);
        let high = all.iter().copied().reduce(f64::max).unwrap_or(1.0);
        let (low, high) = if low < high { (low, high) } else { (low - 1.0, low + 1.0) };
        let step = step(high - low);
        let mut ticks = multiples(low, high, step);
        // The lower end is named even when it is not round: the reader must see that it is not 0.
        if ticks.first().is_none_or(|it| low + 0.4 * step < *it) {
            ticks.insert(0, low);
        } else if let Some(first) = ticks.first_mut() {
            *first = low.min(*first);
        }
        Self { low, high, ticks }
    }

    /// Returns the room that the names need, in units.
    pub fn room(&self, name: impl Fn(f64) -> String) -> f64 {
        let widest = self.ticks.iter().map(|it| fonts::width(&name(*it), Pen::small())).fold(0.0, f64::max);
        (widest + 10.0).max(26.0)
    }

    /// Draws the lines of a plot from one end to another, and the names left of them.
    pub fn draw(&self, sheet: &Sheet<'_>, plot: &Plot, (left, right): (f64, f64), name: impl Fn(f64) -> String) {
        sheet.group("g-axis", "", || {
            for tick in &self.ticks {
                let (_, y) = plot.at(0.0, *tick);
                let role = if *tick <= self.low { Role::Axis } else { Role::Grid };
                sheet.line(role, &[(left, y), (right, y)]);
                sheet.text(&name(*tick), (left - 8.0, y + 4.0), Pen::small().at(Anchor::End));
            }
        });
    }
}

/// Returns the distance between ticks: 1, 2 or 5 times a power of ten, for about five of them.
fn step(span: f64) -> f64 {
    let power = 10f64.powf((span / 5.0).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|it| it * power);
    let away = |it: f64| (span / it - 4.6).abs();
    steps.into_iter().min_by(|a, b| away(*a).total_cmp(&away(*b))).unwrap_or(span)
}

fn multiples(low: f64, high: f64, step: f64) -> Vec<f64> {
    let first = (low / step - 1e-9).ceil();
    let ticks = (0..12u8).map(|it| (first + f64::from(it)) * step);
    ticks.take_while(|it| *it <= high + 1e-9 * step).map(|it| if it == 0.0 { 0.0 } else { it }).collect()
}

/// Returns a number for an axis: short, whatever its size.
pub fn short(value: f64) -> String {
    let with = |unit: f64, name: &str| format!("{}{name}", number(rounded(value / unit, 1)));
    match value.abs() {
        it if 1e12 <= it => format!("{value:.0e}"),
        it if 1e9 <= it => with(1e9, "bn"),
        it if 1e6 <= it => with(1e6, "M"),
        it if 1e4 <= it => with(1e3, "k"),
        it if 1.0 <= it => number(rounded(value, 1)),
        _ => number(value),
    }
}

/// Returns every how many of some places a label fits, at most twelve in all.
pub fn thinned(places: f64, pitch: f64, room: f64) -> u32 {
    let steps = [1, 2, 4, 8, 13, 26, 52, 104, 208, 520, 1040];
    let fits = |it: &u32| room <= pitch * f64::from(*it) && places <= 12.0 * f64::from(*it);
    steps.into_iter().find(fits).unwrap_or(2080)
}

/// Writes the names of weeks below a plot; this week's is strong and never left out.
pub fn week_names(sheet: &Sheet<'_>, weeks: (Week, Week), now: Option<Week>, y: f64, place: impl Fn(Week) -> f64) {
    let (first, last) = (weeks.0, weeks.1.min(MOST_WEEKS));
    let name = |week: Week| match week {
        0 if sheet.is_small => "0".to_owned(),
        0 => "Start".to_owned(),
        week => format!("W{week}"),
    };
    let room = fonts::width(&name(last), Pen::small()) + 7.0;
    let pitch = place(first.saturating_add(1)) - place(first);
    let step = thinned(f64::from(last.saturating_sub(first)) + 1.0, pitch, room);
    let now = now.filter(|it| (first..=last).contains(it));
    let far = |week: Week| now.is_none_or(|now| room <= (place(week) - place(now)).abs());
    for week in (first..=last).step_by(usize::try_from(step).unwrap_or(1)).filter(|it| far(*it)) {
        sheet.text(&name(week), (place(week), y), Pen::small().at(Anchor::Middle));
    }
    if let Some(now) = now {
        let pen = Pen { small: true, ..Pen::strong(Role::Ink) };
        sheet.text(&name(now), (place(now), y), pen.at(Anchor::Middle));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(Scale::from_zero(42.0).ticks, [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(Scale::between((76.0, 90.0), []).ticks, [76.0, 80.0, 85.0, 90.0]);
        for most in [0.0, 1e-6, 1.0, 3.0, 12.0, 99.0, 101.0, 1e15] {
            let scale = Scale::from_zero(most);
            assert!((4..=7).contains(&scale.ticks.len()), "{scale:?}");
        }
        let flat = Scale::between((f64::NAN, 5.0), [5.0]);
        assert!(flat.low < flat.high && flat.ticks.len() < 9, "{flat:?}");
    }

    #[test]
    fn numbers_on_an_axis_are_short() {
        let texts = [0.05, 1.5, 420.0, 12_000.0, 2.5e6, 3e9, 1e15].map(short);
        assert_eq!(texts, ["0.05", "1.5", "420", "12k", "2.5M", "3bn", "1e15"]);
    }

    #[test]
    fn labels_are_thinned() {
        assert_eq!([thinned(8.0, 30.0, 22.0), thinned(8.0, 19.0, 22.0), thinned(300.0, 1.5, 30.0)], [1, 2, 26]);
    }
}
