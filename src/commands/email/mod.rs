//! `roadbook email`: the weekly mail, written or sent.

mod deliver;
mod draft;
mod preview;
mod send;

pub use self::deliver::{Carrier, Clock, Delivered, deliver};
pub use self::send::{SendOptions, send};

use self::deliver::made;
use self::draft::{Drafts, drafts};
use super::{CommandError, World};
use crate::bundle::{Bundle, OutPath};
use crate::cli::{Cli, Email};
use crate::edge::{Sender, publish};
use crate::mail::{Address, Mail, Mailbox};
use crate::phrase::count;
use crate::settings::Audience;
use std::io::Write;

/// Writes the mail of a week for each audience, and sends it where that is asked for. Exit status 5 when some recipient was not served.
///
/// # Errors
///
/// When the project cannot be read, the mail cannot be written, or nothing could be sent.
pub fn run(it: &Email, cli: &Cli, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, CommandError> {
    let drafts = drafts(it, world)?;
    if it.preview {
        return preview::run(&drafts, it, cli, world, out);
    }
    if let Some(folder) = &it.out {
        publish(&files(&drafts)?, folder, &drafts.places)?;
        if !cli.common.quiet {
            for mail in drafts.mails() {
                writeln!(out, "{}: {}", mail.key.audience, mail.subject)?;
            }
            writeln!(out, "{} written to {}", count(drafts.all.len(), "mail"), folder.display())?;
        }
    }
    if it.send {
        let mails: Vec<(Mail, &Audience)> = drafts.all.iter().map(|it| (it.mail.clone(), &it.audience)).collect();
        let options = SendOptions {
            root: &drafts.root,
            resend_unknown: it.resend_unknown,
            remote: it.remote.as_deref(),
            title: &drafts.title,
            quiet: cli.common.quiet,
        };
        return send(&mails, &drafts.settings, world, options, out, err);
    }
    if it.out.is_none() {
        print(&drafts, out)?;
    }
    Ok(0)
}

/// Returns the files of all mails: the HTML shows pictures that lie beside it.
fn files(drafts: &Drafts) -> Result<Bundle, CommandError> {
    let mut bundle = Bundle::default();
    let nobody = nobody();
    let email = &drafts.settings.email;
    let sender =
        Sender { from: email.from.as_ref().or(nobody.as_ref()).ok_or_else(no_sender)?, email, title: &drafts.title };
    for mail in drafts.mails() {
        let name = &mail.key.audience;
        bundle.add(OutPath::new(&[&format!("{name}.eml")]), made(mail, sender)?);
        bundle.add(OutPath::new(&[&format!("{name}.html")]), mail.html.clone());
        bundle.add(OutPath::new(&[&format!("{name}.txt")]), mail.text.clone());
        for picture in &mail.pictures {
            bundle.add(OutPath::new(&[&format!("{}.png", picture.name)]), picture.png.clone());
        }
    }
    Ok(bundle)
}

/// Who a mail is from that nobody sends: an address that no mail can reach.
fn nobody() -> Option<Mailbox> {
    Some(Mailbox { name: Some("roadbook".to_owned()), address: Address::parse("roadbook@roadbook.invalid").ok()? })
}

fn no_sender() -> CommandError {
    CommandError::Usage {
        what: "there is no sender".to_owned(),
        help: "write `from` below [email] in roadbook.toml".to_owned(),
    }
}

fn print(drafts: &Drafts, out: &mut dyn Write) -> Result<(), CommandError> {
    for (at, mail) in drafts.mails().enumerate() {
        if 0 < at {
            writeln!(out, "\n")?;
        }
        writeln!(out, "Subject: {}\n\n{}", mail.subject, mail.text)?;
    }
    Ok(())
}
