//! What several rules look at: the subject, and facts worked out once for all of them.

pub mod demands;
pub mod gate_label;
pub mod loads;
pub mod measures;
pub mod owner_line;
mod subject;
pub mod tables;
pub mod told;

pub use self::subject::Subject;
