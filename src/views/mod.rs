//! What each page says, in final words and figures: no logic is left for templates.

pub mod budget;
pub mod burndown_figure;
pub mod change_words;
pub mod charts;
pub mod checks;
pub mod dependencies;
pub mod forecast_record;
pub mod frame;
pub mod gate;
pub mod gates;
pub mod health_figure;
pub mod history;
pub mod index;
pub mod load_figure;
pub mod metric_figure;
pub mod metrics;
pub mod page;
pub mod part_tally;
pub mod parts;
pub mod phases;
pub mod portfolio;
pub mod progress;
pub mod reading;
pub mod report;
pub mod risks;
pub mod rules;
pub mod source;
pub mod sources;
pub mod standing;
pub mod standups;
pub mod task;
pub mod task_evidence;
pub mod tasks;
pub mod team;
pub mod timeline;
pub mod timeline_figure;
pub mod timeline_rows;
pub mod timeline_words;
pub mod week;
pub mod weeks;
pub mod wording;

mod desk;
mod settings_schema;

pub use self::desk::{Desk, Facts, gate_paths};
pub use self::settings_schema::settings_schema;
