//! Values that a program measured and wrote into a file.

use crate::calendar::Day;
use crate::text::Place;

/// A value of a metric on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredValue {
    /// The metric as the file or the settings name it.
    pub metric: String,
    /// The day it was measured on.
    pub date: Day,
    /// The value.
    pub value: f64,
    /// Its unit, where one is written.
    pub unit: Option<String>,
    /// Where it stands.
    pub place: Place,
}
