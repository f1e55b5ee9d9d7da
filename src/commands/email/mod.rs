//! `roadbook email`: the weekly mail.

mod deliver;
mod send;

pub use self::deliver::{Carrier, Clock, Delivered, deliver};
pub use self::send::{SendOptions, send};
