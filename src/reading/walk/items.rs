//! Items of lists: tasks and what is below them, criteria, deliverables.

use super::leads::names_nobody;
use super::task_lines::give;
use super::{MAX_DEPTH, MAX_OWNER_LINE, MAX_PARTS, Role, Walk};
use crate::document::{Block as DocBlock, BracketMark, Item, Line, bracket_mark, leading_symbol};
use crate::model::{Criterion, CriterionKind, Deliverable, Risk, State};
use crate::prose::{Prose, Style};
use crate::reading::gates;
use crate::reading::heading_parts::state_of;
use crate::reading::labels::Label;
use crate::reading::marks::Mark;
use crate::reading::metadata::{Metadata, may_be_metadata, metadata};
use crate::reading::opens::Heading;
use crate::text::{SharedStr, SourceFile, Span};

impl Walk<'_> {
    pub(super) fn item(&mut self, block: &DocBlock, item: Item) -> Role {
        if MAX_DEPTH < item.depth {
            self.found.too_deep.get_or_insert_with(|| self.file.place(first_line_of(block.span, self.file)));
            return Role::Other;
        }
        let Some(line) = self.document.first_line(block) else { return Role::Other };
        let parent = item.parent.and_then(|it| self.roles.get(it as usize)).copied();
        match parent {
            Some(Role::Segment(at)) => return self.below_segment(at, item, line),
            Some(Role::Risk(at)) => {
                let words = self.document.words(line, self.file);
                if let Some((key, value)) = words.split_once(':')
                    && key.trim().eq_ignore_ascii_case("mitigation")
                    && let Some(risk) = self.found.plan.risks.get_mut(at)
                {
                    let from = line.span.end - u32::try_from(value.len()).unwrap_or(0).min(line.span.end);
                    risk.mitigation = Some(self.document.prose(line, from, self.file));
                }
                return Role::Other;
            }
            Some(Role::Other) | None => {}
        }
        // The two roles that have lines of their own were seen above.
        if let Some((_, at)) = self.task {
            return self.below_segment(at, item, line);
        }
        let raw = self.file.slice(Span { start: self.text_start(line, item), end: block.span.end });
        let topic = self.topic.as_ref().map(|(_, it)| it);
        match &self.under {
            Label::Other if topic == Some(&Heading::Gate) && self.in_topic => {
                // Boxes are there for people to tick; a list without any says what must be so.
                let is_ticked = bracket_mark(raw).is_some() || item.gfm_box.is_some();
                let kind = if is_ticked { CriterionKind::Review } else { CriterionKind::Exit };
                self.criterion(kind, raw, line, item);
            }
            Label::Other if topic == Some(&Heading::Criteria) => self.criterion(CriterionKind::Exit, raw, line, item),
            Label::Other if topic == Some(&Heading::Deliverables) && bracket_mark(raw).is_none() => {
                self.deliverable(SharedStr::default(), raw, line);
            }
            Label::ExitCriteria => self.criterion(CriterionKind::Exit, raw, line, item),
            // A decision without a gate before it has no list of its own.
            Label::Gate(..) | Label::GateDecision if !self.found.plan.gates.is_empty() => {
                self.criterion(CriterionKind::Review, raw, line, item);
            }
            Label::Deliverables(scope) if bracket_mark(raw).is_none() => {
                let scope = scope.clone();
                self.deliverable(scope, raw, line);
            }
            _ => return self.task_or_list_item(block, item, line),
        }
        Role::Other
    }

    /// Returns where the words of an item begin in the source: before its box, where it has one.
    fn text_start(&self, line: Line, item: Item) -> u32 {
        let boxed = item.gfm_box.and_then(|it| self.document.boxes.get(it as usize));
        boxed.map_or(line.span.start, |it| it.span.start)
    }

    fn criterion(&mut self, kind: CriterionKind, raw: &str, line: Line, item: Item) {
        let place = self.file.place(line.span);
        self.criteria += 1;
        if MAX_PARTS < self.criteria {
            self.found.too_many_parts.get_or_insert(place);
            return;
        }
        let start = self.text_start(line, item);
        let read = gates::criterion(raw);
        let from = start + u32::try_from(read.start).unwrap_or(0);
        let text = self.document.prose(line, from, self.file);
        if let Some(it) = gates::waiver(&text.words(), &place) {
            if let Some(gate) = self.found.plan.gates.last_mut() {
                gate.waivers.push(it);
            }
            return;
        }
        if let Some(it) = item.gfm_box.and_then(|it| self.found.understood.get_mut(it as usize)) {
            *it = true;
        }
        let text =
            if read.sign_off.is_some() { Prose::plain_text(gates::without_sign_off(&text.words())) } else { text };
        let criterion = Criterion { text, kind, ticked: read.ticked, sign_off: read.sign_off, place };
        let is_of_gate = self.topic.as_ref().is_some_and(|(_, it)| *it == Heading::Gate);
        match kind {
            CriterionKind::Exit if !is_of_gate => {
                self.found.exit_criteria.push((self.phase.map(|(_, it)| it), self.heading, criterion));
            }
            _ => {
                if let Some(gate) = self.found.plan.gates.last_mut() {
                    gate.criteria.push(criterion);
                }
            }
        }
    }

    fn deliverable(&mut self, scope: SharedStr, raw: &str, line: Line) {
        let skip = leading_symbol(raw).map_or(0, |(_, it)| it);
        let from = line.span.start + u32::try_from(skip).unwrap_or(0);
        let plan = &mut self.found.plan;
        let week = self.week.as_ref().and_then(|(_, it)| plan.weeks.get(*it)).map(|it| it.week);
        plan.deliverables.push(Deliverable {
            scope,
            text: self.document.prose(line, from, self.file),
            week,
            block: self.block.as_ref().map(|(_, it)| *it),
            place: self.file.place(line.span),
        });
    }

    fn task_or_list_item(&mut self, block: &DocBlock, item: Item, line: Line) -> Role {
        let start = self.text_start(line, item);
        let raw = self.file.slice(Span { start, end: line.span.end });
        if let Some(it) = self.bracket_at(start, raw)
            && let Some(mark) = self.box_mark(it.inside, line)
        {
            if is_signature(raw.get(it.length..).unwrap_or_default()) {
                self.criterion(CriterionKind::Exit, raw, line, item);
                return Role::Other;
            }
            let from = start + u32::try_from(it.length).unwrap_or(0);
            let role = self.task_line(block.span, item.gfm_box, line, mark, from);
            if let Role::Segment(at) = role {
                self.lines_of_pairs(at, block);
            }
            return role;
        }
        let words = self.document.words(line, self.file);
        if item.depth == 0
            && self.group_from < self.found.segments.len()
            && words.len() < MAX_OWNER_LINE
            && let Some(owner) = metadata(&words, self.choices).filter(Metadata::is_assignment)
        {
            self.group_owner(&owner, line);
            return Role::Other;
        }
        if item.depth == u16::from(self.item_end.is_some()) && self.lead_line(line) {
            return Role::Other;
        }
        match self.topic.as_ref().map(|(_, it)| it) {
            Some(Heading::Risks(severity)) if item.depth == 0 && (severity.is_some() || self.in_topic) => {
                let severity = severity.clone().unwrap_or_default();
                return self.risk(severity, line);
            }
            Some(Heading::Team) => self.team(&words, line),
            Some(Heading::Budget) => self.budget(&words, line),
            Some(_) => {}
            None => return self.unboxed(block, item, line, raw),
        }
        Role::Other
    }

    /// Pairs may stand below a task without a bullet of their own.
    fn lines_of_pairs(&mut self, at: usize, block: &DocBlock) {
        let document = self.document;
        for line in document.lines(block).iter().skip(1) {
            let raw = self.file.slice(line.span);
            if raw.len() < MAX_OWNER_LINE
                && may_be_metadata(raw)
                && let Some(said) = metadata(&document.words(*line, self.file), self.choices)
                && let Some((_, segment)) = self.found.segments.get_mut(at)
            {
                give(segment, &said, self.file.place(line.span), None, self.file);
            }
        }
    }

    /// Reads a bracket at the beginning of words that begin at a byte; one behind a backslash is text.
    pub(super) fn bracket_at<'r>(&self, start: u32, raw: &'r str) -> Option<BracketMark<'r>> {
        let is_escaped =
            || start.checked_sub(1).and_then(|it| self.file.text.as_bytes().get(it as usize)) == Some(&b'\\');
        bracket_mark(raw).filter(|_| !is_escaped())
    }

    /// Reads the mark in a bracket. One sign that is no mark is a box all the same, in a state that is not known.
    fn box_mark(&mut self, inside: &str, line: Line) -> Option<Mark> {
        if let Some(mark) = self.choices.bracket(inside) {
            return Some(mark);
        }
        let mut letters = inside.chars();
        // Numbers in brackets are references.
        letters.next().filter(|it| letters.next().is_none() && !it.is_numeric())?;
        self.found.unknown_marks.push(self.file.place(line.span));
        Some(Mark::Open)
    }

    /// An item without a box: a task where its symbol, or the heading above it, is all that says a state.
    fn unboxed(&mut self, block: &DocBlock, item: Item, line: Line, raw: &str) -> Role {
        // "- ✅ Done" is a line of a legend.
        if state_of(&self.document.words(line, self.file), self.choices).is_some() {
            return Role::Other;
        }
        let from = line.span.start;
        if let Some((sign, length)) = leading_symbol(raw)
            && self.choices.emoji_are_tasks(self.has_boxes)
            && let Some(mark) = self.choices.symbol(sign)
        {
            let from = from + u32::try_from(length).unwrap_or(0);
            return self.task_line(block.span, None, line, mark, from);
        }
        let heading = self.found.outline.get(self.heading);
        let list_state = heading.and_then(|it| it.list_state).filter(|_| !self.has_boxes && item.depth == 0);
        let plain = (self.choices.bullets_are_tasks() && item.depth == 0).then_some(Mark::Open);
        match list_state.or(plain) {
            Some(mark) => self.task_line(block.span, None, line, mark, from),
            None => Role::Other,
        }
    }

    fn risk(&mut self, severity: String, line: Line) -> Role {
        if MAX_PARTS <= self.found.plan.risks.len() {
            self.found.too_many_parts.get_or_insert_with(|| self.file.place(line.span));
            return Role::Other;
        }
        let mut title = self.document.prose(line, 0, self.file);
        for run in &mut title.runs {
            run.style = run.style.without(Style::STRONG);
        }
        let mitigation = behind_arrow(&mut title);
        let place = self.file.place(line.span);
        self.found.plan.risks.push(Risk { severity, title, likelihood: None, mitigation, place });
        Role::Risk(self.found.plan.risks.len() - 1)
    }

    fn below_segment(&mut self, at: usize, item: Item, line: Line) -> Role {
        let start = self.text_start(line, item);
        let raw = self.file.slice(Span { start, end: line.span.end });
        let mark = self.bracket_at(start, raw).and_then(|it| self.box_mark(it.inside, line));
        let is_open = self.task.is_some_and(|(_, open)| open == at);
        let Some((_, segment)) = self.found.segments.get_mut(at) else { return Role::Other };
        if segment.extent.end < line.span.end && !is_open {
            // A heading in a list ended it, and the list goes on.
            segment.extent.end = line.span.end;
            segment.details = self.file.shared(Span { start: segment.place.span.end, end: line.span.end });
        }
        if let Some(mark) = mark {
            self.box_since_heading = true;
            segment.subtasks.total += 1;
            segment.subtasks.done += usize::from(mark == Mark::State(State::Done));
            if let Some(it) = item.gfm_box.and_then(|it| self.found.understood.get_mut(it as usize)) {
                *it = true;
            }
            return Role::Segment(at);
        }
        if raw.len() < MAX_OWNER_LINE && may_be_metadata(raw) {
            let words = self.document.words(line, self.file);
            if let Some(said) = metadata(&words, self.choices) {
                give(segment, &said, self.file.place(line.span), None, self.file);
            } else if names_nobody(&words) {
                self.is_led_by_nobody(at);
            }
        }
        Role::Segment(at)
    }

    fn group_owner(&mut self, owner: &Metadata<'_>, line: Line) {
        let place = self.file.place(line.span);
        let from = self.group_from.max(self.group_owned);
        self.group_owned = self.found.segments.len();
        let group = self.found.segments.get_mut(from..).unwrap_or_default();
        let without: Vec<_> = group.iter_mut().map(|(_, it)| it).filter(|it| it.owner_place.is_none()).collect();
        let count = without.len();
        for segment in without {
            give(segment, owner, place.clone(), Some(count), self.file);
        }
    }
}

/// Says whether a line is there to be signed: `[Platform lead]: ____`, `[Fire chief]: Jo March, 2026-02-03`, `QA lead: ______`.
pub(super) fn is_signature(words: &str) -> bool {
    if let Some(rest) = words.strip_prefix('[') {
        return rest.find("]:").is_some_and(|at| at <= 60 && rest.get(..at).is_some_and(|it| !it.contains(['[', ']'])));
    }
    // Most lines have no such sign at all.
    memchr::memchr(b'_', words.as_bytes()).is_some()
        && words.contains("____")
        && words.split_once(':').is_some_and(|(_, it)| it.trim_start().starts_with("____"))
}

/// Takes what stands behind an arrow out of the title of a risk: what is done about it.
fn behind_arrow(title: &mut Prose) -> Option<Prose> {
    let arrow = |text: &str| ARROWS.iter().find_map(|it| text.find(it).map(|at| (at, at + it.len())));
    let (run, (at, end)) = title.runs.iter().enumerate().find_map(|(run, it)| Some((run, arrow(&it.text)?)))?;
    if run == 0 && at == 0 {
        return None;
    }
    let mut rest = Prose { runs: title.runs.drain(run..).collect() };
    if let Some(first) = rest.runs.first_mut() {
        let mut before = first.clone();
        before.text.keep(0..at);
        first.text.keep(end..first.text.len());
        title.runs.push(before);
    }
    title.drop_empty_runs();
    rest.drop_empty_runs();
    (!rest.is_empty()).then_some(rest)
}

/// Signs between a risk and what is done about it.
const ARROWS: [&str; 4] = [" → ", " -> ", " ⇒ ", " => "];

fn first_line_of(span: Span, file: &SourceFile) -> Span {
    let text = file.slice(span);
    let end = text.find('\n').unwrap_or(text.len());
    Span::new(span.start as usize, span.start as usize + end)
}
