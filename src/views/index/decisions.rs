//! The decisions of the dashboard: as many of them as anybody reads, each in one line.

use crate::phrase;
use crate::views::Desk;
use crate::views::anchor::Anchors;
use crate::views::decisions::{self, DecisionView, sentences};
use crate::views::parts::{Link, Mark, Src};
use serde::Serialize;

/// Decisions beyond this many are counted, not listed.
const MOST: usize = 12;

/// Something to decide.
#[derive(Debug, Serialize)]
pub struct DecisionLine {
    /// Its name on the page.
    pub id: String,
    /// What.
    pub title: Link,
    /// By when.
    pub mark: Mark,
    /// What to know about it.
    pub words: String,
    /// The lines.
    pub srcs: Vec<Src>,
}

/// What people have to decide.
#[derive(Debug)]
pub struct DecisionList {
    /// "Three decisions are needed".
    pub heading: String,
    /// The first of them.
    pub lines: Vec<DecisionLine>,
    /// "and 3 more"; empty where all are listed.
    pub more: String,
}

/// Collects what has to be decided.
pub fn list(desk: &Desk<'_>) -> DecisionList {
    let all = decisions::decisions(desk);
    let mut anchors = Anchors::default();
    let more = all.len().saturating_sub(MOST);
    DecisionList {
        heading: decisions::heading(all.len()),
        more: if more == 0 { String::new() } else { format!("and {more} more") },
        lines: all.into_iter().take(MOST).map(|it| line(it, &mut anchors)).collect(),
    }
}

fn line(it: DecisionView, anchors: &mut Anchors) -> DecisionLine {
    let mut words = Vec::new();
    if it.gate.is_some() {
        words.extend(it.due.as_ref().filter(|_| it.is_overdue).map(|it| format!("Was due {it}.")));
        let so_far = it.so_far.map(|it| phrase::capitalise(&it));
        words.push(sentences(&[("", so_far.as_deref()), ("", Some("No decision is recorded"))]));
    } else {
        // The mark says one of these already.
        let asked = it.asked.filter(|asked| *asked != it.mark.text);
        let due = it.due.filter(|due| it.mark.text != format!("Due {due}"));
        words.extend(due.as_ref().filter(|_| it.is_overdue).map(|it| format!("Was due {it}.")));
        words.push(sentences(&[
            ("Owner", it.owner.as_deref()),
            ("Due", due.as_deref().filter(|_| !it.is_overdue)),
            ("Options", it.options.as_deref()),
            ("Cost of waiting", it.cost.as_deref()),
            ("", asked.as_deref()),
        ]));
    }
    let href = if it.gate.is_some() { it.href } else { String::new() };
    let id = anchors.give("d", &it.title);
    DecisionLine { id, title: Link { text: it.title, href }, mark: it.mark, words: words.join(" "), srcs: it.srcs }
}
