//! `unknown-rule`, and what settings and allowances make of findings.

use super::allowance::{allowances, complain};
use super::{Rule, Subject, all};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::settings::Level;
use crate::sources::Sources;

/// Complains about a rule in the settings that does not exist.
pub const RULE: Rule = Rule {
    name: "unknown-rule",
    severity: Severity::Warning,
    what: "The settings name a rule that does not exist.",
    why: "A level for a misspelt rule changes nothing, and nobody notices.",
    bad: "[check]\nday-lable = \"off\"",
    good: "[check]\nday-label = \"off\"",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let names: Vec<&str> = all().iter().map(|it| it.name).collect();
    for name in subject.settings().check.keys().filter(|it| !names.contains(&it.as_str())) {
        let near = phrase::did_you_mean(name, names.iter().copied());
        let help = near.map_or("`roadbook explain` lists the rules".to_owned(), |it| format!("did you mean \"{it}\"?"));
        let message = format!("there is no rule \"{name}\": its level changes nothing");
        found.push(Diagnostic::file(RULE.name, RULE.severity, "roadbook.toml", message).help(help));
    }
}

/// Silences what allowances allow, complains about those that allow nothing, and gives findings the levels of the settings.
pub fn settle(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    for file in sources.files() {
        for it in allowances(file) {
            let mut used = vec![false; it.rules.len()];
            diagnostics.retain(|found| {
                let here = *found.path == *file.path && found.line() == Some(it.line);
                let rule = it.rules.iter().position(|name| here && name == found.rule);
                if let Some(used) = rule.and_then(|at| used.get_mut(at)) {
                    *used = true;
                }
                rule.is_none()
            });
            complain(&it, &used, diagnostics);
        }
    }
    let level = |it: &Diagnostic| sources.settings.check.get(it.rule).copied();
    diagnostics.retain(|it| level(it) != Some(Level::Off));
    for it in diagnostics {
        match level(it) {
            Some(Level::Error) => it.severity = Severity::Error,
            Some(Level::Warning) => it.severity = Severity::Warning,
            Some(Level::Info) => it.severity = Severity::Info,
            Some(Level::Off) | None => {}
        }
    }
}
