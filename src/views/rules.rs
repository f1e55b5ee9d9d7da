//! The rules of the plan checks: what each finds, why it matters, and what to write instead.

use super::Desk;
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use crate::checks::{Rule, all};
use crate::diagnostic::Severity;
use crate::phrase::{count, count_in_words};
use serde::Serialize;

/// The rules.
#[derive(Debug, Serialize)]
pub struct Rules {
    /// What stands around it.
    pub frame: Frame,
    /// How many there are.
    pub heading: String,
    /// The rules, by name.
    pub rows: Vec<RuleRow>,
}

/// A rule.
#[derive(Debug, Serialize)]
pub struct RuleRow {
    /// Its name.
    pub name: &'static str,
    /// "A warning", and how often it spoke in this plan.
    pub level: String,
    /// What it finds.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// Markdown that it complains about, by lines.
    pub bad: Vec<&'static str>,
    /// The same, mended.
    pub good: Vec<&'static str>,
    /// The comment that silences it; empty where none can.
    pub allow: String,
}

impl Page for Rules {
    const TEMPLATE: &'static str = "site/rules.html";
}

/// The page's path in the output folder.
pub const PATH: &str = "rules.html";

/// Makes the page of the rules.
#[must_use]
pub fn rules(desk: &Desk<'_>, base_url: Option<&str>) -> Rules {
    let rules = all();
    let heading = format!("{} look at this plan", crate::phrase::capitalise(&count_in_words(rules.len(), "rule")));
    let words = Heading {
        title: heading.clone(),
        description: "What each rule of the plan checks finds, why it matters, and what to write instead".to_owned(),
        section: Section::Checks,
        is_first: false,
        path: PATH.to_owned(),
    };
    Rules {
        frame: frame(desk, &words, base_url).called([], "Rules"),
        heading,
        rows: rules.into_iter().map(|it| row(desk, it)).collect(),
    }
}

fn row(desk: &Desk<'_>, it: &'static Rule) -> RuleRow {
    let level = match it.severity {
        Severity::Error => "An error",
        Severity::Warning => "A warning",
        Severity::Info => "A note",
    };
    let found = desk.facts.diagnostics.iter().filter(|found| found.rule == it.name).count();
    let here = if found == 0 {
        "nothing of it in this plan".to_owned()
    } else {
        format!("{} in this plan", count(found, "finding"))
    };
    RuleRow {
        name: it.name,
        level: format!("{level}; {here}."),
        what: it.what,
        why: it.why,
        bad: it.bad.lines().collect(),
        good: it.good.lines().collect(),
        allow: if it.can_be_allowed() {
            format!("<!-- roadbook: allow {}: why it is right here -->", it.name)
        } else {
            String::new()
        },
    }
}
