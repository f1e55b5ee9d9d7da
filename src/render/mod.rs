//! From views to output files.

mod card;
mod charts;
mod diff;
mod email;
mod feeds;
mod init;
mod json;
mod live;
mod look;
mod mails;
mod pictures;
mod portfolio;
mod search;
mod site;
mod squeeze;
mod templates;
mod whole;

pub use self::diff::{comment, terminal, unreadable};
pub use self::email::{Drafted, email, mail_previews};
pub use self::feeds::{Form, export};
pub use self::init::{init_mail_workflow, init_sample, init_settings, init_standups, init_workflows};
pub use self::live::{live_files, live_words};
pub use self::look::Look;
pub use self::portfolio::portfolio;
pub use self::site::{SiteOptions, site};
pub use self::templates::TemplateError;
