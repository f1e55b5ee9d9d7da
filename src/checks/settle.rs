//! `unknown-rule`, and what settings and allowances make of findings.

use super::allowance::{Allowance, allowances, complain};
use super::{Rule, Subject, all, nearest};
use crate::diagnostic::{Diagnostic, Severity};
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
        let message = format!("there is no rule \"{name}\": its level changes nothing");
        found.push(Diagnostic::file(RULE.name, RULE.severity, "roadbook.toml", message).help(nearest(name)));
    }
}

/// Silences what allowances allow, complains about those that allow nothing, and gives findings the levels of the settings.
pub fn settle(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    for file in sources.files() {
        for it in allowances(file) {
            let mut used = vec![false; it.rules.len()];
            diagnostics.retain_mut(|found| {
                let rule = it.rules.iter().position(|name| name == found.rule).filter(|_| *found.path == *file.path);
                let Some((at, silenced)) = rule.and_then(|at| Some((at, silence(found, &it)?))) else { return true };
                if let Some(used) = used.get_mut(at) {
                    *used = true;
                }
                silenced == Silenced::Place
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

/// What an allowance has silenced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Silenced {
    /// One of several places of a finding, which stands for the others now.
    Place,
    /// The finding.
    All,
}

/// Takes the place of an allowance out of a finding; nothing when it speaks of none of the finding's places.
fn silence(found: &mut Diagnostic, it: &Allowance) -> Option<Silenced> {
    // A finding about the whole file is silenced anywhere in it.
    let Some(line) = found.line() else { return Some(Silenced::All) };
    let before = found.related.len();
    found.related.retain(|other| !(other.is_again && it.lines.contains(&other.place.line())));
    let fewer = (found.related.len() < before).then_some(Silenced::Place);
    if !it.lines.contains(&line) {
        return fewer;
    }
    let next = found.related.iter().position(|it| it.is_again && it.place.path.as_ref() == found.path);
    let Some(next) = next.map(|at| found.related.remove(at)) else { return Some(Silenced::All) };
    found.place = Some(next.place);
    Some(Silenced::Place)
}
