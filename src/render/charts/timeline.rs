//! The plan on the calendar: phases, their parts and their gates.

use super::axis::{count, thinned};
use super::canvas::{Frame, Plot, Sheet};
use super::days::{DayLine, mondays};
use super::fonts;
use super::labels::Area;
use super::marks;
use super::roles::{Anchor, Pen, Role};
use crate::calendar::Day;
use crate::views::charts::{Look, Timeline, TimelineGate, TimelineGroup, TimelineRow};
use std::collections::BTreeMap;

const LABELS: f64 = 232.0;
const HEAD: f64 = 50.0;
const GROUP: f64 = 34.0;
const ROW: f64 = 25.0;
const GAP: f64 = 10.0;

/// Returns the height that a plan needs, in units.
pub fn height(chart: &Timeline) -> f64 {
    HEAD + chart.groups.iter().map(|it| group_height(it) + GAP).sum::<f64>() + 4.0
}

fn group_height(group: &TimelineGroup) -> f64 {
    GROUP + ROW * count(group.rows.len())
}

/// Draws a plan.
pub fn draw(chart: &Timeline, sheet: Sheet<'_>) -> String {
    let rows = chart.groups.iter().flat_map(|it| &it.rows).flat_map(|it| [it.start, it.end]);
    let line = DayLine::new(chart.first, rows);
    let end = line.end(chart.last).max(1.0);
    let frame = Frame { left: LABELS, top: 4.0, right: sheet.width - 8.0, bottom: sheet.height - 4.0 };
    let plot = sheet.plot(frame, 0.0..end, 0.0..1.0);
    let today = (chart.first <= chart.today && chart.today <= chart.last).then(|| line.end(chart.today));
    let today = today.map(|it| plot.at(it, 0.0).0);
    let sketch = Sketch { chart, line, end, today, plot, sheet };
    sketch.weeks();
    let tops = chart.groups.iter().scan(HEAD, |next, group| {
        let top = *next;
        *next += group_height(group) + GAP;
        Some(top)
    });
    let groups: Vec<(f64, &TimelineGroup)> = tops.zip(&chart.groups).collect();
    for (top, group) in &groups {
        sketch.bars(group, *top);
    }
    sketch.ties(&groups);
    // Words stand over today's line, bars below it.
    sketch.today();
    for (top, group) in &groups {
        sketch.words(group, *top);
    }
    sketch.sheet.finish()
}

struct Sketch<'a> {
    chart: &'a Timeline,
    line: DayLine,
    end: f64,
    today: Option<f64>,
    plot: Plot,
    sheet: Sheet<'a>,
}

impl Sketch<'_> {
    fn start_of(&self, day: Day) -> f64 {
        self.plot.at(self.line.start(day).clamp(0.0, self.end), 0.0).0
    }

    fn end_of(&self, day: Day) -> f64 {
        self.plot.at(self.line.end(day).clamp(0.0, self.end), 0.0).0
    }

    fn weeks(&self) {
        let (sheet, frame) = (&self.sheet, self.plot.frame);
        let pitch = (frame.right - frame.left) * self.line.week() / self.end;
        let days: Vec<Day> = mondays(self.chart.first, self.chart.last).collect();
        let is_long = 60 < days.len();
        let step = thinned(count(days.len()), pitch, if is_long { 64.0 } else { 46.0 });
        let names: BTreeMap<Day, u32> = self.chart.weeks.iter().map(|it| (it.1, it.0)).collect();
        let right = frame.right;
        sheet.group("g-axis", "", || {
            for (index, day) in (0u32..).zip(&days).filter(|it| it.0 % step == 0) {
                let x = self.start_of(*day);
                sheet.line(Role::Grid, &[(x, frame.top), (x, frame.bottom)]);
                let is_now = names.get(day).is_some_and(|it| Some(*it) == self.chart.this_week);
                let name = names.get(day).map(|it| format!("W{it}")).unwrap_or_default();
                let role = if is_now { Role::Ink } else { Role::Muted };
                if right < x + 40.0 && index != 0 {
                    continue;
                }
                sheet.text(&name, (x + 4.0, 14.0), Pen::strong(role));
                let date = if is_long { day.format("%b %Y") } else { day.format("%-d %b") };
                sheet.text(&date.to_string(), (x + 4.0, 29.0), Pen::small());
            }
            sheet.line(Role::Grid, &[(right, frame.top), (right, frame.bottom)]);
        });
    }

    fn bars(&self, group: &TimelineGroup, top: f64) {
        let sheet = &self.sheet;
        sheet.group("g-phase", "", || {
            if let Some((first, last)) = group.span.filter(|it| it.0 <= it.1) {
                let bottom = top + group_height(group);
                sheet.rect(Role::Stripe, (self.start_of(first), top), (self.end_of(last), bottom), 0);
            }
            for (index, row) in group.rows.iter().enumerate() {
                self.bar(row, top + GROUP + ROW * count(index));
            }
        });
    }

    fn words(&self, group: &TimelineGroup, top: f64) {
        let sheet = &self.sheet;
        sheet.group("g-phase", "", || {
            let pen = Pen::strong(Role::Ink);
            sheet.text(&fonts::fit(&group.label, pen, LABELS - 12.0), (0.0, top + 21.0), pen);
            if let Some(gate) = &group.gate {
                self.gate(gate, top + 17.0);
            }
            for (index, row) in group.rows.iter().enumerate() {
                let y = top + GROUP + ROW * (count(index) + 0.5) + 4.0;
                let pen = if row.is_critical { Pen::strong(Role::Ink) } else { Pen::new(Role::Muted) };
                sheet.text(&fonts::fit(&row.label, pen, LABELS - 28.0), (16.0, y), pen);
                let (from, to) = self.ends(row);
                let end = row.late_until.map_or(to, |it| self.end_of(it).max(to));
                self.note(row, from, (to, end), y);
            }
        });
    }

    /// Draws arrows from the end of what must be done before to the beginning of what waits for it.
    fn ties(&self, groups: &[(f64, &TimelineGroup)]) {
        let sheet = &self.sheet;
        let row = |(group, row): (usize, usize)| {
            let (top, group) = groups.get(group)?;
            Some((group.rows.get(row)?, top + GROUP + ROW * (count(row) + 0.5)))
        };
        sheet.group("g-ties", "", || {
            for tie in &self.chart.ties {
                let (Some((from, y)), Some((to, goal))) = (row(tie.from), row(tie.to)) else { continue };
                let (x, end) = (self.ends(from).1, self.ends(to).0);
                let role = if tie.is_critical { Role::TieCritical } else { Role::Tie };
                // Out to the right, down or up beside the bar, and into the other one from the left.
                let side = (x + 4.0).min(self.plot.frame.right - 1.0);
                let into = if side + 6.0 <= end { end } else { end + 3.0 };
                let down = if y < goal { 1.0 } else { -1.0 };
                let way = if side + 6.0 <= end {
                    vec![(x, y), (side, y), (side, goal), (into, goal)]
                } else {
                    vec![
                        (x, y),
                        (side, y),
                        (side, goal - 11.0 * down),
                        (into, goal - 11.0 * down),
                        (into, goal - 7.0 * down),
                    ]
                };
                sheet.line(role, &way);
                let head = if side + 6.0 <= end {
                    [(into, goal), (into - 5.0, goal - 3.0), (into - 5.0, goal + 3.0)]
                } else {
                    let tip = goal - 7.0 * down;
                    [(into, tip), (into - 3.0, tip - 5.0 * down), (into + 3.0, tip - 5.0 * down)]
                };
                sheet.shape(Role::TieHead, &head);
            }
        });
    }

    /// Returns where a bar begins and ends.
    fn ends(&self, row: &TimelineRow) -> (f64, f64) {
        let from = self.start_of(row.start.min(row.end)) + 1.5;
        (from, (self.end_of(row.end.max(row.start)) - 1.5).max(from + 3.0))
    }

    fn gate(&self, gate: &TimelineGate, y: f64) {
        let x = self.end_of(gate.due);
        let role = if gate.look == Look::Plain { Role::Ink } else { marks::text(gate.look) };
        let pen = Pen::strong(role).halo();
        let label = fonts::fit(&gate.label, pen, 420.0);
        let right = Area::of(&label, (x + 12.0, y + 4.5), pen);
        let left = Area::of(&label, (x - 12.0, y + 4.5), pen.at(Anchor::End));
        let is_crossed = self.today.is_some_and(|it| right.from.0 - 6.0 < it && it < right.to.0 + 4.0);
        let goes_left = (is_crossed || self.sheet.width < right.to.0) && LABELS + 2.0 <= left.from.0;
        self.sheet.group("m", &gate.label, || marks::gate(&self.sheet, (x, y), 7.0, gate.look));
        let (at, anchor) = if goes_left { (x - 12.0, Anchor::End) } else { (x + 12.0, Anchor::Start) };
        self.sheet.text(&label, (at, y + 4.5), pen.at(anchor));
    }

    fn bar(&self, row: &TimelineRow, top: f64) {
        let (sheet, middle) = (&self.sheet, top + ROW / 2.0);
        sheet.line(Role::Grid, &[(0.0, top), (sheet.width, top)]);
        let (from, to) = self.ends(row);
        let (upper, lower) = (middle - 7.0, middle + 7.0);
        sheet.group("m", &format!("{}: {}", row.label, row.note), || {
            let share = if row.total == 0 { 0.0 } else { (count(row.done) / count(row.total)).min(1.0) };
            if row.total != 0 && row.total <= row.done {
                sheet.rect(Role::Done, (from, upper), (to, lower), 3);
            } else {
                let frame = if row.look == Look::Bad { Role::FrameBad } else { Role::FramePlain };
                sheet.rect(frame, (from, upper), (to, lower), 3);
                if 0.0 < share {
                    sheet.rect(Role::Done, (from, upper), ((to - from).mul_add(share, from), lower), 3);
                }
            }
            if let Some(late) = row.late_until.map(|it| self.end_of(it)).filter(|it| to < *it) {
                sheet.line(Role::Late, &[(to, middle), (late, middle)]);
                if row.finished {
                    sheet.line(Role::Late, &[(late - 1.0, middle - 5.0), (late - 1.0, middle + 5.0)]);
                }
            }
        });
    }

    fn note(&self, row: &TimelineRow, from: f64, (to, end): (f64, f64), y: f64) {
        let role = match row.look {
            Look::Bad | Look::Warn => marks::text(row.look),
            Look::Ok | Look::Live | Look::Plain => Role::Muted,
        };
        let pen = Pen { small: true, bold: role != Role::Muted, ..Pen::new(role) }.halo();
        let note = fonts::fit(&row.note, pen, 360.0);
        let width = fonts::width(&note, pen);
        let beside = end + 7.0;
        // A note that today's line would cross stands behind the line where that is not far.
        let crossed = self.today.filter(|it| beside - 8.0 < *it && *it < beside + width + 3.0);
        let right = crossed.map_or(beside, |it| it + 8.0);
        let left = from - 7.0;
        let fits_left = LABELS + 4.0 <= left - width && self.today.is_none_or(|it| it <= left - width || left <= it);
        let is_far = 48.0 < right - beside || self.sheet.width < right + width;
        if is_far && fits_left {
            self.sheet.text(&note, (left, y), pen.at(Anchor::End));
        } else {
            let right = if is_far { beside } else { right };
            // Pushed back from the edge, it would stand on the line of what is late: it stands above that.
            let is_on_line = to < end && self.sheet.width - width < end;
            let y = if is_on_line { y - 8.0 } else { y };
            self.sheet.text(&note, (right.min(self.sheet.width - width).max(LABELS + 4.0), y), pen);
        }
    }

    fn today(&self) {
        let Some(x) = self.today else { return };
        let sheet = &self.sheet;
        sheet.group("g-today", "", || {
            sheet.line(Role::Today, &[(x, 38.0), (x, self.plot.frame.bottom)]);
            sheet.shape(Role::Pointer, &[(x, 47.0), (x - 5.0, 39.0), (x + 5.0, 39.0)]);
            let pen = Pen { small: true, ..Pen::strong(Role::Ink) }.halo();
            let is_left = LABELS + 40.0 < x;
            let (at, anchor) = if is_left { (x - 8.0, Anchor::End) } else { (x + 8.0, Anchor::Start) };
            sheet.text("Today", (at, 45.0), pen.at(anchor));
        });
    }
}
