//! `roadbook email`: the weekly mail, written or sent.

mod draft;

use self::draft::{Draft, drafts};
use super::{CommandError, World};
use crate::bundle::{Bundle, OutPath};
use crate::cli::{Cli, Email};
use crate::edge::publish;
use crate::phrase::count;
use std::io::Write;

/// Writes the mail of a week for each audience.
pub fn run(it: &Email, cli: &Cli, world: &World, out: &mut dyn Write) -> Result<u8, CommandError> {
    let drafts = drafts(it, world)?;
    match &it.out {
        Some(folder) => {
            publish(&files(&drafts), folder)?;
            if !cli.common.quiet {
                for draft in &drafts {
                    writeln!(out, "{}: {}", draft.mail.key.audience, draft.mail.subject)?;
                }
                writeln!(out, "{} written to {}", count(drafts.len(), "mail"), folder.display())?;
            }
        }
        None => print(&drafts, out)?,
    }
    Ok(0)
}

/// Returns the files of all mails: the HTML shows pictures that lie beside it.
fn files(drafts: &[Draft]) -> Bundle {
    let mut bundle = Bundle::default();
    for Draft { mail } in drafts {
        let name = &mail.key.audience;
        bundle.add(OutPath::new(&[&format!("{name}.html")]), mail.html.clone());
        bundle.add(OutPath::new(&[&format!("{name}.txt")]), mail.text.clone());
        for picture in &mail.pictures {
            bundle.add(OutPath::new(&[&format!("{}.png", picture.name)]), picture.png.clone());
        }
    }
    bundle
}

fn print(drafts: &[Draft], out: &mut dyn Write) -> Result<(), CommandError> {
    for (at, Draft { mail }) in drafts.iter().enumerate() {
        if 0 < at {
            writeln!(out, "\n")?;
        }
        writeln!(out, "Subject: {}\n\n{}", mail.subject, mail.text)?;
    }
    Ok(())
}
