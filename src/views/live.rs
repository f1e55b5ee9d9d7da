//! What pages say of the plan while it is written, besides what they show.

use super::checks::sentence;
use super::portfolio::{MemberFacts, PortfolioFacts};
use crate::diagnostic::{Diagnostic, Severity, tally};
use crate::phrase;
use crate::prose::visible;
use serde::Serialize;

/// What is wrong with the plan, and with the last try to build its site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LiveState {
    /// "2 errors, 1 warning"; empty where there are none.
    pub summary: String,
    /// Errors and warnings, errors first.
    pub findings: Vec<LiveFinding>,
    /// "and 12 more"; empty where all are listed.
    pub more: String,
    /// The page that lists all of them.
    pub checks: &'static str,
    /// Why the site shown is an older one.
    pub error: Option<LiveError>,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LiveFinding {
    /// How much it matters, for the looks of it.
    pub severity: &'static str,
    /// The same in a word.
    pub word: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The file, and its line where one is known.
    pub label: String,
    /// The line's place on the site, seen from the site's folder; empty where it has none.
    pub href: String,
}

/// Why a site could not be built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LiveError {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: Option<String>,
    /// Where, if it is known.
    pub places: Vec<LiveFinding>,
}

/// The most findings that are listed.
const MOST: usize = 50;

/// Says what is wrong with a project, or with several.
#[must_use]
pub fn live(facts: &PortfolioFacts<'_>) -> LiveState {
    let mut found: Vec<(Severity, LiveFinding)> = Vec::new();
    let mut counts = [0; 2];
    let mut add = |all: &[Diagnostic], member: Option<&MemberFacts<'_>>| {
        let [errors, warnings, _] = tally(all);
        counts = [counts[0] + errors, counts[1] + warnings];
        let worth = all.iter().filter(|it| it.severity != Severity::Info);
        found.extend(worth.map(|it| (it.severity, finding(it, member))));
    };
    add(facts.notes, None);
    for member in &facts.members {
        match &member.known {
            Ok(known) => add(known.diagnostics, Some(member)),
            Err(why) if why.found.is_empty() => {
                add(&[Diagnostic::file("", Severity::Error, &why.path, why.what.clone()).help(why.help.clone())], None);
            }
            Err(why) => add(&why.found, None),
        }
    }
    found.sort_by_key(|(severity, _)| *severity);
    let beyond = found.len().saturating_sub(MOST);
    let findings = found.into_iter().take(MOST).map(|(_, it)| it).collect();
    let more = if 0 < beyond { format!("and {beyond} more") } else { String::new() };
    let is_part = facts.members.iter().any(|it| !it.slug.is_empty());
    let checks = if is_part { "index.html" } else { "checks.html" };
    LiveState {
        summary: phrase::counts(&[(counts[0], "error"), (counts[1], "warning")]).join(", "),
        findings,
        more,
        checks,
        error: None,
    }
}

/// Says why a site could not be built.
#[must_use]
pub fn live_error(what: &str, help: Option<&str>, places: &[Diagnostic]) -> LiveError {
    LiveError {
        what: visible(what).into_owned(),
        help: help.map(sentence),
        places: places.iter().map(|it| finding(it, None)).collect(),
    }
}

fn finding(it: &Diagnostic, member: Option<&MemberFacts<'_>>) -> LiveFinding {
    let within = member.map(|it| it.path.as_str()).filter(|it| !it.is_empty()).map(|it| format!("{it}/"));
    let path = format!("{}{}", within.unwrap_or_default(), it.path);
    let page = member.and_then(|it| it.known.as_ref().ok()).and_then(|known| known.source_pages.get(&it.path));
    let folder = member.map(|it| it.slug.as_str()).filter(|it| !it.is_empty()).map(|it| format!("{it}/"));
    let (line, anchor) = it.line().map(|it| (format!(":{it}"), format!("#L{it}"))).unwrap_or_default();
    LiveFinding {
        severity: it.severity.name(),
        word: phrase::capitalise(it.severity.name()),
        message: sentence(&it.message),
        help: it.help.as_deref().map(sentence),
        label: format!("{}{line}", visible(&path)),
        href: page.map(|it| format!("{}{it}{anchor}", folder.unwrap_or_default())).unwrap_or_default(),
    }
}
