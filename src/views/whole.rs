//! The whole report on one page: which pages it holds.

use super::frame::{Frame, Heading, Section, frame};
use super::parts::Link;
use super::{Desk, gate_paths, week};
use serde::Serialize;

/// Pages of gates, and of weeks, beyond this many are left out: the first for those to come, the last for those that tell.
const MOST: usize = 60;

/// The path of the page.
pub const PATH: &str = "report.html";

/// The whole report.
#[derive(Debug, Serialize)]
pub struct WholeReport {
    /// What stands around it.
    pub frame: Frame,
    /// The heading.
    pub heading: String,
    /// What it is, and how to print it.
    pub lead: String,
    /// Its parts, each with a link.
    pub contents: Vec<Link>,
    /// What it holds, in the order of reading.
    #[serde(skip)]
    pub chapters: Vec<Chapter>,
}

/// A page that becomes a part of the report.
#[derive(Debug)]
pub struct Chapter {
    /// Its path.
    pub path: String,
    /// Whether it lies in a folder below, from which links lead up.
    pub is_below: bool,
}

/// Makes the page.
#[must_use]
pub fn whole(desk: &Desk<'_>, base_url: Option<&str>) -> WholeReport {
    let words = Heading {
        title: "Full report".to_owned(),
        description: format!("Everything about {} on one page, for paper", desk.plan().title),
        section: Section::Report,
        is_first: true,
        path: PATH.to_owned(),
    };
    WholeReport {
        frame: frame(desk, &words, base_url),
        heading: format!("Full report: {}", desk.plan().title),
        lead: "All main pages on one, for paper or a PDF: print this page. Each part begins on a sheet of its own."
            .to_owned(),
        contents: ORDER.into_iter().filter(|it| it.exists(desk)).map(part).collect(),
        chapters: chapters(desk),
    }
}

/// What is in it, in the order of reading.
const ORDER: [Section; 12] = [
    Section::Overview,
    Section::Progress,
    Section::Timeline,
    Section::Gates,
    Section::Metrics,
    Section::Risks,
    Section::Team,
    Section::Weeks,
    Section::Standups,
    Section::Tasks,
    Section::History,
    Section::Checks,
];

fn part(it: Section) -> Link {
    let (text, page) = it.name_and_page();
    Link { text: text.to_owned(), href: format!("#{}", page.trim_end_matches(".html")) }
}

fn chapters(desk: &Desk<'_>) -> Vec<Chapter> {
    let mut all = Vec::new();
    for section in ORDER.into_iter().filter(|it| it.exists(desk)) {
        all.push(Chapter { path: section.name_and_page().1.to_owned(), is_below: false });
        let below: Vec<String> = match section {
            Section::Gates => gate_paths(desk),
            Section::Weeks => week::numbers(desk).into_iter().map(|it| format!("weeks/{it}.html")).collect(),
            _ => Vec::new(),
        };
        all.extend(below.into_iter().take(MOST).map(|path| Chapter { path, is_below: true }));
    }
    all
}
