//! What a new project begins with, in words.

use crate::calendar::{Day, monday_of};
use crate::prose::visible;
use crate::views::report::Report;
use chrono::{Datelike as _, Days, Weekday};
use serde::Serialize;

/// Settings for a plan that is there: what was found in it.
#[derive(Debug, Clone, Serialize)]
pub struct InitSettings {
    /// The roadmap's path, seen from the settings.
    pub roadmap: String,
    /// The title, as TOML has it.
    pub title: String,
    /// The first day.
    pub start: Option<String>,
    /// How the first day was found.
    pub start_rule: Option<String>,
    /// The target launch.
    pub target: Option<String>,
    /// Where links to lines lead, as TOML has it.
    pub source_url: Option<String>,
    /// The folder of the standups, as TOML has it, where it is not the one that is looked for.
    pub standups: Option<String>,
    /// Whether list items without a box are tasks.
    pub has_plain_tasks: bool,
}

/// What the settings of a plan have to say, so that it is read as it is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fits {
    /// The folder in which standups were found, where it is not the one that is looked for.
    pub standups: Option<String>,
    /// Whether its tasks are list items without a box.
    pub has_plain_tasks: bool,
}

impl Fits {
    /// Says whether it is read as it is meant without a word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A sample plan, whose days lie around the one on which it is written.
#[derive(Debug, Clone, Serialize)]
pub struct InitSample {
    /// The Monday of week 1.
    pub start: Day,
    /// The Friday of week 4.
    pub target: Day,
    /// The day of its standup.
    pub as_of: Day,
    /// Where links to lines lead, as TOML has it.
    pub source_url: Option<String>,
}

/// The days from the first Monday to the last Friday of four weeks.
const LENGTH: Days = Days::new(25);

/// Says what was found in a plan.
#[must_use]
pub fn init_settings(report: &Report, roadmap: &str, source_url: Option<&str>, fits: &Fits) -> InitSettings {
    let plan = &report.plan;
    let line = |it: &str| visible(it).replace(['\r', '\n'], " ");
    InitSettings {
        roadmap: line(roadmap),
        title: quoted(&line(&plan.title)),
        start: plan.start.clone(),
        start_rule: plan.start_rule.clone(),
        target: plan.target.clone(),
        source_url: source_url.map(quoted),
        standups: fits.standups.as_deref().map(quoted),
        has_plain_tasks: fits.has_plain_tasks,
    }
}

/// Places the sample around a day: a weekend belongs to the week before it, whose standup is that of Friday.
#[must_use]
pub fn init_sample(today: Day, source_url: Option<&str>) -> InitSample {
    let start = monday_of(today);
    let back = match today.weekday() {
        Weekday::Sat => 1,
        Weekday::Sun => 2,
        _ => 0,
    };
    let as_of = today.checked_sub_days(Days::new(back)).unwrap_or(today);
    InitSample {
        start,
        target: start.checked_add_days(LENGTH).unwrap_or(start),
        as_of,
        source_url: source_url.map(quoted),
    }
}

/// Writes a text as TOML has it.
#[must_use]
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
