//! What a reader can search for: tasks, weeks, gates and their criteria, metrics, risks, decisions, pages.

use super::frame::Section;
use super::parts::Mark;
use super::{Desk, decisions, gate, metrics, risks, week, weeks};
use crate::calendar::days;
use crate::prose::visible;
use chrono::Weekday;
use serde::Serialize;

/// The index of one project, as its script has it. Short names: there are as many as the plan has lines.
#[derive(Debug, Serialize)]
pub struct SearchIndex {
    /// The plan's title.
    pub plan: String,
    /// What can be found, in the order in which equals are listed.
    pub items: Vec<SearchItem>,
}

/// Something to find: a list of six, so that 10,000 of them stay small.
#[derive(Debug, Serialize)]
pub struct SearchItem(
    /// What it is: "Task".
    pub &'static str,
    /// Its ID, or what it is called for short; may be empty.
    pub String,
    /// Its title, in plain words.
    pub String,
    /// Where it is shown, relative to the project's folder.
    pub String,
    /// How it stands; may be empty.
    pub String,
    /// Further words by which it is found, such as its owners; may be empty.
    pub String,
);

/// A title is cut behind so many characters: what is searched for stands at its beginning.
const LONGEST: usize = 200;

/// Collects what can be searched for. `desk` is that of a page in the output folder itself.
#[must_use]
pub fn search(desk: &Desk<'_>) -> SearchIndex {
    let parts =
        [pages(desk), tasks(desk), gates(desk), week_items(desk), metric_items(desk), risk_items(desk), asked(desk)];
    SearchIndex { plan: plain(&desk.plan().title), items: parts.into_iter().flatten().collect() }
}

impl SearchItem {
    /// Adds words by which it is found as well.
    fn by(mut self, words: String) -> Self {
        self.5 = words;
        self
    }
}

fn item(kind: &'static str, id: &str, title: &str, href: String, state: String) -> SearchItem {
    SearchItem(kind, plain(id), plain(title), href, state, String::new())
}

fn plain(text: &str) -> String {
    let text = visible(text);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.into_owned(),
    }
}

fn pages(desk: &Desk<'_>) -> Vec<SearchItem> {
    let page = |it: Section| {
        let (name, page) = it.name_and_page();
        item("Page", "", name, desk.href(page), String::new()).by(shown_on(it).to_owned())
    };
    Section::all().filter(|it| it.exists(desk)).map(page).collect()
}

/// Returns what a page shows, in the words by which somebody looks for it.
const fn shown_on(it: Section) -> &'static str {
    match it {
        Section::Overview => "dashboard forecast launch chance health delivery index decisions",
        Section::Timeline => "calendar gantt dependencies critical chain late overdue",
        Section::Tasks => "items owners effort late overdue blocked",
        Section::Gates => "decisions GO NO-GO criteria sign-offs",
        Section::Weeks => "standups decisions",
        Section::Progress => "burndown burn-up scope forecast earned schedule phases priorities",
        Section::History => "scope slips forecast record burn-up",
        Section::Metrics => "health score targets charts values",
        Section::Standups => "standups days",
        Section::Mails => "email sent",
        Section::Risks => "severity mitigation happened",
        Section::Team => "capacity load people cost",
        Section::Checks => "findings errors warnings rules",
        Section::Sources => "files lines Markdown boxes",
        Section::Reading => "understood lines meaning",
        Section::Changes => "preview pull request difference",
        Section::Report => "print PDF",
    }
}

fn tasks(desk: &Desk<'_>) -> Vec<SearchItem> {
    let task = |(at, it): (usize, &crate::model::Task)| {
        let state = Mark::of_state(&desk.state(at)).words();
        let id = it.id.as_deref().unwrap_or_default();
        item("Task", id, &it.title().plain(), desk.task_href(it), state).by(plain(&it.owners.join(" ")))
    };
    desk.plan().tasks.iter().enumerate().map(task).collect()
}

fn gates(desk: &Desk<'_>) -> Vec<SearchItem> {
    let mut items = Vec::new();
    for status in gate::status::all(desk) {
        let short = if status.gate.short == status.gate.name { "" } else { &status.gate.short };
        let href = desk.gate_href(status.at);
        let mark = status.decision_mark().unwrap_or_else(|| status.mark());
        items.push(item("Gate", short, &status.gate.name, href, mark.words()).by("decision GO NO-GO".to_owned()));
        let names = gate::anchors(status.gate);
        for ((it, found), name) in status.gate.criteria.iter().zip(&status.review.findings).zip(names) {
            let href = format!("{}#{name}", desk.gate_href(status.at));
            let criterion = item("Criterion", "", &it.text.plain(), href, Mark::of_criterion(found.state).words());
            items.push(criterion.by(plain(&status.gate.short)));
        }
    }
    items
}

fn week_items(desk: &Desk<'_>) -> Vec<SearchItem> {
    if !Section::Weeks.exists(desk) {
        return Vec::new();
    }
    let of = |number: u32| {
        let (title, mark) = weeks::title_and_mark(&week::Scope::new(desk, number));
        // As charts and people call it: "W4", and each of its days.
        let calendar = desk.plan().schedule.as_ref().map(|it| &it.calendar);
        let ends = calendar.and_then(|it| it.day(number, Weekday::Mon).zip(it.day(number, Weekday::Sun)));
        let dates =
            ends.into_iter().flat_map(|(first, last)| days(first, last)).map(|it| it.format("%-d %b").to_string());
        let called = std::iter::once(format!("W{number}")).chain(dates).collect::<Vec<_>>().join(" ");
        item("Week", &format!("Week {number}"), &title, desk.week_href(number), mark.words()).by(called)
    };
    week::numbers(desk).into_iter().map(of).filter(|it| !it.3.is_empty()).collect()
}

fn metric_items(desk: &Desk<'_>) -> Vec<SearchItem> {
    let page = desk.href(Section::Metrics.name_and_page().1);
    let metric = |(at, (it, name)): (usize, (&crate::model::Metric, String))| {
        let state = metrics::state(desk, at).map(|it| it.words()).unwrap_or_default();
        item("Metric", "", &it.name, format!("{page}#{name}"), state)
    };
    desk.plan().metrics.iter().zip(metrics::anchors(desk)).enumerate().map(metric).collect()
}

fn risk_items(desk: &Desk<'_>) -> Vec<SearchItem> {
    let page = desk.href(Section::Risks.name_and_page().1);
    let all = desk.plan().risks.iter().zip(&desk.analysis().risks).zip(risks::anchors(desk));
    let risk = |((it, review), name): ((&crate::model::Risk, &crate::analysis::RiskReview), String)| {
        item("Risk", &it.severity, &it.title.plain(), format!("{page}#{name}"), risks::mark(review).words())
    };
    all.map(risk).collect()
}

fn asked(desk: &Desk<'_>) -> Vec<SearchItem> {
    let decision = |it: &crate::analysis::DecisionReview| {
        let state = if it.made.is_some() { "Decided" } else { "Open" };
        let href = desk.told_href(it.last.week, it.last.date);
        let href = if href.contains('#') { href } else { format!("{href}#decisions") };
        item("Decision", "", &decisions::title(it), href, state.to_owned())
    };
    desk.analysis().decisions.reviews.iter().map(decision).collect()
}
