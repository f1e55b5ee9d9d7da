//! Planned work against capacity, week by week.

use super::axis::{Scale, sane, short, week_names};
use super::canvas::{Frame, Plot, Sheet};
use super::fonts;
use super::roles::{Anchor, Pen, Role};
use crate::views::charts::{Load, LoadBar};

/// Draws planned work against capacity.
pub fn draw(chart: &Load, sheet: Sheet<'_>) -> String {
    let bars: Vec<LoadBar> = chart.bars.iter().filter_map(readable).collect();
    let first = bars.iter().map(|it| it.week).min().unwrap_or(1);
    let last = bars.iter().map(|it| it.week).max().unwrap_or(first).min(first.saturating_add(super::axis::MOST_WEEKS));
    let scale = Scale::from_zero(bars.iter().flat_map(|it| [it.planned, it.capacity]).fold(0.0, f64::max));

    let left = scale.room(short);
    let names = names(&sheet, &bars);
    let right = sheet.width - if names.is_some() { 66.0 } else { 8.0 };
    let frame = Frame { left, top: if names.is_some() { 26.0 } else { 46.0 }, right, bottom: sheet.height - 28.0 };
    let ends = (f64::from(first) - 0.5, f64::from(last) + 0.5);
    let plot = sheet.plot(frame, ends.0..ends.1, 0.0..scale.high);
    let pitch = (right - left) / (ends.1 - ends.0);
    scale.draw(&sheet, &plot, (left, right), short);

    let manner = Manner::widest(&bars, pitch);
    for bar in &bars {
        week(&sheet, &plot, bar, manner);
    }
    let across = |week: u32| plot.at(f64::from(week), 0.0).0;
    sheet.group("g-axis", "", || {
        sheet.line(Role::Axis, &[(left, frame.bottom), (right, frame.bottom)]);
        week_names(&sheet, (first, last), chart.this_week, frame.bottom + 16.0, across);
    });
    match names {
        Some(bar) => {
            let edge = (plot.at(f64::from(bar.week) + 0.45, 0.0).0 + 6.0).max(right - 4.0);
            let (cap, planned) = (plot.at(0.0, bar.capacity).1, plot.at(0.0, bar.planned / 2.0).1);
            let planned = if (cap - planned).abs() < 15.0 { cap + 15.0 } else { planned };
            sheet.text("Capacity", (edge, cap + 4.0), Pen::strong(Role::Muted));
            sheet.text("Planned", (edge, planned + 4.0), Pen::strong(Role::ActualText));
        }
        None => key(&sheet, bars.iter().any(is_over), left),
    }
    sheet.finish()
}

fn readable(bar: &LoadBar) -> Option<LoadBar> {
    let value = |it: f64| sane(it).map(|it| it.max(0.0));
    Some(LoadBar { planned: value(bar.planned)?, capacity: value(bar.capacity)?, ..*bar })
}

fn is_over(bar: &LoadBar) -> bool {
    bar.capacity + 1e-9 < bar.planned
}

/// Returns the last bar where both parts are large enough to be named beside it.
fn names(sheet: &Sheet<'_>, bars: &[LoadBar]) -> Option<LoadBar> {
    let last = bars.last().copied().filter(|it| 0.0 < it.planned && 0.0 < it.capacity);
    last.filter(|_| !sheet.is_small)
}

fn key(sheet: &Sheet<'_>, has_over: bool, left: f64) {
    let over = has_over.then_some((Role::Bad, "above capacity"));
    let mut x = left;
    sheet.group("g-key", "", || {
        for (role, name) in [(Role::Done, "planned"), (Role::Plain, "capacity")].into_iter().chain(over) {
            sheet.rect(role, (x, 8.0), (x + 12.0, 18.0), 0);
            if role == Role::Plain {
                sheet.line(Role::Cap, &[(x, 8.0), (x + 12.0, 8.0)]);
            }
            sheet.text(name, (x + 17.0, 17.0), Pen::small());
            x += 17.0 + fonts::width(name, Pen::small()) + 16.0;
        }
    });
}

/// How much a bar's label says.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Manner {
    /// "12 of 25".
    Words,
    /// "12/25".
    Slash,
    /// "12".
    Planned,
    /// Nothing.
    Silent,
}

impl Manner {
    /// Returns the fullest manner that has room above every bar.
    fn widest(bars: &[LoadBar], pitch: f64) -> Self {
        let fits = |manner: &Self| bars.iter().all(|it| manner.width(it) + 4.0 <= pitch);
        [Self::Words, Self::Slash, Self::Planned].into_iter().find(fits).unwrap_or(Self::Silent)
    }

    /// Returns what stands behind the planned days.
    fn rest(self, bar: &LoadBar) -> String {
        match self {
            Self::Words => format!("\u{A0}of {}", short(bar.capacity)),
            Self::Slash => format!("/{}", short(bar.capacity)),
            Self::Planned | Self::Silent => String::new(),
        }
    }

    fn width(self, bar: &LoadBar) -> f64 {
        let (strong, plain) = pens(bar);
        fonts::width(&short(bar.planned), strong) + fonts::width(&self.rest(bar), plain)
    }
}

fn pens(bar: &LoadBar) -> (Pen, Pen) {
    let (strong, plain) = if is_over(bar) { (Role::BadText, Role::BadText) } else { (Role::Ink, Role::Muted) };
    (Pen { small: true, ..Pen::strong(strong) }.halo(), Pen { small: true, ..Pen::new(plain) }.halo())
}

fn week(sheet: &Sheet<'_>, plot: &Plot, bar: &LoadBar, manner: Manner) {
    if bar.planned <= 0.0 && bar.capacity <= 0.0 {
        return;
    }
    let x = f64::from(bar.week);
    let over = if is_over(bar) { format!(", {} too many", short(bar.planned - bar.capacity)) } else { String::new() };
    let title = format!("Week {}: {} of {} days planned{over}", bar.week, short(bar.planned), short(bar.capacity));
    sheet.group("m", &title, || {
        plot.rect(Role::Plain, (x - 0.4, 0.0), (x + 0.4, bar.capacity));
        plot.rect(Role::Done, (x - 0.24, 0.0), (x + 0.24, bar.planned.min(bar.capacity)));
        if is_over(bar) {
            plot.rect(Role::Bad, (x - 0.24, bar.capacity), (x + 0.24, bar.planned));
        }
        plot.line(Role::Cap, &[(x - 0.4, bar.capacity), (x + 0.4, bar.capacity)]);
    });
    if manner == Manner::Silent {
        return;
    }
    let (strong, plain) = pens(bar);
    let (middle, top) = plot.at(x, bar.planned.max(bar.capacity));
    let from = middle - manner.width(bar) / 2.0;
    let (number, rest) = (short(bar.planned), manner.rest(bar));
    sheet.text(&number, (from, top - 6.0), strong.at(Anchor::Start));
    sheet.text(&rest, (from + fonts::width(&number, strong), top - 6.0), plain.at(Anchor::Start));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_as_much_as_there_is_room_for() {
        let bars = [LoadBar { week: 1, planned: 12.0, capacity: 25.0 }];
        let manners = [60.0, 40.0, 20.0, 5.0].map(|pitch| Manner::widest(&bars, pitch));
        assert_eq!(manners, [Manner::Words, Manner::Slash, Manner::Planned, Manner::Silent]);
    }
}
