//! One walk over the blocks of a roadmap: what each means where it stands.

mod items;
mod list_items;

use crate::document::{Block as DocBlock, Document, Kind, Line};
use crate::model::{Block, Criterion, CriterionKind, Gate, GateKind, Located, Phase, PhaseKind, Plan, WeekPlan};
use crate::prose::Prose;
use crate::reading::headings::{BlockDays, Heading, heading};
use crate::reading::labels::{Label, label};
use crate::reading::tables::{PhaseRow, metrics, phase_rows};
use crate::reading::tasks::Line as TaskLine;
use crate::reading::{dates, durations, gates};
use crate::text::{Place, SourceFile, Span};

/// Items deeper than this are not read: no plan needs them, and hostile input has thousands.
pub const MAX_DEPTH: u16 = 64;
/// Task lines beyond this many are not read.
pub const MAX_SEGMENTS: usize = 20_000;
/// Phases, weeks, gates, criteria, metrics, risks and teams beyond this many each are not read: real plans have dozens, and
/// each is held against the others.
pub const MAX_PARTS: usize = 1_000;

/// What the walk found, not yet put together.
#[derive(Debug, Default)]
pub struct Found {
    /// The plan so far: everything but tasks and dates.
    pub plan: Plan,
    /// The task lines, each with the ID it begins with.
    pub segments: Vec<TaskLine>,
    /// The rows of the phase table.
    pub phase_rows: Vec<PhaseRow>,
    /// The days that the blocks' headings name, one for each block.
    pub block_days: Vec<BlockDays>,
    /// Exit criteria, each with the phase it was read in.
    pub exit_criteria: Vec<(Option<usize>, Criterion)>,
    /// Which checkboxes were understood.
    pub understood: Vec<bool>,
    /// The first item that lies too deep.
    pub too_deep: Option<Place>,
    /// The first task line beyond the limit.
    pub too_many: Option<Place>,
    /// The first other part beyond its limit.
    pub too_many_parts: Option<Place>,
}

/// What an item is, for the items below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Segment(usize),
    Risk(usize),
    Other,
}

/// Where the walk stands.
struct Walk<'a> {
    document: &'a Document,
    file: &'a SourceFile,
    found: Found,
    roles: Vec<Role>,
    /// The open phase, week and block, and the levels of their headings.
    phase: Option<(u8, usize)>,
    week: Option<(u8, usize)>,
    block: Option<(u8, usize)>,
    topic: Option<(u8, Heading)>,
    /// The label that the next list belongs to.
    under: Label,
    /// The first task line that a group's owner line would belong to.
    group_from: usize,
    /// Task lines before this one have the owner of their group already.
    group_owned: usize,
    /// Whether the block before was the heading of a block.
    after_block_heading: bool,
    /// How many criteria have been read.
    criteria: usize,
}

/// Walks over the blocks up to a byte.
pub fn walk(document: &Document, file: &SourceFile, end: u32) -> Found {
    let mut walk = Walk {
        document,
        file,
        found: Found {
            understood: vec![false; document.boxes.len()],
            segments: Vec::with_capacity(document.boxes.len().min(MAX_SEGMENTS)),
            ..Found::default()
        },
        roles: Vec::with_capacity(document.blocks.len()),
        phase: None,
        week: None,
        block: None,
        topic: None,
        under: Label::Other,
        group_from: 0,
        group_owned: 0,
        after_block_heading: false,
        criteria: 0,
    };
    for block in document.blocks.iter().take_while(|it| it.span.start < end) {
        let role = walk.block(block);
        walk.roles.push(role);
    }
    walk.found
}

impl Walk<'_> {
    fn block(&mut self, block: &DocBlock) -> Role {
        let was_block_heading = std::mem::take(&mut self.after_block_heading);
        match block.kind {
            Kind::Item(item) => return self.item(block, item),
            Kind::Heading(level) => self.heading(block, level),
            Kind::Paragraph => self.paragraph(block, was_block_heading),
            Kind::Table(at) => self.table(at),
            Kind::Code | Kind::Html | Kind::Rule => {}
        }
        if !matches!(block.kind, Kind::Paragraph) {
            self.under = Label::Other;
        }
        self.group_from = self.found.segments.len();
        Role::Other
    }

    fn heading(&mut self, block: &DocBlock, level: u8) {
        let closes = |open: u8| level <= open;
        self.phase = self.phase.take().filter(|(open, _)| !closes(*open));
        self.week = self.week.take().filter(|(open, _)| !closes(*open));
        self.block = self.block.take().filter(|(open, _)| !closes(*open));
        self.topic = self.topic.take().filter(|(open, _)| !closes(*open));
        let words = self.document.all_words(block, self.file);
        let place = self.file.place(self.document.first_line(block).map_or(block.span, |it| it.span));
        let plan = &mut self.found.plan;
        if plan.title.is_empty() {
            plan.title.push_str(&words);
        }
        let parts = plan.phases.len().max(plan.weeks.len()).max(plan.blocks.len() / 20);
        if MAX_PARTS <= parts {
            self.found.too_many_parts.get_or_insert(place);
            return;
        }
        match heading(&words) {
            Heading::Phase(number, name, weeks) => {
                let number = number.unwrap_or_else(|| u32::try_from(plan.phases.len()).unwrap_or(u32::MAX - 1) + 1);
                let name = if name.is_empty() { format!("Phase {number}") } else { name };
                self.phase = Some((level, plan.phases.len()));
                let (goal, health_target, gate, start, end) = (None, None, None, None, None);
                let kind = PhaseKind::Phase;
                plan.phases.push(Phase { kind, number, name, weeks, goal, health_target, gate, place, start, end });
            }
            Heading::Week(week, last, name) => {
                self.week = Some((level, plan.weeks.len()));
                let phase = self.phase.as_ref().map(|(_, it)| *it);
                plan.weeks.push(WeekPlan { week, last, name, phase, place });
            }
            Heading::Block(days) if self.week.is_some() || self.phase.is_some() => {
                self.block = Some((level, plan.blocks.len()));
                let week = self.week.as_ref().and_then(|(_, it)| plan.weeks.get(*it)).map(|it| it.week);
                let phase = self.phase.as_ref().map(|(_, it)| *it);
                plan.blocks.push(Block {
                    week,
                    phase,
                    name: words.into_owned(),
                    weekdays: None,
                    start: None,
                    end: None,
                    place,
                });
                self.found.block_days.push(days);
                self.after_block_heading = true;
            }
            Heading::Block(_) | Heading::Other => {}
            topic => self.topic = Some((level, topic)),
        }
    }

    fn table(&mut self, at: u32) {
        let Some(table) = self.document.tables.get(at as usize) else { return };
        let found = &mut self.found;
        found.phase_rows.extend(phase_rows(self.document, table, self.file));
        found.plan.metrics.extend(metrics(self.document, table, self.file));
        if MAX_PARTS < found.phase_rows.len().max(found.plan.metrics.len()) {
            found.phase_rows.truncate(MAX_PARTS);
            found.plan.metrics.truncate(MAX_PARTS);
            found
                .too_many_parts
                .get_or_insert_with(|| self.file.place(table.rows.first().map_or(Span::default(), |it| it.span)));
        }
    }

    fn paragraph(&mut self, block: &DocBlock, names_block: bool) {
        self.under = Label::Other;
        for line in self.document.lines(block) {
            let Some((strong, end)) = self.document.leading_strong(*line, self.file) else { continue };
            let is_label = strong.trim_end().ends_with([':', '：']);
            if names_block && !is_label && end == line.span.end {
                if let Some((_, at)) = self.block
                    && let Some(block) = self.found.plan.blocks.get_mut(at)
                {
                    strong.trim().clone_into(&mut block.name);
                }
                continue;
            }
            let colon =
                self.file.text.get(end as usize..).is_some_and(|it| it.trim_start_matches('*').starts_with(':'));
            if is_label || colon {
                let label = label(&self.file.share(&strong));
                let value = self.document.prose(*line, end, self.file);
                self.labelled(label, value, *line, end);
            }
        }
    }

    fn labelled(&mut self, label: Label, value: Prose, line: Line, end: u32) {
        let place = self.file.place(line.span);
        match &label {
            Label::Gate(name, kind) => self.gate(name, *kind, value, place),
            Label::Goal if self.week.is_none() => {
                let phase = self.phase.and_then(|(_, at)| self.found.plan.phases.get_mut(at));
                if let Some(phase) = phase {
                    phase.goal.get_or_insert(Located { value, place });
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
            _ => {}
        }
        self.under = label;
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
            Label::Target => put(&mut header.target, dates::date(words), place),
            Label::Timeline => {
                let weeks = durations::duration(words).and_then(|it| it.days).map(|it| it / 5.0);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 520, checked")]
                let weeks = weeks.filter(|it| (1.0..=520.0).contains(it)).map(|it| it.ceil() as u32);
                put(&mut header.weeks, weeks, place);
            }
            Label::Effort => {
                put(&mut header.effort_days, durations::duration(words).and_then(|it| it.days), place);
            }
            _ => {}
        }
    }

    fn gate(&mut self, name: &str, kind: Option<GateKind>, value: Prose, place: Place) {
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
        let name = match (small, block) {
            (true, Some(block)) if name.eq_ignore_ascii_case("gate") => [&block.name, " gate"].concat(),
            (true, _) => name.to_owned(),
            (false, _) if value.is_empty() => name.to_owned(),
            (false, _) => value.plain(),
        };
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
    }
}

fn behind_colon(words: &str) -> &str {
    words.trim_start_matches([':', ' '])
}

fn put<T>(slot: &mut Option<Located<T>>, value: Option<T>, place: Place) {
    if let (None, Some(value)) = (slot.as_ref(), value) {
        *slot = Some(Located { value, place });
    }
}
