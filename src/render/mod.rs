//! From views to output files.

mod charts;
mod diff;
mod email;
mod feeds;
mod mails;
mod portfolio;
mod site;
mod templates;

pub use self::diff::{comment, terminal, unreadable};
pub use self::email::{Drafted, email, mail_previews};
pub use self::feeds::{Form, export};
pub use self::portfolio::portfolio;
pub use self::site::{SiteOptions, site};
pub use self::templates::TemplateError;
