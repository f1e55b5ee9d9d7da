//! Lines of a week's page: a mark, items, words, and where they stand.

use super::WeekSection;
use super::scope::Scope;
use crate::model::{Entry, Segment, Task};
use crate::prose::Prose;
use crate::views::anchor::Anchors;
use crate::views::parts::{Mark, Src};
use crate::views::wording;
use serde::Serialize;

/// A line of a week's page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Row {
    /// Its name on the page; until the page has all its lines, the words that the name is made of.
    pub anchor: String,
    /// How it stands.
    pub mark: Option<Mark>,
    /// The items it is about.
    pub ids: Vec<RowId>,
    /// "3 days late".
    pub late: Option<String>,
    /// Whether the items begin the sentence rather than stand before it.
    pub inline: bool,
    /// The words, as HTML; may be empty.
    pub words: String,
    /// Where the words lead; empty for words without a link.
    pub href: String,
    /// Where they stand.
    pub src: Option<Src>,
    /// What to know about it; may be empty.
    pub note: String,
}

/// An item that a line is about.
#[derive(Debug, Clone, Serialize)]
pub struct RowId {
    /// Its ID.
    pub text: String,
    /// Its page; empty when no item of the plan has the ID.
    pub href: String,
    /// A word behind it, such as "(start)"; may be empty.
    pub note: String,
}

/// Makes a line from a line of a standup.
#[must_use]
pub fn of_entry(scope: &Scope<'_>, entry: &Entry) -> Row {
    let ids = scope.desk.id_links(&entry.ids).into_iter();
    // A line without an ID may name an item by its title.
    let by_title =
        entry.ids.is_empty().then(|| scope.tasks_of(entry).first().and_then(|at| scope.desk.task(*at))).flatten();
    Row {
        anchor: said(entry),
        ids: ids.map(|it| RowId { text: it.text, href: it.href, note: String::new() }).collect(),
        words: words(entry),
        href: by_title.filter(|_| !has_link(entry)).map(|it| scope.desk.task_href(it)).unwrap_or_default(),
        src: Some(scope.desk.src(&entry.place)),
        ..Row::default()
    }
}

/// Returns what a line of a standup says without markup, the IDs first.
#[must_use]
pub fn said(entry: &Entry) -> String {
    let ids = entry.ids.iter().map(|it| format!("{it} "));
    ids.collect::<String>() + &entry.text.words()
}

/// Gives each line its name on the page.
pub fn name<'a>(rows: impl IntoIterator<Item = &'a mut Row>) {
    let mut anchors = Anchors::default();
    for it in rows {
        it.anchor = anchors.give("e", &it.anchor);
    }
}

/// Says whether the words of a line have a link of their own, since no link can hold another.
#[must_use]
pub fn has_link(entry: &Entry) -> bool {
    entry.text.runs.iter().any(|it| it.href.is_some())
}

/// Makes a line from an item, with its state at the week's end.
#[must_use]
pub fn of_task(scope: &Scope<'_>, at: usize, task: &Task) -> Row {
    let href = scope.desk.task_href(task);
    let id = task.id.as_ref().map(|it| RowId { text: it.to_string(), href: href.clone(), note: String::new() });
    Row {
        anchor: task.name(),
        mark: Some(Mark::of_state(&scope.state(at))),
        late: scope.late(at).map(wording::late),
        words: task.title().html_without_links(),
        href: if id.is_some() { String::new() } else { href },
        ids: id.into_iter().collect(),
        src: Some(scope.desk.src(&task.first().place)),
        ..Row::default()
    }
}

/// Returns the words of a line with who says it and what holds it up, as HTML.
#[must_use]
pub fn words(entry: &Entry) -> String {
    let by = entry.by.as_ref().map(|it| Prose::plain_text(it.clone()).html());
    let text = match (by, entry.text.html()) {
        (Some(by), text) if text.is_empty() => by,
        (Some(by), text) => format!("{by}: {text}"),
        (None, text) => text,
    };
    let Some(reason) = &entry.reason else { return text };
    let reason = Prose::plain_text(reason.clone()).html();
    match text.trim_end_matches('.') {
        "" => format!("Blocker: {reason}"),
        text => format!("{text}. Blocker: {reason}"),
    }
}

/// Makes one line of several items, such as those of which a standup says nothing: each by the part that falls into the week.
#[must_use]
pub fn of_parts(scope: &Scope<'_>, parts: &[(&Task, &Segment)], words: &str) -> Option<Row> {
    let id = |(task, segment): &(&Task, &Segment)| {
        // A part of an item is called what the plan calls it.
        let part = segment.qualifier.as_ref().filter(|_| task.last().place != segment.place);
        let note = part.map(|it| format!("({it})")).unwrap_or_default();
        RowId { text: task.name(), href: scope.desk.task_href(task), note }
    };
    let mut src = scope.desk.src(&parts.first()?.1.place);
    let lines: Vec<String> = parts.iter().map(|(_, it)| it.place.line().to_string()).collect();
    if let Some((file, _)) = src.label.clone().rsplit_once(':') {
        src.label = format!("{file}:{}", lines.join(", "));
    }
    let anchor = words.to_owned();
    let words = Prose::plain_text(words).html();
    Some(Row { anchor, ids: parts.iter().map(id).collect(), words, src: Some(src), ..Row::default() })
}

/// Makes a part of the page; nothing without rows.
pub fn section(id: &'static str, heading: String, rows: Vec<Row>) -> Option<WeekSection> {
    (!rows.is_empty()).then(|| WeekSection { id, heading, note: String::new(), rows })
}
