//! Small pictures for tiles: the range of the forecast, one mark for each item, health against its target.

use super::axis::{MOST_WEEKS, Scale, count};
use super::canvas::{Frame, Sheet};
use super::days::DayLine;
use super::health;
use super::roles::Role;
use crate::views::charts::{ForecastSpark, Health, ItemsSpark};

/// Draws the range of the forecast on a line of days.
pub fn forecast(chart: &ForecastSpark, sheet: Sheet<'_>) -> String {
    let first = chart.target.map_or(chart.today, |it| it.min(chart.today));
    let days = [chart.p15, chart.p50].into_iter().chain(chart.p85);
    let line = DayLine::new(first, days);
    let (today, p15, p50) = (line.end(chart.today), line.end(chart.p15), line.end(chart.p50));
    let target = chart.target.map(|it| line.end(it));
    let known = [today, p15, p50].into_iter().chain(target).chain(chart.p85.map(|it| line.end(it)));
    let most = known.clone().fold(0.0, f64::max);
    let least = known.fold(most, f64::min);
    // What is later than all days runs off the end, behind the last day that is known.
    let most = if chart.p85.is_some() { most } else { (most - least).mul_add(1.35, least) }.max(least + 1.0);
    let x = |it: f64| 6.0 + (it - least) / (most - least) * 228.0;
    let end = chart.p85.map_or(234.0, |it| x(line.end(it)));
    sheet.rect(Role::Far, (x(p15.min(p50)), 18.0), (x(p50), 26.0), 0);
    sheet.rect(Role::Near, (x(p50), 18.0), (end.max(x(p50)), 26.0), 0);
    sheet.line(Role::Axis, &[(6.0, 30.0), (234.0, 30.0)]);
    sheet.line(Role::Today, &[(x(today), 14.0), (x(today), 34.0)]);
    if let Some(target) = target {
        sheet.line(Role::LaunchBold, &[(x(target), 8.0), (x(target), 36.0)]);
    }
    sheet.dot(Role::BigDot, (x(p50), 22.0), 7.0);
    if chart.p85.is_some() {
        sheet.dot(Role::BigDot, (end, 22.0), 5.0);
    } else {
        sheet.shape(Role::Near, &[(233.0, 14.0), (240.0, 22.0), (233.0, 30.0)]);
    }
    sheet.finish()
}

/// The most marks that can be told apart.
const MARKS: usize = 120;

/// Draws one mark for each item, or for each of some equal shares where there are many.
pub fn items(chart: &ItemsSpark, sheet: Sheet<'_>) -> String {
    let parts = [chart.done, chart.blocked, chart.in_progress, chart.todo];
    let total = parts.iter().fold(0usize, |all, it| all.saturating_add(*it));
    let marks = shares(parts, MARKS);
    // Few items are not made as wide as the picture: a large red block would say too much.
    let pitch = (228.0 / count(marks.iter().sum::<usize>().max(1))).min(24.0);
    let width = pitch * count(marks.iter().sum());
    let gap = (pitch * 0.22).min(2.5);
    let ends = marks.iter().scan(0usize, |end, it| {
        *end += it;
        Some((*end - it, *end))
    });
    for ((from, to), state) in ends.zip(0u8..) {
        for index in from..to {
            let (left, right) = (6.0 + pitch * count(index), 6.0 + pitch * count(index + 1) - gap);
            match state {
                0 => sheet.rect(Role::Done, (left, 15.0), (right, 29.0), 0),
                // What is blocked stands out without its colour, too.
                1 => sheet.rect(Role::Bad, (left, 11.0), (right, 33.0), 0),
                2 => {
                    sheet.rect(Role::Near, (left, 15.0), (right, 29.0), 0);
                    sheet.rect(Role::Done, (left, 22.0), (right, 29.0), 0);
                }
                _ => sheet.rect(Role::Plain, (left, 15.0), (right, 29.0), 0),
            }
        }
    }
    if total == 0 {
        sheet.line(Role::Axis, &[(6.0, 22.0), (234.0, 22.0)]);
    } else if let Some(planned) = chart.planned {
        let x = 6.0 + width * (count(planned) / count(total)).min(1.0) - gap / 2.0;
        sheet.line(Role::TodayBold, &[(x, 7.0), (x, 37.0)]);
    }
    sheet.finish()
}

/// Draws health against its target.
pub fn health(chart: &Health, sheet: Sheet<'_>) -> String {
    let weeks = chart.weeks.clamp(1, MOST_WEEKS);
    let (runs, target) = (health::runs(chart), health::target(chart, weeks));
    let values: Vec<f64> = runs.iter().flatten().chain(&target).map(|it| it.1).collect();
    let low = values.iter().copied().reduce(f64::min).unwrap_or(0.0);
    let high = values.iter().copied().reduce(f64::max).unwrap_or(1.0);
    let scale = Scale::between((low, high), []);
    let frame = Frame { left: 8.0, top: 8.0, right: 232.0, bottom: 36.0 };
    let plot = sheet.plot(frame, 0.0..f64::from(weeks), scale.low..scale.high);
    plot.line(Role::Target, &target);
    for run in &runs {
        plot.line(Role::Actual, run);
        if let [one] = run.as_slice() {
            plot.dot(Role::Dot, *one, 2.5);
        }
    }
    if let Some(last) = runs.last().and_then(|it| it.last()) {
        plot.dot(Role::BigDot, *last, 6.0);
    }
    if values.is_empty() {
        sheet.line(Role::Axis, &[(8.0, 22.0), (232.0, 22.0)]);
    }
    sheet.finish()
}

/// Scales counts down to a sum, where they are more: by share, but nothing that exists disappears.
fn shares(parts: [usize; 4], most: usize) -> [usize; 4] {
    let total = parts.iter().fold(0usize, |all, it| all.saturating_add(*it));
    if total <= most {
        return parts;
    }
    let share = |it: usize| it.saturating_mul(most).checked_div(total).unwrap_or(0).max(usize::from(it != 0));
    let mut shares = parts.map(share);
    let sum = |shares: &[usize; 4]| shares.iter().sum::<usize>();
    while sum(&shares) != most {
        let excess = most < sum(&shares);
        let Some(largest) = shares.iter_mut().max() else { break };
        *largest = if excess { largest.saturating_sub(1) } else { *largest + 1 };
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_items_become_shares() {
        assert_eq!(shares([10, 1, 1, 30], 120), [10, 1, 1, 30]);
        let many = shares([5000, 1, 0, 5000], 120);
        assert_eq!((many.iter().sum::<usize>(), many[1], many[2]), (120, 1, 0));
        assert_eq!(shares([usize::MAX, usize::MAX, 1, 1], 120).iter().sum::<usize>(), 120);
    }
}
