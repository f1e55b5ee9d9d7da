//! `roadbook.toml`: every choice, each with its default.

use crate::calendar::{SettingDay, WorkingDays, weekday};
use crate::phrase;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::DeTable;

/// The project's choices.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The plan's title, instead of the roadmap's first heading.
    pub title: Option<String>,
    /// The first day of week 1, instead of the one found in the plan.
    pub start: Option<SettingDay>,
    /// The target launch, instead of the one found in the plan.
    pub target: Option<SettingDay>,
    /// The day the report is made for, instead of today.
    pub as_of: Option<SettingDay>,
    /// The time zone in which "today" is a day, by its IANA name; UTC by default.
    pub timezone: Option<String>,
    /// Days off, besides the days of the week that are not worked.
    pub holidays: Vec<SettingDay>,
    /// The days of the week that are worked, by their English names; Monday to Friday by default.
    pub working_days: Vec<String>,
    /// The roadmap's path, relative to the settings file.
    pub roadmap: Option<String>,
    /// The folder of the standups, relative to the settings file.
    pub standups: Option<String>,
    /// Which team an owner's name stands for.
    pub aliases: BTreeMap<String, String>,
    /// The address of a file at the source host, to which a path and `#L` with a line are added.
    pub source_url: Option<String>,
    /// The level of each rule.
    pub check: BTreeMap<String, Level>,
    /// The thresholds of the delivery index.
    pub health: Thresholds,
    /// The weekly mail.
    pub email: toml::Table,
    /// Colours and logo.
    pub look: toml::Table,
}

/// What becomes of a rule's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Level {
    /// They are not shown.
    Off,
    /// They are worth knowing.
    Info,
    /// They are likely wrong.
    Warning,
    /// They are wrong.
    Error,
}

impl TryFrom<String> for Level {
    type Error = String;

    fn try_from(it: String) -> Result<Self, String> {
        match it.as_str() {
            "off" => Ok(Self::Off),
            "info" => Ok(Self::Info),
            "warning" => Ok(Self::Warning),
            "error" => Ok(Self::Error),
            other => {
                Err(format!("\"{other}\" is no level of a rule: write \"off\", \"info\", \"warning\" or \"error\""))
            }
        }
    }
}

/// From which value on a part of the delivery index is green, and from which on it is amber. These are conventions.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Schedule performance index SPI(t), a ratio: green from the first, amber from the second.
    pub schedule: (f64, f64),
    /// Scope added since the baseline, percent of it: green up to the first, amber up to the second.
    pub scope: (f64, f64),
    /// The risk part, 0 to 100: green from the first, amber from the second.
    pub risk: (f64, f64),
    /// The flow part, 0 to 100: green from the first, amber from the second.
    pub flow: (f64, f64),
    /// Points below its target up to which reported health is amber.
    pub reported_amber: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            schedule: (0.95, 0.85),
            scope: (5.0, 15.0),
            risk: (100.0, 75.0),
            flow: (85.0, 65.0),
            reported_amber: 3.0,
        }
    }
}

/// Why settings could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SettingsError {
    /// What is wrong and what to do.
    pub message: String,
    /// The bytes of the settings file it is about, when known.
    pub span: Option<Range<usize>>,
}

/// The keys of the settings file, for "did you mean".
const KEYS: [&str; 15] = [
    "title",
    "start",
    "target",
    "as_of",
    "timezone",
    "holidays",
    "working_days",
    "roadmap",
    "standups",
    "aliases",
    "source_url",
    "check",
    "health",
    "email",
    "look",
];

impl Settings {
    /// Reads a settings file. An unknown key is an error that names the nearest known one.
    ///
    /// # Errors
    ///
    /// When the text is not TOML, a key is not known, or a value is not of its key's kind.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let table = DeTable::parse(text).map_err(|it| error(&it))?;
        for key in table.get_ref().keys() {
            let name: &str = key.get_ref();
            if !KEYS.contains(&name) {
                let hint = phrase::did_you_mean(name, KEYS).map_or_else(
                    || format!("the keys are {}", phrase::list(&KEYS)),
                    |it| format!("did you mean \"{it}\"?"),
                );
                return Err(SettingsError {
                    message: format!("unknown key \"{name}\": {hint}"),
                    span: Some(key.span()),
                });
            }
        }
        let settings: Self = toml::from_str(text).map_err(|it| error(&it))?;
        settings.validate()?;
        Ok(settings)
    }

    fn validate(&self) -> Result<(), SettingsError> {
        let wrong = |message: String| Err(SettingsError { message, span: None });
        if let Some(it) = self.working_days.iter().find(|it| weekday(it).is_none()) {
            return wrong(format!(
                "working_days: \"{it}\" is no day of the week: write English names such as \"Monday\""
            ));
        }
        match &self.timezone {
            Some(it) if it.parse::<chrono_tz::Tz>().is_err() => {
                wrong(format!("timezone: \"{it}\" is no time zone: write an IANA name such as \"Europe/Berlin\""))
            }
            _ => Ok(()),
        }
    }

    /// Returns the time zone in which today is a day.
    #[must_use]
    pub fn zone(&self) -> chrono_tz::Tz {
        self.timezone.as_deref().and_then(|it| it.parse().ok()).unwrap_or(chrono_tz::UTC)
    }

    /// Returns the days that are worked.
    #[must_use]
    pub fn working(&self) -> WorkingDays {
        let mut working =
            WorkingDays { holidays: self.holidays.iter().map(|it| it.0).collect(), ..WorkingDays::default() };
        if !self.working_days.is_empty() {
            working.weekdays = self.working_days.iter().filter_map(|it| weekday(it)).collect();
        }
        working
    }
}

fn error(it: &toml::de::Error) -> SettingsError {
    SettingsError { message: phrase::without_types(it.message()), span: it.span() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Day;

    #[test]
    fn an_unknown_key_names_the_nearest() {
        let error = Settings::parse("title = \"x\"\ntraget = 2026-03-15\n").unwrap_err();
        assert_eq!(
            error,
            SettingsError { message: "unknown key \"traget\": did you mean \"target\"?".into(), span: Some(12..18) }
        );
    }

    #[test]
    fn dates_are_read_with_and_without_quotes() {
        let settings = Settings::parse("start = 2026-01-19\ntarget = \"2026-03-15\"").unwrap();
        assert_eq!(settings.start.map(|it| it.0), Day::from_ymd_opt(2026, 1, 19));
        assert_eq!(settings.target.map(|it| it.0), Day::from_ymd_opt(2026, 3, 15));
        let error = Settings::parse("[check]\nday-label = \"warn\"").unwrap_err();
        let said = "\"warn\" is no level of a rule: write \"off\", \"info\", \"warning\" or \"error\"";
        assert_eq!(error.message, said);
        let error = Settings::parse("start = \"soon\"").unwrap_err();
        assert_eq!(error.message, "\"soon\" is no day: write it as 2026-03-15");
    }
}
