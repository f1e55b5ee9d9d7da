//! Open work over time: plan, fact, scope and the range of the forecast.

use super::axis::{Scale, count, sane, short, thinned};
use super::canvas::{Frame, Plot, Point, Sheet};
use super::days::{DayLine, mondays};
use super::fan::Edges;
use super::fonts;
use super::labels::{Area, Placer, pair};
use super::roles::{Anchor, Pen, Role};
use crate::calendar::{Day, monday_of};
use crate::views::charts::{Burndown, BurndownPoint};
use std::collections::BTreeMap;

/// Draws a burndown.
pub fn draw(chart: &Burndown, sheet: Sheet<'_>) -> String {
    let fan_days = chart.fan.iter().flat_map(|it| &it.levels).flat_map(|it| [it.p15, it.p50, it.p85]).flatten();
    let line = DayLine::new(chart.first, fan_days);
    let end = line.end(chart.last.max(chart.first)).max(1.0);
    let place = |(index, it): (usize, BurndownPoint)| {
        // The plan's start stands at the start of the axis, not at the end of its first day.
        let x = if index == 0 && it.date <= chart.first { 0.0 } else { line.end(it.date).clamp(0.0, end) };
        (x, it)
    };
    let points: Vec<_> = chart.points.iter().filter_map(readable).enumerate().map(place).collect();
    let values = points.iter().flat_map(|(_, it)| [it.scope, it.planned.unwrap_or(0.0), it.remaining.unwrap_or(0.0)]);
    let levels = chart.fan.iter().flat_map(|it| &it.levels).filter_map(|it| sane(it.remaining));
    let scale = Scale::from_zero(values.chain(levels).fold(0.0, f64::max));
    let today = line.end(chart.today).clamp(0.0, end);
    let target = chart.target.as_ref().map(|(day, label)| (line.end(*day).clamp(0.0, end), label.as_str()));

    let left = scale.room(short);
    let across = |x: f64| left + x / end * (sheet.width - 10.0 - left);
    let tops = tops(chart, &sheet, across(today), target.map(|it| (across(it.0), it.1)));
    let second_row = if tops.iter().any(|it| 20.0 < it.0.1) { 14.0 } else { 0.0 };
    let frame = Frame { left, top: 38.0 + second_row, right: sheet.width - 10.0, bottom: sheet.height - 40.0 };
    let plot = sheet.plot(frame, 0.0..end, 0.0..scale.high);

    let sketch = Sketch { chart, line, points, end, today, plot, sheet };
    scale.draw(&sketch.sheet, &sketch.plot, (left, frame.right), short);
    sketch.weeks();
    let mut placer = Placer::new(&sketch.sheet, frame);
    let fan = chart.fan.as_ref().map(|it| Edges::new(it, line, today, end));
    if let Some(fan) = &fan {
        fan.draw(&sketch.sheet, &sketch.plot, &mut placer);
    }
    sketch.plan(&mut placer);
    sketch.days(target.map(|it| it.0), 22.0 + second_row, &mut placer);
    for (at, label, pen) in tops {
        sketch.sheet.text(&label, at, pen);
    }
    sketch.scope(&mut placer);
    sketch.actual(&mut placer);
    if let Some(fan) = &fan {
        fan.draw_ends(&sketch.sheet, &sketch.plot, &mut placer);
    }
    sketch.sheet.finish()
}

fn readable(point: &BurndownPoint) -> Option<BurndownPoint> {
    let open = |it: f64| sane(it).map(|it| it.max(0.0));
    let remaining = point.remaining.and_then(open);
    Some(BurndownPoint { scope: open(point.scope)?, planned: point.planned.and_then(open), remaining, ..*point })
}

/// Returns the labels above the plot: place, text and pen.
fn tops(chart: &Burndown, sheet: &Sheet<'_>, today: f64, target: Option<(f64, &str)>) -> Vec<(Point, String, Pen)> {
    let (now, then) = (Pen::strong(Role::Ink), Pen::strong(Role::LaunchText));
    let cut = |text: &str, pen: Pen| fonts::fit(text, pen, sheet.width * 0.62);
    let (now_text, then_text) = (cut(&chart.today_label, now), target.map(|it| cut(it.1, then)).unwrap_or_default());
    let a = (today, fonts::width(&now_text, now));
    let b = target.map_or((sheet.width * 2.0, 0.0), |it| (it.0, fonts::width(&then_text, then)));
    let bounds = (2.0, if target.is_some() { sheet.width - 2.0 } else { sheet.width * 3.0 });
    let [first, second] = if a.0 <= b.0 {
        pair([a, b], bounds)
    } else {
        let [first, second] = pair([b, a], bounds);
        [second, first]
    };
    // Without a target, today alone is kept inside.
    let inside = |x: f64| if target.is_some() { x } else { x.clamp(a.1 / 2.0 + 2.0, sheet.width - a.1 / 2.0 - 2.0) };
    let row = |row: usize| 16.0 + 14.0 * count(row);
    let mut tops = vec![((inside(first.1), row(first.0)), now_text, now.at(first.2))];
    if target.is_some() {
        tops.push(((second.1, row(second.0)), then_text, then.at(second.2)));
    }
    tops
}

struct Sketch<'a> {
    chart: &'a Burndown,
    line: DayLine,
    points: Vec<(f64, BurndownPoint)>,
    end: f64,
    today: f64,
    plot: Plot,
    sheet: Sheet<'a>,
}

impl Sketch<'_> {
    fn weeks(&self) {
        let (sheet, bottom) = (&self.sheet, self.plot.frame.bottom);
        let week = self.line.week();
        let pitch = (self.plot.frame.right - self.plot.frame.left) * week / self.end;
        let days: Vec<Day> = mondays(self.chart.first, self.chart.last).collect();
        let is_long = 60 < days.len();
        let name = |day: Day| if is_long { day.format("%b %Y").to_string() } else { day.format("%-d %b").to_string() };
        let dates = thinned(count(days.len()), pitch, if is_long { 96.0 } else { 60.0 });
        let names: BTreeMap<Day, u32> = self.chart.weeks.iter().map(|it| (it.1, it.0)).collect();
        let widest = names.values().next_back().map_or(0.0, |it| fonts::width(&format!("W{it}"), Pen::small()));
        let weeks = thinned(count(names.len()), pitch, widest + 5.0);
        let now = names.iter().find(|it| Some(*it.1) == self.chart.this_week).map(|it| *it.0);
        // What the label before leaves free.
        let mut free = 0.0;
        sheet.group("g-axis", "", || {
            for (index, day) in (0u32..).zip(&days) {
                let x = self.plot.at(self.line.start(*day).max(0.0), 0.0).0;
                let is_dated = index % dates == 0;
                if is_dated || 4.0 <= pitch {
                    sheet.line(Role::Axis, &[(x, bottom), (x, bottom + if is_dated { 5.0 } else { 3.0 })]);
                }
                if is_dated && x < self.plot.frame.right - 12.0 {
                    // The first week may have begun before the chart does.
                    let text = name((*day).max(self.chart.first));
                    let width = fonts::width(&text, Pen::small());
                    let (anchor, before) =
                        if index == 0 { (Anchor::Start, 0.0) } else { (Anchor::Middle, width / 2.0) };
                    let x = x.min(sheet.width - 2.0 - width / 2.0);
                    if free <= x - before {
                        sheet.text(&text, (x, bottom + 31.0), Pen::small().at(anchor));
                        free = x - before + width + 6.0;
                    }
                }
                let Some(number) = names.get(day) else { continue };
                let is_now = now == Some(*day);
                let is_near = now.is_some_and(|it| ((it - *day).num_days() / 7).unsigned_abs() < u64::from(weeks));
                if is_now || (!is_near && (number.saturating_sub(1)) % weeks == 0) {
                    let pen = if is_now { Pen { small: true, ..Pen::strong(Role::Ink) } } else { Pen::small() };
                    sheet.text(&format!("W{number}"), (x + pitch / 2.0, bottom + 16.0), pen.at(Anchor::Middle));
                }
            }
        });
    }

    fn plan(&self, placer: &mut Placer) {
        // Some hundred places tell all that there is to see.
        let every = self.points.len() / 300 + 1;
        let kept = self.points.iter().step_by(every).chain(self.points.last());
        let planned: Vec<Point> = kept.filter_map(|(x, it)| Some((*x, it.planned?))).collect();
        if planned.is_empty() {
            return;
        }
        self.sheet.group("g-plan", "", || self.plot.line(Role::Plan, &planned));
        placer.avoid_line(&self.plot.all(&planned));
    }

    fn days(&self, target: Option<f64>, top: f64, placer: &mut Placer) {
        for (x, role) in target.map(|it| (it, Role::Launch)).into_iter().chain([(self.today, Role::Today)]) {
            let (x, bottom) = self.plot.at(x, 0.0);
            self.sheet.line(role, &[(x, top), (x, bottom)]);
            placer.avoid_line(&[(x, top), (x, bottom)]);
        }
    }

    fn scope(&self, placer: &mut Placer) {
        let known = self.points.iter().filter(|it| it.1.date <= self.chart.today);
        let steps = steps(&known.map(|(x, it)| (*x, it.scope)).collect::<Vec<_>>());
        self.sheet.group("g-scope", &self.chart.scope_label, || self.plot.line(Role::Scope, &steps));
        let line = self.plot.all(&steps);
        placer.avoid_line(&line);
        let Some((x, y)) = line.last().copied() else { return };
        let pen = Pen::strong(Role::ScopeText).halo();
        // Where the target's line stands in the way, what follows the comma is left to the tooltip.
        let (full, target) =
            (self.chart.scope_label.as_str(), self.chart.target.as_ref().map(|it| self.line.end(it.0)));
        let room = target.map(|it| self.plot.at(it, 0.0).0 - x - 10.0).filter(|it| 0.0 < *it);
        let fits = |text: &str| room.is_none_or(|it| fonts::width(text, pen) <= it);
        let short = full.split_once(", ").map(|it| it.0).filter(|it| !fits(full) && fits(it));
        let mut spots = vec![((x + 6.0, y + 4.0), Anchor::Start), ((x + 6.0, y - 6.0), Anchor::Start)];
        spots.extend([((x - 6.0, y - 6.0), Anchor::End), ((x + 6.0, y + 16.0), Anchor::Start)]);
        spots.push(((x - 6.0, y + 16.0), Anchor::End));
        placer.write(&self.sheet, short.unwrap_or(full), pen, &spots);
    }

    fn actual(&self, placer: &mut Placer) {
        let known: Vec<(Day, Point)> =
            self.points.iter().filter_map(|(x, it)| Some((it.date, (*x, it.remaining?)))).collect();
        let values: Vec<Point> = known.iter().map(|it| it.1).collect();
        let steps = steps(&values);
        placer.avoid_line(&self.plot.all(&steps));
        let Some((last, tip)) = known.last().copied() else { return };
        let next_weeks = known.iter().skip(1).map(|it| monday_of(it.0));
        let week_ends = known.iter().zip(next_weeks).filter(|(it, next)| monday_of(it.0) < *next && it.1.0 > 0.0);
        let week_ends: Vec<&(Day, Point)> = week_ends.map(|it| it.0).collect();
        self.sheet.group("g-act", "", || {
            self.plot.line(Role::Actual, &steps);
            for (day, value) in week_ends.iter().filter(|_| week_ends.len() <= 40) {
                let title = format!("{}: {} {}", day.format("%-d %b"), short(value.1), self.chart.value_word);
                self.sheet.group("m", &title, || self.plot.dot(Role::Dot, *value, 3.5));
            }
            let title = format!("{}: {}", last.format("%-d %b"), self.chart.remaining_label);
            self.sheet.group("m", &title, || self.plot.dot(Role::BigDot, tip, 6.0));
        });
        let (x, y) = self.plot.at(tip.0, tip.1);
        placer.avoid(Area::around((x, y), 6.0));
        let pen = Pen::strong(Role::ActualText).halo();
        let sides = [((x - 9.0, y + 18.0), Anchor::End), ((x - 9.0, y + 32.0), Anchor::End)];
        let more = [((x + 10.0, y - 6.0), Anchor::Start), ((x + 12.0, y - 20.0), Anchor::Start)];
        let rest = [((x - 9.0, y - 10.0), Anchor::End), ((x + 10.0, y + 18.0), Anchor::Start)];
        let last = [((x + 12.0, y - 34.0), Anchor::Start), ((x - 9.0, y - 24.0), Anchor::End)];
        placer.write(&self.sheet, &self.chart.remaining_label, pen, &[sides, more, rest, last].concat());
        // The planned value stands below the actual one where both are close, else at its own line.
        let today = self.points.iter().rfind(|it| it.1.date <= self.chart.today);
        let Some((x, own)) = today.and_then(|(x, it)| Some(self.plot.at(*x, it.planned?))) else { return };
        let below = [18.0, 32.0, 40.0].map(|more| ((x - 9.0, y + more), Anchor::End));
        let left = [((x - 9.0, own + 4.0), Anchor::End), ((x - 9.0, own + 18.0), Anchor::End)];
        let right = [((x + 9.0, own - 6.0), Anchor::Start), ((x + 9.0, own + 14.0), Anchor::Start)];
        let apart = [((x - 9.0, own - 8.0), Anchor::End), ((x - 9.0, own + 32.0), Anchor::End)];
        let beside = [&left[..], &right[..], &apart[..]].concat();
        let spots = if (own - y).abs() < 30.0 { [&below[..], &beside[..]].concat() } else { beside };
        placer.write(&self.sheet, &self.chart.planned_label, Pen::small().halo(), &spots);
    }
}

/// Returns values as a stair: each holds until the next.
fn steps(values: &[Point]) -> Vec<Point> {
    let joins = values.iter().zip(values.iter().skip(1)).flat_map(|(a, b)| [(b.0, a.1), *b]);
    values.first().copied().into_iter().chain(joins).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stair_holds_each_value_until_the_next() {
        assert_eq!(steps(&[(0.0, 5.0), (1.0, 3.0)]), [(0.0, 5.0), (1.0, 5.0), (1.0, 3.0)]);
        assert_eq!(steps(&[]), []);
    }
}
