//! What each page says, in final words and figures: no logic is left for templates.

pub mod burndown_figure;
pub mod charts;
pub mod frame;
pub mod health_figure;
pub mod index;
pub mod page;
pub mod parts;
pub mod progress;
pub mod report;
pub mod task;
pub mod tasks;
pub mod wording;

mod desk;

pub use self::desk::{Desk, Facts};
