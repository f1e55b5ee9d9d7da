//! The standups that are in no week of the plan, by day: those of a plan without a calendar, and those before it begins.

use super::charts::Look;
use super::frame::{Frame, Heading, Section, frame, of_no_week};
use super::page::Page;
use super::parts::{Mark, Src};
use super::week::{Row, RowId, has_link, name, said, words};
use super::{Desk, wording};
use crate::history::{DatedStandup, EvidenceKind};
use crate::model::{Entry, StandupMetric};
use crate::phrase::{capitalise, count_in_words, number};
use crate::prose::Prose;
use crate::text::Place;
use serde::Serialize;
use std::collections::HashMap;

/// At most so many standups are shown, the latest of them.
const SHOWN: usize = 200;

/// The standups that are in no week of the plan.
#[derive(Debug, Serialize)]
pub struct Standups {
    /// What stands around them.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// Why they are in no week, and what is left out.
    pub note: String,
    /// The days, latest first.
    pub days: Vec<DaySection>,
}

/// What was told on a day, by one standup.
#[derive(Debug, Serialize)]
pub struct DaySection {
    /// The name of its day on the page; empty where a standup of the same day has it.
    pub id: String,
    /// The name of its heading on the page.
    pub heading_id: String,
    /// The day.
    pub heading: String,
    /// The line.
    pub src: Src,
    /// What it tells; may be empty.
    pub rows: Vec<Row>,
}

impl Page for Standups {
    const TEMPLATE: &'static str = "site/standups.html";
}

/// Makes the page of the standups that are in no week.
#[must_use]
pub fn standups(desk: &Desk<'_>, base_url: Option<&str>) -> Standups {
    let all = of_no_week(desk).count();
    let last = of_no_week(desk).next_back().map(|it| wording::full_day(it.date)).unwrap_or_default();
    let heading = capitalise(&format!("{}, the last of {last}", count_in_words(all, "standup")));
    let words = Heading {
        title: heading.clone(),
        description: format!("What the standups of {} tell, day by day", desk.plan().title),
        section: Section::Standups,
        is_first: true,
        path: "standups.html".to_owned(),
    };
    let why = match desk.plan().schedule.as_ref() {
        Some(it) => format!("Week 1 begins on {}, and these are of no week.", wording::full_day(it.calendar.start)),
        None => "The plan has no calendar, so its standups are in no week.".to_owned(),
    };
    let rest = if SHOWN < all { format!(" The latest {SHOWN} are shown.") } else { String::new() };
    let tasks = by_place(desk);
    let mut days: Vec<DaySection> = Vec::new();
    for (at, it) in of_no_week(desk).rev().take(SHOWN).enumerate() {
        let iso = wording::iso(it.date);
        let is_new = days.iter().all(|it| it.id != iso);
        days.push(DaySection {
            id: if is_new { iso } else { String::new() },
            heading_id: format!("standup-{}", at + 1),
            heading: wording::full_day(it.date),
            src: desk.src(&it.standup.place),
            rows: rows(desk, it, &tasks),
        });
    }
    name(days.iter_mut().flat_map(|it| &mut it.rows));
    Standups { frame: frame(desk, &words, base_url), heading, note: why + &rest, days }
}

/// Returns what one standup tells, line by line; no line is searched for an item that it does not name.
#[must_use]
pub fn of_day(desk: &Desk<'_>, it: &DatedStandup) -> Vec<Row> {
    rows(desk, it, &HashMap::new())
}

/// Returns the tasks that lines of standups are evidence of, by those lines.
fn by_place<'a>(desk: &Desk<'a>) -> HashMap<(&'a str, u32), usize> {
    let mut tasks = HashMap::new();
    for (at, evidence) in desk.facts.history.evidence.iter().enumerate() {
        for it in evidence.iter().filter(|it| it.kind == EvidenceKind::Standup) {
            tasks.insert(key(&it.place), at);
        }
    }
    tasks
}

fn key(place: &Place) -> (&str, u32) {
    (&place.path, place.span.start)
}

fn rows(desk: &Desk<'_>, it: &DatedStandup, tasks: &HashMap<(&str, u32), usize>) -> Vec<Row> {
    let it = &it.standup;
    let decided = |made: bool| it.decisions.iter().filter(move |it| it.settled.is_some() == made).map(|it| &it.entry);
    let lists: [(Vec<&Entry>, Mark); 7] = [
        (it.done.iter().collect(), Mark::new(Look::Ok, "Done")),
        (it.blocked.iter().collect(), Mark::shaped(Look::Bad, "blocked", "Blocked")),
        (it.in_progress.iter().collect(), Mark::new(Look::Live, "In progress")),
        (decided(false).collect(), Mark::shaped(Look::Warn, "sign", "To decide")),
        (decided(true).collect(), Mark::new(Look::Ok, "Decided")),
        (it.next.iter().collect(), Mark::new(Look::Plain, "Next")),
        (it.risks.iter().collect(), Mark::new(Look::Warn, "Risk")),
    ];
    let row = |entry: &Entry, mark: &Mark| {
        let by_title = tasks.get(&key(&entry.place)).filter(|_| entry.ids.is_empty() && !has_link(entry));
        let id = |it: super::parts::Link| RowId { text: it.text, href: it.href, note: String::new() };
        Row {
            anchor: said(entry),
            mark: Some(mark.clone()),
            ids: desk.id_links(&entry.ids).into_iter().map(id).collect(),
            words: words(entry),
            href: by_title.and_then(|at| desk.task(*at)).map(|it| desk.task_href(it)).unwrap_or_default(),
            src: Some(desk.src(&entry.place)),
            ..Row::default()
        }
    };
    let entries = lists.iter().flat_map(|(entries, mark)| entries.iter().map(move |it| (it, mark)));
    let mut rows: Vec<Row> = entries.map(|(entry, mark)| row(entry, mark)).collect();
    rows.extend(it.metrics.iter().map(|it| Row {
        anchor: it.name.clone(),
        mark: Some(Mark::new(Look::Plain, "Measured")),
        words: Prose::plain_text(measured(it)).html(),
        src: Some(desk.src(&it.place)),
        ..Row::default()
    }));
    rows
}

/// "Health score: 79/100".
fn measured(it: &StandupMetric) -> String {
    let of = it.of.map_or(String::new(), |of| format!("/{}", number(of)));
    format!("{}: {}{of}", it.name, it.value.text)
}
