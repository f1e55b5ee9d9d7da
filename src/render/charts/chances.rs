//! The chance that all is done, day by day.

use super::axis::sane;
use super::canvas::{Frame, Point, Sheet};
use super::fonts;
use super::labels::{Area, Placer};
use super::roles::{Anchor, Pen, Role};
use crate::calendar::Day;
use crate::views::charts::Chances;
use chrono::{Datelike as _, Months};

/// Draws the curve.
pub fn draw(chart: &Chances, sheet: Sheet<'_>) -> String {
    let place = |day: Day| -> f64 { i32::try_from((day - chart.first).num_days()).map_or(0.0, f64::from) };
    let end = place(chart.last).max(1.0);
    let frame = Frame { left: 10.0, top: 30.0, right: sheet.width - 10.0, bottom: sheet.height - 26.0 };
    let plot = sheet.plot(frame, 0.0..end, 0.0..1.0);
    let curve: Vec<Point> = chart.points.iter().filter_map(|(day, it)| Some((place(*day), sane(*it)?))).collect();
    let mut placer = Placer::new(&sheet, frame);

    sheet.group("g-axis", "", || {
        sheet.line(Role::Axis, &[(frame.left, frame.bottom), (frame.right, frame.bottom)]);
    });
    let below: Vec<Point> = curve.iter().copied().chain([(end, 0.0), (0.0, 0.0)]).collect();
    sheet.group("g-fan", "", || {
        plot.shape(Role::Far, &below);
        plot.line(Role::Chance, &curve);
    });
    placer.avoid_line(&plot.all(&curve));
    months(chart, &sheet, |day| plot.at(place(day), 0.0).0, frame.bottom);

    if let Some((day, chance, label)) = &chart.target {
        let (x, y) = plot.at(place(*day), *chance);
        sheet.line(Role::Launch, &[(x, 22.0), (x, frame.bottom)]);
        placer.avoid_line(&[(x, 22.0), (x, frame.bottom)]);
        placer.avoid(Area::around((x, y), 5.0));
        let pen = Pen::strong(Role::LaunchText);
        let half = fonts::width(label, pen) / 2.0;
        let middle = x.max(frame.left + half).min((frame.right - half).max(frame.left + half));
        sheet.text(label, (middle, 16.0), pen.at(Anchor::Middle));
        sheet.group("m", label, || plot.dot(Role::DotWarn, (place(*day), *chance), 5.0));
    }
    for (day, share, label) in &chart.marks {
        let at = (place(*day), *share);
        let (x, y) = plot.at(at.0, at.1);
        sheet.group("m", label, || plot.dot(Role::BigDot, at, 5.5));
        placer.avoid(Area::around((x, y), 5.5));
        let rows = [16.0, 30.0, 5.0, 44.0].map(|more| ((x + 9.0, y + more), Anchor::Start));
        let left = [-8.0, -22.0, 5.0].map(|more| ((x - 9.0, y + more), Anchor::End));
        placer.write(&sheet, label, Pen::strong(Role::ActualText).halo(), &[&rows[..], &left[..]].concat());
    }
    sheet.finish()
}

/// Writes the months below the curve, as many as there is room for, and today at its beginning.
fn months(chart: &Chances, sheet: &Sheet<'_>, across: impl Fn(Day) -> f64, bottom: f64) {
    let today = chart.first.format("%-d %b").to_string();
    let mut free = across(chart.first) + fonts::width(&today, Pen::small()) + 8.0;
    sheet.text(&today, (across(chart.first), bottom + 17.0), Pen::small());
    let first = chart.first.with_day(1).and_then(|it| it.checked_add_months(Months::new(1)));
    let all = std::iter::successors(first, |it| it.checked_add_months(Months::new(1)));
    for day in all.take_while(|it| *it <= chart.last).take(60) {
        let x = across(day);
        sheet.line(Role::Axis, &[(x, bottom), (x, bottom + 4.0)]);
        let name = if day.month() == 1 { day.format("%b %Y") } else { day.format("%b") }.to_string();
        let width = fonts::width(&name, Pen::small());
        if free <= x - width / 2.0 && x + width / 2.0 <= sheet.width {
            sheet.text(&name, (x, bottom + 17.0), Pen::small().at(Anchor::Middle));
            free = x + width / 2.0 + 10.0;
        }
    }
}
