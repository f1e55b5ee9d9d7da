//! The criteria of a gate as a table, worst first, and what is missing in a sentence.

use super::status::{Status, is_open};
use crate::analysis::{Class, CriterionState, Finding};
use crate::model::{Criterion, CriterionKind, Gate};
use crate::phrase;
use crate::views::Desk;
use crate::views::anchor::Anchors;
use crate::views::charts::Look;
use crate::views::parts::{Link, Mark, Src};
use serde::Serialize;

/// Criteria that stand in one list.
#[derive(Debug, Serialize)]
pub struct Group {
    /// "Exit criteria".
    pub title: &'static str,
    /// The criteria, worst first.
    pub rows: Vec<Row>,
}

/// A criterion.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its name on the page.
    pub id: String,
    /// The words, as HTML.
    pub text: String,
    /// Its line.
    pub src: Src,
    /// How it stands, for sorting: the worst first.
    pub rank: u8,
    /// What was counted or measured, or a dash.
    pub measured: String,
    /// On what its state rests: words, and tasks with their pages.
    pub evidence: Vec<Link>,
    /// The lines that the state rests on.
    pub evidence_src: Vec<Src>,
    /// Its state.
    pub mark: Mark,
    /// What is missing: words, and tasks with their pages.
    pub missing: Vec<Link>,
    /// Why the plan rules it out; empty when it does not.
    pub off_plan: Vec<Link>,
}

/// Returns the names of a gate's criteria on its page, in the order of the plan.
#[must_use]
pub fn anchors(gate: &Gate) -> Vec<String> {
    let mut anchors = Anchors::default();
    gate.criteria.iter().map(|it| anchors.give("c", &it.text.words())).collect()
}

/// Makes the groups of a gate's criteria; those without criteria are left out.
pub fn groups(desk: &Desk<'_>, status: &Status<'_>) -> Vec<Group> {
    let lists = [
        (CriterionKind::Exit, "Exit criteria"),
        (CriterionKind::Gate, "Asked by the gate itself"),
        (CriterionKind::Review, "Review checklist"),
    ];
    let names = anchors(status.gate);
    let group = |(kind, title): (CriterionKind, &'static str)| {
        let all = status.gate.criteria.iter().zip(&status.review.findings).zip(&names);
        let mut found: Vec<_> = all.filter(|((it, _), _)| it.kind == kind).collect();
        found.sort_by_key(|((_, it), _)| it.state.rank());
        Group { title, rows: found.iter().map(|((it, finding), id)| row(desk, status, it, finding, id)).collect() }
    };
    lists.into_iter().map(group).filter(|it| !it.rows.is_empty()).collect()
}

fn row(desk: &Desk<'_>, status: &Status<'_>, criterion: &Criterion, finding: &Finding, id: &str) -> Row {
    let mut evidence = evidence(desk, status, criterion, finding);
    let mut evidence_src: Vec<Src> = finding.place.iter().map(|it| desk.src(it)).collect();
    if let Some((words, src)) = counter(desk, criterion, finding) {
        evidence += &words;
        evidence_src.push(src);
    }
    let missing = match finding.missing.as_str() {
        "" if is_open(finding) => "–",
        "" => "Nothing",
        it => it,
    };
    let off_plan = finding.off_plan.as_deref().filter(|_| is_open(finding));
    Row {
        id: id.to_owned(),
        text: criterion.text.html(),
        src: desk.src(&criterion.place),
        rank: finding.state.rank(),
        measured: if finding.measured.is_empty() { "–".to_owned() } else { finding.measured.clone() },
        evidence: linked(desk, &phrase::capitalise(&evidence), &finding.tasks),
        evidence_src,
        mark: mark(finding.state, status.is_later),
        missing: linked(desk, missing, &finding.tasks),
        off_plan: off_plan.map(|it| with_ids_linked(desk, it)).unwrap_or_default(),
    }
}

/// Returns the mark of a criterion's state; nothing of a later gate is red or amber yet.
fn mark(state: CriterionState, is_later: bool) -> Mark {
    let mark = Mark::of_criterion(state);
    if is_later && state != CriterionState::Met { Mark { look: Look::Plain, ..mark } } else { mark }
}

/// On what a state rests; signatures with their days, and waivers with their reasons.
fn evidence(desk: &Desk<'_>, status: &Status<'_>, criterion: &Criterion, finding: &Finding) -> String {
    if finding.state == CriterionState::Waived {
        let here = |it: &&crate::model::Waiver| finding.place.as_ref() == Some(&it.place);
        if let Some(it) = status.gate.waivers.iter().find(here) {
            let until = it.until.map_or(String::new(), |day| format!(", until {}", desk.day(day)));
            let reason = it.reason.as_ref().map_or(String::new(), |it| format!(": {it}"));
            return format!("waived by {} on {}{until}{reason}", it.sign_off.name, desk.day(it.sign_off.date));
        }
    }
    match &criterion.sign_off {
        Some(it) if finding.state == CriterionState::Met && finding.place.as_ref() == Some(&criterion.place) => {
            format!("signed by {} on {}", it.name, desk.day(it.date))
        }
        _ => finding.evidence.clone(),
    }
}

/// What the last standup's own counter says of a count, such as "P2 completion: 2/11".
fn counter(desk: &Desk<'_>, criterion: &Criterion, finding: &Finding) -> Option<(String, Src)> {
    if finding.class != Class::Count {
        return None;
    }
    let class = |it: &str| desk.analysis().progress.by_priority.contains_key(it);
    let text = criterion.text.plain();
    let mut classes = text.split(|it: char| !it.is_alphanumeric()).filter(|it| class(it));
    let (Some(class), None) = (classes.next(), classes.next()) else { return None };
    let last = &desk.facts.history.standups.last()?.standup;
    let counts =
        |it: &&crate::model::StandupMetric| it.of.is_some() && it.name.split_whitespace().next() == Some(class);
    let said = last.metrics.iter().find(counts)?;
    let (done, of) = (said.value.value?, said.of?);
    let share = desk.analysis().progress.by_priority.get(class)?;
    let words = format!("{} of {}", phrase::number(done), phrase::number(of));
    let agrees = words == format!("{} of {}", share.done, share.total);
    let words = if agrees { "; standup agrees".to_owned() } else { format!("; the standup says {words}") };
    Some((words, desk.src(&said.place)))
}

/// Splits words at the names of tasks, and gives each name its page.
pub fn linked(desk: &Desk<'_>, words: &str, tasks: &[usize]) -> Vec<Link> {
    let plain = |text: &str| Link { text: text.to_owned(), href: String::new() };
    let mut parts = Vec::new();
    let mut rest = words;
    let is_inside = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '-');
    // Each turn takes one name off the front, so that the words are read once.
    for at in tasks {
        let Some(task) = desk.task(*at) else { continue };
        let name = task.name();
        let Some((before, behind)) = rest.split_once(name.as_str()).filter(|_| !name.is_empty()) else { continue };
        if is_inside(before.chars().next_back()) || is_inside(behind.chars().next()) {
            continue;
        }
        if !before.is_empty() {
            parts.push(plain(before));
        }
        parts.push(Link { text: name, href: desk.task_href(task) });
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push(plain(rest));
    }
    parts
}

/// Gives each ID in some words the page of its task.
pub fn with_ids_linked(desk: &Desk<'_>, words: &str) -> Vec<Link> {
    let is_id = |it: &&str| it.contains('-') && it.contains(|it: char| it.is_ascii_digit());
    let names = words.split([' ', ',', ';']).filter(is_id);
    linked(desk, words, &names.filter_map(|it| desk.plan().task_with_id(it)).collect::<Vec<_>>())
}

/// Says what is missing: "5 more P2 items are missing, Health score is 2 points off and P2-05 is blocked".
pub fn heading(status: &Status<'_>) -> String {
    /// A sentence with more parts than this is no sentence.
    const MOST: usize = 4;
    let all = || status.gate.criteria.iter().zip(&status.review.findings);
    let failing: Vec<String> = all().filter(|(_, it)| it.state == CriterionState::NotMet).filter_map(clause).collect();
    let not_met = status.review.count(CriterionState::NotMet);
    if failing.len() == not_met && (1..=MOST).contains(&not_met) {
        return phrase::capitalise(&phrase::list(&failing));
    }
    let unknown = status.review.count(CriterionState::Unknown);
    let unsigned = status.review.count(CriterionState::NeedsSignOff);
    let is = |n: usize| if n == 1 { "is" } else { "are" };
    let mut parts = Vec::new();
    if 0 < not_met {
        parts.push(format!("{} {} not met", phrase::count(not_met, "criterion"), is(not_met)));
    }
    if 0 < unknown {
        parts.push(format!("{} {} not known", phrase::count(unknown, "criterion"), is(unknown)));
    }
    if 0 < unsigned {
        parts.push(format!("{} {} missing", phrase::count(unsigned, "sign-off"), is(unsigned)));
    }
    match (parts.is_empty(), status.gate.criteria.len()) {
        (false, _) => phrase::capitalise(&phrase::list(&parts)),
        (true, 1) => "The one criterion is met, signed or waived".to_owned(),
        (true, n) => format!("All {n} criteria are met, signed or waived"),
    }
}

/// What one failing criterion lacks; nothing when no few words say it.
fn clause((criterion, finding): (&Criterion, &Finding)) -> Option<String> {
    match finding.class {
        Class::Count => {
            let more: Vec<String> =
                finding.missing.split(';').map(|it| it.trim().to_owned()).filter(|it| it.contains(" more ")).collect();
            let verb = if more.len() == 1 && more.iter().all(|it| it.starts_with("1 ")) { "is" } else { "are" };
            (!more.is_empty()).then(|| format!("{} {verb} missing", phrase::list(&more)))
        }
        Class::Metric => {
            let text = criterion.text.plain();
            let name = text.split(['≥', '≤', '<', '>']).next().map(str::trim).unwrap_or_default();
            let name = if name == text.trim() { format!("“{name}”") } else { name.to_owned() };
            let has_gap = finding.missing.starts_with(|it: char| it.is_ascii_digit());
            has_gap.then(|| format!("{name} is {} off", finding.missing))
        }
        Class::Proxy => (finding.tasks.len() < 3).then(|| finding.evidence.clone()),
        Class::Manual => None,
    }
}

/// How many more items the failing counts of a gate ask for, and of which classes; no class stands for all items.
pub fn asked(desk: &Desk<'_>, status: &Status<'_>) -> Option<(usize, Vec<String>)> {
    let all = status.gate.criteria.iter().zip(&status.review.findings);
    let failing = all.filter(|(_, it)| it.class == Class::Count && it.state == CriterionState::NotMet);
    let (mut needed, mut classes, mut is_some) = (0, Vec::new(), false);
    for (criterion, finding) in failing {
        is_some = true;
        let number = |it: &str| it.trim().split_once(" more ").and_then(|(n, _)| n.parse::<usize>().ok());
        needed += finding.missing.split(';').filter_map(number).sum::<usize>();
        let text = criterion.text.plain();
        let known = |it: &&str| desk.analysis().progress.by_priority.contains_key(*it);
        let named = text.split(|it: char| !it.is_alphanumeric()).filter(known).map(str::to_owned);
        let named: Vec<String> = named.filter(|it| !classes.contains(it)).collect();
        classes.extend(named);
    }
    is_some.then_some((needed, classes))
}
