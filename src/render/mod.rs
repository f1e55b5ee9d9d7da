//! From views to output files.

mod charts;
mod site;
mod templates;

pub use self::site::{SiteOptions, site};
pub use self::templates::TemplateError;
