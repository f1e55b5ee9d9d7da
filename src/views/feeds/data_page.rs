//! Where the site says which files it has for other programs.

use super::badges::badges;
use super::{Address, CALENDAR, FEED, METRICS, TASKS};
use crate::views::Desk;
use crate::views::parts::Link;
use serde::Serialize;

/// The files for other programs, and the badges.
#[derive(Debug, Serialize)]
pub struct DataFiles {
    /// The files, with what each is for.
    pub files: Vec<DataFile>,
    /// The badges.
    pub badges: Vec<BadgeRow>,
    /// What to do with them.
    pub badges_note: &'static str,
}

/// A file for other programs.
#[derive(Debug, Serialize)]
pub struct DataFile {
    /// Its name and where it is.
    pub link: Link,
    /// What it is for.
    pub note: &'static str,
}

/// A badge and how to embed it.
#[derive(Debug, Serialize)]
pub struct BadgeRow {
    /// The picture.
    pub src: String,
    /// What it says.
    pub alt: String,
    /// The Markdown that shows it elsewhere; nothing where the site's address is not known.
    pub markdown: Option<String>,
    /// The same for a service that draws badges.
    pub endpoint: Link,
}

/// Returns the files for the foot of a plan's pages.
#[must_use]
pub fn site_links(desk: &Desk<'_>) -> Vec<Link> {
    let link = |text: &str, path: &str| Link { text: text.to_owned(), href: desk.href(path) };
    vec![
        link("report.json", "data/report.json"),
        link("tasks.csv", TASKS),
        link("calendar", CALENDAR),
        link("feed", FEED),
        link("badges", "sources.html#badges"),
    ]
}

/// Returns the files for the foot of the page over all projects.
#[must_use]
pub fn portfolio_links() -> Vec<Link> {
    let link = |text: &str, path: &str| Link { text: text.to_owned(), href: path.to_owned() };
    vec![link("portfolio.json", "data/portfolio.json"), link("calendar", CALENDAR)]
}

/// Returns the files for other programs, and the badges.
#[must_use]
pub fn data_files(desk: &Desk<'_>, base_url: Option<&str>) -> DataFiles {
    let file =
        |path: &str, note: &'static str| DataFile { link: Link { text: path.to_owned(), href: desk.href(path) }, note };
    let address = Address::new(base_url);
    let badge = |it: super::badges::BadgeView| {
        let (picture, endpoint) = (format!("badges/{}.svg", it.name), format!("badges/{}.json", it.name));
        let shown = address.of(&picture).zip(address.of(""));
        BadgeRow {
            src: desk.href(&picture),
            alt: format!("{}: {}", it.label, it.message),
            markdown: shown.map(|(picture, site)| format!("[![{}]({picture})]({site})", it.label)),
            endpoint: Link { text: endpoint.clone(), href: desk.href(&endpoint) },
        }
    };
    DataFiles {
        files: vec![
            file("data/report.json", "Every figure of this site, with a schema beside it."),
            file(TASKS, "The items as a table."),
            file(METRICS, "Every value of every metric: targets, and what was measured."),
            file(CALENDAR, "Gates, phases, the launch, and decisions that are due, for a calendar program."),
            file(FEED, "What each week’s standup told, for a feed reader."),
        ],
        badges: badges(desk).into_iter().map(badge).collect(),
        badges_note: match address.of("") {
            Some(_) => "The line below each badge shows it in a README.",
            None => "Built with --base-url, this page has the line for each badge that shows it in a README.",
        },
    }
}
