//! Items of lists: tasks and what is below them, criteria, deliverables.

use super::{MAX_DEPTH, MAX_PARTS, MAX_SEGMENTS, Role, Walk};
use crate::document::{Block as DocBlock, Item, Line, bracket_mark, leading_symbol};
use crate::model::{Criterion, CriterionKind, Deliverable, Risk, Segment, State, Tally};
use crate::prose::{Prose, Style};
use crate::reading::headings::Heading;
use crate::reading::labels::Label;
use crate::reading::marks::{Mark, bracket};
use crate::reading::owner_line::{OwnerLine, may_be_owner_line, owner_line};
use crate::reading::{gates, ids};
use crate::text::{Place, SharedStr, SourceFile, Span};
use smallvec::SmallVec;

/// Owner lines are shorter than this many bytes.
const MAX_OWNER_LINE: usize = 400;

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
        let raw = self.file.slice(Span { start: self.text_start(line, item), end: block.span.end });
        match &self.under {
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
        match kind {
            CriterionKind::Exit => self.found.exit_criteria.push((self.phase.map(|(_, it)| it), criterion)),
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
        if let Some(mark) = bracket_mark(raw)
            && let Some(read) = bracket(mark.inside)
        {
            return self.segment(block, item, line, read, start + u32::try_from(mark.length).unwrap_or(0));
        }
        let words = self.document.words(line, self.file);
        if item.depth == 0
            && self.group_from < self.found.segments.len()
            && words.len() < MAX_OWNER_LINE
            && let Some(owner) = owner_line(&words)
        {
            self.group_owner(&owner, line);
            return Role::Other;
        }
        match self.topic.as_ref().map(|(_, it)| it) {
            Some(Heading::Risks(Some(_))) if item.depth == 0 && MAX_PARTS <= self.found.plan.risks.len() => {
                self.found.too_many_parts.get_or_insert_with(|| self.file.place(line.span));
            }
            Some(Heading::Risks(Some(severity))) if item.depth == 0 => {
                let mut title = self.document.prose(line, 0, self.file);
                for run in &mut title.runs {
                    run.style = run.style.without(Style::STRONG);
                }
                self.found.plan.risks.push(Risk {
                    severity: severity.clone(),
                    title,
                    mitigation: None,
                    place: self.file.place(line.span),
                });
                return Role::Risk(self.found.plan.risks.len() - 1);
            }
            Some(Heading::Team) => self.team(&words, line),
            Some(Heading::Budget) => self.budget(&words, line),
            _ => {}
        }
        Role::Other
    }

    fn segment(&mut self, block: &DocBlock, item: Item, line: Line, mark: Mark, from: u32) -> Role {
        if MAX_SEGMENTS <= self.found.segments.len() {
            self.found.too_many.get_or_insert_with(|| self.file.place(line.span));
            return Role::Other;
        }
        if let Some(it) = item.gfm_box.and_then(|it| self.found.understood.get_mut(it as usize)) {
            *it = true;
        }
        let raw = self.file.slice(Span { start: from, end: line.span.end });
        let id = ids::leading_id(raw);
        let from = from + id.map_or(0, |it| u32::try_from(it.end).unwrap_or(0));
        let mut title = self.document.prose(line, from, self.file);
        if id.is_some()
            && let Some(first) = title.runs.first_mut()
        {
            let rest = first.text.trim_start_matches([':', '-', '–', '—', ' ']).len();
            first.text.keep(first.text.len() - rest..first.text.len());
        }
        let mark = match mark {
            Mark::Open if title.is_struck_out() => Some(State::Dropped),
            Mark::Open => None,
            Mark::State(it) => Some(it),
        };
        let plan = &self.found.plan;
        let segment = Segment {
            place: self.file.place(line.span),
            extent: block.span,
            title,
            details: self.file.shared(Span { start: line.span.end, end: block.span.end.max(line.span.end) }),
            mark,
            qualifier: None,
            effort_days: None,
            load_days: 0.0,
            owners: SmallVec::new(),
            owner_place: None,
            shared_by: None,
            phase: self.phase.as_ref().map(|(_, it)| *it),
            week: self.week.as_ref().and_then(|(_, it)| plan.weeks.get(*it)).map(|it| it.week),
            block: self.block.as_ref().map(|(_, it)| *it),
            subtasks: Tally::default(),
        };
        self.found.segments.push((id.map(|it| self.file.share(it.id)), segment));
        Role::Segment(self.found.segments.len() - 1)
    }

    fn below_segment(&mut self, at: usize, item: Item, line: Line) -> Role {
        let start = self.text_start(line, item);
        let raw = self.file.slice(Span { start, end: line.span.end });
        let mark = bracket_mark(raw).and_then(|it| bracket(it.inside));
        let Some((_, segment)) = self.found.segments.get_mut(at) else { return Role::Other };
        if let Some(mark) = mark {
            segment.subtasks.total += 1;
            segment.subtasks.done += usize::from(mark == Mark::State(State::Done));
            if let Some(it) = item.gfm_box.and_then(|it| self.found.understood.get_mut(it as usize)) {
                *it = true;
            }
            return Role::Segment(at);
        }
        if raw.len() < MAX_OWNER_LINE
            && may_be_owner_line(raw)
            && segment.owner_place.is_none()
            && let Some(owner) = owner_line(&self.document.words(line, self.file))
        {
            give(segment, &owner, self.file.place(line.span), None, self.file);
        }
        Role::Segment(at)
    }

    fn group_owner(&mut self, owner: &OwnerLine<'_>, line: Line) {
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

fn give(segment: &mut Segment, owner: &OwnerLine<'_>, place: Place, shared_by: Option<usize>, file: &SourceFile) {
    segment.owners = owner.owners.iter().map(|it| file.share(it)).collect();
    segment.owner_place = Some(place);
    segment.shared_by = shared_by;
    if let Some(duration) = &owner.duration {
        #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 tasks")]
        let share = shared_by.map_or(1.0, |it| it.max(1) as f64);
        segment.effort_days = duration.days.map(|it| it / share);
        segment.qualifier.clone_from(&duration.qualifier);
    }
}

fn first_line_of(span: Span, file: &SourceFile) -> Span {
    let text = file.slice(span);
    let end = text.find('\n').unwrap_or(text.len());
    Span::new(span.start as usize, span.start as usize + end)
}
