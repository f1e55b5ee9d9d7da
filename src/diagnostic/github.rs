//! Complaints as annotations of a pull request: workflow commands of GitHub Actions.
//!
//! Source: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use super::data::{Files, part};
use super::{Diagnostic, Severity, tally};
use crate::phrase;
use crate::prose::visible;
use crate::text::SourceFile;
use std::fmt::Write as _;

/// GitHub shows ten annotations of a kind for each step; the tenth says how many are left.
const SHOWN: usize = 9;

/// Returns the nine worst complaints as workflow commands, and one more that counts the rest. `folder` is where the project lies
/// in its repository: empty, or with a `/` at its end.
#[must_use]
pub fn annotations(diagnostics: &[Diagnostic], files: &[&SourceFile], folder: &str) -> String {
    let files = Files::new(files);
    let mut worst: Vec<&Diagnostic> = diagnostics.iter().collect();
    worst.sort_by_key(|it| it.severity);
    let mut text = String::new();
    for it in worst.iter().take(SHOWN) {
        let part = part(it, &files);
        let mut properties = vec![format!("file={}", property(&format!("{folder}{}", part.path)))];
        properties.extend(part.line.map(|it| format!("line={it}")));
        properties.extend(part.column.map(|it| format!("col={it}")));
        properties.extend(part.end_column.map(|it| format!("endColumn={}", it.saturating_sub(1).max(1))));
        properties.push(format!("title={}", property(it.rule)));
        let help = it.help.as_ref().map_or(String::new(), |it| format!("\nhelp: {it}"));
        let message = data(&visible(&format!("{}{help}", it.message)));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "::{} {}::{message}", command(it.severity), properties.join(","));
    }
    let rest = worst.get(SHOWN.min(worst.len())..).unwrap_or_default();
    if !rest.is_empty() {
        let all: Vec<Diagnostic> = rest.iter().map(|it| (*it).clone()).collect();
        let counts = tally(&all);
        let parts = counts.iter().zip(["error", "warning", "note"]).filter(|(n, _)| 0 < **n);
        let parts: Vec<String> = parts.map(|(n, noun)| phrase::count(*n, noun)).collect();
        let worst = rest.first().map_or(Severity::Info, |it| it.severity);
        let message = format!("{} more: run `roadbook check` to read all", phrase::list(&parts));
        let _ = writeln!(text, "::{} title=roadbook::{}", command(worst), data(&message));
    }
    text
}

const fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// Escapes the text of a command, so that content cannot begin a command of its own.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_begins_no_command() {
        let it = Diagnostic::file("x", Severity::Error, "a,b:c.md", "one\n::set-output name=x::%0A");
        let text = annotations(&vec![it; 12], &[], "plan/");
        let first = "::error file=plan/a%2Cb%3Ac.md,title=x::one%0A::set-output name=x::%250A";
        assert_eq!(text.lines().next(), Some(first));
        assert_eq!(text.lines().count(), 10);
        assert_eq!(
            text.lines().last(),
            Some("::error title=roadbook::3 errors more: run `roadbook check` to read all")
        );
    }
}
