//! One project on the page over all.

use super::MemberFacts;
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, tally};
use crate::phrase;
use crate::sources::Unread;
use crate::views::frame::Section;
use crate::views::parts::{Link, Mark};
use crate::views::standing::{Standing, worst_parts};
use crate::views::{Desk, gate, wording};
use serde::Serialize;

/// One project.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its title, and its dashboard.
    pub title: Link,
    /// Its folder, and its day where that is not the day of the page.
    pub folder: String,
    /// How it stands.
    pub mark: Mark,
    /// The same for sorting: the worst first.
    pub rank: usize,
    /// Its figures; nothing where it could not be read.
    pub figures: Option<Figures>,
    /// Why it could not be read, and what to do; empty where it could.
    pub unread: String,
}

/// The figures of a project.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// "Index 73: schedule and flow are red"; may be empty.
    pub index: String,
    /// "10 of 42", or "no items".
    pub done: Link,
    /// The same as a bar; nothing without items.
    pub bar: Option<Bar>,
    /// "plan 12"; may be empty.
    pub by_plan: String,
    /// "31 Mar"; empty where there is no forecast.
    pub forecast: Link,
    /// "85% by 12 May", or why there is no forecast.
    pub forecast_note: String,
    /// "15 Mar".
    pub target: Option<String>,
    /// "26% chance"; may be empty.
    pub chance: String,
    /// The next gate.
    pub gate: Option<GateCell>,
    /// "2 gates overdue": past their day without a decision; may be empty.
    pub overdue: String,
    /// Health as people report it.
    pub health: Option<HealthCell>,
    /// "3 errors" and "12 warnings", or "none".
    pub findings: Vec<String>,
    /// The page of the findings.
    pub checks: String,
    /// "Week 3", and its page.
    pub standup: Option<Link>,
    /// "Fri 6 Feb"; empty without a standup.
    pub standup_day: String,
    /// What columns are sorted by whose words do not tell it.
    pub sort: SortKeys,
}

/// What columns are sorted by; empty for what is not known, which stands last.
#[derive(Debug, Default, Serialize)]
pub struct SortKeys {
    /// The share of what is done, 0 to 1.
    pub done: String,
    /// The day with a chance of one half.
    pub forecast: String,
    /// The target.
    pub target: String,
    /// The day of the next gate.
    pub gate: String,
    /// The number of findings: errors before warnings.
    pub findings: String,
    /// The day of the last standup.
    pub standup: String,
}

/// What is done, and what was planned, of a bar 200 units long.
#[derive(Debug, Serialize)]
pub struct Bar {
    /// The length of what is done.
    pub done: f64,
    /// Where the plan stands.
    pub planned: Option<f64>,
}

/// The next gate of a project.
#[derive(Debug, Serialize)]
pub struct GateCell {
    /// Its name and its page.
    pub title: Link,
    /// "Fri 13 Feb".
    pub due: String,
    /// How it stands.
    pub mark: Mark,
}

/// Health as people report it.
#[derive(Debug, Serialize)]
pub struct HealthCell {
    /// The value.
    pub mark: Mark,
    /// "target 92".
    pub note: String,
}

/// Makes the row of a project on a page of a day.
pub fn row(member: &MemberFacts<'_>, as_of: Day) -> Row {
    let standing = member.standing();
    let mark = standing.mark(standing.words());
    let rank = Standing::ALL.iter().position(|it| *it == standing).unwrap_or_default();
    match member.desk() {
        Ok(desk) => {
            let day = desk.as_of();
            let other = if day == as_of { String::new() } else { format!(", as of {}", wording::week_day(day, as_of)) };
            Row {
                title: Link { text: member.title().to_owned(), href: href(member, "index.html") },
                folder: format!("{}{other}", member.path),
                mark,
                rank,
                figures: Some(figures(member, &desk, as_of)),
                unread: String::new(),
            }
        }
        Err(why) => Row {
            title: Link { text: member.path.clone(), href: String::new() },
            folder: String::new(),
            mark,
            rank,
            figures: None,
            unread: told(&why.path, &self::why(why), Some(&why.help)),
        },
    }
}

/// How many mistakes of a file are named.
const MISTAKES: usize = 3;

/// Says what is wrong with a project that could not be read: "line 2: unknown key `traget`: did you mean `target`?".
pub fn why(unread: &Unread) -> String {
    let line = |it: &Diagnostic| match &it.place {
        Some(place) => format!("line {}: {}", place.line(), it.message),
        None => it.message.clone(),
    };
    let mut words: Vec<String> = unread.found.iter().take(MISTAKES).map(line).collect();
    if words.is_empty() {
        return unread.what.clone();
    }
    if MISTAKES < unread.found.len() {
        words.push("`roadbook check` names the rest".to_owned());
    }
    words.join("; ")
}

/// "alpha/roadbook.toml: line 2: unknown key. Correct the settings."
pub fn told(path: &str, what: &str, help: Option<&str>) -> String {
    let place = if path == "." { String::new() } else { format!("{path}: ") };
    let end = if what.ends_with(['.', '?', '!']) { "" } else { "." };
    let help = help.map_or(String::new(), |it| format!(" {}.", phrase::capitalise(it)));
    format!("{place}{what}{end}{help}")
}

/// Returns the address of a page of the project's part; nothing for a page that it does not have.
fn href(member: &MemberFacts<'_>, page: &str) -> String {
    if page.is_empty() { String::new() } else { format!("{}/{page}", member.slug) }
}

fn figures(member: &MemberFacts<'_>, desk: &Desk<'_>, as_of: Day) -> Figures {
    let progress = &desk.analysis().progress;
    #[expect(clippy::cast_precision_loss, reason = "a bar is 200 units long")]
    let part = |n: usize| phrase::rounded(n as f64 / progress.total.max(1) as f64 * 200.0, 1);
    let has_items = 0 < progress.total;
    let (done, page) = if has_items {
        (format!("{} of {}", progress.done, progress.total), Section::Tasks.name_and_page().1)
    } else {
        ("no items".to_owned(), "")
    };
    let planned = progress.planned_done.filter(|_| has_items);
    let (forecast, forecast_note) = forecast(desk, as_of);
    let has_progress = Section::Progress.exists(desk);
    let target = desk.plan().header.target.as_ref().map(|it| wording::day(it.value, as_of));
    let on_time = desk.analysis().forecast.on_time;
    let standup = desk.facts.history.standups.last();
    Figures {
        index: index(desk),
        done: Link { text: done, href: href(member, page) },
        bar: has_items.then(|| Bar {
            done: part(progress.done),
            planned: planned.filter(|it| 0 < *it).map(|it| part(it).min(198.4)),
        }),
        by_plan: planned.map_or(String::new(), |it| format!("plan {it}")),
        forecast: Link {
            href: href(member, if has_progress && !forecast.is_empty() { "progress.html" } else { "" }),
            text: forecast,
        },
        forecast_note,
        chance: target.as_ref().and(on_time).map_or(String::new(), |it| format!("{} chance", wording::chance(it))),
        target,
        gate: gate_cell(member, desk, as_of),
        overdue: match gate::status::overdue(desk) {
            0 => String::new(),
            n => format!("{} overdue", phrase::count(n, "gate")),
        },
        health: health(desk),
        findings: findings(desk),
        checks: href(member, Section::Checks.name_and_page().1),
        standup: standup.map(|it| {
            let text = it.week.map_or_else(|| "Standup".to_owned(), |week| format!("Week {week}"));
            Link { text, href: href(member, &desk.told_href(it.week, it.date)) }
        }),
        sort: sort_keys(desk),
        standup_day: standup.map_or(String::new(), |it| wording::week_day(it.date, as_of)),
    }
}

fn sort_keys(desk: &Desk<'_>) -> SortKeys {
    // What is later than a year has no day, but comes behind all that has one.
    const LATER: &str = "9999-12-31";
    let (progress, forecast) = (&desk.analysis().progress, &desk.analysis().forecast);
    let all = gate::status::all(desk);
    let day = |it: Option<Day>| it.map(wording::iso).unwrap_or_default();
    let [errors, warnings, _] = tally(desk.facts.diagnostics);
    #[expect(clippy::cast_precision_loss, reason = "a share of some tasks")]
    let share = |n: usize| phrase::rounded(n as f64 / progress.total.max(1) as f64, 6).to_string();
    SortKeys {
        done: if progress.total == 0 { String::new() } else { share(progress.done) },
        forecast: match forecast.p50 {
            _ if !forecast.basis.is_known() => String::new(),
            Some(it) => wording::iso(it),
            None => LATER.to_owned(),
        },
        target: day(desk.plan().header.target.as_ref().map(|it| it.value)),
        gate: day(gate::status::next(&all).and_then(|it| it.gate.due)),
        findings: (errors * 1_000_000 + warnings).to_string(),
        standup: day(desk.facts.history.standups.last().map(|it| it.date)),
    }
}

/// "Index 73: schedule and flow are red"; nothing where the state says it all. Without planned days the index rests on parts that
/// cannot be late, and would say more than is known.
fn index(desk: &Desk<'_>) -> String {
    let (standing, value) = (Standing::of(desk), desk.analysis().delivery.value);
    let Some(value) = value.filter(|_| standing != Standing::NoDates) else {
        let is_said =
            matches!(standing, Standing::Done | Standing::NoDates | Standing::NoTasks | Standing::NothingToDo);
        let why = || worst_parts(desk).map_or("No delivery index".to_owned(), |it| phrase::capitalise(&it));
        return if is_said { String::new() } else { why() };
    };
    let worst = worst_parts(desk).map_or(String::new(), |it| format!(": {it}"));
    format!("Index {value:.0}{worst}")
}

/// The day with a chance of one half, and what stands beside it; no day where there is no forecast, and why.
fn forecast(desk: &Desk<'_>, as_of: Day) -> (String, String) {
    let it = &desk.analysis().forecast;
    if it.basis.is_known() {
        (wording::half(it.p50, as_of), wording::likely(it.p85, as_of))
    } else {
        let has_items = 0 < desk.analysis().progress.total;
        let note = if has_items { wording::forecast_note(&desk.facts) } else { "No forecast: no items.".to_owned() };
        (String::new(), note)
    }
}

fn gate_cell(member: &MemberFacts<'_>, desk: &Desk<'_>, as_of: Day) -> Option<GateCell> {
    let all = gate::status::all(desk);
    let next = gate::status::next(&all)?;
    Some(GateCell {
        title: Link { text: next.gate.short.clone(), href: href(member, &desk.gate_href(next.at)) },
        due: next.gate.due.map_or(String::new(), |it| wording::week_day(it, as_of)),
        mark: next.mark(),
    })
}

fn health(desk: &Desk<'_>) -> Option<HealthCell> {
    let reported = &desk.analysis().reported;
    let last = reported.weeks.iter().rev().find(|it| it.value.is_some())?;
    let note = last.target.map_or("no target".to_owned(), |it| format!("target {}", phrase::number(it)));
    let mark = Mark::new(wording::look(reported.rag), phrase::number(last.value?));
    Some(HealthCell { mark, note })
}

fn findings(desk: &Desk<'_>) -> Vec<String> {
    let [errors, warnings, _] = tally(desk.facts.diagnostics);
    let words = phrase::counts(&[(errors, "error"), (warnings, "warning")]);
    if words.is_empty() { vec!["none".to_owned()] } else { words }
}
