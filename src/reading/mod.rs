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
mod standup_dates;
mod standup_days;
mod standup_entry;
mod standup_file;
mod standup_heading;
mod standup_line;
mod standup_part;
mod tables;
mod tasks;
mod walk;

pub use self::cells::cell;
pub use self::dates::date;
pub use self::front_matter::is_roadmap;
pub use self::headings::week_range;
pub use self::ids::{ids_among, is_id};
pub use self::marks::{Mark, bracket, symbol};
pub use self::plan::plan;
pub use self::standup::{StandupFile, standups};
pub use self::standup_dates::DayOrder;
pub use self::standup_file::holds_standups;
pub use self::tasks::part_of;
