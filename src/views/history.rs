//! How the plan got here: week by week what was finished, and what became of the plan itself.

use super::charts::Look;
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::{Fact, Link, Mark};
use super::{Desk, change_words, wording};
use crate::analysis::{ScopeChange, ScopeChangeKind};
use crate::calendar::{Day, monday_of};
use crate::history::Change;
use crate::phrase::{count, list};
use chrono::Days;
use serde::Serialize;
use std::collections::BTreeMap;

/// So many weeks are shown, the latest of those in which something happened.
const SHOWN: usize = 60;
/// So many lines of one kind are shown in a week.
const LINES: usize = 12;

/// The page.
#[derive(Debug, Serialize)]
pub struct HistoryPage {
    /// What stands around it.
    pub frame: Frame,
    /// "The plan grew from 42 to 46 items".
    pub heading: String,
    /// What it rests on.
    pub note: String,
    /// Baseline, scope, slips.
    pub facts: Vec<Fact>,
    /// The tasks that slipped most.
    pub slips: Vec<SlipRow>,
    /// The weeks, oldest first.
    pub steps: Vec<Step>,
}

/// A task that slipped.
#[derive(Debug, Serialize)]
pub struct SlipRow {
    /// The task.
    pub task: Link,
    /// "Moved 3 times, 6 working days in all".
    pub words: String,
}

/// A week.
#[derive(Debug, Serialize)]
pub struct Step {
    /// Its name on the page.
    pub id: String,
    /// "Week 3, to Sun 8 Feb".
    pub heading: String,
    /// "10 of 42 items done, 32 open".
    pub standing: String,
    /// What happened, by kind.
    pub groups: Vec<Group>,
    /// The steps before and behind it, and its own page.
    pub links: Vec<Link>,
}

/// What happened in a week, of one kind.
#[derive(Debug, Serialize)]
pub struct Group {
    /// "Finished".
    pub mark: Mark,
    /// The items.
    pub lines: Vec<Line>,
    /// "and 3 more"; empty where all are shown.
    pub more: String,
}

/// What happened to an item.
#[derive(Debug, Serialize)]
pub struct Line {
    /// The item.
    pub task: Link,
    /// "from week 2 to week 3".
    pub words: String,
    /// "Tue 3 Feb, commit 3fa9c1e".
    pub when: String,
}

impl Page for HistoryPage {
    const TEMPLATE: &'static str = "site/history.html";
}

/// Makes the page.
#[must_use]
pub fn history(desk: &Desk<'_>, base_url: Option<&str>) -> HistoryPage {
    let heading = heading(desk);
    let words = Heading {
        title: heading.clone(),
        description: format!("How {} came to where it is, week by week", desk.plan().title),
        section: Section::History,
        is_first: true,
        path: "history.html".to_owned(),
    };
    let (steps, left_out) = steps(desk);
    HistoryPage {
        frame: frame(desk, &words, base_url),
        heading,
        note: note(desk, left_out),
        facts: facts(desk),
        slips: slips(desk),
        steps,
    }
}

fn heading(desk: &Desk<'_>) -> String {
    let now = desk.analysis().progress.total;
    match desk.analysis().scope.baseline {
        Some(it) if it.items < now => format!("The plan grew from {} to {}", it.items, count(now, "item")),
        Some(it) if now < it.items => format!("The plan shrank from {} to {}", it.items, count(now, "item")),
        Some(it) if it.added == 0 => format!("The plan kept its {}", count(now, "item")),
        Some(_) => format!("The plan still has {}, not all of them the same", count(now, "item")),
        None => "How the work went, week by week".to_owned(),
    }
}

fn note(desk: &Desk<'_>, left_out: usize) -> String {
    let versions = &desk.facts.history.versions;
    let mut words = match (versions.told_from(), desk.facts.history.standups.is_empty()) {
        (Some(first), true) => format!("Commits tell since {}.", wording::full_day(first)),
        (Some(first), false) => format!("Standups, and commits since {}, tell.", wording::full_day(first)),
        (None, _) => {
            "Standups tell. Earlier versions of the plan are not known, so neither are its changes.".to_owned()
        }
    };
    if 0 < left_out {
        let are = if left_out == 1 { "week before is" } else { "weeks before are" };
        words = format!("{words} {left_out} {are} left out.");
    }
    words
}

fn facts(desk: &Desk<'_>) -> Vec<Fact> {
    let scope = &desk.analysis().scope;
    let Some(base) = scope.baseline else { return Vec::new() };
    let of = |wanted: fn(&ScopeChangeKind) -> bool| {
        scope.changes.iter().filter(|it| base.day < it.day && wanted(&it.kind)).count()
    };
    let gone = [
        (of(|it| *it == ScopeChangeKind::Plan(Change::TakenOut)), "taken out"),
        (of(|it| *it == ScopeChangeKind::Dropped), "dropped"),
    ];
    let gone: Vec<String> = gone.iter().filter(|(n, _)| 0 < *n).map(|(n, what)| format!("{n} {what}")).collect();
    let tidied = of(|it| *it == ScopeChangeKind::Tidied);
    let estimates = of(|it| matches!(it, ScopeChangeKind::Plan(Change::Reestimated { .. })));
    let moved = scope.slips.iter().filter(|it| 0 < it.times).count();
    let days: usize = scope.slips.iter().map(|it| it.working_days).sum();
    let tidied = if tidied == 0 { String::new() } else { format!("and {tidied} taken out when done") };
    let left =
        if gone.is_empty() { "none".to_owned() } else { list(&gone.iter().map(String::as_str).collect::<Vec<_>>()) };
    let mut facts = vec![
        Fact::new("Baseline", count(base.items, "item"), format!("on {}", wording::full_day(base.day))),
        Fact::new("Came later", count(base.added, "item"), if base.added == 0 { "" } else { "still in the plan" }),
        Fact::new("Left the plan", left, tidied),
    ];
    if 0 < moved {
        facts.push(Fact::new("Slipped", count(moved, "item"), format!("{} in all", count(days, "working day"))));
    }
    if 0 < estimates {
        facts.push(Fact::new("Re-estimated", count(estimates, "time"), ""));
    }
    facts
}

fn slips(desk: &Desk<'_>) -> Vec<SlipRow> {
    let mut all: Vec<_> = desk.analysis().scope.slips.iter().enumerate().filter(|(_, it)| 0 < it.times).collect();
    all.sort_by_key(|(at, it)| (std::cmp::Reverse((it.times, it.working_days)), *at));
    let row = |(at, it): (usize, &crate::analysis::Slips)| {
        let words = format!("moved {}, {} in all", count(it.times, "time"), count(it.working_days, "working day"));
        Some(SlipRow { task: named(desk, Some(at), "")?, words })
    };
    all.into_iter().take(LINES).filter_map(row).collect()
}

fn named(desk: &Desk<'_>, task: Option<usize>, name: &str) -> Option<Link> {
    let Some(at) = task else { return Some(Link { text: name.to_owned(), href: String::new() }) };
    let task = desk.task(at)?;
    Some(Link { text: task.full_name(), href: desk.task_href(task) })
}

/// What happened in a week.
#[derive(Default)]
struct Week<'a> {
    finished: Vec<(Day, Option<usize>)>,
    changes: Vec<&'a ScopeChange>,
}

/// Makes the steps, and counts those that are left out.
fn steps(desk: &Desk<'_>) -> (Vec<Step>, usize) {
    let mut weeks: BTreeMap<Day, Week<'_>> = BTreeMap::new();
    for it in desk.facts.history.finished().filter(|it| it.is_done && it.is_dated) {
        weeks.entry(monday_of(it.day)).or_default().finished.push((it.day, it.task));
    }
    for it in &desk.analysis().scope.changes {
        weeks.entry(monday_of(it.day)).or_default().changes.push(it);
    }
    for it in &desk.facts.history.standups {
        weeks.entry(monday_of(it.date)).or_default();
    }
    let left_out = weeks.len().saturating_sub(SHOWN);
    let shown: Vec<(Day, Week<'_>)> = weeks.into_iter().skip(left_out).collect();
    let ids: Vec<(String, String)> =
        shown.iter().map(|(monday, _)| (format!("w-{}", wording::iso(*monday)), when(desk, *monday))).collect();
    let step = |(at, (monday, week)): (usize, &(Day, Week<'_>))| {
        let to = |word: &str, at: Option<usize>| {
            let (id, heading) = ids.get(at?)?;
            Some(Link { text: format!("{word}: {heading}"), href: format!("#{id}") })
        };
        let end = monday.checked_add_days(Days::new(6)).unwrap_or(*monday).min(desk.as_of());
        let number = desk.plan().schedule.as_ref().and_then(|it| it.calendar.week(*monday));
        let own = number.map(|it| Link { text: format!("Week {it} in full"), href: desk.week_href(it) });
        let (id, heading) = ids.get(at).cloned().unwrap_or_default();
        Step {
            id,
            heading,
            standing: standing(desk, end),
            groups: groups(desk, week),
            links: [to("Before", at.checked_sub(1)), to("After", Some(at + 1)), own.filter(|it| !it.href.is_empty())]
                .into_iter()
                .flatten()
                .collect(),
        }
    };
    (shown.iter().enumerate().map(step).collect(), left_out)
}

/// "Week 3, to 8 Feb", or "Week to 8 Feb" outside of the plan's weeks.
fn when(desk: &Desk<'_>, monday: Day) -> String {
    let end = monday.checked_add_days(Days::new(6)).unwrap_or(monday);
    let schedule = desk.plan().schedule.as_ref();
    let week = schedule.and_then(|it| it.calendar.week(monday).filter(|week| *week <= it.weeks));
    let word = week.map_or("Week".to_owned(), |it| format!("Week {it},"));
    format!("{word} to {}", wording::week_day(end, desk.as_of()))
}

fn standing(desk: &Desk<'_>, day: Day) -> String {
    let it = desk.facts.history.scope_on(day);
    format!("{}, {} open", wording::done_of(it.done, it.total), it.open())
}

fn groups(desk: &Desk<'_>, week: &Week<'_>) -> Vec<Group> {
    let mut groups = Vec::new();
    let finished: Vec<Line> = week
        .finished
        .iter()
        .filter_map(|(day, task)| {
            let task = named(desk, *task, "an item that the plan no longer has")?;
            Some(Line { task, words: String::new(), when: wording::week_day(*day, desk.as_of()) })
        })
        .collect();
    groups.extend(group(Mark::new(Look::Ok, "Finished"), finished));
    let mut kinds: Vec<(&str, Vec<Line>)> = Vec::new();
    for it in &week.changes {
        let Some(task) = named(desk, it.task, &it.name) else { continue };
        let when = format!("{}, {}", wording::week_day(it.day, desk.as_of()), wording::by_commit(it.commit));
        let line = Line { task, words: change_words::details(desk, &it.kind), when };
        let name = change_words::name(&it.kind);
        match kinds.iter_mut().find(|(kind, _)| *kind == name) {
            Some((_, lines)) => lines.push(line),
            None => kinds.push((name, vec![line])),
        }
    }
    groups.extend(kinds.into_iter().filter_map(|(name, lines)| group(Mark::new(Look::Plain, name), lines)));
    groups
}

fn group(mut mark: Mark, mut lines: Vec<Line>) -> Option<Group> {
    let all = lines.len();
    if all == 0 {
        return None;
    }
    mark.small = Some(all.to_string());
    lines.truncate(LINES);
    let left_out = all - lines.len();
    let more = if left_out == 0 { String::new() } else { format!("and {left_out} more") };
    Some(Group { mark, lines, more })
}
