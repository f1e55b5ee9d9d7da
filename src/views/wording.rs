//! Every formatted word: days, durations, figures, states.

use super::Facts;
use crate::analysis::{Basis, Forecast, Rag};
use crate::calendar::Day;
use crate::model::{Cell, with_unit};
use crate::phrase;
use crate::sources::{CommitId, Unknown};
use crate::views::charts::Look;
use chrono::Datelike as _;

/// "31 Mar", with the year when it is not that of another day.
#[must_use]
pub fn day(day: Day, as_of: Day) -> String {
    if day.year() == as_of.year() { day.format("%-d %b").to_string() } else { day.format("%-d %b %Y").to_string() }
}

/// "31 March", with the year when it is not that of another day.
#[must_use]
pub fn long_day(day: Day, as_of: Day) -> String {
    if day.year() == as_of.year() { day.format("%-d %B").to_string() } else { day.format("%-d %B %Y").to_string() }
}

/// "Fri 6 Feb".
#[must_use]
pub fn week_day(day: Day, as_of: Day) -> String {
    format!("{} {}", day.format("%a"), self::day(day, as_of))
}

/// "Friday 6 February 2026".
#[must_use]
pub fn full_day(day: Day) -> String {
    day.format("%A %-d %B %Y").to_string()
}

/// "5–6 Feb", "30 Jan – 3 Feb", or one day.
#[must_use]
pub fn days(first: Day, last: Day, as_of: Day) -> String {
    if first == last {
        day(first, as_of)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{}", first.day(), day(last, as_of))
    } else {
        format!("{} – {}", day(first, as_of), day(last, as_of))
    }
}

/// "2026-02-06", for machines.
#[must_use]
pub fn iso(day: Day) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// "80%".
#[must_use]
pub fn percent(value: f64) -> String {
    format!("{}%", phrase::number(phrase::rounded(value, 1)))
}

/// A chance from 0 to 1 as "26%"; never "0%" or "100%", which no forecast can know.
#[must_use]
pub fn chance(value: f64) -> String {
    let percent = value * 100.0;
    if percent < 1.0 {
        "<1%".to_owned()
    } else if 99.0 < percent {
        ">99%".to_owned()
    } else {
        format!("{percent:.0}%")
    }
}

/// A chance from 0 to 1 with its article: "a 26% chance", "an 81% chance".
#[must_use]
pub fn a_chance(value: f64) -> String {
    let words = chance(value);
    let digits = words.trim_start_matches(['<', '>']);
    let vowel = digits.starts_with('8') || digits == "11%" || digits == "18%";
    let article = if vowel && !words.starts_with(['<', '>']) { "an" } else { "a" };
    format!("{article} {words} chance")
}

/// The day of a forecast with a chance of one half: "31 Mar", "> 1 year".
#[must_use]
pub fn half(p50: Option<Day>, as_of: Day) -> String {
    p50.map_or("> 1 year".to_owned(), |it| day(it, as_of))
}

/// The same with its chance: "50% by 31 Mar".
#[must_use]
pub fn half_by(p50: Option<Day>, as_of: Day) -> String {
    p50.map_or("50% later than a year".to_owned(), |it| format!("50% by {}", day(it, as_of)))
}

/// Says why git knows nothing of some file; nothing where nobody asked.
#[must_use]
pub fn why_no_past(why: Unknown, of: &str) -> Option<String> {
    Some(match why {
        Unknown::NotAsked => return None,
        Unknown::NoRepository => format!("{of} lies in no git repository"),
        Unknown::NoCommit => "the repository has no commit yet".to_owned(),
        Unknown::NotTracked => format!("no commit holds {of}"),
        Unknown::Shallow => "the repository was cloned without its older commits".to_owned(),
    })
}

/// The day of a forecast with a chance of 85%: "85% by 12 May".
#[must_use]
pub fn likely(p85: Option<Day>, as_of: Day) -> String {
    p85.map_or("85% later than a year".to_owned(), |it| format!("85% by {}", day(it, as_of)))
}

/// "2 d", "0.25 d".
#[must_use]
pub fn effort(days: f64) -> String {
    format!("{} d", phrase::number(phrase::rounded(days, 2)))
}

/// "3 days late", "a week late", "about 4 years late"; days and weeks are of work.
#[must_use]
pub fn late(working_days: usize) -> String {
    match working_days {
        // Nobody counts that far, and the word for working days would be taken for days.
        n if 60 < n => format!("{} late", long_time(n)),
        5 => "a week late".to_owned(),
        n if n % 5 == 0 && 0 < n => format!("{} weeks late", n / 5),
        n => format!("{} late", phrase::count(n, "day")),
    }
}

/// "12 working days", "about 5 months", "about 4 years".
#[must_use]
pub fn working_time(working_days: usize) -> String {
    if 60 < working_days { long_time(working_days) } else { phrase::count(working_days, "working day") }
}

/// A year has about 260 working days.
fn long_time(working_days: usize) -> String {
    if working_days < 520 {
        format!("about {}", phrase::count((working_days * 12 + 130) / 260, "month"))
    } else {
        format!("about {}", phrase::count((working_days + 130) / 260, "year"))
    }
}

/// "10 of 42 items are done", "all 3 items are done".
#[must_use]
pub fn done_of(done: usize, total: usize) -> String {
    let items = phrase::count(total, "item");
    match (done, total) {
        (1, 1) => "the one item is done".to_owned(),
        (done, total) if done == total => format!("all {items} are done"),
        (1, _) => format!("1 of {items} is done"),
        _ => format!("{done} of {items} are done"),
    }
}

/// "All 2 items are dropped": what to say where nothing is left in scope.
#[must_use]
pub fn all_dropped(dropped: usize) -> String {
    match dropped {
        1 => "The one item is dropped".to_owned(),
        n => format!("All {} are dropped", phrase::count(n, "item")),
    }
}

/// A unit behind its number: "%", " ms", "/day".
#[must_use]
pub fn unit(unit: Option<&str>) -> String {
    with_unit("", unit)
}

/// A number with its unit, with the decimals it was written with.
#[must_use]
pub fn measure(value: f64, unit: Option<&str>) -> String {
    with_unit(&phrase::figure(value), unit)
}

/// A number with its unit beside another that it is held against: the two never look alike unless they are.
#[must_use]
pub fn measure_beside(value: f64, other: f64, unit: Option<&str>) -> String {
    with_unit(&phrase::figure_beside(value, other), unit)
}

/// A cell as written, or a dash where there is none.
#[must_use]
pub fn cell(cell: Option<&Cell>) -> String {
    cell.map_or_else(|| "–".to_owned(), |it| if it.text.is_empty() { "–".to_owned() } else { it.text.clone() })
}

/// An amount of money: "$10,000", "12,500 CHF".
#[must_use]
pub fn money(amount: f64, currency: &str) -> String {
    let whole = format!("{:.0}", amount.abs());
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if 0 < at && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match currency {
        "USD" => format!("${grouped}"),
        "EUR" => format!("€{grouped}"),
        "GBP" => format!("£{grouped}"),
        _ => format!("{grouped} {currency}"),
    }
}

/// The look of a colour.
#[must_use]
pub const fn look(rag: Option<Rag>) -> Look {
    match rag {
        Some(Rag::Green) => Look::Ok,
        Some(Rag::Amber) => Look::Warn,
        Some(Rag::Red) => Look::Bad,
        None => Look::Plain,
    }
}

/// A path as part of an address.
#[must_use]
pub fn url_path(path: &str) -> String {
    let mut escaped = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            escaped.extend(
                [byte >> 4, byte & 15].map(|it| char::from_digit(it.into(), 16).unwrap_or('0').to_ascii_uppercase()),
            );
        }
    }
    escaped
}

/// "commit 3fa9c1e", or that it is not committed.
#[must_use]
pub fn by_commit(it: Option<CommitId>) -> String {
    it.map_or("not committed yet".to_owned(), |it| format!("commit {}", it.short()))
}

/// What to know about the forecast.
#[must_use]
pub fn forecast_note(facts: &Facts<'_>) -> String {
    let it = &facts.analysis.forecast;
    let progress = &facts.analysis.progress;
    let weeks = phrase::count(it.weeks_of_data, "week");
    match it.basis {
        Basis::Plan => format!("From {weeks} of finished work and the plan; {}.", scope_added(it)),
        Basis::History => {
            format!("From {weeks} of finished work alone, since no item has a planned day; {}.", scope_added(it))
        }
        Basis::TooLittle => {
            "No forecast: no item has a planned day, and fewer than two weeks or two finished items are known."
                .to_owned()
        }
        Basis::PlanOnly => "Before the first data: from the plan alone.".to_owned(),
        Basis::Done => "Everything is done.".to_owned(),
        Basis::Stale => "No forecast: nothing was reported for more than two weeks.".to_owned(),
        Basis::Untold => {
            "No forecast: work was to begin more than two weeks ago, and no standup tells of it.".to_owned()
        }
        Basis::None if 0 < progress.total && progress.done == progress.total => "Everything is done.".to_owned(),
        Basis::None => format!("No forecast: {}.", why_no_basis(facts)),
    }
}

/// "3 items were added", of the weeks that a forecast knows.
#[must_use]
pub fn scope_added(it: &Forecast) -> String {
    match it.added {
        None => "no added scope is known".to_owned(),
        Some(0) => "no scope was added".to_owned(),
        Some(1) => "1 item was added".to_owned(),
        Some(n) => format!("{n} items were added"),
    }
}

/// Says what a plan lacks for a forecast.
fn why_no_basis(facts: &Facts<'_>) -> &'static str {
    let plan = &facts.history.plan;
    let has_days = plan.has_planned_days();
    match (facts.analysis.progress.total, plan.schedule.is_some()) {
        (0, _) => "the plan has no tasks",
        (_, true) => "no task has a planned day",
        (_, false) if has_days => "the plan does not say when work begins",
        (_, false) => "the plan has no dates",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(month: u32, day: u32) -> Day {
        Day::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn ranges_of_days_are_short() {
        let as_of = on(2, 6);
        assert_eq!(days(on(2, 5), on(2, 6), as_of), "5–6 Feb");
        assert_eq!(days(on(1, 30), on(2, 3), as_of), "30 Jan – 3 Feb");
        assert_eq!(day(Day::from_ymd_opt(2027, 1, 4).unwrap(), as_of), "4 Jan 2027");
    }

    #[test]
    fn chances_are_never_certain() {
        assert_eq!([chance(0.0), chance(0.2599), chance(0.999)], ["<1%", "26%", ">99%"]);
        assert_eq!([a_chance(0.81), a_chance(0.26)], ["an 81% chance", "a 26% chance"]);
    }

    #[test]
    fn money_and_lateness() {
        assert_eq!(money(10_000.0, "USD"), "$10,000");
        assert_eq!(money(500.0, "CHF"), "500 CHF");
        assert_eq!([late(1), late(3), late(5), late(10)], ["1 day late", "3 days late", "a week late", "2 weeks late"]);
        assert_eq!(
            [late(60), late(61), late(253), late(1018)].join(", "),
            "12 weeks late, about 3 months late, about 12 months late, about 4 years late"
        );
        assert_eq!(
            [working_time(1), working_time(30), working_time(373)],
            ["1 working day", "30 working days", "about 17 months"]
        );
    }
}
