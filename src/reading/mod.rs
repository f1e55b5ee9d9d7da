//! What the words mean: from a document to a plan or to standups. One file for each kind of thing read.

mod cells;
mod dates;
mod durations;
mod front_matter;
mod gates;
mod headings;
mod ids;
mod labels;
mod letters;
mod lists;
mod marks;
mod owner_line;
mod plan;
mod schedule;
mod standup;
mod standup_entry;
mod tables;
mod tasks;
mod walk;
mod yaml;

pub use self::cells::cell;
pub use self::dates::date;
pub use self::front_matter::{effective_settings, is_roadmap, kind_of};
pub use self::headings::{standup_week, week_range};
pub use self::ids::{ids_among, is_id};
pub use self::marks::{Mark, bracket, symbol};
pub use self::plan::plan;
pub use self::standup::{StandupFile, standups};
pub use self::tasks::part_of;
