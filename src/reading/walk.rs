//! One walk over the blocks of a roadmap: what each means where it stands.

use super::headings::{BlockDays, Heading, heading};
use super::labels::{Label, label};
use super::lists::{is_monthly, money, team_periods};
use super::marks::{Mark, bracket};
use super::owner_line::{OwnerLine, owner_line};
use super::tables::{PhaseRow, metrics, phase_rows};
use super::{dates, durations, gates, ids};
use crate::document::{Block as DocBlock, Document, Item, Kind, Line, bracket_mark, leading_symbol};
use crate::model::{
    Block, BudgetItem, Criterion, CriterionKind, Deliverable, Gate, GateKind, Located, Phase, Plan, Risk, Segment, State,
    Tally, Team, WeekPlan,
};
use crate::prose::Prose;
use crate::prose::Style;
use crate::text::{Place, SourceFile, Span};

/// Items deeper than this are not read: no plan needs them, and hostile input has thousands.
pub const MAX_DEPTH: u16 = 64;
/// Task lines beyond this many are not read.
pub const MAX_SEGMENTS: usize = 20_000;

/// What the walk found, not yet put together.
#[derive(Debug, Default)]
pub struct Found {
    /// The plan so far: everything but tasks and dates.
    pub plan: Plan,
    /// The task lines, each with the ID it begins with.
    pub segments: Vec<(Option<String>, Segment)>,
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
    /// Whether the block before was the heading of a block.
    after_block_heading: bool,
}

/// Walks over the blocks up to a byte.
pub fn walk(document: &Document, file: &SourceFile, end: u32) -> Found {
    let mut walk = Walk {
        document,
        file,
        found: Found { understood: vec![false; document.boxes.len()], ..Found::default() },
        roles: Vec::with_capacity(document.blocks.len()),
        phase: None,
        week: None,
        block: None,
        topic: None,
        under: Label::Other,
        group_from: 0,
        after_block_heading: false,
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
            plan.title.clone_from(&words);
        }
        match heading(&words) {
            Heading::Phase(number, name, weeks) => {
                let number = number.unwrap_or_else(|| u32::try_from(plan.phases.len()).unwrap_or(u32::MAX - 1) + 1);
                let name = if name.is_empty() { format!("Phase {number}") } else { name };
                self.phase = Some((level, plan.phases.len()));
                let (goal, health_target, gate, start, end) = (None, None, None, None, None);
                plan.phases.push(Phase { number, name, weeks, goal, health_target, gate, place, start, end });
            }
            Heading::Week(week, name) => {
                self.week = Some((level, plan.weeks.len()));
                let phase = self.phase.as_ref().map(|(_, it)| *it);
                plan.weeks.push(WeekPlan { week, name, phase, place });
            }
            Heading::Block(days) if self.week.is_some() || self.phase.is_some() => {
                self.block = Some((level, plan.blocks.len()));
                let week = self.week.as_ref().and_then(|(_, it)| plan.weeks.get(*it)).map(|it| it.week);
                let phase = self.phase.as_ref().map(|(_, it)| *it);
                plan.blocks.push(Block { week, phase, name: words, weekdays: None, start: None, end: None, place });
                self.found.block_days.push(days);
                self.after_block_heading = true;
            }
            Heading::Block(_) | Heading::Other => {}
            topic => self.topic = Some((level, topic)),
        }
    }

    fn table(&mut self, at: u32) {
        let Some(table) = self.document.tables.get(at as usize) else { return };
        self.found.phase_rows.extend(phase_rows(self.document, table, self.file));
        self.found.plan.metrics.extend(metrics(self.document, table, self.file));
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
            let colon = self.file.text.get(end as usize..).is_some_and(|it| it.trim_start_matches('*').starts_with(':'));
            if is_label || colon {
                let label = label(&strong);
                let value = self.document.prose(*line, end, self.file);
                self.labelled(label, value, *line);
            }
        }
    }

    fn labelled(&mut self, label: Label, value: Prose, line: Line) {
        let place = self.file.place(line.span);
        let in_phase = self.phase.is_some();
        let words = value.plain();
        let words = words.trim_start_matches([':', ' ']);
        let header = &mut self.found.plan.header;
        match &label {
            Label::Gate(name, kind) => self.gate(name, *kind, value, place),
            Label::GateDecision => {
                if let Some(gate) = self.found.plan.gates.last_mut() {
                    gate.decision = gates::decision(words, &place);
                }
            }
            Label::Goal if self.week.is_none() => {
                let phase = self.phase.and_then(|(_, at)| self.found.plan.phases.get_mut(at));
                if let Some(phase) = phase {
                    phase.goal.get_or_insert(Located { value, place });
                }
            }
            Label::Date if !in_phase => put(&mut header.date, dates::date(words), place),
            Label::Start if !in_phase => put(&mut header.start, dates::date(words), place),
            Label::Target if !in_phase => put(&mut header.target, dates::date(words), place),
            Label::Timeline if !in_phase => {
                let weeks = durations::duration(words).and_then(|it| it.days).map(|it| it / 5.0);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 520, checked")]
                let weeks = weeks.filter(|it| (1.0..=520.0).contains(it)).map(|it| it.ceil() as u32);
                put(&mut header.weeks, weeks, place);
            }
            Label::Effort if !in_phase => {
                put(&mut header.effort_days, durations::duration(words).and_then(|it| it.days), place);
            }
            _ => {}
        }
        self.under = label;
    }

    fn gate(&mut self, name: &str, kind: Option<GateKind>, value: Prose, place: Place) {
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
            (true, Some(block)) if name.eq_ignore_ascii_case("gate") => format!("{} gate", block.name),
            (true, _) => name.to_owned(),
            (false, _) if value.is_empty() => name.to_owned(),
            (false, _) => value.plain(),
        };
        let criterion = Criterion { text: value, kind: CriterionKind::Gate, ticked: false, sign_off: None, place: place.clone() };
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

    fn item(&mut self, block: &DocBlock, item: Item) -> Role {
        if MAX_DEPTH < item.depth {
            self.found.too_deep.get_or_insert_with(|| self.file.place(first_line_of(block.span, self.file)));
            return Role::Other;
        }
        let Some(line) = self.document.first_line(block) else { return Role::Other };
        let parent = item.parent.and_then(|it| self.roles.get(it as usize)).copied();
        match parent {
            Some(Role::Segment(at)) => return self.below_segment(at, block, item, line),
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
            Label::Gate(..) | Label::GateDecision => self.criterion(CriterionKind::Review, raw, line, item),
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
        let start = self.text_start(line, item);
        let read = gates::criterion(raw);
        let from = start + u32::try_from(read.start).unwrap_or(0);
        let text = self.document.prose(line, from, self.file);
        if let Some(it) = gates::waiver(&text.plain(), &place) {
            if let Some(gate) = self.found.plan.gates.last_mut() {
                gate.waivers.push(it);
            }
            return;
        }
        if let Some(it) = item.gfm_box.and_then(|it| self.found.understood.get_mut(it as usize)) {
            *it = true;
        }
        let text = if read.sign_off.is_some() { Prose::plain_text(gates::without_sign_off(&text.plain())) } else { text };
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

    fn deliverable(&mut self, scope: String, raw: &str, line: Line) {
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
        if item.depth == 0 && self.group_from < self.found.segments.len() {
            if let Some(owner) = owner_line(&words) {
                self.group_owner(&owner, line);
                return Role::Other;
            }
        }
        let topic = self.topic.as_ref().map(|(_, it)| it.clone());
        match topic {
            Some(Heading::Risks(Some(severity))) if item.depth == 0 => {
                let mut title = self.document.prose(line, 0, self.file);
                for run in &mut title.runs {
                    run.style = run.style.without(Style::STRONG);
                }
                self.found.plan.risks.push(Risk { severity, title, mitigation: None, place: self.file.place(line.span) });
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
            first.text = first.text.trim_start_matches([':', '-', '–', '—', ' ']).to_owned();
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
            details: self.file.slice(Span { start: line.span.end, end: block.span.end.max(line.span.end) }).to_owned(),
            mark,
            qualifier: None,
            effort_days: None,
            load_days: 0.0,
            owners: Vec::new(),
            owner_place: None,
            shared_by: None,
            phase: self.phase.as_ref().map(|(_, it)| *it),
            week: self.week.as_ref().and_then(|(_, it)| plan.weeks.get(*it)).map(|it| it.week),
            block: self.block.as_ref().map(|(_, it)| *it),
            subtasks: Tally::default(),
        };
        self.found.segments.push((id.map(|it| it.id.to_owned()), segment));
        Role::Segment(self.found.segments.len() - 1)
    }

    fn below_segment(&mut self, at: usize, _block: &DocBlock, item: Item, line: Line) -> Role {
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
        // Owner lines are short; the check for a colon keeps ordinary lines cheap.
        if raw.len() < 400 && raw.contains(':') && segment.owner_place.is_none() {
            if let Some(owner) = owner_line(&self.document.words(line, self.file)) {
                give(segment, &owner, self.file.place(line.span), None);
            }
        }
        Role::Segment(at)
    }

    fn group_owner(&mut self, owner: &OwnerLine, line: Line) {
        let place = self.file.place(line.span);
        let group = self.found.segments.get_mut(self.group_from..).unwrap_or_default();
        let without: Vec<_> = group.iter_mut().map(|(_, it)| it).filter(|it| it.owner_place.is_none()).collect();
        let count = without.len();
        for segment in without {
            give(segment, owner, place.clone(), Some(count));
        }
    }

    fn team(&mut self, words: &str, line: Line) {
        if let Some((name, rest)) = words.split_once(':') {
            let periods = team_periods(rest);
            if !periods.is_empty() {
                let place = self.file.place(line.span);
                self.found.plan.teams.push(Team { name: name.trim().to_owned(), periods, place });
            }
        }
    }

    fn budget(&mut self, words: &str, line: Line) {
        let Some((name, rest)) = words.split_once(':') else { return };
        let Some((money_read, behind)) = money(rest) else { return };
        let place = self.file.place(line.span);
        let budget = &mut self.found.plan.budget;
        budget.currency.get_or_insert_with(|| money_read.currency.clone());
        if name.trim().eq_ignore_ascii_case("total") {
            budget.total_place = Some(place);
            let more = behind.split_once('+').and_then(|(_, it)| money(it));
            for (amount, behind) in [Some((money_read, behind)), more].into_iter().flatten() {
                let sum = if is_monthly(behind) { &mut budget.monthly } else { &mut budget.one_time };
                sum.get_or_insert(amount.amount);
            }
            return;
        }
        let note = behind.trim().trim_matches(['(', ')']).to_owned();
        let note = Some(note).filter(|it| !it.is_empty());
        let (amount, currency) = (money_read.amount, money_read.currency);
        budget.items.push(BudgetItem { name: name.trim().to_owned(), amount, currency, note, place });
    }
}

fn give(segment: &mut Segment, owner: &OwnerLine, place: Place, shared_by: Option<usize>) {
    segment.owners.clone_from(&owner.owners);
    segment.owner_place = Some(place);
    segment.shared_by = shared_by;
    if let Some(duration) = &owner.duration {
        #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 tasks")]
        let share = shared_by.map_or(1.0, |it| it.max(1) as f64);
        segment.effort_days = duration.days.map(|it| it / share);
        segment.qualifier.clone_from(&duration.qualifier);
    }
}

fn put<T>(slot: &mut Option<Located<T>>, value: Option<T>, place: Place) {
    if let (None, Some(value)) = (slot.as_ref(), value) {
        *slot = Some(Located { value, place });
    }
}

fn first_line_of(span: Span, file: &SourceFile) -> Span {
    let text = file.slice(span);
    let end = text.find('\n').unwrap_or(text.len());
    Span::new(span.start as usize, span.start as usize + end)
}
