//! One metric against its weekly targets.

use super::axis::{MOST_WEEKS, Scale, sane, short, week_names};
use super::canvas::{Frame, Plot, Point, Sheet};
use super::fonts;
use super::health::around;
use super::labels::{Area, Placer};
use super::marks;
use super::roles::{Anchor, Pen, Role};
use crate::calendar::Week;
use crate::phrase::figure;
use crate::views::charts::MetricChart;

/// Draws a metric.
pub fn draw(chart: &MetricChart, sheet: Sheet<'_>) -> String {
    let weeks = chart.weeks.clamp(1, MOST_WEEKS);
    let targets = sorted(&chart.targets, weeks);
    let stairs = stairs(&targets);
    let start = chart.at_start.and_then(sane).map(|it| (0.0, it));
    let actuals: Vec<Point> = start.into_iter().chain(sorted(&chart.actuals, weeks)).collect();
    let goal = chart.target.as_ref().and_then(|(value, label)| Some((sane(*value)?, label.as_str())));
    let values = targets.iter().chain(&actuals).map(|it| it.1).chain(goal.map(|it| it.0));
    let scale = Scale::between(chart.axis, values);
    let name = |value: f64| with_unit(&short_figure(value), chart);
    let exact = |value: f64| with_unit(&figure(value), chart);

    let left = scale.room(name);
    let frame = Frame { left, top: 26.0, right: sheet.width - 10.0, bottom: sheet.height - 40.0 };
    let ends = Frame { left: left + 12.0, right: frame.right - 12.0, ..frame };
    let plot = sheet.plot(ends, 0.0..f64::from(weeks), scale.low..scale.high);
    scale.draw(&sheet, &plot, (left, frame.right), name);

    let across = |week: Week| plot.at(f64::from(week), scale.low).0;
    let has_room = |marks: usize, each: f64| each * super::axis::count(marks) <= frame.right - frame.left;
    let mut placer = Placer::new(&sheet, frame);
    sheet.group("g-axis", "", || week_names(&sheet, (0, weeks), chart.this_week, frame.bottom + 16.0, across));
    if let Some(x) = chart.this_week.filter(|it| *it <= weeks).map(across) {
        sheet.line(Role::Today, &[(x, frame.top - 6.0), (x, frame.bottom)]);
        placer.avoid_line(&[(x, frame.top - 6.0), (x, frame.bottom)]);
        let pen = Pen { small: true, ..Pen::strong(Role::Ink) };
        sheet.text("today", (x, frame.bottom + 31.0), pen.at(Anchor::Middle));
    }
    if let Some((value, _)) = goal {
        let y = plot.at(0.0, value).1;
        sheet.line(Role::Goal, &[(frame.left, y), (frame.right, y)]);
        placer.avoid_line(&[(frame.left, y), (frame.right, y)]);
    }
    sheet.group("g-target", "", || {
        plot.line(Role::Target, &stairs);
        for value in targets.iter().filter(|_| has_room(targets.len(), 14.0)) {
            let title = format!("Target for week {}: {}", value.0, exact(value.1));
            sheet.group("m", &title, || plot.dot(Role::Ring, *value, 4.0));
            placer.avoid(Area::around(plot.at(value.0, value.1), 5.0));
        }
    });
    placer.avoid_line(&plot.all(&stairs));
    placer.avoid_line(&plot.all(&actuals));
    let tip = actuals.last().copied();
    sheet.group("g-act", "", || {
        plot.line(Role::Actual, &actuals);
        for value in actuals.iter().filter(|it| has_room(actuals.len(), 9.0) || Some(**it) == tip) {
            let title = if value.0 < 0.5 { "Start".to_owned() } else { format!("Week {}", value.0) };
            let (role, radius) = if Some(*value) == tip { (marks::dot(chart.look), 6.0) } else { (Role::Dot, 3.5) };
            sheet.group("m", &format!("{title}: {}", exact(value.1)), || plot.dot(role, *value, radius));
        }
    });
    if let Some((x, y)) = tip.map(|it| plot.at(it.0, it.1)) {
        placer.avoid(Area::around((x, y), 6.0));
        let role =
            if chart.look == crate::views::charts::Look::Plain { Role::ActualText } else { marks::text(chart.look) };
        placer.write(&sheet, &chart.label, Pen::strong(role).halo(), &around(x, y));
    }
    if let Some((value, label)) = goal {
        let y = plot.at(0.0, value).1;
        let spots = [((frame.right, y - 6.0), Anchor::End), ((frame.left + 6.0, y - 6.0), Anchor::Start)];
        let below = [((frame.right, y + 15.0), Anchor::End), ((frame.left + 6.0, y + 15.0), Anchor::Start)];
        placer.write(&sheet, label, Pen::strong(Role::OkText).halo(), &[spots, below].concat());
    }
    target_labels(&sheet, &plot, &targets, name, &mut placer);
    sheet.finish()
}

/// Returns the targets as a stair: each is the one to reach from the week of the one before it on.
fn stairs(targets: &[Point]) -> Vec<Point> {
    let befores = std::iter::once(0.0).chain(targets.iter().map(|it| it.0));
    targets.iter().zip(befores).flat_map(|((week, value), before)| [(before, *value), (*week, *value)]).collect()
}

/// Large numbers are short, others have the decimals they were written with.
fn short_figure(value: f64) -> String {
    if 1e4 <= value.abs() { short(value) } else { figure(value) }
}

/// Returns a number with what stands around it; letters behind a number stand apart from it.
fn with_unit(figure: &str, chart: &MetricChart) -> String {
    let gap = if chart.unit.starts_with(char::is_alphanumeric) { "\u{A0}" } else { "" };
    // Half a euro is €0.50.
    let is_half = !chart.sign.is_empty() && figure.split_once('.').is_some_and(|it| it.1.len() == 1);
    let zero = if is_half && figure.ends_with(|it: char| it.is_ascii_digit()) { "0" } else { "" };
    format!("{}{figure}{zero}{gap}{}", chart.sign, chart.unit)
}

fn sorted(values: &[(Week, f64)], weeks: Week) -> Vec<Point> {
    let mut values: Vec<(Week, f64)> = values.iter().filter(|it| it.0 <= weeks).copied().collect();
    values.sort_by_key(|it| it.0);
    values.into_iter().filter_map(|(week, value)| Some((f64::from(week), sane(value)?))).collect()
}

/// Names the targets where there is room for all of them, else where they change.
fn target_labels(sheet: &Sheet<'_>, plot: &Plot, targets: &[Point], name: impl Fn(f64) -> String, placer: &mut Placer) {
    let pen = Pen { small: true, ..Pen::new(Role::OkText) }.halo();
    let befores = std::iter::once(None).chain(targets.iter().map(|it| Some(it.1)));
    let changed = targets.iter().zip(befores).filter(|(it, before)| *before != Some(it.1));
    let changed: Vec<&Point> = changed.map(|it| it.0).collect();
    let widest = changed.iter().map(|it| fonts::width(&name(it.1), pen)).fold(0.0, f64::max);
    let room = (plot.frame.right - plot.frame.left) / (widest + 8.0);
    if room < super::axis::count(changed.len()) {
        return;
    }
    for value in changed {
        let (x, y) = plot.at(value.0, value.1);
        let spots = [((x, y - 9.0), Anchor::Middle), ((x, y + 17.0), Anchor::Middle)];
        let sides = [((x + 8.0, y + 12.0), Anchor::Start), ((x - 8.0, y - 5.0), Anchor::End)];
        placer.write(sheet, &name(value.1), pen, &[spots, sides].concat());
    }
}
