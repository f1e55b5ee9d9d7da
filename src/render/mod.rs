//! From views to output files.

mod charts;
mod diff;
mod email;
mod mails;
mod portfolio;
mod search;
mod site;
mod templates;

pub use self::diff::{comment, terminal, unreadable};
pub use self::email::{Drafted, email, mail_previews};
pub use self::portfolio::portfolio;
pub use self::site::{SiteOptions, site};
pub use self::templates::TemplateError;
