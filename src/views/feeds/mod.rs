//! What a plan says to other programs, in final words and figures: calendar, feed of weeks, tables, badges, and the same plan in the
//! languages of others.

pub mod badges;
pub mod calendar;
pub mod gantt;
pub mod juggler;
pub mod tables;
pub mod weeks;

mod data_page;

pub use self::data_page::{BadgeRow, DataFiles, data_files, portfolio_links, site_links};

use super::Desk;
use crate::calendar::Day;
use crate::model::{Gate, Task};
use crate::prose::one_line;

/// The calendar's file.
pub const CALENDAR: &str = "calendar.ics";
/// The feed's file.
pub const FEED: &str = "feed.xml";
/// The table of the tasks.
pub const TASKS: &str = "data/tasks.csv";
/// The table of the metrics.
pub const METRICS: &str = "data/metrics.csv";

/// Where a site is, as far as that is known.
#[derive(Debug, Clone, Copy)]
pub struct Address<'a> {
    base_url: Option<&'a str>,
}

impl<'a> Address<'a> {
    /// Takes the site's address, where it is known.
    #[must_use]
    pub fn new(base_url: Option<&'a str>) -> Self {
        Self { base_url: base_url.map(|it| it.trim().trim_end_matches('/')).filter(|it| !it.is_empty()) }
    }

    /// Returns the whole address of a page or file; nothing where that of the site is not known.
    #[must_use]
    pub fn of(self, path: &str) -> Option<String> {
        let base = self.base_url?;
        let is_page = path.is_empty() || path == "index.html";
        // Nobody can click on what holds a blank, and a control character would end a line of a calendar.
        Some(
            format!("{base}/{}", if is_page { "" } else { path })
                .replace(|it: char| it.is_whitespace() || it.is_control(), ""),
        )
    }

    /// Returns the whole address where it is known, else the path, as seen from the output folder.
    #[must_use]
    pub fn or_path(self, path: &str) -> String {
        self.of(path).unwrap_or_else(|| path.to_owned())
    }
}

/// What a thing is, apart from where it stands today: the same from build to build, so that a program that saw it before finds it again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    /// The project: the site's address, else the plan's title.
    pub project: String,
    /// What kind of thing it is, such as "gate".
    pub kind: &'static str,
    /// Which of its kind.
    pub key: String,
}

impl Identity {
    /// Names a thing of a plan. The site's address tells two projects of one title apart, and a preview from the plan itself.
    #[must_use]
    pub fn new(desk: &Desk<'_>, address: Address<'_>, kind: &'static str, key: impl Into<String>) -> Self {
        Self { project: address.of("").unwrap_or_else(|| desk.plan().title.clone()), kind, key: key.into() }
    }
}

/// Returns text for other programs: one line, without control characters or what reorders, at most so many letters.
#[must_use]
pub fn line(text: &str, most: usize) -> String {
    // A text of a megabyte is not gone through for a line.
    let enough: String = text.chars().take(most.saturating_mul(4)).collect();
    let line: String = one_line(&enough).chars().filter(|it| !matches!(it, '\u{FFFE}' | '\u{FFFF}')).collect();
    if line.chars().count() <= most && enough.len() == text.len() {
        return line;
    }
    let kept: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Returns what is said after a gate's name, so that it is called a gate once.
fn noun(gate: &Gate) -> &'static str {
    if gate.short_as_gate() == gate.short { "" } else { " gate" }
}

/// Returns the planned days of an item: the first, and the one after the last. On the last day that there is, no day follows.
fn days_of(task: &Task) -> Option<(Day, Day)> {
    let end = task.end?;
    Some((task.start.unwrap_or(end).min(end), end.succ_opt()?))
}
