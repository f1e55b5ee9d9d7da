//! The burndown and the burn-up, by items and by effort.

use super::charts::{Burndown, BurndownPoint, Chart, DataTable, Fan, FanLevel, Figure};
use super::{Desk, wording};
use crate::analysis::{SeriesPoint, daily_until};
use crate::calendar::Day;
use crate::history::Gone;
use crate::phrase;
use chrono::Days;

/// How often the dates of the forecast held on plans that are over.
pub const TRACK_RECORD: &str = "On 39 public milestones with dates, 85% dates of this model held 93% of the time; its constants were chosen with them in view.";

/// Makes the burndown by items; nothing for a plan without items, or with neither planned days nor commits that tell of it.
#[must_use]
pub fn items(desk: &Desk<'_>) -> Option<Figure> {
    let unit = Unit { id: "burndown", one: "item", many: "items", name: "items", forecast: true, up: false };
    figure(desk, &desk.analysis().burndown.items, &unit)
}

/// Makes the burndown by effort; nothing where no item states its effort.
#[must_use]
pub fn effort(desk: &Desk<'_>) -> Option<Figure> {
    let unit = Unit {
        id: "burndown-effort",
        one: "effort day",
        many: "effort days",
        name: "effort",
        forecast: false,
        up: false,
    };
    figure(desk, &desk.analysis().burndown.effort, &unit)
}

/// Makes the burn-up by items: what is done against all of the work, so that growth of scope is told from slow work.
#[must_use]
pub fn items_up(desk: &Desk<'_>) -> Option<Figure> {
    let unit = Unit { id: "burnup", one: "item", many: "items", name: "items", forecast: false, up: true };
    figure(desk, &turned(desk, &desk.analysis().burndown.items, |_| 1.0), &unit)
}

/// Makes the burn-up by effort; nothing where no item states its effort.
#[must_use]
pub fn effort_up(desk: &Desk<'_>) -> Option<Figure> {
    let unit =
        Unit { id: "burnup-effort", one: "effort day", many: "effort days", name: "effort", forecast: false, up: true };
    figure(desk, &turned(desk, &desk.analysis().burndown.effort, |it| it.effort_days.unwrap_or(0.0)), &unit)
}

/// Returns what is done in the place of what is open. An item that was taken out of the plan after it was done stays done: here it
/// is part of the work.
fn turned(desk: &Desk<'_>, series: &[SeriesPoint], weight: impl Fn(&Gone) -> f64) -> Vec<SeriesPoint> {
    let mut tidied: Vec<(Day, f64)> = tidied(desk).map(|it| (it.day, weight(it))).collect();
    tidied.sort_by_key(|it| it.0);
    let (mut next, mut taken_out) = (tidied.into_iter().peekable(), 0.0);
    let point = |it: &SeriesPoint| {
        while let Some((_, more)) = next.next_if(|(day, _)| *day <= it.date) {
            taken_out += more;
        }
        let scope = phrase::rounded(it.scope + taken_out, 3);
        let done = |open: Option<f64>| open.map(|it| phrase::rounded(scope - it, 3));
        SeriesPoint { date: it.date, scope, planned: done(it.planned), remaining: done(it.remaining) }
    };
    series.iter().map(point).collect()
}

/// Returns what was taken out of the plan after it was done.
fn tidied<'a>(desk: &Desk<'a>) -> impl Iterator<Item = &'a Gone> {
    desk.facts.history.versions.gone.iter().filter(|it| it.is_tidied())
}

/// What is counted.
struct Unit {
    id: &'static str,
    one: &'static str,
    many: &'static str,
    name: &'static str,
    /// Whether the forecast, which counts items, belongs to it.
    forecast: bool,
    /// Whether it counts what is done rather than what is open.
    up: bool,
}

impl Unit {
    fn count(&self, n: f64) -> String {
        let unit = if (n - 1.0).abs() < 1e-9 { self.one } else { self.many };
        format!("{} {unit}", phrase::number(n))
    }
}

fn figure(desk: &Desk<'_>, series: &[SeriesPoint], unit: &Unit) -> Option<Figure> {
    // Without planned days and without commits there is nothing to hold the open work against.
    let is_planned = series.iter().any(|it| it.planned.is_some());
    if !is_planned && desk.facts.history.versions.told_from().is_none() {
        return None;
    }
    let first = series.first()?;
    let start = desk.plan().schedule.as_ref().filter(|_| is_planned).map_or(first.date, |it| it.calendar.start);
    if series.iter().all(|it| it.scope <= 0.0) {
        return None;
    }
    let now = series.iter().rfind(|it| it.remaining.is_some());
    // Marks alone have no day: only what is open today is known, not how it came about.
    let is_told = desk.facts.history.is_told();
    let fan = if unit.forecast { fan(desk) } else { None };
    let deadline = desk.analysis().deadline;
    let fan_end = fan.as_ref().map(|it| fan_end(it, desk.as_of()));
    let last = series.iter().map(|it| it.date).chain(deadline).chain(fan_end).max()?;
    let scope_now = now.map_or(first.scope, |it| it.scope);
    let added = scope_now - first.scope;
    let scope_note = match added {
        // One version of the plan tells nothing of those before it.
        0.0 if desk.facts.history.versions.told_from().is_none() => String::new(),
        0.0 => "unchanged".to_owned(),
        it if 0.0 < it => format!("+{} since start", phrase::number(it)),
        it => format!("−{} since start", phrase::number(-it)),
    };
    let on_time = desk.analysis().forecast.on_time.filter(|_| unit.forecast);
    let target = deadline.map(|it| {
        let chance = on_time.map_or(String::new(), |it| format!(": {}", wording::chance(it)));
        (it, format!("Target {}{chance}", desk.day(it)))
    });
    let left = now.and_then(|it| it.remaining);
    let chart = Burndown {
        first: start,
        last,
        weeks: if is_planned { weeks(desk) } else { Vec::new() },
        this_week: desk.analysis().this_week,
        points: series.iter().map(|it| point(it, is_told || now == Some(it))).collect(),
        today: desk.as_of(),
        today_label: format!("Today {}", desk.day(desk.as_of())),
        target,
        value_word: if unit.up { "done" } else { "left" },
        remaining_label: left
            .map_or(String::new(), |it| format!("{} {}", phrase::number(it), if unit.up { "done" } else { "left" })),
        planned_label: now
            .and_then(|it| it.planned)
            .map_or(String::new(), |it| format!("plan: {}", phrase::number(it))),
        scope_label: [format!("Scope {}", phrase::number(scope_now)), scope_note.clone()]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        fan,
    };
    let has_fan = chart.fan.is_some();
    let data = match desk.analysis().forecast.weeks_of_data {
        0 => "the plan alone".to_owned(),
        n => format!("{} of data", phrase::count(n, "week")),
    };
    let dotted = if is_planned { " Dotted: the plan." } else { "" };
    let untold = match desk.facts.history.versions.told_from() {
        Some(day) if desk.facts.history.standups.is_empty() => {
            format!(" As the roadmap’s commits tell since {}.", wording::full_day(day))
        }
        _ if is_told => String::new(),
        _ => " No standup tells when anything was done, so only today is shown.".to_owned(),
    };
    let shaded = if has_fan { format!(" Shaded: forecast, 15% to 85%, from {data}.") } else { String::new() };
    let sparse = daily_until(series).map_or(String::new(), |it| {
        format!(" After {}, only days on which something changes are drawn.", wording::full_day(it))
    });
    let kept = match tidied(desk).count() {
        n if unit.up && 0 < n => {
            format!(" {}, taken out of the plan when done, counted.", phrase::capitalise(&phrase::count(n, "item")))
        }
        _ => String::new(),
    };
    Some(Figure {
        id: unit.id.to_owned(),
        heading: heading(unit, now),
        note: format!(
            "{} {}.{dotted}{shaded}{untold}{sparse}{kept}",
            if unit.up { "Finished" } else { "Open" },
            unit.many
        ),
        title: format!("{} by {}", if unit.up { "Burn-up" } else { "Burndown" }, unit.name),
        desc: desc(desk, unit, now, scope_now, &scope_note, has_fan),
        chart: Chart::Burndown(chart),
        table: if is_planned { table(desk, series, unit, has_fan) } else { by_change(desk, series, unit) },
    })
}

fn point(it: &SeriesPoint, is_known: bool) -> BurndownPoint {
    BurndownPoint { date: it.date, scope: it.scope, planned: it.planned, remaining: it.remaining.filter(|_| is_known) }
}

fn weeks(desk: &Desk<'_>) -> Vec<(u32, Day)> {
    let schedule = desk.plan().schedule.as_ref();
    schedule
        .map_or(Vec::new(), |it| (1..=it.weeks).filter_map(|week| Some((week, it.calendar.monday(week)?))).collect())
}

fn heading(unit: &Unit, now: Option<&SeriesPoint>) -> String {
    let Some((now, left)) = now.and_then(|it| Some((it, it.remaining?))) else {
        return format!("No {} has been worked on yet", unit.one);
    };
    let verb = if (left - 1.0).abs() < 1e-9 { "is" } else { "are" };
    if unit.up {
        let of = format!("{} of {} {verb} done", phrase::number(left), unit.count(now.scope));
        return match now.planned {
            Some(planned) if 1e-9 <= (left - planned).abs() => {
                format!("{of} where the plan had {}", phrase::number(planned))
            }
            Some(_) => format!("{of}, as planned"),
            None => of,
        };
    }
    match now.planned {
        _ if left <= 0.0 => format!("No {} is left", unit.one),
        None => format!("{} of {} {verb} left", phrase::number(left), unit.count(now.scope)),
        Some(planned) if (left - planned).abs() < 1e-9 => format!("{} {verb} left, as planned", unit.count(left)),
        Some(planned) => format!("{} {verb} left where the plan had {}", unit.count(left), phrase::number(planned)),
    }
}

fn desc(
    desk: &Desk<'_>,
    unit: &Unit,
    now: Option<&SeriesPoint>,
    scope: f64,
    scope_note: &str,
    has_fan: bool,
) -> String {
    let mut words = Vec::new();
    if let Some((it, left)) = now.and_then(|it| Some((it, it.remaining?))) {
        let day = wording::long_day(it.date, desk.as_of());
        let planned = it.planned.map_or(String::new(), |it| format!("; the plan had {}", phrase::number(it)));
        let word = if unit.up { "done" } else { "open" };
        words.push(format!("{} of {} {word} on {day}{planned}.", unit.count(left), phrase::number(scope)));
    }
    words.push(if scope_note.is_empty() {
        format!("Scope is {}.", unit.count(scope))
    } else {
        format!("Scope is {scope_note} at {}.", unit.count(scope))
    });
    let it = &desk.analysis().forecast;
    if let (true, Some(p50)) = (has_fan, it.p50) {
        let p85 = it.p85.map_or("later than a year".to_owned(), |it| wording::long_day(it, desk.as_of()));
        words.push(format!(
            "Half of the forecast lies before {}, 85% before {p85}.",
            wording::long_day(p50, desk.as_of())
        ));
    }
    if let Some(deadline) = desk.analysis().deadline {
        let day = wording::long_day(deadline, desk.as_of());
        let chance =
            it.on_time.filter(|_| has_fan).map_or(String::new(), |it| format!(", with {}", wording::a_chance(it)));
        words.push(format!("The last working day before the target is {day}{chance}."));
    }
    words.join(" ")
}

fn fan(desk: &Desk<'_>) -> Option<Fan> {
    let it = &desk.analysis().forecast;
    if !it.basis.is_known() || it.fan.is_empty() {
        return None;
    }
    let level =
        |it: &crate::analysis::FanLevel| FanLevel { remaining: it.remaining, p15: it.p15, p50: it.p50, p85: it.p85 };
    let label = |share: &str, day: Option<Day>| {
        day.map_or(format!("{share} after a year"), |it| format!("{share} {}", desk.day(it)))
    };
    Some(Fan {
        levels: it.fan.iter().map(level).collect(),
        p50_label: label("50%", it.p50),
        p85_label: label("85%", it.p85),
    })
}

/// The axis reaches to the 85% date, but not so far that the weeks of the plan shrink to nothing.
fn fan_end(fan: &Fan, as_of: Day) -> Day {
    let days = fan.levels.last().map_or([None; 3], |it| [it.p85, it.p50, it.p15]);
    let limit = as_of.checked_add_days(Days::new(280)).unwrap_or(as_of);
    days.into_iter().flatten().next().unwrap_or(limit).min(limit)
}

fn table(desk: &Desk<'_>, series: &[SeriesPoint], unit: &Unit, has_fan: bool) -> DataTable {
    let schedule = desk.plan().schedule.as_ref();
    let weeks = schedule.map_or(0, |it| it.weeks);
    let ends = (1..=weeks).filter_map(|it| schedule?.calendar.last_working_day(it));
    let at = |day: Day| series.get(series.partition_point(|it| it.date <= day).checked_sub(1)?);
    let is_told = desk.facts.history.is_told();
    let planned = |it: &SeriesPoint| it.planned.map_or("–".to_owned(), phrase::number);
    let row = |day: Day| {
        let it = at(day)?;
        let open = it.remaining.filter(|_| is_told && day <= desk.as_of()).map_or("–".to_owned(), phrase::number);
        Some(vec![desk.day(day), phrase::number(it.scope), planned(it), open])
    };
    DataTable {
        summary: summary(unit),
        columns: ["Week ending", "Scope", "Planned", if unit.up { "Done" } else { "Open" }].map(str::to_owned).to_vec(),
        rows: ends.filter_map(row).collect(),
        note: if has_fan { TRACK_RECORD.to_owned() } else { String::new() },
    }
}

fn summary(unit: &Unit) -> String {
    format!("{} figures by {}", if unit.up { "Burn-up" } else { "Burndown" }, unit.name)
}

/// Days in the table of a plan without planned days; the last ones of more.
const MOST_DAYS: usize = 60;

fn by_change(desk: &Desk<'_>, series: &[SeriesPoint], unit: &Unit) -> DataTable {
    let open = |it: &SeriesPoint| it.remaining.map_or("–".to_owned(), phrase::number);
    let row = |it: &SeriesPoint| vec![wording::long_day(it.date, desk.as_of()), phrase::number(it.scope), open(it)];
    let left_out = series.len().saturating_sub(MOST_DAYS);
    DataTable {
        summary: summary(unit),
        columns: ["Day", "Scope", if unit.up { "Done" } else { "Open" }].map(str::to_owned).to_vec(),
        rows: series.iter().skip(left_out).map(row).collect(),
        note: if left_out == 0 {
            String::new()
        } else {
            format!("{} before are left out.", phrase::count(left_out, "day"))
        },
    }
}
