//! What standups tell of a task, day by day: shared by the rules that compare one standup with the next.

use super::Subject;
use crate::calendar::{Day, short_day};
use crate::history::{Evidence, EvidenceKind};
use crate::model::{State, Task};
use crate::phrase::number;
use crate::text::Place;

/// What the standups of one day tell of a task.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The day.
    pub date: Day,
    /// The strongest state that is told: done before blocked before in progress.
    pub state: State,
    /// The highest percentage that is told; 100 for a task that is done.
    pub percent: Option<f64>,
    /// The line with the state.
    pub line: &'a Evidence,
    /// The line with the percentage, or the one with the state.
    percent_line: &'a Evidence,
}

impl Told<'_> {
    /// Returns the percentage as written, or the task's ID where it is not written so.
    #[must_use]
    pub fn percent_place(&self, subject: &Subject<'_>, task: &Task) -> Place {
        let place = &self.percent_line.place;
        self.percent_line
            .percent
            .map_or_else(|| id_in(subject, place, task), |it| subject.words_in(place, &percent(it)))
    }

    /// Returns what holds the task up as written, or the task's ID where no reason is.
    #[must_use]
    pub fn reason_place(&self, subject: &Subject<'_>, task: &Task) -> Place {
        let place = &self.line.place;
        self.line.reason.as_deref().map_or_else(|| id_in(subject, place, task), |it| subject.words_in(place, it))
    }

    /// "80% done on Fri 6 Feb" or "blocked at 80% on Fri 6 Feb"; the state alone where nobody told how much is done.
    #[must_use]
    pub fn words(&self) -> String {
        let what = match (self.state, self.percent) {
            (State::Done, _) | (_, None) => self.state.words().to_owned(),
            (State::Blocked, Some(it)) => format!("blocked at {}", percent(it)),
            (_, Some(it)) => format!("{} done", percent(it)),
        };
        format!("{what} on {}", short_day(self.date))
    }
}

/// Returns where a line names a task: its ID, or the line.
#[must_use]
pub fn id_in(subject: &Subject<'_>, line: &Place, task: &Task) -> Place {
    task.id.as_deref().map_or_else(|| line.clone(), |it| subject.words_in(line, it))
}

/// Returns what standups tell of a task, a day at a time; its evidence is sorted by day and strength.
#[must_use]
pub fn days(evidence: &[Evidence]) -> Vec<Told<'_>> {
    let lines: Vec<&Evidence> = evidence.iter().filter(|it| it.kind == EvidenceKind::Standup).collect();
    lines.chunk_by(|a, b| a.date == b.date).filter_map(day).collect()
}

fn day<'a>(lines: &[&'a Evidence]) -> Option<Told<'a>> {
    let line = *lines.last()?;
    let percents = lines.iter().filter_map(|it| Some((it.percent?, *it)));
    let highest = percents.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|_| line.state != State::Done);
    let percent = if line.state == State::Done { Some(100.0) } else { highest.map(|(it, _)| it) };
    let percent_line = highest.map_or(line, |(_, it)| it);
    Some(Told { date: line.date, state: line.state, percent, line, percent_line })
}

/// "80%".
#[must_use]
pub fn percent(value: f64) -> String {
    format!("{}%", number(value))
}
