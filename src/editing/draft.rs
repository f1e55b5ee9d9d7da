//! The next standup, filled in from the plan. It repeats what was said last, and says nothing that nobody said: planned work stands as
//! open boxes, which are no evidence, and no state of any task is another with it.

mod fill;
mod words;

use self::fill::fill;
use super::current::{Known, is_daily, known};
use super::form::Form;
use super::{Refusal, name};
use crate::calendar::{Day, Week};
use crate::history::{History, day_of};
use crate::model::Schedule;
use crate::phrase::list;
use crate::pipeline::{Understood, understand};
use crate::prose::one_line;
use crate::reading;
use crate::sources::Sources;
use crate::text::SourceFile;
use chrono::{Days, Weekday};

/// A standup that is to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The path of its file, as seen from the project.
    pub path: String,
    /// Its text.
    pub text: String,
    /// What it is about: "week 4", "Fri 6 Feb".
    pub about: String,
    /// What is in it: "1 carried over, 3 planned".
    pub holds: Vec<String>,
    /// The day that it speaks for.
    pub day: Day,
    /// The file in which all standups stand, so that one beside it would not be read.
    pub one_file: Option<String>,
}

/// Makes the next standup: of a week, or the first week without one from that of the day on; of the day where the plan has no weeks.
/// The files are those of now, whatever day is asked for: [`Sources::stands`] is set. `folder` is where standups lie.
///
/// # Errors
///
/// When the week has a standup, or is none of the plan's.
pub fn draft(sources: &Sources, folder: &str, as_of: Day, week: Option<Week>) -> Result<Draft, Refusal> {
    let now = understand(sources.clone(), as_of);
    let schedule = now.history.plan.schedule.clone();
    let schedule = schedule.as_ref().filter(|it| 0 < it.weeks);
    let known = known(sources, schedule, as_of);
    let when = when(schedule, &known, as_of, week)?;
    let (week, day) = (when.week, when.day);
    // What is told later than the week is not known in it; what standups before it tell is, even if the day asked for is earlier.
    let sunday = week.zip(schedule).and_then(|(week, it)| it.calendar.day(week, Weekday::Sun));
    let until = sunday.filter(|_| !when.is_daily).unwrap_or(day);
    let told = known.iter().map(|it| it.date).filter(|it| *it < day).max();
    let seen = told.map_or(as_of, |it| it.max(as_of)).min(until);
    let now = if seen == as_of { now } else { understand(sources.clone(), seen) };
    let path = name::path(&known, folder, week.filter(|_| !when.is_daily), day);
    let with = |form: &Form, has_facts: bool| {
        let (text, holds) = fill(&now, form, &when, has_facts);
        is_honest(sources, &path, &text, &when).then_some((text, holds))
    };
    let form = Form::of(sources, &known);
    let tried = with(&form, true).or_else(|| with(&Form::own(), true)).or_else(|| with(&Form::own(), false));
    let Some((text, holds)) = tried else {
        return Err(Refusal::new(
            "no standup can be made that reads as it should in this plan",
            "write it yourself, and report this as a fault of roadbook",
        ));
    };
    let one_file = all_in_one(sources, &known);
    Ok(Draft { path, text, about: when.about(), holds, day, one_file })
}

/// What a draft is about.
#[derive(Debug, Clone, Copy)]
struct Target {
    week: Option<Week>,
    day: Day,
    /// Whether the team writes a standup on each day.
    is_daily: bool,
}

impl Target {
    fn about(&self) -> String {
        crate::calendar::week_or_day(self.week.filter(|_| !self.is_daily), self.day)
    }
}

fn when(schedule: Option<&Schedule>, known: &[Known<'_>], as_of: Day, week: Option<Week>) -> Result<Target, Refusal> {
    let of_day = |week: Option<Week>| {
        let has_one = known.iter().find(|it| it.date == as_of);
        has_one.map_or(Ok(Target { week, day: as_of, is_daily: true }), |it| {
            Err(exists(it, &crate::calendar::short_day(as_of), "fill it in there"))
        })
    };
    let Some(schedule) = schedule else {
        if week.is_some() {
            return Err(Refusal::new(
                "the plan has no weeks, so it has no standup of one",
                "leave out --week: the standup is of a day; or write `**Start:** YYYY-MM-DD` into the roadmap's head",
            ));
        }
        return of_day(None);
    };
    if week.is_none() && is_daily(known) {
        return of_day(schedule.calendar.week(as_of));
    }
    let of = |week: Week| known.iter().find(|it| it.week == Some(week));
    let first = schedule.calendar.week(as_of).unwrap_or(1);
    let free = match week {
        Some(it) => it,
        None => (first..=first.saturating_add(MOST_AHEAD)).find(|it| of(*it).is_none()).unwrap_or(first),
    };
    if let Some(it) = of(free) {
        return Err(exists(it, &format!("week {free}"), "fill it in there, or name another week with --week"));
    }
    match schedule.calendar.day(free, Weekday::Fri) {
        Some(day) if free <= MOST_WEEKS => Ok(Target { week: Some(free), day, is_daily: false }),
        _ => Err(Refusal::new(format!("week {free} is too far away"), "name a week of the plan")),
    }
}

/// So many weeks ahead may have a standup already.
const MOST_AHEAD: Week = 60;
/// The last week that a standup may name.
const MOST_WEEKS: Week = 520;

fn exists(it: &Known<'_>, what: &str, help: &str) -> Refusal {
    let path = one_line(&it.standup.path);
    Refusal::new(format!("{what} has a standup: {path}:{}", it.standup.place.line()), help)
}

/// Returns the file that holds all standups, where there are several.
fn all_in_one(sources: &Sources, known: &[Known<'_>]) -> Option<String> {
    let [only] = sources.standups.as_slice() else { return None };
    let is_named = sources.settings.standups.as_deref().is_some_and(|it| it.trim_start_matches("./") == &*only.path);
    (is_named || 1 < known.len()).then(|| one_line(&only.path))
}

/// Says whether a project is the same with a draft as without it: one standup more, of the day that is meant, and no task, risk or
/// decision in another state.
fn is_honest(sources: &Sources, path: &str, text: &str, when: &Target) -> bool {
    let file = SourceFile::new(path, text.as_bytes().to_vec());
    let alone = reading::standups(&file, &crate::document::parse(&file)).value;
    let before = understand(sources.clone(), when.day);
    let schedule = before.history.plan.schedule.as_ref();
    let [standup] = alone.standups.as_slice() else { return false };
    if standup.week != when.week && standup.date.is_none()
        || day_of(standup, schedule) != Some(when.day)
        || !alone.facts.not_understood.is_empty()
    {
        return false;
    }
    let mut with = sources.clone();
    with.standups.push(file);
    with.standups.sort_by(|a, b| a.path.cmp(&b.path));
    let after = understand(with, when.day);
    let states = |it: &History| -> Vec<_> {
        let state = |at| it.state(at, when.day);
        (0..it.plan.tasks.len()).map(|at| (state(at).state, state(at).percent, state(at).since)).collect()
    };
    let happened = |it: &Understood| it.analysis.risks.iter().map(|it| it.happened).collect::<Vec<_>>();
    states(&before.history) == states(&after.history)
        && happened(&before) == happened(&after)
        && before.analysis.decisions.open().count() == after.analysis.decisions.open().count()
}

/// Says what a draft holds: "2 carried over and 3 planned".
#[must_use]
pub fn holding(it: &Draft) -> String {
    if it.holds.is_empty() { "nothing to fill in from the plan".to_owned() } else { list(&it.holds) }
}

/// Returns the day so many days later.
fn days_later(day: Day, days: u64) -> Day {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
