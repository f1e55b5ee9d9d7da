//! Paragraphs: labels in strong type, lines of pairs, and boxes without a bullet.

use super::items::is_signature;
use super::task_lines::give;
use super::{MAX_PARTS, Walk};
use crate::document::{Block as DocBlock, Kind, Line, leading_symbol};
use crate::model::{Criterion, CriterionKind, Gate, GateKind, Located, State};
use crate::prose::Prose;
use crate::reading::date_spans::date_span;
use crate::reading::durations::duration_in;
use crate::reading::gate_days::{GateDay, is_gate, is_numbered_gate, part_day};
use crate::reading::headings::week_range;
use crate::reading::labels::{Label, label};
use crate::reading::marks::Mark;
use crate::reading::metadata::{may_be_metadata, metadata};
use crate::reading::{dates, gates};
use crate::text::{Place, Span};

impl Walk<'_> {
    pub(super) fn paragraph(&mut self, block: &DocBlock, names_block: bool) {
        self.under = Label::Other;
        for line in self.document.lines(block) {
            self.lead_line(*line);
            let Some((strong, end)) = self.document.leading_strong(*line, self.file) else {
                self.plain_line(*line);
                continue;
            };
            let is_label = strong.trim_end().ends_with([':', '：']);
            if names_block && !is_label && end == line.span.end {
                if let Some((_, at)) = self.block
                    && let Some(block) = self.found.plan.blocks.get_mut(at)
                {
                    strong.trim().clone_into(&mut block.name);
                }
                continue;
            }
            let colon = self
                .file
                .text
                .get(end as usize..)
                .is_some_and(|it| it.trim_start_matches('*').trim_start().starts_with([':', '：']));
            if self.task.is_some() && self.task_metadata(*line) {
                continue;
            }
            // "**Gate 1: payments work**" above a list.
            let is_gate = !is_label && !colon && end == line.span.end && is_gate(&strong) && self.is_above_list();
            if is_label || colon || is_gate {
                let label = label(&self.file.share(&strong));
                let value = self.document.prose(*line, end, self.file);
                self.labelled(label, value, *line, end);
            }
        }
    }

    /// Says whether a list follows.
    fn is_above_list(&self) -> bool {
        self.document.blocks.get(self.roles.len() + 1).is_some_and(|it| matches!(it.kind, Kind::Item(_)))
    }

    /// A line of pairs below a heading that is a task belongs to that task.
    fn task_metadata(&mut self, line: Line) -> bool {
        let raw = self.file.slice(line.span);
        let Some((_, at)) = self.task.filter(|_| may_be_metadata(raw)) else { return false };
        let words = self.document.words(line, self.file);
        let Some(said) = metadata(&words, self.choices) else { return false };
        let Some((_, segment)) = self.found.segments.get_mut(at) else { return false };
        give(segment, &said, self.file.place(line.span), None, self.file);
        true
    }

    /// A line that begins with a box and no bullet is a task; one that begins with a label in plain type is read as a label.
    fn plain_line(&mut self, line: Line) {
        let raw = self.file.slice(line.span);
        if let Some(it) = self.bracket_at(line.span.start, raw)
            && let Some(mark) = self.choices.bracket(it.inside)
            && raw.len() > it.length
            && !raw.get(it.length..).is_some_and(has_box)
        {
            let from = line.span.start + u32::try_from(it.length).unwrap_or(0);
            if is_signature(raw.get(it.length..).unwrap_or_default()) {
                return;
            }
            match self.task {
                Some((_, at)) => {
                    if let Some((_, segment)) = self.found.segments.get_mut(at) {
                        segment.subtasks.total += 1;
                        segment.subtasks.done += usize::from(mark == Mark::State(State::Done));
                    }
                }
                None => {
                    self.task_line(line.span, None, line, mark, from);
                }
            }
            return;
        }
        // In a plan without boxes, a line may say its state by a symbol alone.
        if !self.has_boxes
            && let Some((sign, length)) = leading_symbol(raw)
            && self.choices.emoji_are_tasks(false)
            && let Some(mark @ Mark::State(_)) = self.choices.symbol(sign)
        {
            let from = line.span.start + u32::try_from(length).unwrap_or(0);
            self.task_line(line.span, None, line, mark, from);
            return;
        }
        let begin = raw.get(..raw.len().min(MAX_PLAIN_LABEL)).or_else(|| raw.get(..raw.len().min(MAX_PLAIN_LABEL - 1)));
        let colon = begin.unwrap_or_default().find([':', '：']);
        let Some(name) = colon.and_then(|at| raw.get(..at)) else { return };
        if self.task_metadata(line) {
            return;
        }
        let label = label(&self.file.share(name.trim()));
        let is_known = matches!(label, Label::Goal | Label::Date | Label::Start | Label::Target | Label::Timeline);
        if is_known && (self.phase.is_some() || self.found.outline.get(self.heading).is_none_or(|it| it.level <= 2)) {
            let end = line.span.start + u32::try_from(name.len()).unwrap_or(0);
            let value = self.document.prose(line, end, self.file);
            self.labelled(label, value, line, end);
            self.under = Label::Other;
        }
    }

    fn labelled(&mut self, label: Label, value: Prose, line: Line, end: u32) {
        let place = self.file.place(line.span);
        if label == Label::ExitCriteria && self.task.is_some() && self.is_of_phase(line, end) {
            self.close_task(line.span.start);
        }
        match &label {
            Label::Gate(name, kind) => self.gate(name, *kind, value, place),
            // What stands below a heading within a phase is about that part alone.
            Label::Goal if self.week.is_none() && !self.is_in_part_of_phase() => {
                let phase = self.phase.and_then(|(_, at)| self.found.plan.phases.get_mut(at));
                if let Some(phase) = phase {
                    let value = without_colon(value);
                    phase.goal.get_or_insert(Located { value, place });
                }
            }
            Label::ExitCriteria if !value.is_empty() && self.task.is_none() => {
                let text = without_colon(value);
                // "Exit criteria: see below:" announces a list.
                if !text.is_empty() && !text.words().trim_end().ends_with(':') {
                    let criterion = Criterion { text, kind: CriterionKind::Exit, ticked: false, sign_off: None, place };
                    self.found.exit_criteria.push((self.phase.map(|(_, it)| it), self.heading, criterion));
                }
            }
            Label::GateDecision => {
                if let Some(gate) = self.found.plan.gates.last_mut() {
                    gate.decision = gates::decision(behind_colon(&value.words()), &place);
                }
            }
            label if self.phase.is_none() => {
                let place = self.value_place(line, end);
                self.header(label, behind_colon(&value.words()), place);
            }
            label => self.phase_dates(label, behind_colon(&value.words())),
        }
        self.under = label;
    }

    /// Says whether a heading within the open phase is open.
    fn is_in_part_of_phase(&self) -> bool {
        let heading = self.found.outline.get(self.heading).map_or(0, |it| it.level);
        self.phase.is_some_and(|(level, _)| level < heading)
    }

    /// Says whether a label is about a phase rather than the task above it.
    fn is_of_phase(&self, line: Line, end: u32) -> bool {
        let words = self.file.slice(Span { start: line.span.start, end }).to_lowercase();
        ["phase", "milestone", "stage", "sprint"].iter().any(|it| words.contains(it))
    }

    /// Days that a line below a phase's heading names: "Duration: 2 weeks (June 8-21, 2025)".
    fn phase_dates(&mut self, label: &Label, words: &str) {
        let Some(phase) = self.phase.and_then(|(_, at)| self.found.plan.phases.get_mut(at)) else { return };
        match label {
            Label::Timeline | Label::Dates => {
                let inside = words.split_once('(').and_then(|(_, it)| it.split_once(')')).map(|(it, _)| it);
                let span = date_span(words).or_else(|| date_span(inside?));
                if let (None, None, Some((first, last))) = (phase.named_start, phase.named_end, span) {
                    (phase.named_start, phase.named_end) = (Some(first), Some(last));
                }
                phase.weeks = phase.weeks.or_else(|| week_range(words)).or_else(|| week_range(inside?));
            }
            Label::Start => phase.named_start = phase.named_start.or_else(|| dates::date(words)),
            Label::Target => {
                let last = || dates::date(words).or_else(|| date_span(words.trim()).map(|(_, last)| last));
                phase.named_end = phase.named_end.or_else(last);
            }
            _ => {}
        }
    }

    /// Returns where the value behind a label stands.
    fn value_place(&self, line: Line, end: u32) -> Place {
        let rest = self.file.slice(Span { start: end.min(line.span.end), end: line.span.end });
        let value = rest.trim_start_matches(['*', '_', ':', '：', ' ']);
        self.file.place(Span { start: line.span.end - u32::try_from(value.len()).unwrap_or(0), end: line.span.end })
    }

    fn header(&mut self, label: &Label, words: &str, place: Place) {
        let header = &mut self.found.plan.header;
        match label {
            Label::Date => put(&mut header.date, dates::date(words), place),
            Label::Start => put(&mut header.start, dates::date(words), place),
            Label::Target => {
                let last = || date_span(words.trim()).map(|(_, last)| last);
                put(&mut header.target, dates::date(words).or_else(last), place);
            }
            Label::Timeline => {
                let inside = words.split_once('(').and_then(|(_, it)| it.split_once(')')).map(|(it, _)| it);
                if let Some((first, _)) = date_span(words.trim()).or_else(|| date_span(inside?)) {
                    put(&mut header.start, Some(first), place.clone());
                }
                let units = &self.choices.units;
                let weeks = duration_in(words, units).and_then(|it| it.days).map(|it| it / units.days_per_week);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 520, checked")]
                let weeks = weeks.filter(|it| (1.0..=520.0).contains(it)).map(|it| it.ceil() as u32);
                put(&mut header.weeks, weeks, place);
            }
            Label::Effort => {
                put(&mut header.effort_days, duration_in(words, &self.choices.units).and_then(|it| it.days), place);
            }
            _ => {}
        }
    }

    pub(super) fn gate(&mut self, name: &str, kind: Option<GateKind>, value: Prose, place: Place) {
        if MAX_PARTS <= self.found.plan.gates.len() {
            self.found.too_many_parts.get_or_insert(place);
            return;
        }
        let plan = &mut self.found.plan;
        let kind = kind.unwrap_or(match (&self.block, &self.week) {
            (Some(_), _) => GateKind::Day,
            (None, Some(_)) => GateKind::Week,
            (None, None) => GateKind::Phase,
        });
        let block = self.block.as_ref().and_then(|(_, it)| plan.blocks.get(*it));
        let week = self.week.as_ref().and_then(|(_, it)| plan.weeks.get(*it)).map(|it| it.week);
        let small = matches!(kind, GateKind::Day | GateKind::Week);
        let said = value.plain();
        // The colon may stand outside of the strong type; a name may begin with one as well.
        let said = said.trim_start();
        let said = [": ", "：", ":\u{A0}"].iter().find_map(|it| said.strip_prefix(it)).unwrap_or(said).trim_start();
        let called = |name: &str, said: &str| match (small, block) {
            (true, Some(block)) if name.eq_ignore_ascii_case("gate") => [&block.name, " gate"].concat(),
            (true, _) => name.to_owned(),
            (false, _) if said.is_empty() => name.to_owned(),
            (false, _) if is_numbered_gate(&name.to_lowercase()) => format!("{name}: {said}"),
            (false, _) => said.to_owned(),
        };
        // The day leaves the name once its year is known.
        let day = match (part_day(name), part_day(said).filter(|_| !small)) {
            (Some((name, day)), _) => Some((called(&name, said), day.to_owned())),
            (None, Some((said, day))) => Some((called(name, &said), day.to_owned())),
            (None, None) => None,
        };
        let is_day = day.is_some() && part_day(said).is_some_and(|(rest, _)| rest.is_empty());
        let name = if is_day { format!("{name}: {said}") } else { called(name, said) };
        let criterion =
            Criterion { text: value, kind: CriterionKind::Gate, ticked: false, sign_off: None, place: place.clone() };
        plan.gates.push(Gate {
            short: name.clone(),
            name,
            kind,
            phase: self.phase.as_ref().map(|(_, it)| *it),
            week,
            due: None,
            criteria: if small && !criterion.text.is_empty() { vec![criterion] } else { Vec::new() },
            decision: None,
            waivers: Vec::new(),
            place,
        });
        if let Some((name, day)) = day {
            let gate = self.found.plan.gates.len() - 1;
            self.found.gate_days.push(GateDay { gate, day, name });
        }
    }

    /// Notes the day that stands beside the name of the last gate.
    pub(super) fn gate_day(&mut self, day: &str) {
        let plan = &self.found.plan;
        if let Some((gate, it)) = plan.gates.iter().enumerate().next_back() {
            self.found.gate_days.push(GateDay { gate, day: day.to_owned(), name: it.name.clone() });
        }
    }
}

/// Labels in plain type are shorter than this many bytes.
const MAX_PLAIN_LABEL: usize = 40;

/// Says whether a box stands within a text.
fn has_box(text: &str) -> bool {
    ["[ ]", "[x]", "[X]"].iter().any(|it| text.contains(it))
}

/// Returns a value without the colon that stood behind its label.
fn without_colon(mut value: Prose) -> Prose {
    value.strip_before(&[':', '：', ' ']);
    value
}

fn behind_colon(words: &str) -> &str {
    words.trim_start_matches([':', '：', ' '])
}

fn put<T>(slot: &mut Option<Located<T>>, value: Option<T>, place: Place) {
    if let (None, Some(value)) = (slot.as_ref(), value) {
        *slot = Some(Located { value, place });
    }
}
