//! `roadbook email --preview`: the mails in a browser, from this machine and for it.

use super::draft::Drafts;
use crate::cli::{Cli, Email};
use crate::commands::{CommandError, World, show};
use crate::edge::{Files, Server, Shelf, on_interrupt};
use crate::render;
use crate::views::email::{Envelope, preview};
use std::io::Write;

/// Shows mails until it is told to end.
pub fn run(drafts: &Drafts, it: &Email, cli: &Cli, world: &World, out: &mut dyn Write) -> Result<u8, CommandError> {
    let email = &drafts.settings.email;
    let shown: Vec<_> = drafts
        .all
        .iter()
        .map(|it| {
            let (from, reply_to) = (email.from.as_ref(), email.reply_to.as_ref());
            let envelope = Envelope { from, reply_to, to: &it.audience.to };
            (it.mail.clone(), preview(&it.mail, (&it.top, &it.preheader), envelope))
        })
        .collect();
    let (bundle, mails) = render::mail_previews(&shown, &drafts.look)?;
    let server = Server::bind(it.port, Shelf::new(Files { bundle, mails, version: None }))?;
    let stop = server.stop();
    on_interrupt(move || stop.stop());
    show(("preview", &server.url()), it.no_open, (cli, world), out)?;
    server.run();
    Ok(0)
}
