//! The standups: week, day, the lines in each list, and the lines that are in none.

use super::{page_of, shown};
use crate::document::{Document, Kind};
use crate::history::DatedStandup;
use crate::model::Entry;
use crate::phrase;
use crate::text::{Place, SourceFile};
use crate::views::parts::{Link, Src};
use crate::views::{Desk, wording};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// Lines of one list beyond this many are counted, not linked.
const MOST_LINKS: usize = 40;
/// Lines in no list beyond this many are counted, not shown.
const MOST_UNREAD: usize = 20;
/// Files beyond this many are not listed.
const MOST_FILES: usize = 200;

/// A file of standups.
#[derive(Debug, Serialize)]
pub struct StandupView {
    /// The file.
    pub file: Link,
    /// The standups in it.
    pub standups: Vec<OneStandup>,
    /// Lines that were read as nothing.
    pub unread: Vec<UnreadLine>,
    /// How many more there are; empty where there are none.
    pub more: String,
}

/// A standup.
#[derive(Debug, Serialize)]
pub struct OneStandup {
    /// "Week 3, for Friday 6 February 2026, as its heading says".
    pub words: String,
    /// Its heading.
    pub src: Src,
    /// Its lists.
    pub lists: Vec<EntryList>,
}

/// The entries of one list.
#[derive(Debug, Serialize)]
pub struct EntryList {
    /// "Done, 5".
    pub name: String,
    /// Their lines.
    pub lines: Vec<Link>,
    /// " and 12 more"; empty where there are none.
    pub more: String,
}

/// A line that was read as nothing.
#[derive(Debug, Serialize)]
pub struct UnreadLine {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub src: Src,
}

/// Lists the files of standups.
pub fn standups(desk: &Desk<'_>) -> Vec<StandupView> {
    let mut of_file: HashMap<&str, Vec<&DatedStandup>> = HashMap::new();
    for it in &desk.facts.history.standups {
        of_file.entry(&*it.standup.path).or_default().push(it);
    }
    let files = desk.facts.sources.files().zip(desk.facts.documents).skip(1).take(MOST_FILES);
    let view = |(file, document): (&SourceFile, &Document)| {
        let standups = of_file.get(&*file.path).map_or(&[][..], Vec::as_slice);
        let (unread, all) = unread(desk, file, document, standups);
        let more = all - unread.len();
        StandupView {
            file: Link { text: file.path.to_string(), href: page_of(desk, file) },
            standups: standups.iter().map(|it| one(desk, it)).collect(),
            unread,
            more: if more == 0 { String::new() } else { format!("and {more} more") },
        }
    };
    files.map(view).collect()
}

fn one(desk: &Desk<'_>, it: &DatedStandup) -> OneStandup {
    let standup = &it.standup;
    let rule = if standup.date.is_some() { "as it says" } else { "the Friday of its week" };
    let lists = [
        ("Done", &standup.done),
        ("In progress", &standup.in_progress),
        ("Blocked", &standup.blocked),
        ("Next", &standup.next),
        ("Risks", &standup.risks),
    ];
    let entries = |(name, it): (&str, &Vec<Entry>)| list(desk, name, it.iter().map(|it| &it.place));
    let mut lists: Vec<EntryList> = lists.into_iter().filter_map(entries).collect();
    let decisions: Vec<&Place> =
        standup.decisions.iter().flat_map(|it| std::iter::once(&it.entry.place).chain(&it.lines)).collect();
    lists.extend(list(desk, "Decisions", decisions.into_iter()));
    lists.extend(list(desk, "Metrics", standup.metrics.iter().map(|it| &it.place)));
    OneStandup {
        words: match it.week {
            Some(week) => format!("Week {week}, for {}, {rule}", wording::full_day(it.date)),
            None => format!("For {}, {rule}", wording::full_day(it.date)),
        },
        src: desk.src(&standup.place),
        lists,
    }
}

fn list<'a>(desk: &Desk<'_>, name: &str, places: impl ExactSizeIterator<Item = &'a Place>) -> Option<EntryList> {
    let all = places.len();
    let link = |it: &Place| Link { text: it.line().to_string(), href: desk.src(it).href };
    let lines: Vec<Link> = places.take(MOST_LINKS).map(link).collect();
    let more = all - lines.len();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    (0 < all).then(|| EntryList { name: format!("{name}, {}", phrase::count(all, "line")), lines, more })
}

/// Returns the first items of lists that were read as nothing, and how many there are.
fn unread(
    desk: &Desk<'_>,
    file: &SourceFile,
    document: &Document,
    standups: &[&DatedStandup],
) -> (Vec<UnreadLine>, usize) {
    let entries = standups.iter().flat_map(|it| it.standup.entries());
    let metrics = standups.iter().flat_map(|it| &it.standup.metrics).map(|it| it.place.line());
    let details = standups.iter().flat_map(|it| &it.standup.decisions).flat_map(|it| &it.lines).map(Place::line);
    let read: BTreeSet<u32> = entries.map(|it| it.place.line()).chain(metrics).chain(details).collect();
    let items = document.blocks.iter().filter(|it| matches!(it.kind, Kind::Item(_)));
    let lines = items.filter_map(|it| document.first_line(it)).map(|it| it.span);
    let unread: Vec<_> = lines.filter(|it| !read.contains(&file.index.line(it.start))).collect();
    let view = |it: &crate::text::Span| {
        let place = file.place(*it);
        UnreadLine { text: shown(file.line(place.line()).trim_start()), src: desk.src(&place) }
    };
    (unread.iter().take(MOST_UNREAD).map(view).collect(), unread.len())
}
