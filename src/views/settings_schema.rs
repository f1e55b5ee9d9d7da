//! The schema of the settings file, with the rules that may have a level there.

use crate::checks;
use crate::settings;

/// Returns the JSON Schema of `roadbook.toml`.
#[must_use]
pub fn settings_schema() -> serde_json::Value {
    settings::schema(checks::all().iter().map(|it| (it.name, it.what)))
}
