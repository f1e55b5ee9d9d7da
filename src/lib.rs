//! roadbook
pub mod text;
pub mod calendar;
pub mod bundle;
pub mod phrase;
pub mod diagnostic;
pub mod prose;
pub mod settings;
pub mod sources;
pub mod model;
pub mod document;
pub mod reading;
pub mod history;
pub mod analysis;
pub mod checks;
pub mod views;
pub mod edge;
pub mod pipeline;
