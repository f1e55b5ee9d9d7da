//! What the columns of a table hold, and what its rows therefore are.

use super::choices::Choices;
use super::headings::is_weeks;
use super::letters::is_one_of;
use super::words::{Key, key};
use crate::document::{Document, Table, bracket_mark};
use crate::text::SourceFile;

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Tasks: the columns of their words and of their state.
    Tasks(usize, usize),
    /// The state of the heading above, in a single row: the column of the state.
    OneTask(usize),
    /// Risks: the column of their words.
    Risks(usize),
    /// Milestones with their days: the columns of their names and of their days.
    Milestones(usize, usize),
    /// Areas with their states: tasks, where the plan has nothing else that is one. The columns of their names and states.
    Areas(usize, usize),
    /// People or teams with their strength.
    Teams(usize, usize),
    /// Something else.
    Other,
}

/// The columns of a table.
#[derive(Debug, Clone)]
pub struct Columns {
    keys: Vec<Option<Key>>,
    weeks: Option<usize>,
    begins_with_area: bool,
}

/// Tables with more columns than this are not looked at.
const MAX_COLUMNS: usize = 64;
/// What the first column of a table is headed with where its rows are all there is to be done.
pub const AREAS: [&str; 11] = [
    "area",
    "areas",
    "chapter",
    "chapters",
    "workstream",
    "workstreams",
    "bereich",
    "kapitel",
    "chapitre",
    "capítulo",
    "área",
];
/// What a column of titles is headed with, where another one has IDs.
pub const TITLES: [&str; 14] = [
    "title",
    "name",
    "description",
    "summary",
    "what",
    "名称",
    "描述",
    "标题",
    "제목",
    "설명",
    "תיאור",
    "titre",
    "título",
    "titel",
];
/// Rows that are looked at to tell whether a column holds boxes.
const LOOKED_AT: usize = 20;

impl Columns {
    /// Reads the heads of columns.
    #[must_use]
    pub fn new(document: &Document, table: &Table, file: &SourceFile) -> Self {
        let head = table.rows.first().map_or(&[][..], |it| &it.cells);
        let words = || {
            head.iter().take(MAX_COLUMNS).map(|it| it.line.map(|line| document.words(line, file)).unwrap_or_default())
        };
        Self {
            keys: words().map(|it| key(&it)).collect(),
            weeks: words().position(|it| is_weeks(&it)),
            begins_with_area: words().next().is_some_and(|it| is_one_of(it.trim(), &AREAS)),
        }
    }

    /// Returns the column of weeks.
    #[must_use]
    pub fn weeks(&self) -> Option<usize> {
        self.weeks
    }

    /// Returns the first column of a kind.
    #[must_use]
    pub fn of(&self, wanted: Key) -> Option<usize> {
        self.keys.iter().position(|it| *it == Some(wanted))
    }

    /// Returns what a column holds.
    #[must_use]
    pub fn key(&self, at: usize) -> Option<Key> {
        self.keys.get(at).copied().flatten()
    }

    /// Says what the rows are.
    #[must_use]
    pub fn rows(&self, document: &Document, table: &Table, file: &SourceFile, choices: &Choices) -> Rows {
        if let Some(risk) = self.of(Key::Risk)
            && (risk == 0
                || [Key::Mitigation, Key::Severity, Key::Likelihood].into_iter().any(|it| self.of(it).is_some()))
        {
            return Rows::Risks(risk);
        }
        let boxes = self.boxes(table, file, choices);
        let status = self.of(Key::Status).or(boxes);
        let status = status.or_else(|| self.of(Key::Progress));
        let task =
            self.of(Key::Task).or_else(|| title_column(document, table, file).filter(|_| self.of(Key::Id).is_some()));
        // A column of boxes makes tasks of rows, whatever their words are headed with.
        let task =
            task.or_else(|| boxes.filter(|it| Some(*it) == status).and_then(|_| self.widest(table, file, status)));
        match (task, status) {
            (Some(task), Some(status)) if task != status => return Rows::Tasks(task, status),
            (None, Some(status)) if table.rows.len() == 2 && self.of(Key::Phase).is_none() => {
                return Rows::OneTask(status);
            }
            _ => {}
        }
        if let (Some(status), true) = (status, self.begins_with_area && 2 < table.rows.len() && status != Some(0)) {
            return Rows::Areas(0, status);
        }
        if let (Some(team), Some(strength)) = (self.of(Key::Team), self.of(Key::Strength)) {
            return Rows::Teams(team, strength);
        }
        match (self.of(Key::Milestone).or(self.of(Key::Phase)), self.of(Key::Due)) {
            (Some(name), Some(due)) => Rows::Milestones(name, due),
            _ => Rows::Other,
        }
    }

    /// Returns the column with the longest words among those that hold nothing else.
    fn widest(&self, table: &Table, file: &SourceFile, status: Option<usize>) -> Option<usize> {
        let length = |at: usize| -> usize {
            let rows = table.rows.iter().skip(1).take(LOOKED_AT);
            rows.filter_map(|it| it.cells.get(at)?.line).map(|it| file.slice(it.span).len()).sum()
        };
        let free = (0..self.keys.len()).filter(|at| Some(*at) != status && self.key(*at).is_none());
        free.map(|at| (length(at), at))
            .filter(|(length, _)| 0 < *length)
            .max_by_key(|(length, at)| (*length, usize::MAX - at))
            .map(|(_, at)| at)
    }

    /// Returns the column whose cells are boxes: most of those that are looked at.
    fn boxes(&self, table: &Table, file: &SourceFile, choices: &Choices) -> Option<usize> {
        let rows = table.rows.iter().skip(1).take(LOOKED_AT);
        (0..self.keys.len()).find(|at| {
            let is_box = |text: &str| {
                bracket_mark(text.trim_start_matches(['-', '*', ' ']))
                    .is_some_and(|it| choices.bracket(it.inside).is_some())
            };
            let cells = || rows.clone().filter_map(|it| it.cells.get(*at));
            let boxes = cells().filter(|it| is_box(file.slice(it.span).trim_matches(['|', ' '])));
            let count = boxes.count();
            0 < count && cells().count() < 2 * count
        })
    }
}

/// Returns the first column that is headed by a word for a title.
fn title_column(document: &Document, table: &Table, file: &SourceFile) -> Option<usize> {
    let head = table.rows.first()?;
    head.cells.iter().take(MAX_COLUMNS).position(|it| {
        let words = it.line.map(|line| document.words(line, file)).unwrap_or_default();
        TITLES.contains(&words.trim().to_lowercase().as_str())
    })
}
