//! Reported health against its target, with the gates that ask for it.

use super::axis::{MOST_WEEKS, Scale, sane, short, week_names};
use super::canvas::{Frame, Plot, Point, Sheet};
use super::fonts;
use super::gates;
use super::labels::{Area, Placer};
use super::marks;
use super::roles::{Anchor, Pen, Role};
use crate::calendar::Week;
use crate::views::charts::{GateMark, Health};

/// Draws health against its target.
pub fn draw(chart: &Health, sheet: Sheet<'_>) -> String {
    let weeks = chart.weeks.clamp(1, MOST_WEEKS);
    let (reported, target) = (runs(chart), target(chart, weeks));
    let gates: Vec<&GateMark> = {
        let mut gates: Vec<_> = chart.gates.iter().filter(|it| it.week <= weeks && it.value.is_finite()).collect();
        gates.sort_by_key(|it| it.week);
        gates
    };
    let values = reported.iter().flatten().chain(&target).map(|it| it.1).chain(gates.iter().map(|it| it.value));
    let scale = Scale::between(chart.axis, values);

    let (left, inset) = (scale.room(short), 8.0);
    let right = sheet.width - if sheet.is_small { 26.0 } else { 54.0 };
    let across = |week: Week| left + inset + f64::from(week) / f64::from(weeks) * (right - left - 2.0 * inset);
    let spots: Vec<(f64, &GateMark)> = gates.iter().map(|it| (across(it.week), *it)).collect();
    let labels = gates::arrange(&sheet, &spots);
    let frame = Frame { left, top: labels.height + 8.0, right, bottom: sheet.height - 40.0 };
    let ends = Frame { left: left + inset, right: right - inset, ..frame };
    let plot = sheet.plot(ends, 0.0..f64::from(weeks), scale.low..scale.high);
    scale.draw(&sheet, &plot, (left, right), short);

    let mut placer = Placer::new(&sheet, frame);
    let (top, bottom) = (labels.height + 2.0, frame.bottom);
    sheet.group("g-axis", "", || {
        for gate in &gates {
            let x = across(gate.week);
            sheet.line(Role::Grid, &[(x, top), (x, bottom)]);
        }
        week_names(&sheet, (0, weeks), chart.this_week, bottom + 16.0, across);
    });
    if let Some(week) = chart.this_week.filter(|it| *it <= weeks) {
        let x = across(week);
        sheet.line(Role::Today, &[(x, top), (x, bottom)]);
        placer.avoid_line(&[(x, top), (x, bottom)]);
        let pen = Pen { small: true, ..Pen::strong(Role::Ink) };
        sheet.text("today", (x, bottom + 31.0), pen.at(Anchor::Middle));
    }
    labels.draw(&sheet);

    sheet.group("g-target", "", || plot.line(Role::Target, &target));
    placer.avoid_line(&plot.all(&target));
    for gate in &gates {
        let at = plot.at(f64::from(gate.week), sane(gate.value).unwrap_or(scale.low));
        placer.avoid(Area::around(at, 7.0));
        sheet.group("m", &format!("{}: {}", gate.label, gate.note), || marks::gate(&sheet, at, 6.5, gate.look));
    }
    actual(&sheet, &plot, &reported, &chart.label, &mut placer);
    target_label(&sheet, &plot.all(&target), &mut placer);
    sheet.finish()
}

/// Returns the reported values in runs without gaps.
pub fn runs(chart: &Health) -> Vec<Vec<Point>> {
    let mut runs: Vec<Vec<Point>> = Vec::new();
    let mut run: Vec<Point> = chart.at_start.and_then(sane).map(|it| (0.0, it)).into_iter().collect();
    let mut before: Week = 0;
    for (week, value) in chart.reported.iter().filter(|it| it.0 <= chart.weeks) {
        match value.and_then(sane) {
            Some(value) if *week <= before.saturating_add(1) => run.push((f64::from(*week), value)),
            Some(value) => {
                runs.push(std::mem::take(&mut run));
                run.push((f64::from(*week), value));
            }
            None => runs.push(std::mem::take(&mut run)),
        }
        before = *week;
    }
    runs.push(run);
    runs.retain(|it| !it.is_empty());
    runs
}

/// Returns the target as a stair from the start of the first week to the end of the last.
pub fn target(chart: &Health, weeks: Week) -> Vec<Point> {
    let step = |(first, last, value): &(Week, Week, f64)| {
        let (from, to) = (first.saturating_sub(1).min(weeks), (*last).min(weeks));
        let value = sane(*value)?;
        Some([(f64::from(from), value), (f64::from(to), value)])
    };
    chart.steps.iter().filter_map(step).flatten().collect()
}

fn actual(sheet: &Sheet<'_>, plot: &Plot, runs: &[Vec<Point>], label: &str, placer: &mut Placer) {
    let count: usize = runs.iter().map(Vec::len).sum();
    let tip = runs.last().and_then(|it| it.last()).copied();
    sheet.group("g-act", "", || {
        for run in runs {
            plot.line(Role::Actual, run);
            placer.avoid_line(&plot.all(run));
            for value in run.iter().filter(|it| count <= 60 || run.len() == 1 || Some(**it) == tip) {
                let title = if value.0 < 0.5 { "Start".to_owned() } else { format!("Week {}", value.0) };
                let (role, radius) = if Some(*value) == tip { (Role::BigDot, 6.0) } else { (Role::Dot, 3.5) };
                sheet.group("m", &format!("{title}: {}", short(value.1)), || plot.dot(role, *value, radius));
            }
        }
    });
    if let Some((x, y)) = tip.map(|it| plot.at(it.0, it.1)) {
        placer.avoid(Area::around((x, y), 6.0));
        placer.write(sheet, label, Pen::strong(Role::ActualText).halo(), &around(x, y));
    }
}

/// Returns places for the label of a mark: below on the right, above on the right, then on the left.
pub fn around(x: f64, y: f64) -> [(Point, Anchor); 8] {
    [
        ((x + 10.0, y + 13.0), Anchor::Start),
        ((x + 10.0, y - 5.0), Anchor::Start),
        ((x - 10.0, y + 17.0), Anchor::End),
        ((x - 10.0, y - 9.0), Anchor::End),
        ((x + 10.0, y + 24.0), Anchor::Start),
        ((x - 4.0, y + 22.0), Anchor::Middle),
        ((x, y - 14.0), Anchor::Middle),
        ((x - 10.0, y + 30.0), Anchor::End),
    ]
}

fn target_label(sheet: &Sheet<'_>, line: &[Point], placer: &mut Placer) {
    let Some((x, y)) = line.last().copied() else { return };
    let pen = Pen::strong(Role::OkText).halo();
    let width = fonts::width("Target", pen);
    let beside = ((x + 10.0, y + 4.0), Anchor::Start);
    // Where the right edge is near, a stretch of the line with enough length carries the name.
    let stretches = line.iter().zip(line.iter().skip(1)).filter(|(a, b)| width < b.0 - a.0);
    let above = stretches.flat_map(|(a, b)| {
        let middle = f64::midpoint(a.0, b.0);
        [((middle, a.1 - 8.0), Anchor::Middle), ((middle, a.1 + 17.0), Anchor::Middle)]
    });
    let fits = x + 12.0 + width <= sheet.width;
    let mut spots: Vec<(Point, Anchor)> = fits.then_some(beside).into_iter().chain(above.take(40)).collect();
    spots.extend([((x, y - 12.0), Anchor::End), ((x, y + 20.0), Anchor::End)]);
    placer.write(sheet, "Target", pen, &spots);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_week_is_a_gap() {
        let chart = Health {
            weeks: 8,
            this_week: None,
            at_start: Some(78.0),
            reported: vec![(1, Some(79.0)), (2, None), (3, Some(80.0)), (5, Some(f64::NAN)), (6, Some(81.0))],
            steps: vec![(1, 2, 80.0), (3, 4, 83.0)],
            gates: Vec::new(),
            label: String::new(),
            axis: (76.0, 90.0),
        };
        assert_eq!(runs(&chart), [vec![(0.0, 78.0), (1.0, 79.0)], vec![(3.0, 80.0)], vec![(6.0, 81.0)]]);
        assert_eq!(target(&chart, 8), [(0.0, 80.0), (2.0, 80.0), (2.0, 83.0), (4.0, 83.0)]);
    }
}
