//! From views to output files.

mod charts;
mod diff;
mod email;
mod init;
mod live;
mod mails;
mod portfolio;
mod site;
mod templates;

pub use self::diff::{comment, terminal, unreadable};
pub use self::email::{Drafted, email, mail_previews};
pub use self::init::{init_sample, init_settings, init_workflows};
pub use self::live::{live_files, live_words};
pub use self::portfolio::portfolio;
pub use self::site::{SiteOptions, site};
pub use self::templates::TemplateError;
