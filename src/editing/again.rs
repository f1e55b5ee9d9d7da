//! The proof of an edit: the files are understood again, and held against what was known before.

use super::{Edit, Refusal, Wish, edited, lines_of};
use crate::calendar::{Day, short_day_as_of};
use crate::history::{Evidence, EvidenceKind};
use crate::model::{Gate, State, Task};
use crate::pipeline::{Understood, understand};
use crate::sources::Sources;
use crate::text::SourceFile;
use std::sync::Arc;

/// Returns a project's files with edits made in them.
///
/// # Errors
///
/// When edits of a file overlap: its path.
pub fn with_edits(sources: &Sources, edits: &[Edit]) -> Result<Sources, Arc<str>> {
    let mut sources = sources.clone();
    let files = std::iter::once(&mut sources.roadmap).chain(&mut sources.standups);
    for file in files {
        let mut own: Vec<&Edit> = edits.iter().filter(|it| it.path == file.path).collect();
        own.sort_by_key(|it| it.span);
        own.dedup();
        if !own.is_empty() {
            let new = edited(&file.text, &own).ok_or_else(|| file.path.clone())?;
            *file = SourceFile::new(file.path.clone(), new.into_bytes());
        }
    }
    Ok(sources)
}

/// Says why an edit must not be made.
pub enum Objection {
    /// The task's state is not what was asked for: another line says so.
    State(Refusal),
    /// Something else would change.
    Other(Refusal),
}

impl Objection {
    /// Returns the words.
    #[must_use]
    pub fn refusal(self) -> Refusal {
        match self {
            Self::State(it) | Self::Other(it) => it,
        }
    }
}

/// Understands edited files as of a day, and holds them against the files as they were. `is_told` says that there is a standup of
/// this week, or of the day where each has its own.
///
/// # Errors
///
/// When the task is not in the state that was asked for, or anything else is another than before.
pub fn hold(
    sources: &Sources,
    edits: &[Edit],
    (task, wish): (usize, &Wish),
    day: Day,
    is_told: bool,
) -> Result<(), Objection> {
    let before = understand(sources.clone(), day);
    let name = before.history.plan.tasks.get(task).map(Task::name).unwrap_or_default();
    let place = edits.first().map(|it| it.path.to_string()).unwrap_or_default();
    let sources = with_edits(sources, edits).map_err(|it| {
        Objection::Other(Refusal::new(format!("{it}: the changes of {name} overlap"), "change the line yourself"))
    })?;
    let after = understand(sources, day);
    if let Some(what) = differs(&before, &after, task, day) {
        return Err(Objection::Other(Refusal::new(
            format!("{place}: with this change {what}, so it is not made"),
            "change the line yourself, and look at `roadbook diff HEAD`",
        )));
    }
    let now = after.history.state(task, day);
    let (was, percent) = (before.history.state(task, day), now.percent);
    let is_so = match wish {
        Wish::Done => now.state == State::Done,
        Wish::Progress(it) => {
            let blocked_before = now.state == State::Blocked && was.state == State::Blocked;
            (now.state == State::InProgress || blocked_before) && percent == Some(f64::from(*it))
        }
        Wish::Blocked(it) => {
            now.state == State::Blocked
                && now.evidence.and_then(|it| it.reason.as_deref()) == Some(it.as_str())
                && (percent == was.percent || !was.state.is_open())
        }
    };
    if is_so {
        return Ok(());
    }
    let edited = |it: &Evidence| edits.iter().any(|edit| *edit.path == *it.place.path);
    Err(Objection::State(match now.evidence.filter(|it| it.state != state_of(wish) || !edited(it)) {
        Some(it) => outdone(it, &name, day, is_told),
        None => Refusal::new(
            format!("{place}: written as the team writes it, the line of {name} would be read as something else"),
            "write it in other words, or change the line yourself",
        ),
    }))
}

const fn state_of(wish: &Wish) -> State {
    match wish {
        Wish::Done => State::Done,
        Wish::Progress(_) => State::InProgress,
        Wish::Blocked(_) => State::Blocked,
    }
}

/// Says which line counts more.
fn outdone(it: &Evidence, name: &str, day: Day, is_told: bool) -> Refusal {
    let place = lines_of(&it.place.path, &[it.place.line()]);
    let says = if it.kind == EvidenceKind::Standup { "the standup of" } else { "the roadmap since" };
    let what = format!(
        "{place}: {says} {} says that {name} is {}, which counts more",
        short_day_as_of(it.date, day),
        it.state.words()
    );
    let help = match it.kind {
        EvidenceKind::Standup if !is_told => "tell it in a newer standup: `roadbook standup` writes one".to_owned(),
        _ => format!("change {place} first, if that is not so"),
    };
    Refusal::new(what, help)
}

/// Says what else is another than before: "P1-02 would be done".
fn differs(before: &Understood, after: &Understood, but: usize, day: Day) -> Option<String> {
    let (old, new) = (&before.history, &after.history);
    if old.plan.tasks.len() != new.plan.tasks.len() || old.standups.len() != new.standups.len() {
        return Some("other tasks or standups would be read".to_owned());
    }
    for (at, (a, b)) in old.plan.tasks.iter().zip(&new.plan.tasks).enumerate() {
        if !same_task(a, b, at == but) {
            return Some(format!("{} would be read as another task", a.full_name()));
        }
        let (was, is) = (old.state(at, day), new.state(at, day));
        if at != but && (was.state, was.percent) != (is.state, is.percent) {
            return Some(format!("{} would be {}", a.name(), is.state.words()));
        }
    }
    let same_gates = old.plan.gates.len() == new.plan.gates.len()
        && old.plan.gates.iter().zip(&new.plan.gates).all(|(a, b)| same_gate(a, b));
    if !same_gates {
        return Some("a gate or a criterion would be another".to_owned());
    }
    let open = |it: &Understood| it.analysis.decisions.open().count();
    let lost = |it: &Understood| it.file_facts.iter().map(|it| it.not_understood.len()).sum::<usize>();
    let is_other = open(before) != open(after)
        || lost(before) != lost(after)
        || old.plan.risks.len() != new.plan.risks.len()
        || old.plan.metrics.len() != new.plan.metrics.len()
        || old.plan.phases.len() != new.plan.phases.len();
    is_other.then(|| "something else would be read otherwise".to_owned())
}

fn same_task(a: &Task, b: &Task, is_changed: bool) -> bool {
    let segment = |(a, b): (&crate::model::Segment, &crate::model::Segment)| {
        a.title == b.title
            && (is_changed || (a.mark == b.mark && a.percent() == b.percent()))
            && (a.phase, a.week, a.block) == (b.phase, b.week, b.block)
            && a.subtasks == b.subtasks
    };
    a.id == b.id
        && a.segments.len() == b.segments.len()
        && a.segments.iter().zip(&b.segments).all(segment)
        && (&a.owners, a.effort_days, a.subtasks, a.start, a.end)
            == (&b.owners, b.effort_days, b.subtasks, b.start, b.end)
}

fn same_gate(a: &Gate, b: &Gate) -> bool {
    let decision = |it: &Gate| it.decision.as_ref().map(|it| (it.verdict.clone(), it.date, it.by.clone()));
    a.name == b.name
        && decision(a) == decision(b)
        && a.criteria.len() == b.criteria.len()
        && a.criteria
            .iter()
            .zip(&b.criteria)
            .all(|(a, b)| a.text == b.text && a.ticked == b.ticked && a.sign_off == b.sign_off && a.kind == b.kind)
}
