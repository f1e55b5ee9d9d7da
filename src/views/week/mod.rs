//! The page of one week: what finished, what did not, what comes next.

mod counters;
mod facts;
mod heading;
mod open;
mod rows;
mod scope;
mod sections;

pub use self::counters::{Counter, Counters};
pub use self::rows::{Row, RowId, has_link, name, said, words};
pub use self::scope::{Scope, When, standups};

use super::Desk;
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::{Fact, Src};
use crate::calendar::Week;
use crate::phrase;
use serde::Serialize;
use std::collections::BTreeSet;

/// The page of one week.
#[derive(Debug, Serialize)]
pub struct WeekPage {
    /// What stands around it.
    pub frame: Frame,
    /// All weeks, to go to.
    pub strip: Vec<StripWeek>,
    /// "Week 3, DevOps & Performance, Mon 2 – Fri 6 Feb 2026".
    pub note: String,
    /// The finding.
    pub heading: String,
    /// A sentence below it; empty when there is nothing to add.
    pub lead: String,
    /// The figures.
    pub facts: Vec<Fact>,
    /// The standups that tell of it, and where each is edited.
    pub files: Vec<FileLink>,
    /// What was done and what was not.
    pub left: Vec<WeekSection>,
    /// What is to be decided and what comes next.
    pub right: Vec<WeekSection>,
    /// The standup's own figures against counted ones.
    pub counters: Option<Counters>,
}

/// A week to go to.
#[derive(Debug, Serialize)]
pub struct StripWeek {
    /// Its number.
    pub number: Week,
    /// Its page.
    pub href: String,
    /// Whether it is over.
    pub is_past: bool,
    /// Whether it is this page.
    pub is_current: bool,
}

/// A file of the week.
#[derive(Debug, Serialize)]
pub struct FileLink {
    /// Its first line about the week.
    pub src: Src,
    /// Where that is edited.
    pub edit: Option<String>,
}

/// A part of the page.
#[derive(Debug, Serialize)]
pub struct WeekSection {
    /// Its name on the page.
    pub id: &'static str,
    /// The finding.
    pub heading: String,
    /// A sentence below; may be empty.
    pub note: String,
    /// Its rows; never empty.
    pub rows: Vec<Row>,
}

/// What a week tells, for those who read it elsewhere.
#[derive(Debug)]
pub struct Story {
    /// The finding, to stand behind the week's number.
    pub title: String,
    /// "Week 3, DevOps & Performance, Mon 2 – Fri 6 Feb 2026".
    pub note: String,
    /// The figures.
    pub facts: Vec<Fact>,
    /// The parts of its page, in order.
    pub sections: Vec<WeekSection>,
}

/// Tells a week without a page around it.
#[must_use]
pub fn story(desk: &Desk<'_>, week: Week) -> Story {
    let scope = Scope::new(desk, week);
    let sections = sections::left(&scope).into_iter().chain(sections::right(&scope)).collect();
    let title = heading::lower_first(&heading::heading(&scope));
    Story { title, note: heading::note(&scope), facts: facts::facts(&scope), sections }
}

impl Page for WeekPage {
    const TEMPLATE: &'static str = "site/week.html";
}

/// Makes the page of one week.
#[must_use]
pub fn week(desk: &Desk<'_>, week: Week, base_url: Option<&str>) -> WeekPage {
    let scope = Scope::new(desk, week);
    let heading = heading::heading(&scope);
    let note = heading::note(&scope);
    let words = Heading {
        title: format!("Week {week}: {}", heading::lower_first(&heading)),
        description: format!("{}: {note}", phrase::capitalise(&heading)),
        section: Section::Weeks,
        is_first: false,
        path: format!("weeks/{week}.html"),
    };
    let (mut left, mut right) = (sections::left(&scope), sections::right(&scope));
    name(left.iter_mut().chain(&mut right).flat_map(|it| &mut it.rows));
    WeekPage {
        frame: frame(desk, &words, base_url).called([], format!("Week {week}")),
        strip: strip(desk, week),
        note,
        lead: heading::lead(&scope),
        heading,
        facts: facts::facts(&scope),
        left,
        right,
        files: files(&scope),
        counters: counters::counters(&scope),
    }
}

fn files(scope: &Scope<'_>) -> Vec<FileLink> {
    let file = |place| FileLink { src: scope.desk.src(place), edit: scope.desk.edit(place) };
    scope.standups.iter().map(|it| file(&it.standup.place)).collect()
}

fn strip(desk: &Desk<'_>, current: Week) -> Vec<StripWeek> {
    let calendar = desk.plan().schedule.as_ref().map(|it| &it.calendar);
    let is_past = |week| {
        let last = calendar.and_then(|it| it.last_working_day(week));
        last.is_some_and(|it| it <= desk.as_of())
    };
    let week = |week: Week| StripWeek {
        number: week,
        href: desk.week_href(week),
        is_past: is_past(week),
        is_current: week == current,
    };
    numbers(desk).into_iter().map(week).collect()
}

/// Weeks beyond this one have no page: no plan is ten years long, and a number in a heading may be anything.
const MOST_WEEKS: Week = 520;

/// Returns the weeks that have a page, in order: those of the plan, and those that a standup tells of.
#[must_use]
pub fn numbers(desk: &Desk<'_>) -> Vec<Week> {
    let planned = desk.plan().schedule.as_ref().map_or(0, |it| it.weeks).min(MOST_WEEKS);
    let told = desk.facts.history.standups.iter().filter_map(|it| it.week);
    let named = desk.plan().weeks.iter().map(|it| it.week);
    let weeks: BTreeSet<Week> =
        (1..=planned).chain(told).chain(named).filter(|it| (1..=MOST_WEEKS).contains(it)).collect();
    weeks.into_iter().collect()
}
