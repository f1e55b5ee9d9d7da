//! `roadbook explain`: why a rule complains, and what to write instead.

use super::CommandError;
use crate::checks::{Rule, all, rule};
use crate::cli::Explain;
use crate::diagnostic::Severity;
use crate::phrase;
use std::io::Write;

/// Columns of running text.
const COLUMNS: usize = 80;

/// Explains a rule, or lists all of them.
pub fn run(it: &Explain, out: &mut dyn Write) -> Result<u8, CommandError> {
    let Some(name) = &it.rule else {
        let longest = all().iter().map(|it| it.name.len()).max().unwrap_or(0);
        for it in all() {
            writeln!(out, "{:longest$}  {:7}  {}", it.name, it.severity.name(), it.what)?;
        }
        return Ok(0);
    };
    let Some(it) = rule(name) else {
        let near = phrase::did_you_mean(name, all().iter().map(|it| it.name));
        let help = near.map_or("`roadbook explain` lists the rules".to_owned(), |it| format!("did you mean {it}?"));
        return Err(CommandError::Usage { what: format!("there is no rule \"{name}\""), help });
    };
    write!(out, "{}", explanation(it))?;
    Ok(0)
}

fn explanation(it: &Rule) -> String {
    let level = match it.severity {
        Severity::Info => "a note",
        Severity::Warning => "a warning",
        Severity::Error => "an error",
    };
    let indent = |text: &str| {
        // An empty line stays empty.
        let lines = text.lines().map(|it| if it.is_empty() { String::new() } else { format!("    {it}") });
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    let text = |text: &str| phrase::wrap(text, COLUMNS).join("\n");
    let silence = if it.can_be_allowed() {
        format!(
            "To silence one place, put this on the line before it:\n\n    <!-- roadbook: allow {}: why it is right here -->\n\n",
            it.name
        )
    } else {
        String::new()
    };
    format!(
        "{name}: {level}\n\n{what}\n\n{why}\n\nInstead of\n\n{bad}\nwrite\n\n{good}\n{silence}To change its level everywhere, in \
         roadbook.toml:\n\n    [check]\n    {name} = \"off\"\n",
        name = it.name,
        what = text(it.what),
        why = text(it.why),
        bad = indent(it.bad),
        good = indent(it.good),
    )
}
