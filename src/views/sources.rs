//! The files a report was read from: what was found in each, and what was not understood.

use super::feeds::{self, DataFiles};
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::{Link, Src};
use super::{Desk, source, wording};
use crate::calendar::{Day, Week};
use crate::history::day_of_revision;
use crate::model::FileFacts;
use crate::phrase::{capitalise, count, count_in_words, number_word};
use crate::sources::Known;
use crate::text::SourceFile;
use chrono::Datelike as _;
use serde::Serialize;

/// The files.
#[derive(Debug, Serialize)]
pub struct SourcesPage {
    /// What stands around it.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// What the report rests on besides.
    pub notes: Vec<SourceNote>,
    /// The files: the roadmap first.
    pub rows: Vec<FileRow>,
    /// Files with lines that were not understood.
    pub unread: Vec<UnreadFile>,
    /// The files for other programs.
    pub data: DataFiles,
}

/// What the report rests on.
#[derive(Debug, Serialize)]
pub struct SourceNote {
    /// What it is about.
    pub label: &'static str,
    /// The words.
    pub text: String,
    /// Pages it speaks of.
    pub links: Vec<Link>,
}

/// A file.
#[derive(Debug, Serialize)]
pub struct FileRow {
    /// Its path.
    pub path: String,
    /// Its page.
    pub href: String,
    /// "Roadmap", "Standup of week 3", or what became of it.
    pub kind: String,
    /// The number of its lines.
    pub lines: String,
    /// "81, 6 ticked", or a dash.
    pub boxes: String,
    /// "12 on 9 lines", or a dash.
    pub repaired: String,
    /// How many checkboxes were not understood, or a dash.
    pub not_understood: String,
    /// What had to be said about its bytes; may be empty.
    pub note: String,
}

/// A file with lines that were not understood.
#[derive(Debug, Serialize)]
pub struct UnreadFile {
    /// Its name on the page.
    pub id: String,
    /// "Two checkboxes of roadmap.md were not understood".
    pub heading: String,
    /// The lines.
    pub lines: Vec<UnreadLine>,
    /// How many more there are than those listed; 0 for none.
    pub more: usize,
}

/// A line that was not understood.
#[derive(Debug, Serialize)]
pub struct UnreadLine {
    /// The line as it is written.
    pub text: String,
    /// Where it stands.
    pub src: Src,
}

/// At most so many lines of one file are listed; the page of the file marks them all.
const MOST_LINES: usize = 200;

impl Page for SourcesPage {
    const TEMPLATE: &'static str = "site/sources.html";
}

/// Makes the page of the files.
#[must_use]
pub fn sources(desk: &Desk<'_>, base_url: Option<&str>) -> SourcesPage {
    let heading = heading(desk);
    let words = Heading {
        title: heading.clone(),
        description: format!("The files that the report on {} was read from", desk.plan().title),
        section: Section::Sources,
        is_first: true,
        path: "sources.html".to_owned(),
    };
    let files = || desk.facts.sources.files().zip(desk.facts.file_facts).enumerate();
    SourcesPage {
        frame: frame(desk, &words, base_url),
        heading,
        notes: notes(desk),
        rows: files().map(|(at, (file, facts))| row(desk, at, file, facts)).collect(),
        data: feeds::data_files(desk, base_url),
        unread: files().filter_map(|(at, (file, facts))| unread(desk, at, file, facts)).collect(),
    }
}

/// "Read from the roadmap and three standups; all 81 checkboxes were understood".
fn heading(desk: &Desk<'_>) -> String {
    let standups = desk.facts.sources.standups.len();
    let files = match standups {
        0 => "the roadmap alone".to_owned(),
        1 => "the roadmap and one standup file".to_owned(),
        n => format!("the roadmap and {} standup files", number_word(n)),
    };
    let boxes: usize = desk.facts.file_facts.iter().map(|it| it.boxes).sum();
    let unread: usize = desk.facts.file_facts.iter().map(|it| it.not_understood.len()).sum();
    let words = match (boxes, unread) {
        (0, _) => "no checkbox was found".to_owned(),
        (1, 0) => "its one checkbox was understood".to_owned(),
        (2, 0) => "both checkboxes were understood".to_owned(),
        (n, 0) => format!("all {n} checkboxes were understood"),
        (n, 1) => format!("one of {n} checkboxes was not understood"),
        (n, unread) => format!("{unread} of {n} checkboxes were not understood"),
    };
    format!("Read from {files}; {words}")
}

fn notes(desk: &Desk<'_>) -> Vec<SourceNote> {
    let as_of = wording::full_day(desk.as_of());
    let start = match &desk.plan().schedule {
        Some(it) => format!("Week 1 begins on {} ({}).", wording::full_day(it.calendar.start), it.rule.words()),
        None => "The plan names neither a start, a target nor a date of its own, so it has no calendar. \
                 Write `**Start:** YYYY-MM-DD` into the roadmap’s head."
            .to_owned(),
    };
    let mut notes = vec![
        SourceNote { label: "As of", text: format!("{as_of}. Nothing later is seen."), links: Vec::new() },
        SourceNote { label: "Start", text: start, links: Vec::new() },
    ];
    let missing = &desk.analysis().missing_standups;
    let link = |it: &Week| Link { text: format!("Week {it}"), href: desk.week_href(*it) };
    if desk.facts.history.standups.is_empty() {
        let text = "No standup was read: states come from the marks in the roadmap.".to_owned();
        notes.push(SourceNote { label: "Standups", text, links: Vec::new() });
    } else if missing.is_empty() && desk.plan().schedule.is_some() {
        let text = "Every week that is over has its standup.".to_owned();
        notes.push(SourceNote { label: "Standups", text, links: Vec::new() });
    } else if !missing.is_empty() {
        let text = format!("{} without a standup:", capitalise(&count_in_words(missing.len(), "past week")));
        notes.push(SourceNote { label: "Standups", text, links: missing.iter().map(link).collect() });
    }
    let later = desk.facts.history.later_standups;
    if 0 < later {
        let are = if later == 1 { "is" } else { "are" };
        let text = format!(
            "{} {are} later than the report’s day, and not seen.",
            capitalise(&count_in_words(later, "standup"))
        );
        notes.push(SourceNote { label: "Later", text, links: Vec::new() });
    }
    notes.extend(history(desk).map(|text| SourceNote { label: "History", text, links: Vec::new() }));
    if let Some(it) = desk.facts.history.marks_from {
        let text = format!(
            "Marks in the roadmap count from {}, since no version of it tells when they were set.",
            wording::full_day(it)
        );
        notes.push(SourceNote { label: "Marks", text, links: Vec::new() });
    }
    notes
}

/// Says what git knows of the roadmap; nothing where nobody asked.
fn history(desk: &Desk<'_>) -> Option<String> {
    let past = match &desk.facts.sources.past {
        Known::Past(it) => it,
        Known::Nothing(why) => return wording::why_no_past(*why, "the roadmap").map(|it| format!("Not known: {it}.")),
    };
    let moved = match past.corrected {
        0 => String::new(),
        1 => " The date of one commit did not fit those around it, and was moved.".to_owned(),
        n => format!(" The dates of {n} commits did not fit those around them, and were moved."),
    };
    let day = |it: Day| it.format("%-d %B %Y").to_string();
    let known = &desk.facts.history.versions.days;
    let words = match (known.first(), known.last()) {
        (Some((first, _)), Some((last, _))) if first == last => {
            format!("The one version of the roadmap, of {}, tells which marks it has had since.", day(*first))
        }
        (Some((first, _)), Some((last, _))) => {
            let first = if first.year() == last.year() { first.format("%-d %B").to_string() } else { day(*first) };
            let versions = count_in_words(known.len(), "version");
            format!(
                "{} of the roadmap, from {first} to {}, tell when each mark was set.",
                capitalise(&versions),
                day(*last)
            )
        }
        _ => {
            let settings = &desk.facts.sources.settings;
            let mut versions =
                past.revisions.iter().rev().filter(|it| it.roadmap.as_ref().is_some_and(|it| it.blob.is_some()));
            let earliest = day_of_revision(versions.next()?, settings);
            format!(
                "No version of the roadmap is as old as this report: the earliest one, of {}, stands in.",
                day(earliest)
            )
        }
    };
    Some(words + &moved)
}

fn row(desk: &Desk<'_>, at: usize, file: &SourceFile, facts: &FileFacts) -> FileRow {
    let dash = |n: usize, words: String| if n == 0 { "–".to_owned() } else { words };
    let repaired = file.repaired_characters();
    FileRow {
        path: crate::prose::visible(&file.path).into_owned(),
        href: desk.facts.source_pages.get(&*file.path).map(|it| desk.href(it)).unwrap_or_default(),
        kind: source::kind(desk, at, file),
        lines: file.index.lines().to_string(),
        boxes: dash(facts.boxes, format!("{}, {} ticked", facts.boxes, facts.checked)),
        repaired: dash(repaired, format!("{repaired} on {}", count(file.repairs.len(), "line"))),
        not_understood: dash(facts.not_understood.len(), facts.not_understood.len().to_string()),
        note: file.notes.iter().map(source::decode_words).collect::<Vec<_>>().join(" "),
    }
}

fn unread(desk: &Desk<'_>, at: usize, file: &SourceFile, facts: &FileFacts) -> Option<UnreadFile> {
    let places = &facts.not_understood;
    let (n, name) = (places.len(), crate::prose::visible(&file.path));
    let heading = match n {
        0 => return None,
        1 => format!("One checkbox of {name} was not understood"),
        n => format!("{} checkboxes of {name} were not understood", capitalise(&number_word(n))),
    };
    let line = |it: &crate::text::Place| UnreadLine { text: source::shown(file.line(it.line())), src: desk.src(it) };
    let lines = places.iter().take(MOST_LINES).map(line).collect();
    Some(UnreadFile { id: format!("unread-{}", at + 1), heading, lines, more: n.saturating_sub(MOST_LINES) })
}
