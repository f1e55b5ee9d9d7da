//! `roadbook man`: manual pages, out of the arguments themselves.

use super::CommandError;
use crate::bundle::{Bundle, OutPath};
use crate::cli::{Grammar, Man, grammar};
use crate::edge;
use crate::phrase;
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, bold, roman};
use std::io::{self, Write};

/// The section of the manual for commands.
const SECTION: &str = "1";
/// What every command's exit status says.
const STATUS: [(&str, &str); 3] = [
    ("0", "It is done. Of build: a site was written, whatever was found in the plan."),
    ("1", "check found errors; with --strict anything at all."),
    ("2", "It could not be done: wrong arguments, input that cannot be read, no git repository."),
];
/// What the exit status of some commands says besides.
const STATUS_OF: [(&str, &str, &str); 3] = [
    ("diff", "3", "diff, with --exit-code: something changes."),
    ("diff", "4", "diff, with --exit-code: a gate now fails."),
    ("email", "5", "email, with --send: somebody was not served."),
];

/// Writes the page of roadbook to the output, or a page for each command to a folder.
pub fn run(it: &Man, out: &mut dyn Write) -> Result<u8, CommandError> {
    let mut all = grammar().subcommand_help_heading("COMMANDS").subcommand_value_name("COMMAND");
    all.build();
    let Some(folder) = &it.out else {
        out.write_all(&page(&all)?)?;
        return Ok(0);
    };
    let mut pages = Bundle::default();
    for command in std::iter::once(&all).chain(all.get_subcommands()) {
        pages.add(OutPath::of(&format!("{}.{SECTION}", title(command))), page(command)?);
    }
    edge::publish(&pages, folder, &[])?;
    Ok(0)
}

fn title(command: &Grammar) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}

/// Makes a page. It has no date: that of the clock would be another one each time.
fn page(command: &Grammar) -> io::Result<Vec<u8>> {
    let page = Page::new(command.clone());
    let mut text = Vec::new();
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    if command.has_subcommands() {
        page.render_subcommands_section(&mut text)?;
    }
    let mut rest = Roff::new();
    exit_status(command, &mut rest);
    after_help(command, &mut rest);
    see_also(command, &mut rest);
    rest.to_writer(&mut text)?;
    let title = title(command).to_uppercase();
    let head =
        format!(".TH {title} {SECTION} \"\" \"roadbook {}\" \"Manual of roadbook\"\n", env!("CARGO_PKG_VERSION"));
    Ok(format!("{PREAMBLE}{head}{}", tidy(&String::from_utf8_lossy(&text))).into_bytes())
}

/// What `roff` puts before everything it writes: an apostrophe for each kind of reader.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";
/// Lines of the pages are no longer than this where words allow it.
const COLUMNS: usize = 80;

/// Writes the pieces as one page that readers of such pages have nothing against: one preamble, paragraphs instead of empty lines, and
/// short lines but where every line counts.
fn tidy(text: &str) -> String {
    let text = text.replace(PREAMBLE, "").replace(".br\n\n.br\n", ".IP\n");
    let (mut tidy, mut as_it_is) = (String::new(), false);
    for line in text.lines() {
        as_it_is = match line {
            ".nf" => true,
            ".fi" => false,
            _ => as_it_is,
        };
        if as_it_is || line.starts_with('.') || line.starts_with("\\fB\\-") {
            tidy += line.trim_end();
            tidy.push('\n');
            continue;
        }
        for part in phrase::wrap(line, COLUMNS) {
            // A line that begins with a point or an apostrophe is an order.
            let guard = if part.starts_with(['.', '\'']) { "\\&" } else { "" };
            tidy.extend([guard, part.as_str(), "\n"]);
        }
    }
    tidy
}

fn exit_status(command: &Grammar, page: &mut Roff) {
    page.control("SH", ["EXIT STATUS"]);
    let own = STATUS_OF.iter().filter(|(of, ..)| *of == command.get_name() || command.has_subcommands());
    let own = own.map(|(_, status, means)| (*status, *means));
    // Only one command tells findings by its status.
    let common =
        STATUS.iter().filter(|(it, _)| *it != "1" || command.has_subcommands() || command.get_name() == "check");
    for (status, means) in common.copied().chain(own) {
        page.control("TP", []);
        page.text([roman(status)]);
        page.text([roman(means)]);
    }
}

/// Writes what stands below the help: its examples as they are, its words as words.
fn after_help(command: &Grammar, page: &mut Roff) {
    let Some(help) = command.get_after_help().map(ToString::to_string) else { return };
    let (words, examples) = help.split_once("Example:\n").unwrap_or((&help, ""));
    if !words.trim().is_empty() {
        page.control("SH", ["NOTES"]);
        page.text([roman(words.trim())]);
    }
    if !examples.is_empty() {
        page.control("SH", ["EXAMPLES"]);
        page.control("nf", []);
        for line in examples.lines() {
            page.text([roman(line.trim())]);
        }
        page.control("fi", []);
    }
}

fn see_also(command: &Grammar, page: &mut Roff) {
    page.control("SH", ["SEE ALSO"]);
    if command.has_subcommands() {
        page.text([bold("roadbook"), roman(" COMMAND "), bold("--help")]);
    } else {
        page.control("BR", ["roadbook", "(1)"]);
    }
}
