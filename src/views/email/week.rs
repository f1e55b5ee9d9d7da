//! The facts of a mail: the plan now, and as it was known a week before.

use super::words::{Words, short};
use crate::analysis::Rag;
use crate::calendar::{Day, Week};
use crate::comparison::Comparison;
use crate::model::Task;
use crate::views::charts::Look;
use crate::views::standing::Standing;
use crate::views::{Desk, Facts};
use chrono::{DateTime, Days, FixedOffset};

/// What a mail is made from.
#[derive(Debug, Clone, Copy)]
pub struct MailDesk<'a> {
    /// The plan now.
    pub now: Desk<'a>,
    /// The plan as it was known seven days before; nothing where nothing was known then.
    pub before: Option<Desk<'a>>,
    /// What differs between the two; nothing where earlier versions of the plan are not known.
    pub comparison: Option<&'a Comparison>,
    /// The moment that the mail tells of.
    pub moment: DateTime<FixedOffset>,
    /// The address of the site, without a slash at its end.
    pub site: Option<&'a str>,
    /// The address of those who want no more mails.
    pub unsubscribe: Option<&'a str>,
    /// The subject that the settings ask for.
    pub subject: Option<&'a str>,
}

impl<'a> MailDesk<'a> {
    /// Looks at facts from a mail.
    #[must_use]
    pub fn desk(facts: Facts<'a>) -> Desk<'a> {
        Desk { facts, up: "", is_part: false }
    }

    /// Returns the day of the mail.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.now.as_of()
    }

    /// Returns the day a week before.
    #[must_use]
    pub fn day_before(&self) -> Day {
        self.as_of().checked_sub_days(Days::new(7)).unwrap_or(self.as_of())
    }

    /// Returns the week of the plan that holds the day.
    #[must_use]
    pub fn week(&self) -> Option<Week> {
        self.now.analysis().this_week
    }

    /// Says whether the week is over: no working day is left in it.
    #[must_use]
    pub fn is_week_over(&self) -> bool {
        let last = self.now.plan().schedule.as_ref().zip(self.week());
        last.and_then(|(it, week)| it.calendar.last_working_day(week)).is_none_or(|it| it <= self.as_of())
    }

    /// Says whether a standup tells of the week; where no week is known, of the last seven days.
    #[must_use]
    pub fn is_told(&self) -> bool {
        let mut standups = self.now.facts.history.standups.iter();
        match self.week() {
            Some(week) => standups.any(|it| it.week == Some(week)),
            None => standups.any(|it| self.day_before() < it.date),
        }
    }

    /// Returns an address of the site; nothing where the site's own is not known.
    #[must_use]
    pub fn url(&self, href: &str) -> Option<String> {
        if href.starts_with("https://") || href.starts_with("http://") {
            return Some(href.to_owned());
        }
        let site = self.site.filter(|_| !href.is_empty())?;
        Some(format!("{site}/{}", if href == "index.html" { "" } else { href }))
    }

    /// Returns a day in few words.
    #[must_use]
    pub fn day(&self, day: Day) -> String {
        self.now.day(day)
    }

    /// Returns a task by its ID with a link, else by its title with one.
    #[must_use]
    pub fn task(&self, task: &Task) -> Words {
        let url = self.url(&self.now.task_href(task));
        match &task.id {
            Some(id) => Words::default().id(id, url),
            None => Words::default().link(short(&task.title().plain()), url),
        }
    }

    /// Returns a task by its ID and its title.
    #[must_use]
    pub fn task_in_full(&self, task: &Task) -> Words {
        match &task.id {
            Some(_) => self.task(task).and(format!(" {}", short(&task.title().plain()))),
            None => self.task(task),
        }
    }

    /// Returns the owners of a task as written; nothing where none is named.
    #[must_use]
    pub fn owners(task: &Task) -> Option<String> {
        let owners: Vec<String> = task.owners.iter().map(ToString::to_string).collect();
        (!owners.is_empty()).then(|| short(&owners.join(" + ")))
    }
}

/// Returns the status word of a plan, and its look: the colour of the worst part, where there is one.
#[must_use]
pub fn status(desk: &Desk<'_>) -> (Look, String) {
    let standing = Standing::of(desk);
    let colour = |rag: Rag| rag.name().to_uppercase();
    match standing {
        Standing::OffTrack => (Look::Bad, colour(Rag::Red)),
        Standing::AtRisk => (Look::Warn, colour(Rag::Amber)),
        Standing::OnTrack => (Look::Ok, colour(Rag::Green)),
        other => (other.mark("").look, other.words().to_uppercase()),
    }
}

/// "1 item is", "3 items are".
#[must_use]
pub fn items_are(n: usize) -> String {
    format!("{} {}", crate::phrase::count(n, "item"), if n == 1 { "is" } else { "are" })
}
