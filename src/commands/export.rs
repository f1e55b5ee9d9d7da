//! `roadbook export`: a plan in another form.

use super::input::Input;
use super::{CommandError, World};
use crate::cli::{Cli, Export, ExportFormat};
use crate::edge::{Target, write_file};
use crate::render::{Form, export};
use std::io::Write;

/// Writes a plan in another form. What `build` writes as well has the same bytes here.
pub fn run(it: &Export, cli: &Cli, world: &World, out: &mut dyn Write) -> Result<u8, CommandError> {
    let input = Input::read(&it.path, it.when, world)?;
    let Some(known) = input.alone() else {
        return Err(CommandError::Usage {
            what: format!("{} holds several projects, and one is written at a time", it.path.display()),
            help: "name the folder of one, or run `roadbook build` for the files of all".to_owned(),
        });
    };
    let form = match it.format {
        ExportFormat::Json => Form::Json,
        ExportFormat::Csv => Form::Csv,
        ExportFormat::Ics => Form::Ics,
        ExportFormat::Atom => Form::Atom,
        ExportFormat::Mermaid => Form::Mermaid,
        ExportFormat::Taskjuggler => Form::TaskJuggler,
    };
    let bytes = export(known.facts(), form, it.base_url.as_deref());
    match it.out.as_ref().filter(|it| it.as_os_str() != "-") {
        Some(path) => {
            write_file(
                path,
                &bytes,
                &Target { kind: "export in this format", sign: sign(it.format), read: &input.places },
            )?;
            if !cli.common.quiet {
                writeln!(out, "written to {}", path.display())?;
            }
        }
        None => out.write_all(&bytes)?,
    }
    Ok(0)
}

/// Returns what stands in the first bytes of a format, so that an earlier file of it can be told from any other.
const fn sign(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Json => "\"name\": \"roadbook\"",
        ExportFormat::Csv => "key,id,title,state",
        ExportFormat::Ics => "PRODID:-//roadbook//",
        ExportFormat::Atom => "<generator>roadbook<",
        ExportFormat::Mermaid => "\n    %% As of ",
        ExportFormat::Taskjuggler => "# Written by roadbook",
    }
}
