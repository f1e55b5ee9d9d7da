//! How many days hours, weeks, months, points and sizes are.

use std::collections::BTreeMap;

/// What is set about units; what is not set has a default in [`Units`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitChoices {
    /// Hours in a working day.
    pub hours_per_day: Option<f64>,
    /// Working days in a week.
    pub days_per_week: Option<f64>,
    /// Working days in a month.
    pub days_per_month: Option<f64>,
    /// Days for one point.
    pub points: Option<f64>,
    /// How long a size such as `S` is.
    pub sizes: BTreeMap<String, Amount>,
}

/// A number with a unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// How many.
    pub number: f64,
    /// Of what.
    pub unit: Unit,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Hours.
    Hours,
    /// Working days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
}

/// How many days each unit of work has.
#[derive(Debug, Clone, PartialEq)]
pub struct Units {
    /// Hours in a working day.
    pub hours_per_day: f64,
    /// Working days in a week.
    pub days_per_week: f64,
    /// Working days in a month.
    pub days_per_month: f64,
    /// Days for one point; nothing when points say nothing about days.
    pub points: Option<f64>,
    /// Days for a size, by its name in small letters.
    pub sizes: BTreeMap<String, f64>,
}

impl Default for Units {
    fn default() -> Self {
        Self { hours_per_day: 8.0, days_per_week: 5.0, days_per_month: 20.0, points: None, sizes: BTreeMap::new() }
    }
}

impl Units {
    /// Fills in what is not set; `worked` is the number of days of the week that are worked.
    #[must_use]
    pub fn new(choices: &UnitChoices, worked: usize) -> Self {
        let default = Self::default();
        let worked = u32::try_from(worked).ok().filter(|it| 0 < *it).map_or(default.days_per_week, f64::from);
        let mut units = Self {
            hours_per_day: choices.hours_per_day.unwrap_or(default.hours_per_day),
            days_per_week: choices.days_per_week.unwrap_or(worked),
            days_per_month: choices.days_per_month.unwrap_or(default.days_per_month),
            points: choices.points,
            sizes: BTreeMap::new(),
        };
        units.sizes = choices.sizes.iter().map(|(name, it)| (name.to_lowercase(), units.days(*it))).collect();
        units
    }

    /// Returns a number of working days.
    #[must_use]
    pub fn days(&self, it: Amount) -> f64 {
        match it.unit {
            Unit::Hours => it.number / self.hours_per_day,
            Unit::Days => it.number,
            Unit::Weeks => it.number * self.days_per_week,
            Unit::Months => it.number * self.days_per_month,
        }
    }

    /// Returns the days of a size, whatever the case of its name.
    #[must_use]
    pub fn size(&self, name: &str) -> Option<f64> {
        if self.sizes.is_empty() { None } else { self.sizes.get(&name.to_lowercase()).copied() }
    }
}

impl Unit {
    /// Returns the unit that a word names, in any case, such as `d`, `hrs` or `weeks`.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        const WORDS: [(Unit, &[&str]); 4] = [
            (Unit::Days, &["d", "day", "days", "pd"]),
            (Unit::Hours, &["h", "hr", "hrs", "hour", "hours"]),
            (Unit::Weeks, &["w", "wk", "wks", "week", "weeks"]),
            (Unit::Months, &["mo", "month", "months"]),
        ];
        let is = |words: &[&str]| words.iter().any(|it| it.eq_ignore_ascii_case(word));
        WORDS.iter().find(|(_, words)| is(words)).map(|(unit, _)| *unit)
    }
}

impl Amount {
    /// Reads a number with a unit behind it, such as `0.5d`, `1,5 weeks`; decimals stand behind a point or a comma.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(|it: char| !it.is_ascii_digit() && it != '.' && it != ',')?;
        let (number, unit) = text.split_at_checked(end)?;
        let number: f64 = number.replace(',', ".").parse().ok()?;
        Some(Self { number, unit: Unit::named(unit.trim())? })
    }
}
