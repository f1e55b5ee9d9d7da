//! Metrics and the cells of their tables.

use crate::calendar::Week;
use crate::text::{Place, Span};

/// A row of a metrics table.
#[derive(Debug, Clone)]
pub struct Metric {
    /// The name as written.
    pub name: String,
    /// The value when the plan was made.
    pub current: Option<Cell>,
    /// The value to be reached.
    pub target: Option<Cell>,
    /// The value to be reached by the end of each week.
    pub targets: Vec<(Week, Cell)>,
    /// Where the row stands.
    pub place: Place,
}

/// What a cell of a metrics table says.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The words as written.
    pub text: String,
    /// How a value is to be compared with it.
    pub comparator: Option<Comparator>,
    /// The number.
    pub value: Option<f64>,
    /// The unit, such as `%`, `ms`, `per_day` or `per_week`.
    pub unit: Option<String>,
    /// What kind of cell it is.
    pub kind: CellKind,
    /// Whether the number is written as a rough one.
    pub approximate: bool,
    /// Its words in the roadmap; empty for a value that stands in no table.
    pub span: Span,
}

/// What kind of cell it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// A number, with its unit or without.
    Number,
    /// Not known yet, such as "TBD".
    Unknown,
    /// Not applicable.
    NotApplicable,
    /// Words that are no number.
    Text,
}

/// How a value is to be compared with a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// Less.
    Less,
    /// Less or equal.
    AtMost,
    /// Greater.
    Greater,
    /// Greater or equal.
    AtLeast,
}

impl Comparator {
    /// Returns the comparator's sign in ASCII.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Says whether a value meets a target.
    #[must_use]
    pub fn holds(self, value: f64, target: f64) -> bool {
        match self {
            Self::Less => value < target,
            Self::AtMost => value <= target,
            Self::Greater => target < value,
            Self::AtLeast => target <= value,
        }
    }
}
