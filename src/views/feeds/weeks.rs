//! The feed: one entry for each week with a standup, the newest first.

use super::{Address, Identity, line};
use crate::calendar::Day;
use crate::prose::escape_html;
use crate::views::standups::of_day;
use crate::views::week::{self, Row, Story};
use crate::views::{Desk, wording};
use std::fmt::Write as _;

/// So many weeks are in the feed, the newest of them.
const MOST: usize = 50;
/// Words of more bytes are left to the page: they cannot be cut without their markup.
const LONGEST: usize = 4_000;
/// So many lines of a part are in an entry; its page has the rest.
const LINES: usize = 40;

/// A feed.
#[derive(Debug, Clone)]
pub struct FeedView {
    /// What it is, wherever it is read.
    pub identity: Identity,
    /// What it is called.
    pub title: String,
    /// What it holds.
    pub subtitle: String,
    /// The day of its newest entry, else that of the report.
    pub updated: Day,
    /// Its own address; a path where that of the site is not known.
    pub own: String,
    /// The address of the site, in the same way.
    pub site: String,
    /// The entries, the newest first.
    pub entries: Vec<EntryView>,
}

/// A week, or the day of a standup that is in no week.
#[derive(Debug, Clone)]
pub struct EntryView {
    /// What it is.
    pub identity: Identity,
    /// The finding.
    pub title: String,
    /// The day of its last standup.
    pub updated: Day,
    /// Its page.
    pub href: String,
    /// What it tells, as HTML.
    pub html: String,
}

/// Makes the feed of a plan.
#[must_use]
pub fn feed(desk: &Desk<'_>, address: Address<'_>) -> FeedView {
    let title = line(&desk.plan().title, 150);
    let entries = entries(desk, address);
    let updated = entries.iter().map(|it| it.updated).max().unwrap_or(desk.as_of());
    FeedView {
        identity: Identity::new(desk, address, "feed", ""),
        title: if title.is_empty() { "A plan without a title".to_owned() } else { title },
        subtitle: "What each week’s standup told, and how the plan stood".to_owned(),
        updated,
        own: address.or_path(super::FEED),
        site: address.or_path("index.html"),
        entries,
    }
}

fn entries(desk: &Desk<'_>, address: Address<'_>) -> Vec<EntryView> {
    let mut entries: Vec<EntryView> = Vec::new();
    let mut last_key = String::new();
    // Standups of one week lie beside each other, and the newest of them comes first here.
    for it in desk.facts.history.standups.iter().rev() {
        let page = it.week.map(|week| (week, desk.week_href(week))).filter(|(_, page)| !page.is_empty());
        let key = page.as_ref().map_or_else(|| wording::iso(it.date), |(week, _)| format!("week-{week}"));
        if key == last_key || entries.iter().any(|known| known.identity.key == key) {
            continue;
        }
        if entries.len() == MOST {
            break;
        }
        last_key.clone_from(&key);
        let identity = Identity::new(desk, address, "standup", key);
        let updated = it.date;
        entries.push(if let Some((week, page)) = page {
            let story = week::story(desk, week);
            let title = line(&format!("Week {week}: {}", story.title), 200);
            EntryView { identity, title, updated, href: address.or_path(&page), html: html(&story) }
        } else {
            let title = format!("Standup of {}", wording::full_day(it.date));
            let href = address.or_path(&desk.told_href(it.week, it.date));
            EntryView { identity, title, updated, href, html: format!("<ul>{}</ul>", list(&of_day(desk, it))) }
        });
    }
    entries
}

fn html(story: &Story) -> String {
    let mut html = format!("<p>{}</p>", escape_html(&story.note));
    for it in &story.facts {
        let note = if it.note.is_empty() { String::new() } else { format!(", {}", it.note) };
        let words = format!("{}: {}{note}", it.label, it.value);
        // Writing into a string cannot fail.
        let _ = write!(html, "<p>{}</p>", escape_html(&words));
    }
    for section in &story.sections {
        let _ = write!(html, "<h2>{}</h2><ul>{}</ul>", escape_html(&section.heading), list(&section.rows));
    }
    html
}

fn list(rows: &[Row]) -> String {
    let mut html: String = rows.iter().take(LINES).map(item).collect();
    let more = rows.len().saturating_sub(LINES);
    if 0 < more {
        let _ = write!(html, "<li>and {more} more</li>");
    }
    html
}

/// A line without its links: a reader of feeds is elsewhere, and links of the site lead nowhere from there.
fn item(row: &Row) -> String {
    let mark = row.mark.as_ref().map(|it| match &it.small {
        Some(small) => format!("<b>{} {}</b>", escape_html(&it.text), escape_html(small)),
        None => format!("<b>{}</b>", escape_html(&it.text)),
    });
    let ids: Vec<String> = row.ids.iter().map(|it| escape_html(format!("{} {}", it.text, it.note).trim())).collect();
    let late = row.late.as_ref().map(|it| format!("({})", escape_html(it)));
    let note = (!row.note.is_empty()).then(|| format!("– {}", escape_html(&row.note)));
    let words =
        (!row.words.is_empty()).then(|| if LONGEST < row.words.len() { "…".to_owned() } else { row.words.clone() });
    let ids = (!ids.is_empty())
        .then(|| format!("{}{}", ids.join(", "), if words.is_some() && !row.inline { ":" } else { "" }));
    let parts = [mark, ids, words, late, note];
    format!("<li>{}</li>", parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}
