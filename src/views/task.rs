//! The page of one task: its state, what is known of it, what the plan asks for.

use super::dependencies::{Tie, tie};
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::{Fact, Link, Mark, Src};
use super::task_evidence::{EvidenceLine, evidence, evidence_heading, is_dated};
use super::{Desk, wording};
use crate::analysis::team_of;
use crate::history::EvidenceKind;
use crate::model::{Segment, State, Task};
use crate::phrase;
use crate::text::SourceFile;
use serde::Serialize;

/// The page of one task.
#[derive(Debug, Serialize)]
pub struct TaskPage {
    /// What stands around it.
    pub frame: Frame,
    /// The state.
    pub badge: Mark,
    /// The ID.
    pub id: Option<String>,
    /// The title, as HTML.
    pub title: String,
    /// What holds it up.
    pub callout: Option<Callout>,
    /// Dates, effort, owners, next step.
    pub facts: Vec<Fact>,
    /// "Evidence: started and blocked in one week".
    pub evidence_heading: String,
    /// What is known of it, newest first.
    pub evidence: Vec<EvidenceLine>,
    /// The lines of the plan.
    pub excerpts: Vec<Excerpt>,
    /// The criteria that depend on it.
    pub gates: Vec<GateLine>,
    /// What is wrong with its lines.
    pub findings: Vec<FindingLine>,
    /// What it needs.
    pub needs: Vec<Tie>,
    /// What needs it.
    pub needed_by: Vec<Tie>,
    /// The task before and the task after it.
    pub neighbours: Vec<Link>,
}

/// What holds a task up, or by how much it is late.
#[derive(Debug, Serialize)]
pub struct Callout {
    /// "Blocked since Fri 6 Feb".
    pub mark: Mark,
    /// Why.
    pub words: String,
    /// The line.
    pub src: Option<Src>,
}

/// Lines of the plan.
#[derive(Debug, Serialize)]
pub struct Excerpt {
    /// "roadmap.md, lines 206 to 219".
    pub label: String,
    /// Where the first of them is.
    pub href: String,
    /// Where it is edited.
    pub edit: Option<String>,
    /// The lines.
    pub lines: Vec<ExcerptLine>,
}

/// A line of the plan.
#[derive(Debug, Serialize)]
pub struct ExcerptLine {
    /// The line's number.
    pub number: u32,
    /// The line as written.
    pub text: String,
    /// Whether it is the task's own.
    pub hit: bool,
}

/// A criterion that depends on the task.
#[derive(Debug, Serialize)]
pub struct GateLine {
    /// The gate.
    pub gate: Link,
    /// The words, as HTML.
    pub text: String,
    /// Whether it is so.
    pub mark: Mark,
    /// The line.
    pub src: Src,
}

/// Something that is wrong with the task's lines.
#[derive(Debug, Serialize)]
pub struct FindingLine {
    /// The rule.
    pub mark: Mark,
    /// What is wrong.
    pub words: String,
    /// The line.
    pub src: Option<Src>,
    /// Where that is edited.
    pub edit: Option<String>,
}

impl Page for TaskPage {
    const TEMPLATE: &'static str = "site/task.html";
}

/// Makes the page of a task by its place in the plan; an empty page where there is none.
#[must_use]
pub fn task(desk: &Desk<'_>, at: usize, base_url: Option<&str>) -> Option<TaskPage> {
    let task = desk.task(at)?;
    let state = desk.state(at);
    let badge = Mark::of_state(&state);
    let small = badge.small.as_ref().map_or(String::new(), |it| format!(" at {it}"));
    let words = Heading {
        title: format!("{}: {}{small}", task.name(), badge.text.to_lowercase()),
        description: format!("{}: state, evidence and source lines", task.title().plain()),
        section: Section::Tasks,
        is_first: false,
        path: format!("tasks/{}.html", task.key),
    };
    let week = task.week().map(|it| Link { text: format!("Week {it}"), href: desk.week_href(it) });
    let week = week.filter(|_| Section::Weeks.exists(desk));
    let changed = desk.facts.preview.and_then(|it| it.of_task(at));
    Some(TaskPage {
        frame: frame(desk, &words, base_url).changed(changed).called(week, task.name()),
        badge,
        id: task.id.as_deref().map(str::to_owned),
        title: task.title().html(),
        callout: callout(desk, at),
        facts: facts(desk, at, task),
        evidence_heading: evidence_heading(desk, at),
        evidence: evidence(desk, at, task),
        excerpts: task.segments.iter().map(|it| excerpt(desk, it)).collect(),
        gates: gates(desk, at),
        findings: findings(desk, task),
        needs: ties(desk, desk.analysis().dependencies.needs.get(at)),
        needed_by: ties(desk, desk.analysis().dependencies.needed_by.get(at)),
        neighbours: neighbours(desk, at),
    })
}

fn callout(desk: &Desk<'_>, at: usize) -> Option<Callout> {
    let state = desk.state(at);
    let src = state.evidence.map(|it| desk.src(&it.place));
    if state.state == State::Blocked {
        let since = state.since.filter(|_| state.evidence.is_none_or(|it| is_dated(desk, it)));
        let since = since.map_or(String::new(), |it| format!(" since {}", wording::week_day(it, desk.as_of())));
        let reason = state.evidence.and_then(|it| it.reason.clone());
        let words = reason.map_or("The standup names no reason.".to_owned(), |it| phrase::capitalise(&it));
        let mark = Mark::shaped(super::charts::Look::Bad, "blocked", format!("Blocked{since}"));
        return Some(Callout { mark, words, src });
    }
    let days = desk.late(at)?;
    let end = desk.task(at)?.end?;
    let mark = Mark::new(super::charts::Look::Bad, phrase::capitalise(&wording::late(days)));
    let words = format!("Planned to end on {}.", wording::week_day(end, desk.as_of()));
    Some(Callout { mark, words, src: None })
}

fn facts(desk: &Desk<'_>, at: usize, task: &Task) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |label: &str, value: String, note: String| facts.push(Fact::new(label, value, note));
    let block = task.last().block.and_then(|it| desk.plan().blocks.get(it)).map(|it| it.name.clone());
    let place: Vec<String> = task.week().map(|it| format!("Week {it}")).into_iter().chain(block).collect();
    if let Some((start, end)) = task.start.zip(task.end) {
        add("Planned", wording::days(start, end, desk.as_of()), place.join(", "));
    }
    if let Some(days) = task.effort_days {
        let note = match (&task.part_of, task.first().shared_by) {
            (Some(it), _) => format!("part of {it}: counted there"),
            (None, Some(n)) => format!("its share of one line for {}", phrase::count(n, "item")),
            (None, None) if 1 < task.segments.len() => {
                format!("written in {}", phrase::count(task.segments.len(), "place"))
            }
            (None, None) => "counted as done when finished".to_owned(),
        };
        let shown =
            if task.part_of.is_some() { task.segments.iter().filter_map(|it| it.effort_days).sum() } else { days };
        add("Effort", wording::effort(shown), note);
    }
    if !task.owners.is_empty() {
        let settings = &desk.facts.sources.settings;
        let strangers: Vec<&str> =
            task.owners.iter().map(|it| &**it).filter(|it| team_of(it, desk.plan(), settings).is_none()).collect();
        let verb = if strangers.len() == 1 { "is" } else { "are" };
        let stranger = Some(format!("{} {verb} in no team of the plan", phrase::list(&strangers)))
            .filter(|_| !strangers.is_empty() && !desk.plan().teams.is_empty());
        let above = task.segments.iter().find_map(|it| it.led_by.as_ref());
        let above = above.map(|it| format!("named for all below the heading, line {}", it.line()));
        let notes: Vec<String> = [above, stranger].into_iter().flatten().collect();
        add("Owners", task.owners.join(" + "), notes.join("; "));
    }
    let said = task.segments.iter().find_map(|it| it.said.as_ref()?.priority.as_deref());
    if let Some(it) = said.filter(|it| task.priority.as_deref() != Some(it)) {
        add("Priority", it.to_owned(), String::new());
    }
    if let Some(due) = task.due() {
        add("Due", wording::week_day(due, desk.as_of()), String::new());
    }
    let slips = desk.analysis().scope.slips.get(at).copied().unwrap_or_default();
    if 0 < slips.times {
        let times = match slips.times {
            1 => "once".to_owned(),
            n => format!("{} times", phrase::number_word(n)),
        };
        let note = format!("{} in all", phrase::count(slips.working_days, "working day"));
        add("Planned end moved later", times, note);
    }
    let depends_on: Vec<&str> = task.depends_on().map(|it| &**it).collect();
    if !depends_on.is_empty() {
        add("Depends on", phrase::list(&depends_on), String::new());
    }
    let endangered = desk.analysis().dependencies.endangered.iter().find(|it| it.task == at);
    if let Some((it, gate)) = endangered.and_then(|it| Some((it, desk.plan().gates.get(it.gate)?))) {
        add("Endangers", gate.name.clone(), super::dependencies::words(desk, it));
    }
    if let Some((entry, when)) = next_step(desk, task) {
        add("Next step", phrase::capitalise(&entry), format!("standup of {when}"));
    }
    if 0 < task.subtasks.total {
        add(
            "Subtasks",
            format!("{} of {}", task.subtasks.done, task.subtasks.total),
            "ticked in the roadmap".to_owned(),
        );
    }
    let state = desk.state(at);
    // A mark of the roadmap says what is done, but not since when, and so not whether it was in time.
    let since = state.since.filter(|_| state.evidence.is_none_or(|it| it.kind != EvidenceKind::Roadmap));
    if let (State::Done, Some(since)) = (state.state, since) {
        let late = task
            .end
            .filter(|it| *it < since)
            .map_or("in time".to_owned(), |it| format!("planned for {}", desk.day(it)));
        let note = if task.end.is_some() { late } else { String::new() };
        add("Done", wording::week_day(since, desk.as_of()), note);
    }
    facts
}

fn next_step(desk: &Desk<'_>, task: &Task) -> Option<(String, String)> {
    let last = desk.facts.history.standups.last()?;
    let id = task.id.as_ref()?;
    let entry = last.standup.next.iter().find(|it| it.ids.contains(id))?;
    Some((entry.text.plain(), last.when()))
}

fn file<'a>(desk: &Desk<'a>, path: &str) -> Option<&'a SourceFile> {
    desk.facts.sources.files().find(|it| *it.path == *path)
}

/// Lines shown of a task at the most.
const MAX_LINES: u32 = 60;

fn excerpt(desk: &Desk<'_>, segment: &Segment) -> Excerpt {
    let Some(file) = file(desk, &segment.place.path) else {
        return Excerpt { label: String::new(), href: String::new(), edit: None, lines: Vec::new() };
    };
    let own = segment.place.line();
    let mut last = file.index.line(segment.extent.end.saturating_sub(1).max(segment.extent.start)).max(own);
    // A group's owner line stands below its items.
    last = segment.owner_place.as_ref().filter(|_| segment.shared_by.is_some()).map_or(last, |it| it.line().max(last));
    let shown = last.min(own.saturating_add(MAX_LINES));
    let line = |number: u32| {
        let text = crate::prose::visible(file.line(number)).into_owned();
        ExcerptLine { number, text, hit: number == own }
    };
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let label = if own == last { format!("{name}, line {own}") } else { format!("{name}, lines {own} to {last}") };
    let (href, edit) = (desk.src(&segment.place).href, desk.edit(&segment.place));
    Excerpt { label, href, edit, lines: (own..=shown).map(line).collect() }
}

fn gates(desk: &Desk<'_>, at: usize) -> Vec<GateLine> {
    let mut lines = Vec::new();
    for (number, (gate, review)) in desk.plan().gates.iter().zip(&desk.analysis().gates).enumerate() {
        for (criterion, found) in gate.criteria.iter().zip(&review.findings).filter(|(_, it)| it.tasks.contains(&at)) {
            let mark = Mark::of_criterion(found.state);
            let link = Link { text: gate.short_as_gate(), href: desk.gate_href(number) };
            lines.push(GateLine { gate: link, text: criterion.text.html(), mark, src: desk.src(&criterion.place) });
        }
    }
    lines
}

fn findings(desk: &Desk<'_>, task: &Task) -> Vec<FindingLine> {
    let touches = |it: &&crate::diagnostic::Diagnostic| {
        let Some(place) = &it.place else { return false };
        task.segments.iter().any(|segment| {
            *segment.place.path == *place.path
                && segment.extent.start <= place.span.start
                && place.span.start < segment.extent.end
        })
    };
    let line = |it: &crate::diagnostic::Diagnostic| {
        let look = match it.severity {
            crate::diagnostic::Severity::Error => super::charts::Look::Bad,
            crate::diagnostic::Severity::Warning => super::charts::Look::Warn,
            crate::diagnostic::Severity::Info => super::charts::Look::Plain,
        };
        FindingLine {
            mark: Mark::new(look, it.rule),
            words: it.message.clone(),
            src: it.place.as_ref().map(|it| desk.src(it)),
            edit: it.place.as_ref().and_then(|it| desk.edit(it)),
        }
    };
    desk.facts.diagnostics.iter().filter(touches).map(line).collect()
}

/// So many tasks of a list are shown.
const MOST_TIES: usize = 40;

fn ties(desk: &Desk<'_>, tasks: Option<&Vec<usize>>) -> Vec<Tie> {
    tasks.into_iter().flatten().take(MOST_TIES).filter_map(|it| tie(desk, *it)).collect()
}

fn neighbours(desk: &Desk<'_>, at: usize) -> Vec<Link> {
    let link = |at: usize, word: &str| {
        let task = desk.task(at)?;
        Some(Link { text: format!("{word}: {}", task.name()), href: desk.task_href(task) })
    };
    [at.checked_sub(1).and_then(|it| link(it, "Before")), link(at + 1, "After")].into_iter().flatten().collect()
}
