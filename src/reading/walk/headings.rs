//! Headings: phases, weeks, blocks, topics, and headings that are tasks themselves.

use super::{Contradiction, MAX_PARTS, Walk};
use crate::calendar::Week;
use crate::document::Block as DocBlock;
use crate::model::{Block, GateKind, Phase, Segment, State, Tally, WeekPlan};
use crate::prose::Prose;
use crate::reading::headings::phase_name;
use crate::reading::ids;
use crate::reading::kinds::number_before_letter;
use crate::reading::letters::{is_one_of, trim};
use crate::reading::marks::Mark;
use crate::reading::opens::{BlockDays, Called, Heading, PhaseName};
use crate::reading::outline::{BOLD_LEVEL, HeadingLine};
use crate::text::{Place, SharedStr, Span};

impl Walk<'_> {
    pub(super) fn heading(&mut self, block: &DocBlock, level: u8) {
        self.close_down_to(level, block.span.start);
        let at = self.headings_seen;
        self.headings_seen += 1;
        self.heading = Some(at);
        // Taken out while it is read, so that it need not be copied.
        let headings = std::mem::take(&mut self.found.outline.headings);
        if let Some(line) = headings.get(at as usize) {
            let alike = self.found.outline.is_numbered_alike(line);
            let above = line.parent.filter(|it| it + 1 == at && !self.is_head(*it, &headings));
            let above = above.and_then(|it| headings.get(it as usize)).map(|it| it.level);
            self.heading_line(block, level, line, alike, above);
        }
        self.found.outline.headings = headings;
    }

    /// Closes what headings of a level and below it opened; what is closed ends before a byte.
    fn close_down_to(&mut self, level: u8, end: u32) {
        let closes = |open: u8| level <= open;
        self.phase = self.phase.take().filter(|(open, _)| !closes(*open));
        self.week = self.week.take().filter(|(open, _)| !closes(*open));
        self.block = self.block.take().filter(|(open, _)| !closes(*open));
        self.topic = self.topic.take().filter(|(open, _)| !closes(*open));
        self.leads.truncate(self.leads.partition_point(|(open, _)| !closes(*open)));
        if self.task.is_some_and(|(open, _)| closes(open)) {
            self.close_task(end);
        }
        self.item_end = None;
        self.in_topic = false;
        self.box_since_heading = false;
    }

    /// Ends the item that plays the part of a heading: unlike one, it holds nothing that lies behind it.
    pub(super) fn close_item_heading(&mut self) {
        let Some(end) = self.item_end else { return };
        self.close_down_to(BOLD_LEVEL, end);
        self.heading = self.found.outline.get(self.heading).and_then(|it| it.parent);
    }

    /// Says whether a heading is that of the whole plan.
    pub(super) fn is_head(&self, at: u32, headings: &[HeadingLine]) -> bool {
        self.found.outline.is_title(at) || at == 0 && headings.first().is_some_and(|it| it.level == 1)
    }

    /// Reads a heading; of the heading directly above it the level is told, where it holds this one.
    fn heading_line(&mut self, block: &DocBlock, level: u8, line: &HeadingLine, alike: bool, above: Option<u8>) {
        let at = self.headings_seen - 1;
        let is_title = self.found.outline.is_title(at);
        let opens_part = matches!(line.opens, Heading::Phase(_) | Heading::Week(..));
        // A plan that begins with a heading of a lower level has no title of its own.
        let may_be_title = is_title || level == 1 && !opens_part;
        if self.found.plan.title.is_empty() && may_be_title {
            self.found.plan.title.push_str(&self.document.all_words(block, self.file));
            self.found.plan.title_place = Some(line.place.clone());
        }
        if is_title {
            return;
        }
        let plan = &self.found.plan;
        let parts = plan.phases.len().max(plan.weeks.len()).max(plan.blocks.len() / 20);
        if MAX_PARTS <= parts {
            self.found.too_many_parts.get_or_insert_with(|| line.place.clone());
            return;
        }
        match &line.opens {
            Heading::Phase(name) => self.phase_heading(level, name.clone(), line),
            Heading::Week(week, last, name) => self.week_heading(level, (*week, *last), name, line),
            Heading::Block(days) if self.week.is_some() || self.phase.is_some() => {
                let name = self.document.all_words(block, self.file).into_owned();
                self.open_block(level, name, *days, line.place.clone());
                self.after_block_heading = true;
            }
            Heading::Task(called) => self.task_heading(block, level, line, *called == Called::Step),
            Heading::Other if above.is_some_and(|it| self.lead_heading(it, line)) => {}
            Heading::Block(_) | Heading::Other => {
                let raw = self.file.slice(line.place.span);
                // A heading that is nothing but a number is a version or a chapter, and "Phase 1.1" is a part of a phase.
                let is_name = |id: &str| {
                    line.words.split_once(id).is_none_or(|(before, behind)| {
                        behind.contains(char::is_alphanumeric)
                            && (before.is_empty() || id.contains(|it: char| it.is_ascii_alphabetic()))
                    })
                };
                let has_id = !self.choices.has_own_ids() && ids::leading_id(raw).is_some_and(|it| is_name(it.id));
                let says_state = (line.state.is_some() || alike)
                    && line.list_state.is_none()
                    && !line.has_headings
                    && !self.has_boxes
                    && self.found.outline.says_states;
                if line.boxed.is_some() || has_id || says_state {
                    self.task_heading(block, level, line, false);
                }
            }
            Heading::OfPhase(name, topic) => {
                if let Some(known) = self.known_phase(name) {
                    self.phase = Some((level, known));
                }
                if **topic != Heading::Other {
                    self.topic = Some((level, (**topic).clone()));
                    self.in_topic = true;
                }
            }
            topic => {
                if *topic == Heading::Gate {
                    let kind =
                        if self.phase.is_none() && self.week.is_none() { GateKind::Launch } else { GateKind::Phase };
                    self.gate(gate_name(&line.words), Some(kind), Prose::default(), line.place.clone());
                    if let Some((_, last)) = line.dates.filter(|(first, last)| (*last - *first).num_days() <= 14) {
                        self.gate_day(&last.to_string());
                    }
                }
                self.topic = Some((level, topic.clone()));
                self.in_topic = true;
            }
        }
    }

    fn phase_heading(&mut self, level: u8, name: PhaseName, line: &HeadingLine) {
        // "Phase 2A" below the heading of phase 2 is a part of it.
        let holder = name.tag.as_deref().and_then(number_before_letter);
        let open = self.phase.and_then(|(_, at)| self.found.plan.phases.get(at));
        if open.is_some_and(|it| it.kind == name.kind && it.tag.is_none() && Some(it.number) == holder) {
            return;
        }
        if Some(name.kind) == self.found.outline.main_kind {
            self.open_phase(level, name, line);
        } else if let (Some((first, last)), true) = (line.dates, self.phase.is_some()) {
            self.open_block(level, line.words.to_string(), BlockDays::Dates(first, last), line.place.clone());
        }
        // Any other stays a heading; it plays the part of a phase when tasks stand below it and no phase is open.
    }

    fn week_heading(&mut self, level: u8, (week, last): (Week, Week), name: &str, line: &HeadingLine) {
        // "Week 3-5: Phase 2 (Covering Indexes)" and "Week 1 (Phase 2)" open both.
        let bare = name.strip_prefix(['(', '（']).and_then(|it| it.strip_suffix([')', '）'])).unwrap_or(name);
        let inner = if self.phase.is_none() { phase_name(bare) } else { None };
        let mut name = name.to_owned();
        if let Some(inner) = inner {
            name.clone_from(&inner.name);
            let with_weeks = HeadingLine { weeks: line.weeks.or(Some((week, last))), ..line.clone() };
            self.open_phase(level, inner, &with_weeks);
        }
        self.week = Some((level, self.found.plan.weeks.len()));
        let phase = self.phase.as_ref().map(|(_, it)| *it);
        self.found.plan.weeks.push(WeekPlan { week, last, name, phase, place: line.place.clone() });
    }

    fn open_phase(&mut self, level: u8, name: PhaseName, line: &HeadingLine) {
        let sign = name.sign.and_then(|it| self.choices.symbol(it));
        if let Some(known) = self.known_phase(&name) {
            self.phase = Some((level, known));
            return;
        }
        let phases = &mut self.found.plan.phases;
        let number = name.number.unwrap_or_else(|| u32::try_from(phases.len()).unwrap_or(u32::MAX - 1) + 1);
        self.phase = Some((level, phases.len()));
        let (named_start, named_end) = line.dates.unzip();
        let stated = match line.state.or(line.boxed).or(sign) {
            Some(Mark::State(it)) => Some(it),
            Some(Mark::Open) => Some(State::Todo),
            None => None,
        };
        let phase = Phase::new(name.kind, number, name.tag, name.name, line.place.clone());
        let phase = Phase { weeks: line.weeks, named_start, named_end, stated, ..phase };
        match &phase.tag {
            Some(tag) => self.tagged_phases.insert(tag.clone(), phases.len()),
            None => self.numbered_phases.insert((phase.kind, phase.number), phases.len()),
        };
        phases.push(phase);
    }

    /// Returns the phase that a heading speaks of again, as in "Phase 1 Checklist".
    fn known_phase(&self, name: &PhaseName) -> Option<usize> {
        const AGAIN: [&str; 5] = ["tasks", "checklist", "details", "plan", "work"];
        let found = match (&name.tag, name.number) {
            (Some(tag), _) => self.tagged_phases.get(tag),
            (None, Some(number)) => self.numbered_phases.get(&(name.kind, number)),
            (None, None) => None,
        };
        let phase = self.found.plan.phases.get(*found?)?;
        let is_again = name.name.is_empty()
            || AGAIN.iter().any(|it| it.eq_ignore_ascii_case(&name.name))
            || phase.name.eq_ignore_ascii_case(&name.name)
            || phase.name == phase.label();
        (phase.kind == name.kind && is_again).then(|| found.copied()).flatten()
    }

    fn open_block(&mut self, level: u8, name: String, days: BlockDays, place: Place) {
        let plan = &mut self.found.plan;
        self.block = Some((level, plan.blocks.len()));
        let week = self.week.as_ref().and_then(|(_, it)| plan.weeks.get(*it)).map(|it| it.week);
        let phase = self.phase.as_ref().map(|(_, it)| *it);
        plan.blocks.push(Block { week, phase, name, weekdays: None, start: None, end: None, place });
        self.found.block_days.push(days);
    }

    /// A heading that is a task: what is boxed below it are its parts.
    pub(super) fn task_heading(&mut self, block: &DocBlock, level: u8, line: &HeadingLine, is_tentative: bool) {
        self.close_task(block.span.start);
        let raw = self.file.slice(line.place.span);
        let id = ids::leading_id(raw).map(|it| self.file.share(it.id));
        let words = match &id {
            Some(id) => {
                let behind = line.words.split_once(&**id).map_or(&*line.words, |(_, it)| it);
                behind.trim_start_matches([':', '-', '–', '—', '*', '`', ']', ' '])
            }
            None => &line.words,
        };
        let says = line.boxed.or(line.state);
        let mark = says.and_then(Mark::state);
        let title = Prose::plain_text(words);
        let mut segment = self.blank_segment(line.place.clone(), block.span, title, mark);
        segment.effort_days = line.duration.as_ref().and_then(|it| it.days);
        if let Some(at) = self.push_heading(id, segment, line.parent) {
            self.task = Some((level, at));
            self.task_is_boxed = line.boxed.is_some();
            if line.boxed.is_none() && mark == Some(State::Done) {
                self.found.claimed.push(at);
            }
            if is_tentative && says.is_none() {
                self.found.tentative.push(at);
            }
        }
    }

    /// Adds the task that the last heading is; it stands under the heading above it.
    pub(super) fn push_heading(
        &mut self,
        id: Option<SharedStr>,
        segment: Segment,
        parent_heading: Option<u32>,
    ) -> Option<usize> {
        let at = self.push_segment(id, segment)?;
        self.box_since_heading = false;
        self.task_headings.extend(self.heading);
        if let Some(under) = self.found.under.last_mut() {
            *under = parent_heading;
        }
        Some(at)
    }

    /// Ends the open task of a heading: its lines reach up to a byte.
    pub(super) fn close_task(&mut self, end: u32) {
        let Some((_, at)) = self.task.take() else { return };
        let Some((_, segment)) = self.found.segments.get_mut(at) else { return };
        let own_end = segment.place.span.end;
        let text = self.file.slice(Span { start: own_end, end: end.max(own_end) });
        let length = u32::try_from(text.trim_end().len()).unwrap_or(0);
        segment.extent.end = own_end + length;
        segment.details = self.file.shared(Span { start: own_end, end: own_end + length });
        let is_open_below = segment.subtasks.done < segment.subtasks.total;
        // A heading without a box of its own is done when all below it is.
        if segment.mark.is_none() && 0 < segment.subtasks.total && !is_open_below && !self.task_is_boxed {
            segment.mark = Some(State::Done);
        }
        if segment.mark == Some(State::Done) && is_open_below && !self.task_is_boxed {
            segment.mark = None;
            let Tally { done, total } = segment.subtasks;
            let message =
                format!("the heading says done, the boxes below it do not ({done} of {total} ticked): they count");
            let help = "tick the boxes, or remove the mark from the heading";
            let of_many = Some("headings say done, the boxes below them do not: they count");
            self.found.contradictions.push(Contradiction { place: segment.place.clone(), message, help, of_many });
        }
    }
}

/// Returns the segment of a heading, for tables that tell its state.
pub(super) fn is_task(segment: &Segment, line: &HeadingLine) -> bool {
    segment.place.span == line.place.span
}

/// Returns the name of a gate that a heading calls one: "Gate: Opening" is "Opening".
fn gate_name(words: &str) -> &str {
    let called = words.split_once([':', '：']).filter(|(it, _)| is_one_of(trim(it), &["gate", "go/no-go gate"]));
    called.map(|(_, name)| name.trim()).filter(|it| !it.is_empty()).unwrap_or(words)
}
