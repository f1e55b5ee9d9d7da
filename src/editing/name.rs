//! What the file of the next standup is called: as the others are.

use super::current::Known;
use crate::calendar::{Day, Week};
use chrono::Datelike as _;
use std::ops::Range;

/// Returns the path of a new standup, made like those that are there; `folder` is where standups lie. The day is that of the standup.
#[must_use]
pub fn path(known: &[Known<'_>], folder: &str, week: Option<Week>, day: Day) -> String {
    // Several standups of one file say nothing of how files are called.
    let alone =
        |it: &&Known<'_>| known.iter().filter(|other| other.standup.path == it.standup.path).take(2).count() == 1;
    let named = known.iter().rev().take(100).filter(alone).find_map(|it| like(it, week, day));
    named.unwrap_or_else(|| {
        let name = week.map_or_else(|| format!("{day}.md"), |it| format!("week-{it:02}.md"));
        if folder.is_empty() { name } else { format!("{folder}/{name}") }
    })
}

/// Returns the path of another standup with its week and its day replaced.
fn like(it: &Known<'_>, week: Option<Week>, day: Day) -> Option<String> {
    let path = &*it.standup.path;
    let name_at = path.rfind('/').map_or(0, |it| it + 1);
    let (folder, name) = (path.get(..name_at)?, path.get(name_at..)?);
    let days = dated(name, it.date);
    let of_plan = week.zip(it.week).and_then(|(new, old)| Some((numbered(name, old)?, new)));
    // Weeks of the calendar: 2026-W02, KW02.
    let iso = |day: Day| day.iso_week();
    let of_year = || Some((numbered(name, iso(it.date).week())?, iso(day).week()));
    let has_year = name.contains(&format!("{}-W", iso(it.date).year()));
    let weeks = if has_year { of_year().or(of_plan) } else { of_plan.or_else(of_year) };
    let mut name = name.to_owned();
    // The later place first, so that the earlier one stays where it is.
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    changes.extend(days.map(|(range, form)| (range, day.format(form).to_string())));
    if has_year && let Some(at) = name.find(&format!("{}-W", iso(it.date).year())) {
        changes.push((at..at + 4, iso(day).year().to_string()));
    }
    if let Some((range, new)) = weeks {
        let width = range.len();
        changes.push((range, format!("{new:0width$}")));
    }
    if changes.is_empty() {
        return None;
    }
    changes.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, text) in changes {
        name.get(range.clone())?;
        name.replace_range(range, &text);
    }
    let (old, new) = (it.date.format("%Y").to_string(), day.format("%Y").to_string());
    let parts: Vec<&str> = folder.split('/').map(|it| if it == old { &*new } else { it }).collect();
    Some(parts.join("/") + &name)
}

/// Finds a day in a name, and the form it has.
fn dated(name: &str, day: Day) -> Option<(Range<usize>, &'static str)> {
    let year_first = ["%Y-%m-%d", "%Y_%m_%d", "%Y.%m.%d", "%Y%m%d"];
    let year_last = ["%d.%m.%Y", "%d-%m-%Y", "%d_%m_%Y", "%m-%d-%Y", "%m_%d_%Y"];
    year_first.into_iter().chain(year_last).find_map(|form| {
        let text = day.format(form).to_string();
        let at = name.find(&text)?;
        Some((at..at + text.len(), form))
    })
}

/// Finds the number of a week in a name, as in `week-03.md`, `w3.md`, `2026-W03.md`.
fn numbered(name: &str, week: Week) -> Option<Range<usize>> {
    let lower = name.to_ascii_lowercase();
    let begins = |at: usize| lower.get(..at).is_some_and(|it| !it.ends_with(|it: char| it.is_alphanumeric()));
    let found = ["week", "kw", "wk", "w"].into_iter().find_map(|word| {
        let at = lower.match_indices(word).map(|(at, _)| at).find(|at| begins(*at) || word == "week")?;
        let from = at + word.len();
        let start = from + lower.get(from..)?.find(|it: char| it.is_ascii_digit())?;
        // A number further on is something else.
        (start <= from + 1).then_some(start)
    });
    let start = found?;
    let digits = lower.get(start..)?.bytes().take_while(u8::is_ascii_digit).count();
    let number: Week = name.get(start..start + digits)?.parse().ok()?;
    (number == week).then_some(start..start + digits)
}
