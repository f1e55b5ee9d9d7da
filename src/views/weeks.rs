//! The list of weeks: what each was to bring, and what it brought.

use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::{Link, Mark, Src};
use super::week::{Scope, When};
use super::{Desk, phases, wording};
use crate::phrase::{self, capitalise, number, number_word};
use crate::views::charts::Look;
use serde::Serialize;

/// The list of weeks.
#[derive(Debug, Serialize)]
pub struct Weeks {
    /// What stands around it.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// What to know about the figures.
    pub note: String,
    /// The weeks.
    pub rows: Vec<WeekRow>,
    /// What the plan calls its phases, such as "Phase"; empty where no week lies in one.
    pub phase: String,
    /// Whether any week has a reported health.
    pub has_health: bool,
    /// Whether a gate is due in any week.
    pub has_gates: bool,
    /// Whether there are items to count.
    pub has_items: bool,
    /// Whether any week has a standup.
    pub has_standups: bool,
}

/// A week in the list.
#[derive(Debug, Serialize)]
pub struct WeekRow {
    /// "Week 3".
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its name in the plan, or its phase; may be empty.
    pub title: String,
    /// Where it stands.
    pub mark: Mark,
    /// "2–6 Feb"; empty without a calendar.
    pub days: String,
    /// The phase's number or name; may be empty.
    pub phase: String,
    /// "3, plan 4": finished in it, and planned to be; a dash where it is not known.
    pub finished: String,
    /// "10 of 42, plan 12": done by its end; a dash where it is not known.
    pub done: String,
    /// "81, target 83"; a dash where none was reported.
    pub health: String,
    /// Whether that is below its target.
    pub is_below: bool,
    /// Its standups.
    pub standups: Vec<Src>,
    /// The gates due in it.
    pub gates: Vec<Link>,
}

impl Page for Weeks {
    const TEMPLATE: &'static str = "site/weeks.html";
}

/// Makes the list of weeks.
#[must_use]
pub fn weeks(desk: &Desk<'_>, base_url: Option<&str>) -> Weeks {
    let numbers = super::week::numbers(desk);
    let scopes: Vec<Scope<'_>> = numbers.iter().map(|it| Scope::new(desk, *it)).collect();
    let heading = heading(desk, &scopes);
    let words = Heading {
        title: heading.clone(),
        description: format!("What each week of {} was to bring, and what it brought", desk.plan().title),
        section: Section::Weeks,
        is_first: true,
        path: "weeks.html".to_owned(),
    };
    let rows: Vec<WeekRow> = scopes.iter().map(|it| row(it)).collect();
    Weeks {
        frame: frame(desk, &words, base_url),
        heading,
        note: note(desk),
        has_health: desk.analysis().reported.weeks.iter().any(|it| it.value.is_some()),
        phase: if rows.iter().any(|it| !it.phase.is_empty()) {
            capitalise(phases::noun(desk.plan()))
        } else {
            String::new()
        },
        has_items: 0 < desk.analysis().progress.total,
        has_gates: rows.iter().any(|it| !it.gates.is_empty()),
        has_standups: rows.iter().any(|it| !it.standups.is_empty()),
        rows,
    }
}

/// "Three of eight weeks are told, progress is two items behind plan".
fn heading(desk: &Desk<'_>, scopes: &[Scope<'_>]) -> String {
    let over: Vec<&Scope<'_>> = scopes.iter().filter(|it| it.when == When::Over).collect();
    let told = scopes.iter().filter(|it| it.is_told()).count();
    let silent: Vec<String> = over.iter().filter(|it| !it.is_told()).map(|it| it.week.to_string()).collect();
    let total = phrase::count(scopes.len(), "week");
    let total = total.replacen(&scopes.len().to_string(), &number_word(scopes.len()), 1);
    let are = if told == 1 { "has" } else { "have" };
    let mut parts = vec![match told {
        0 if over.is_empty() => format!("{total} planned, none is over"),
        0 => format!("{} of {total} are over, and no standup tells of them", number_word(over.len())),
        n if n == scopes.len() => format!("all {total} have a standup"),
        n => format!("{} of {total} {are} a standup", number_word(n)),
    }];
    match silent.as_slice() {
        _ if told == 0 => {}
        [] => {}
        [one] => parts.push(format!("week {one} has none")),
        [_, _] | [_, _, _] => parts.push(format!("weeks {} have none", phrase::list(&silent))),
        many => parts.push(format!("{} past weeks have none", many.len())),
    }
    let progress = &desk.analysis().progress;
    if let Some(planned) = progress.planned_done.filter(|it| 0 < *it) {
        parts.push(format!("{} of {planned} planned items are done", progress.done));
    }
    capitalise(&parts.join(", "))
}

fn note(desk: &Desk<'_>) -> String {
    let Some(schedule) = &desk.plan().schedule else { return String::new() };
    format!(
        "Week 1 begins on {} ({}). A week without a standup is left open, never guessed.",
        wording::full_day(schedule.calendar.start),
        schedule.rule.words(),
    )
}

fn row(scope: &Scope<'_>) -> WeekRow {
    let desk = &scope.desk;
    let plan = desk.plan();
    let phase = phase(scope);
    let (title, mark) = title_and_mark(scope);
    let is_known = scope.when != When::ToCome && scope.is_known();
    let (done, _, total) = scope.counts();
    let dash = || "–".to_owned();
    let to_finish = scope.planned().len();
    let last = scope.days.map(|(_, last)| last);
    let by_then = plan.tasks.iter().filter(|it| it.end.zip(last).is_some_and(|(end, last)| end <= last)).count();
    let planned = last.map(|_| format!(", plan {by_then}")).unwrap_or_default();
    let done = if is_known { format!("{done} of {total}") } else { dash() };
    let health = desk.analysis().reported.weeks.iter().find(|it| it.week == scope.week);
    let reported = health.and_then(|it| it.value);
    let target = health.and_then(|it| it.target).or_else(|| Some(phase?.health_target.as_ref()?.value));
    let words = match (reported, target) {
        (Some(value), Some(target)) => format!("{}, target {}", number(value), number(target)),
        (Some(value), None) => number(value),
        (None, Some(target)) => format!("–, target {}", number(target)),
        (None, None) => dash(),
    };
    WeekRow {
        name: format!("Week {}", scope.week),
        href: desk.week_href(scope.week),
        title,
        mark,
        days: scope.days.map(|(monday, last)| wording::days(monday, last, desk.as_of())).unwrap_or_default(),
        phase: phase.map(|it| phases::cell(plan, it)).unwrap_or_default(),
        finished: if is_known {
            format!("{}, plan {to_finish}", scope.finished().len())
        } else {
            format!("–, plan {to_finish}")
        },
        done: format!("{done}{planned}"),
        health: words,
        is_below: reported.zip(target).is_some_and(|(value, target)| value < target),
        standups: scope.standups.iter().map(|it| desk.src(&it.standup.place)).collect(),
        gates: scope.gates().iter().map(|(at, it)| Link { text: it.name.clone(), href: desk.gate_href(*at) }).collect(),
    }
}

fn phase<'a>(scope: &Scope<'a>) -> Option<&'a crate::model::Phase> {
    let holds = |it: &&crate::model::Phase| it.weeks.is_some_and(|(first, last)| (first..=last).contains(&scope.week));
    scope.desk.plan().phases.iter().find(holds)
}

/// Returns what a week is called in the plan, or its phase is, which may be empty, and where it stands.
#[must_use]
pub fn title_and_mark(scope: &Scope<'_>) -> (String, Mark) {
    let week = scope.desk.plan().weeks.iter().find(|it| it.week == scope.week);
    let own = week.map(|it| it.name.clone()).filter(|it| !it.is_empty());
    (own.or_else(|| phase(scope).map(|it| it.name.clone())).unwrap_or_default(), mark(scope))
}

fn mark(scope: &Scope<'_>) -> Mark {
    match (scope.is_told(), scope.when) {
        (_, When::Running) => Mark::new(Look::Live, "Running"),
        (true, _) => Mark::new(Look::Ok, "Standup"),
        (false, When::Over) => Mark::new(Look::Warn, "No standup"),
        (false, When::ToCome) => Mark::new(Look::Plain, "To come"),
    }
}
