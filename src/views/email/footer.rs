//! What all this rests on: the commit, the moment, the standups; and how to get no more mails.

use super::week::MailDesk;
use super::words::{Block, Part, Words};
use crate::history::day_of_revision;
use crate::mail::MailPart;
use crate::phrase::{count, list};
use crate::sources::{CommitId, Known};
use crate::views::frame::Section;
use crate::views::wording;

/// Makes the part.
pub fn part(desk: &MailDesk<'_>) -> Part {
    let data = Words::new(format!("{} {}", data(desk), standups(desk)));
    let mut blocks = vec![Block::Small { words: data }];
    let page = if Section::Progress.exists(&desk.now) { "progress.html" } else { "sources.html" };
    if let Some(url) = desk.url(page) {
        blocks.push(Block::Small { words: Words::default().link("How each figure is computed", Some(url)) });
    }
    if let Some(url) = desk.unsubscribe {
        blocks.push(Block::Small { words: Words::default().link("Unsubscribe", Some(url.to_owned())) });
    }
    Part { part: MailPart::Footer, heading: Words::default(), blocks }
}

/// "Data: commit 1c7e0d2, Fri 6 Feb 2026 17:00 UTC."
fn data(desk: &MailDesk<'_>) -> String {
    let moment = desk.moment.format("%a %-d %b %Y %H:%M");
    let offset = desk.moment.offset().local_minus_utc();
    let zone = if offset == 0 { "UTC".to_owned() } else { format!("UTC{}", desk.moment.format("%:z")) };
    let from = match commit(desk) {
        Some(it) => wording::by_commit(Some(it)),
        None => "the files as they lie".to_owned(),
    };
    format!("Data: {from}, {moment} {zone}.")
}

/// The last commit up to the day that changed a file of the project.
fn commit(desk: &MailDesk<'_>) -> Option<CommitId> {
    let Known::Past(past) = &desk.now.facts.sources.past else { return None };
    let settings = &desk.now.facts.sources.settings;
    let last = past.revisions.iter().find(|it| day_of_revision(it, settings) <= desk.as_of())?;
    Some(last.commit)
}

/// "Standups: 2 of 3 weeks, none for week 2."
fn standups(desk: &MailDesk<'_>) -> String {
    let history = desk.now.facts.history;
    if history.standups.is_empty() {
        return "Standups: none.".to_owned();
    }
    let weeks: std::collections::BTreeSet<_> = history.standups.iter().filter_map(|it| it.week).collect();
    let Some(week) = desk.week().filter(|_| !weeks.is_empty()) else {
        let last = history
            .standups
            .last()
            .map_or(String::new(), |it| format!(", the last one of {}", wording::week_day(it.date, desk.as_of())));
        return format!("Standups: {}{last}.", history.standups.len());
    };
    let told = weeks.iter().filter(|it| (1..=week).contains(*it)).count();
    let missing: Vec<String> = (1..=week).filter(|it| !weeks.contains(it)).map(|it| it.to_string()).collect();
    let noun = if missing.len() == 1 { "week" } else { "weeks" };
    let missing = match missing.len() {
        0 => String::new(),
        1..=5 => format!(", none for {noun} {}", list(&missing)),
        n => format!(", none for {n} weeks"),
    };
    format!("Standups: {told} of {}{missing}.", count(usize::try_from(week).unwrap_or(0), "week"))
}
