//! What several rules look at: the subject, and the facts that they share.

pub mod asked;
pub mod demands;
pub mod gate_label;
pub mod loads;
pub mod measures;
pub mod owner_line;
mod subject;
pub mod tables;
pub mod told;

pub use self::subject::Subject;
