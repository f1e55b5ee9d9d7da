//! Tables: phases, metrics, tasks, risks, milestones, teams.

use super::headings::is_task;
use super::task_lines::{give, is_given_up};
use super::{MAX_PARTS, MAX_SEGMENTS, TaskLine, Walk};
use crate::document::{TableCell, TableRow};
use crate::model::{Phase, PhaseKind, Risk, State, Team};
use crate::prose::Prose;
use crate::reading::columns::{Columns, Rows};
use crate::reading::date_spans::date_span;
use crate::reading::headings::{bare_weeks, week_range};
use crate::reading::lists::team_periods;
use crate::reading::marks::Mark;
use crate::reading::metadata::{Metadata, is_none, status};
use crate::reading::tables::{metrics, phase_rows};
use crate::reading::words::Key;
use crate::reading::{dates, ids};
use crate::text::Span;
use std::borrow::Cow;

/// Of a cell that is not understood, so many characters are shown.
const MAX_SHOWN_WORDS: usize = 40;

impl Walk<'_> {
    pub(super) fn table(&mut self, at: u32) {
        let document = self.document;
        let Some(table) = document.tables.get(at as usize) else { return };
        let phases = phase_rows(document, table, self.file);
        let measured = metrics(document, table, self.file);
        let is_read = !measured.is_empty();
        let found = &mut self.found;
        found.phase_rows.extend(phases);
        found.plan.metrics.extend(measured);
        if MAX_PARTS < found.phase_rows.len().max(found.plan.metrics.len()) {
            found.phase_rows.truncate(MAX_PARTS);
            found.plan.metrics.truncate(MAX_PARTS);
            found
                .too_many_parts
                .get_or_insert_with(|| self.file.place(table.rows.first().map_or(Span::default(), |it| it.span)));
        }
        if is_read {
            return;
        }
        let columns = Columns::new(document, table, self.file);
        let rows: Vec<&TableRow> = table.rows.iter().skip(1).filter(|it| !self.is_total(it)).collect();
        match columns.rows(document, table, self.file, self.choices) {
            Rows::Tasks(task, status) => rows.iter().for_each(|it| self.task_row(it, &columns, task, status)),
            Rows::Areas(name, status) => self.areas(&rows, &columns, name, status),
            Rows::OneTask(status) => rows.iter().for_each(|it| self.heading_row(it, &columns, status)),
            Rows::Risks(risk) => rows.iter().for_each(|it| self.risk_row(it, &columns, risk)),
            Rows::Milestones(name, due) => {
                let may_stand_alone = columns.key(name) == Some(Key::Milestone);
                for row in rows {
                    self.milestone_row(row, name, due, may_stand_alone);
                }
            }
            Rows::Teams(team, strength) => rows.iter().for_each(|it| self.team_row(it, team, strength)),
            // A column of states is all that such a table lacks.
            Rows::Other if columns.of(Key::Task).or(columns.of(Key::Id)).is_some() => {
                self.found.stateless_rows += rows.len();
                self.found.stateless_tables += 1;
            }
            Rows::Other => {}
        }
    }

    /// Says whether a row adds the others up.
    fn is_total(&self, row: &TableRow) -> bool {
        let Some(first) = row.cells.iter().find(|it| it.line.is_some()) else { return false };
        let words = self.cell_words(*first).trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase();
        matches!(
            words.as_str(),
            "total"
                | "totals"
                | "subtotal"
                | "sum"
                | "summe"
                | "gesamt"
                | "somme"
                | "suma"
                | "合计"
                | "总计"
                | "合計"
                | "합계"
                | "סה\"כ"
                | "итого"
        )
    }

    fn cell_words(&self, cell: TableCell) -> Cow<'_, str> {
        cell.line.map(|it| self.document.words(it, self.file)).unwrap_or_default()
    }

    fn cell_prose(&self, row: &TableRow, at: usize) -> Prose {
        let line = row.cells.get(at).and_then(|it| it.line);
        line.map(|it| self.document.prose(it, 0, self.file)).unwrap_or_default()
    }

    /// A row that is a task.
    fn task_row(&mut self, row: &TableRow, columns: &Columns, task: usize, status_at: usize) {
        let Some((id, segment)) = self.row_line(row, columns, task, status_at) else { return };
        if let Some(at) = self.push_segment(id, segment)
            && columns.of(Key::Owner).is_some()
        {
            self.is_led_by_nobody(at);
        }
    }

    /// Rows that are tasks where the plan has no other. Most of them must say a state, so that they are about work.
    fn areas(&mut self, rows: &[&TableRow], columns: &Columns, name: usize, status_at: usize) {
        let says = |it: &&&TableRow| status(&self.cell_raw(it, status_at), self.choices).0.is_some();
        let is_about_work = rows.len() < 2 * rows.iter().filter(says).count();
        if self.has_boxes || !is_about_work {
            return;
        }
        let before = self.found.unknown_states.len();
        for row in rows.iter().take(MAX_SEGMENTS.saturating_sub(self.found.areas.len())) {
            let Some((id, mut segment)) = self.row_line(row, columns, name, status_at) else { continue };
            if segment.mark == Some(State::Dropped) && self.is_only_crossed(row, status_at) {
                segment.mark = None;
            }
            self.found.areas.push(((id, segment), self.heading));
        }
        let unknown = self.found.unknown_states.split_off(before);
        self.found.area_states.extend(unknown);
    }

    /// Says whether a cross is all that calls a row dropped: an area with one is rather not there yet.
    fn is_only_crossed(&self, row: &TableRow, at: usize) -> bool {
        let words = self.cell_raw(row, at);
        let words = words.trim();
        let is_cross = |it: char| !it.is_alphanumeric() && self.choices.own(it.encode_utf8(&mut [0; 4])).is_none();
        let behind = words.trim_start_matches(|it: char| !it.is_alphanumeric());
        words.starts_with(is_cross) && status(behind, self.choices).0 != Some(Mark::State(State::Dropped))
    }

    /// Reads a row as a task.
    fn row_line(&mut self, row: &TableRow, columns: &Columns, task: usize, status_at: usize) -> Option<TaskLine> {
        let line = row.cells.get(task).and_then(|it| it.line)?;
        // A row with one cell is the head of those below it.
        if row.cells.iter().filter(|it| it.line.is_some()).take(2).count() < 2 {
            return None;
        }
        let raw = self.file.slice(line.span);
        let id = ids::leading_id(raw);
        let from = line.span.start + id.map_or(0, |it| u32::try_from(it.end).unwrap_or(0));
        let title = self.document.prose(line, from, self.file);
        if title.is_empty() {
            return None;
        }
        let id_cell = columns.of(Key::Id).and_then(|at| row.cells.get(at)?.line);
        let id_cell = id_cell.map(|it| self.document.words(it, self.file));
        let id_cell = id_cell.as_deref().map(str::trim).filter(|it| ids::is_short_id(it) || self.choices.is_own_id(it));
        let id = id.map(|it| it.id).or(id_cell).map(|it| self.file.share(it));
        let (said, percent) = status(&self.cell_raw(row, status_at), self.choices);
        let mark = said.and_then(Mark::state).or_else(|| is_given_up(&title, self.choices).then_some(State::Dropped));
        let mut segment = self.blank_segment(self.file.place(line.span), row.span, title, mark);
        self.row_facts(row, columns, &mut segment);
        if said.is_none() && percent.is_none() && segment.mark.is_none() {
            self.unknown_state(row, status_at);
        }
        // What the row says counts more than the heading above the table.
        let named = || row.cells.iter().find_map(|it| week_range(&self.cell_words(*it)));
        let in_column =
            columns.weeks().and_then(|at| row.cells.get(at)).and_then(|it| bare_weeks(&self.cell_words(*it)));
        if let Some((first, last)) = in_column.or_else(named) {
            segment.week = Some(first);
            segment.last_week = Some(last).filter(|it| first < *it);
        }
        if let Some(cell) = columns.of(Key::Phase).and_then(|at| row.cells.get(at)) {
            segment.phase = self.phase_called(&self.cell_words(*cell)).or(segment.phase);
        }
        Some((id, segment))
    }

    /// Notes words in a column of states that are no known state.
    fn unknown_state(&mut self, row: &TableRow, at: usize) {
        let words = self.cell_raw(row, at);
        let words = words.trim();
        let Some(cell) = row.cells.get(at).filter(|_| !words.is_empty() && !is_none(words)) else { return };
        let short = words.chars().take(MAX_SHOWN_WORDS).collect();
        let place = self.file.place(cell.line.map_or(cell.span, |it| it.span));
        self.found.unknown_states.push((short, place));
    }

    /// Returns the raw text of a cell: links and boxes in it are marks.
    fn cell_raw(&self, row: &TableRow, at: usize) -> Cow<'_, str> {
        let Some(cell) = row.cells.get(at) else { return Cow::Borrowed("") };
        let words = self.cell_words(*cell);
        if words.contains('[') {
            Cow::Owned(self.file.slice(cell.span).trim_matches(['|', ' ']).to_owned())
        } else {
            words
        }
    }

    fn row_facts(&self, row: &TableRow, columns: &Columns, segment: &mut crate::model::Segment) {
        for (at, cell) in row.cells.iter().enumerate() {
            let Some(key) = columns.key(at) else { continue };
            let words = self.cell_words(*cell);
            let mut said = Metadata::default();
            // The names of the words live as long as the cell, so they are given away cell by cell.
            if said.read_value(key, &words, self.choices) {
                give(segment, &said, self.file.place(cell.line.map_or(cell.span, |it| it.span)), None, self.file);
            }
        }
    }

    fn phase_called(&self, words: &str) -> Option<usize> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        let digits: Option<u32> = words.trim_start_matches(|it: char| !it.is_ascii_digit()).parse().ok();
        let plan = &self.found.plan;
        let called = |it: &Phase| it.name.eq_ignore_ascii_case(words) || it.label().eq_ignore_ascii_case(words);
        plan.phases
            .iter()
            .position(called)
            .or_else(|| plan.phases.iter().position(|it| Some(it.number) == digits && it.tag.is_none()))
    }

    /// A single row below a heading says where that heading's work stands.
    fn heading_row(&mut self, row: &TableRow, columns: &Columns, status_at: usize) {
        let (mark, percent) = status(&self.cell_raw(row, status_at), self.choices);
        if mark.is_none() && percent.is_none() {
            return;
        }
        let at = self.heading;
        let Some(line) = self.found.outline.get(at).cloned() else { return };
        let is_title = at == Some(0) && line.level == 1;
        // Where tasks of its own stand above the table, the table says nothing about the heading.
        let open = self.task.and_then(|(_, at)| self.found.segments.get(at));
        let is_open = open.is_some_and(|(_, it)| is_task(it, &line));
        let has_tasks = self.box_since_heading && !is_open;
        if is_title || has_tasks || self.phase.is_some_and(|(level, _)| level == line.level) {
            return;
        }
        if !is_open {
            self.close_task(line.place.span.start);
            let mark = mark.and_then(Mark::state);
            let title = Prose::plain_text(line.words.clone());
            let segment = self.blank_segment(line.place.clone(), line.place.span, title, mark);
            let Some(at) = self.push_heading(None, segment, line.parent) else { return };
            self.task = Some((line.level, at));
            self.task_is_boxed = true;
        }
        let Some((_, at)) = self.task else { return };
        let Some((id, mut segment)) = self.found.segments.get(at).cloned() else { return };
        self.row_facts(row, columns, &mut segment);
        if let Some(slot) = self.found.segments.get_mut(at) {
            *slot = (id, segment);
        }
    }

    fn risk_row(&mut self, row: &TableRow, columns: &Columns, risk: usize) {
        let title = self.cell_prose(row, risk);
        if title.is_empty() {
            return;
        }
        if MAX_PARTS <= self.found.plan.risks.len() {
            self.found.too_many_parts.get_or_insert_with(|| self.file.place(row.span));
            return;
        }
        let severity = columns
            .of(Key::Severity)
            .or_else(|| columns.of(Key::Likelihood))
            .and_then(|at| row.cells.get(at))
            .map(|it| self.cell_words(*it));
        let severity = severity.map(|it| severity_of(&it)).unwrap_or_default();
        let likelihood = columns.of(Key::Severity).and(columns.of(Key::Likelihood)).and_then(|at| row.cells.get(at));
        let likelihood = likelihood.map(|it| self.cell_words(*it).trim().chars().take(MAX_SHOWN_WORDS).collect());
        let likelihood = likelihood.filter(|it: &String| !is_none(it) && !it.is_empty());
        let mitigation = columns.of(Key::Mitigation).map(|at| self.cell_prose(row, at)).filter(|it| !it.is_empty());
        let span = row.cells.get(risk).and_then(|it| it.line).map_or(row.span, |it| it.span);
        let place = self.file.place(span);
        self.found.plan.risks.push(Risk { severity, title, likelihood, mitigation, place });
    }

    /// A milestone of a table is the phase of that name, or one of its own that has no tasks.
    fn milestone_row(&mut self, row: &TableRow, name_at: usize, due_at: usize, may_stand_alone: bool) {
        let (Some(name), Some(due)) = (row.cells.get(name_at), row.cells.get(due_at)) else { return };
        let (name_words, due_words) = (self.cell_words(*name).trim().to_owned(), self.cell_words(*due).into_owned());
        if name_words.is_empty() || MAX_PARTS <= self.found.milestones.len() {
            return;
        }
        let span = date_span(due_words.trim());
        let end = dates::date(&due_words).or(span.map(|(_, last)| last));
        let start = span.filter(|(first, last)| first != last).map(|(first, _)| first);
        let place = self.file.place(name.line.map_or(name.span, |it| it.span));
        let milestone = Phase::new(PhaseKind::Milestone, 0, None, name_words, place);
        let milestone = Phase { weeks: week_range(&due_words), named_start: start, named_end: end, ..milestone };
        self.found.milestones.push((milestone, may_stand_alone));
    }

    fn team_row(&mut self, row: &TableRow, team: usize, strength: usize) {
        let (Some(name), Some(strength)) = (row.cells.get(team), row.cells.get(strength)) else { return };
        let (name, strength) = (self.cell_words(*name).trim().to_owned(), self.cell_words(*strength).into_owned());
        let strength = strength.trim();
        // A bare number stands below a head such as "FTE".
        let periods = match strength.parse::<f64>() {
            Ok(fte) if (0.0..=1000.0).contains(&fte) => vec![crate::model::TeamPeriod { weeks: None, fte }],
            _ => team_periods(strength),
        };
        if !name.is_empty() && !periods.is_empty() && self.found.plan.teams.len() < MAX_PARTS {
            let place = self.file.place(row.span);
            self.found.plan.teams.push(Team { name, periods, place });
        }
    }
}

/// Returns a severity in the words of a risk's heading: "High" of "🔴 high".
fn severity_of(words: &str) -> String {
    let plain = words.trim_matches(|it: char| !it.is_alphanumeric());
    let first = plain.split([' ', '/', '(', '-']).next().unwrap_or_default();
    match first.to_lowercase().as_str() {
        "critical" | "严重" | "critique" | "crítico" => "Critical".to_owned(),
        "high" | "高" | "높음" | "גבוה" | "haut" | "haute" | "élevé" | "élevée" | "alto" | "alta" | "hoch" => {
            "High".to_owned()
        }
        "medium" | "med" | "moderate" | "中" | "보통" | "중간" | "בינוני" | "moyen" | "moyenne" | "medio" | "media"
        | "médio" | "média" | "mittel" => "Medium".to_owned(),
        "low" | "低" | "낮음" | "נמוך" | "bas" | "faible" | "bajo" | "baja" | "baixo" | "baixa" | "niedrig" => {
            "Low".to_owned()
        }
        _ => plain.chars().take(40).collect(),
    }
}
