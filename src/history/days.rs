//! Which days standups speak for, where their files alone do not say: dates without a year, and dates whose order of day and
//! month nobody knows.

use super::assemble::day_of;
use crate::calendar::{Day, short_day};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{AskedDecision, SaidDay, Schedule, Standup, WrittenDay};
use crate::text::Place;
use chrono::{Datelike as _, Weekday};

/// Gives each standup of a file the day that it means, and says what had to be assumed.
///
/// Day and month, where both orders make a day: the order of the other standups' dates, `is_day_first`, else the reading on
/// the written weekday, else the one close to the written week; where nothing decides, the month comes first, and that is
/// reported. The year, where none is written: the one that puts the day nearest to its week, else nearest to the plan's
/// schedule, and of years that do so equally the latest in which the day is not after the day asked for.
pub fn settle_days(
    standups: &mut [Standup],
    is_day_first: Option<bool>,
    schedule: Option<&Schedule>,
    as_of: Day,
) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    for standup in standups {
        settle_day(standup, is_day_first, schedule, as_of, &mut said);
        let told = day_of(standup, schedule);
        for it in standup.decisions.iter_mut().flat_map(AskedDecision::days_mut) {
            said.extend(settle_said(it, is_day_first, schedule, told).filter(|_| told.is_none_or(|it| it <= as_of)));
        }
    }
    said
}

/// Gives a day that a decision names its year, by the day of the standup.
fn settle_said(
    it: &mut SaidDay,
    is_day_first: Option<bool>,
    schedule: Option<&Schedule>,
    told: Option<Day>,
) -> Option<Diagnostic> {
    let Some(written) = it.written.take() else {
        it.day = it.week.and_then(|week| schedule?.calendar.last_working_day(week));
        return None;
    };
    let day = |it: WrittenDay| told.map_or_else(|| it.in_its_year(), |told| it.nearest(told));
    let (month_first, day_first) = (day(written), day(written.swapped()));
    let fits = |it: Option<Day>| it.is_some_and(|it| fits(it, &written, None));
    let order = is_day_first.or_else(|| (fits(month_first) != fits(day_first)).then(|| fits(day_first)));
    it.day = if written.may_swap && order == Some(true) { day_first } else { month_first };
    let is_unclear = written.may_swap && order.is_none();
    let (month_first, day_first) = (month_first?, day_first?);
    is_unclear.then(|| ambiguous(&it.place, month_first, day_first))
}

/// Gives a standup the day that it means, and says what had to be assumed.
fn settle_day(
    standup: &mut Standup,
    is_day_first: Option<bool>,
    schedule: Option<&Schedule>,
    as_of: Day,
    said: &mut Vec<Diagnostic>,
) {
    let Some((written, place)) = standup.written.take().map(|it| *it) else { return };
    let friday = standup.week.and_then(|it| schedule?.calendar.day(it, Weekday::Fri));
    let day = |it: WrittenDay| day(it, friday, schedule, as_of);
    let readings = [written, written.swapped()];
    let [month_first, day_first] = readings.map(day);
    if written.may_swap && is_day_first.is_none() {
        let fits = |it: Option<Day>| it.is_some_and(|it| fits(it, &written, friday));
        standup.date = match (month_first, day_first) {
            (Some(_), Some(_)) if fits(day_first) && !fits(month_first) => day_first,
            (Some(a), Some(b)) if fits(month_first) == fits(day_first) => {
                // What a standup of days to come means is not yet of interest.
                said.extend((a <= as_of).then(|| ambiguous(&place, a, b)));
                Some(a)
            }
            _ => month_first.or(day_first),
        };
    } else {
        let is_swapped = written.may_swap && is_day_first == Some(true);
        standup.date = if is_swapped { day_first } else { month_first };
    }
}

/// A reading fits where it falls on the written weekday, or close to the written week.
fn fits(day: Day, written: &WrittenDay, friday: Option<Day>) -> bool {
    match (written.weekday, friday) {
        (Some(weekday), _) => day.weekday() == weekday,
        (None, Some(friday)) => (day - friday).num_days().abs() <= 10,
        (None, None) => false,
    }
}

fn day(written: WrittenDay, friday: Option<Day>, schedule: Option<&Schedule>, as_of: Day) -> Option<Day> {
    if written.year.is_some() {
        return written.in_its_year();
    }
    if let Some(friday) = friday {
        return written.nearest(friday);
    }
    let Some(schedule) = schedule else { return last_until(written, as_of) };
    let start = schedule.calendar.start;
    let end = schedule.calendar.last_working_day(schedule.weeks).unwrap_or(start).max(start);
    let by_now = last_until(written, as_of);
    let candidates = [by_now, written.nearest(start), written.nearest(end)];
    let away = |it: &Day| (start - *it).num_days().max((*it - end).num_days()).max(0);
    // The first of those that are equally near is taken.
    candidates.into_iter().flatten().min_by_key(away)
}

/// Returns the latest day of that date which is not after another.
fn last_until(written: WrittenDay, as_of: Day) -> Option<Day> {
    let middle = as_of.checked_sub_days(chrono::Days::new(183))?;
    let near = written.nearest(middle).filter(|it| *it <= as_of);
    near.or_else(|| written.nearest(middle.checked_sub_days(chrono::Days::new(365))?)).filter(|it| *it <= as_of)
}

fn ambiguous(place: &Place, month_first: Day, day_first: Day) -> Diagnostic {
    let words = |it: Day| it.format("%-d %B %Y").to_string();
    let message = format!("this may be {} or {}; it is read as the former", words(month_first), words(day_first));
    Diagnostic::at("ambiguous-date", Severity::Warning, place, message)
        .label(format!("month first: {}", short_day(month_first)))
        .help(format!("write it as {month_first}, or as {day_first}"))
}
