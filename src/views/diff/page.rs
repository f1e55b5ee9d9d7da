//! The page of all changes, before and after side by side.

use super::lines::Line;
use super::rows::{ChangeRow, FindingRow, GateRow};
use super::{DiffView, FigureRow, Level, changes};
use crate::comparison::Said;
use crate::phrase::capitalise;
use crate::views::Desk;
use crate::views::charts::Look;
use crate::views::frame::{Frame, Heading, Section, frame};
use crate::views::page::Page;
use crate::views::parts::{Link, Mark, Src};
use crate::views::preview::Preview;
use serde::Serialize;
use std::collections::HashSet;

/// The page of all changes.
#[derive(Debug, Serialize)]
pub struct ChangesPage {
    /// What stands around it.
    pub frame: Frame,
    /// The answer.
    pub heading: Words,
    /// How grave it is.
    pub badge: Mark,
    /// What the forecast says.
    pub forecast: Option<Words>,
    /// "6 changes: 1 removed, 1 moved".
    pub counts: String,
    /// The figures that differ.
    pub figures: Vec<Row>,
    /// What becomes of gates.
    pub gates: Vec<GateLine>,
    /// Tasks, then everything else.
    pub parts: Vec<Part>,
    /// "Plan check: 3 new, 2 fixed"; empty where nothing differs.
    pub check: String,
    /// Findings that are new or gone.
    pub findings: Vec<Finding>,
    /// What was compared.
    pub compared: Words,
    /// What to know about the figures.
    pub notes: Vec<Words>,
}

/// Words of ours with words of the plan among them.
#[derive(Debug, Serialize)]
pub struct Words {
    /// As HTML.
    pub html: String,
}

/// Changes of one kind of thing.
#[derive(Debug, Serialize)]
pub struct Part {
    /// Its name on the page.
    pub id: &'static str,
    /// "Tasks".
    pub heading: &'static str,
    /// The changes.
    pub rows: Vec<Row>,
}

/// Something before and after.
#[derive(Debug, Serialize)]
pub struct Row {
    /// What was done; nothing for a figure.
    pub mark: Option<Mark>,
    /// The ID, with a link to its page where there is one.
    pub id: Option<Link>,
    /// What it is called.
    pub name: Words,
    /// As it was.
    pub before: Words,
    /// As it is.
    pub after: Words,
    /// What follows from it.
    pub effect: Words,
    /// The line.
    pub src: Option<Src>,
}

/// What becomes of a gate.
#[derive(Debug, Serialize)]
pub struct GateLine {
    /// What.
    pub mark: Mark,
    /// Its name.
    pub name: Words,
    /// "due 13 Feb".
    pub due: String,
    /// Why.
    pub why: Words,
    /// The line.
    pub src: Src,
}

/// A finding that is new or gone.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// "new error".
    pub mark: Mark,
    /// The rule.
    pub rule: &'static str,
    /// What is wrong.
    pub message: Words,
    /// The line.
    pub src: Option<Src>,
}

impl Page for ChangesPage {
    const TEMPLATE: &'static str = "site/changes.html";
}

/// Makes the page of all changes.
#[must_use]
pub fn page(desk: &Desk<'_>, preview: &Preview<'_>, base_url: Option<&str>) -> ChangesPage {
    let view = preview.view;
    let heading = Heading {
        title: view.headline.plain(),
        description: "What a change does to the plan: before and after".to_owned(),
        section: Section::Changes,
        is_first: true,
        path: "changes.html".to_owned(),
    };
    let counts: Vec<&str> = view.counts.iter().map(|it| it.1.as_str()).collect();
    let keys: HashSet<&str> = desk.plan().tasks.iter().map(|it| it.key.as_str()).collect();
    let part = |id, heading, rows: &[ChangeRow]| Part {
        id,
        heading,
        rows: rows.iter().map(|it| change(desk, &keys, it)).collect(),
    };
    let mut parts = vec![part("tasks", "Tasks", &view.tasks), part("others", "Plan and standups", &view.others)];
    parts.retain(|it| !it.rows.is_empty());
    let tally = view.findings_tally;
    ChangesPage {
        frame: frame(desk, &heading, base_url),
        heading: words(&view.headline),
        badge: Mark::new(look(view.level), word(view)),
        forecast: view.forecast.as_ref().map(words),
        counts: if view.is_unchanged { String::new() } else { format!("{}: {}", changes(view), counts.join(", ")) },
        figures: view.figures.iter().map(figure).collect(),
        gates: view.gates.iter().map(|it| gate(desk, it)).collect(),
        parts,
        check: if tally.is_empty() {
            String::new()
        } else {
            format!("Plan check: {} new, {}", tally.new, tally.gone())
        },
        findings: view.findings.iter().map(|it| finding(desk, it)).collect(),
        compared: words(&view.compared),
        notes: view.notes.iter().map(words).collect(),
    }
}

fn words(it: &Said) -> Words {
    Words { html: it.html() }
}

fn word(view: &DiffView) -> &'static str {
    match view.level {
        Level::Bad => "Worse than before",
        Level::Warn => "To look at",
        Level::Good => "Better than before",
        Level::Plain if view.is_unchanged => "No change",
        Level::Plain => "No effect on launch or gates",
    }
}

fn look(level: Level) -> Look {
    match level {
        Level::Bad => Look::Bad,
        Level::Warn => Look::Warn,
        Level::Good => Look::Ok,
        Level::Plain => Look::Plain,
    }
}

fn figure(it: &FigureRow) -> Row {
    Row {
        mark: None,
        id: None,
        name: words(&it.name),
        before: words(&it.before),
        after: words(&it.after),
        effect: words(&it.effect),
        src: None,
    }
}

fn gate(desk: &Desk<'_>, it: &GateRow) -> GateLine {
    GateLine {
        mark: Mark::new(look(it.level), capitalise(it.word)),
        name: words(&it.name),
        due: it.due.as_ref().map_or(String::new(), |it| format!("due {it}")),
        why: words(&it.why),
        src: src(desk, &it.line),
    }
}

fn change(desk: &Desk<'_>, keys: &HashSet<&str>, it: &ChangeRow) -> Row {
    let none = || Words { html: "–".to_owned() };
    // A task without an ID is known by its title, which stands beside it.
    let id = it.id.as_ref().map(|id| Link {
        text: id.clone(),
        href: it
            .key
            .as_ref()
            .filter(|it| keys.contains(it.as_str()))
            .map_or(String::new(), |it| desk.href(&format!("tasks/{it}.html"))),
    });
    let look = match it.sign {
        '-' | 'o' => Look::Bad,
        '+' | 'x' => Look::Ok,
        _ => Look::Plain,
    };
    Row {
        mark: Some(Mark::new(if it.icon == "🟠" { Look::Warn } else { look }, capitalise(&it.word))),
        id,
        name: words(&it.title),
        before: it.before.as_ref().map_or_else(none, words),
        after: it.after.as_ref().map_or_else(none, words),
        effect: words(&it.effect),
        src: Some(src(desk, &it.line)),
    }
}

fn finding(desk: &Desk<'_>, it: &FindingRow) -> Finding {
    Finding {
        mark: Mark::new(look(it.level), capitalise(it.word)),
        rule: it.rule,
        message: words(&it.message),
        src: it.line.as_ref().map(|it| src(desk, it)),
    }
}

/// A line of after leads to its page in the preview; one of before to the source host, where that is known.
fn src(desk: &Desk<'_>, it: &Line) -> Src {
    let name = it.path.rsplit('/').next().unwrap_or(&it.path);
    let page = desk.facts.source_pages.get(&it.path).filter(|_| !it.is_of_before);
    let href = match (page, &it.href) {
        (Some(page), _) => desk.href(&format!("{page}#L{}", it.number)),
        (None, Some(href)) => href.clone(),
        (None, None) => String::new(),
    };
    let base = if it.is_of_before { "base, " } else { "" };
    Src { label: format!("{base}{name}:{}", it.number), href, changed: None }
}
