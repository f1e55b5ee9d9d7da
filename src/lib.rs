//! roadbook turns a roadmap and its weekly standups, plain Markdown in a git repository, into a static site.
//!
//! The whole program is a pure function between two thin shells, `report = f(sources, settings, today)`:
//!
//! 1. [`edge`] finds a project's files and reads them: [`sources::Sources`]. Input ends here.
//! 2. [`document`] reads Markdown into blocks that know where they stand. It cannot fail.
//! 3. [`reading`] says what the blocks mean: a [`model::Plan`], and [`model::Standup`]s, with complaints beside them.
//! 4. [`history`] puts both together: what was known on each day, and from which line.
//! 5. [`analysis`] works out what follows: progress, burndown, forecast, health, gates, capacity.
//! 6. [`checks`] looks for what is wrong.
//! 7. [`comparison`] holds two states of a plan against each other, where that is asked for.
//! 8. [`views`] says it: one struct for each page, in final words and figures.
//! 9. [`render`] makes output files of views, in memory: a [`bundle::Bundle`].
//! 10. [`edge`] puts them in place, all of them or none.
//!
//! [`pipeline`] is steps 2 to 6; [`editing`] is the other way round, from what somebody wants to say to the plan's own Markdown;
//! [`commands`] are the whole way. Modules stand in reading order, and each uses only those above it; a test holds that.

pub mod text;

pub mod calendar;

pub mod bundle;

pub mod phrase;

pub mod marker;

pub mod shipped;

pub mod mail;

pub mod prose;

pub mod diagnostic;

pub mod model;

pub mod settings;

pub mod sources;

pub mod document;

pub mod reading;

pub mod history;

pub mod analysis;

pub mod checks;

pub mod comparison;

pub mod views;

pub mod render;

pub mod edge;

pub mod pipeline;

pub mod editing;

pub mod cli;

pub mod commands;
