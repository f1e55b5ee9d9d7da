//! One walk over the blocks of a roadmap: what each means where it stands.

mod headings;
mod items;
mod leads;
mod list_items;
mod paragraphs;
mod tables;
mod task_lines;

use crate::document::{Block as DocBlock, Document, Kind};
use crate::model::{Criterion, Phase, PhaseKind, Plan};
use crate::reading::choices::Choices;
use crate::reading::gate_days::GateDay;
use crate::reading::labels::Label;
use crate::reading::opens::{BlockDays, Heading};
use crate::reading::outline::{BOLD_LEVEL, Outline};
use crate::reading::tables::PhaseRow;
use crate::reading::tasks::Line as TaskLine;
use crate::text::{Place, SharedStr, SourceFile};
use smallvec::SmallVec;
use std::collections::HashMap;

/// Items deeper than this are not read: no plan needs them, and hostile input has thousands.
pub const MAX_DEPTH: u16 = 64;
/// Task lines beyond this many are not read.
pub const MAX_SEGMENTS: usize = 20_000;
/// Owner lines are shorter than this many bytes.
const MAX_OWNER_LINE: usize = 400;
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
    /// For each task line the heading above it.
    pub under: Vec<Option<u32>>,
    /// Rows that are tasks where the plan has no other, each with the heading above it.
    pub areas: Vec<(TaskLine, Option<u32>)>,
    /// Words for their states that are none.
    pub area_states: Vec<(String, Place)>,
    /// Owners that lines directly below headings name, and where.
    pub leads: Vec<(SmallVec<[SharedStr; 1]>, Place)>,
    /// For each task line the owners of the headings above it, by their place in the list.
    pub led: Vec<Option<usize>>,
    /// The headings.
    pub outline: Outline,
    /// The rows of the phase table.
    pub phase_rows: Vec<PhaseRow>,
    /// The days that the blocks' headings name, one for each block.
    pub block_days: Vec<BlockDays>,
    /// Rows of tables with words for tasks and no column of states.
    pub stateless_rows: usize,
    /// How many tables they are in.
    pub stateless_tables: usize,
    /// Days that the lines of gates name.
    pub gate_days: Vec<GateDay>,
    /// Exit criteria, each with the phase it was read in and the heading above it.
    pub exit_criteria: Vec<(Option<usize>, Option<u32>, Criterion)>,
    /// Milestones of tables, and whether each may stand alone, without a heading of its name.
    pub milestones: Vec<(Phase, bool)>,
    /// Headings that are tasks and done by a symbol or a word beside them, by their places among the task lines.
    pub claimed: Vec<usize>,
    /// Headings that are tasks only if something says their state, by their places among the task lines.
    pub tentative: Vec<usize>,
    /// Lines that say two states.
    pub contradictions: Vec<Contradiction>,
    /// Marks that are no known state.
    pub unknown_marks: Vec<Place>,
    /// Words in columns of states that are no known state, and where each stands.
    pub unknown_states: Vec<(String, Place)>,
    /// Which checkboxes were understood.
    pub understood: Vec<bool>,
    /// The first item that lies too deep.
    pub too_deep: Option<Place>,
    /// The first task line beyond the limit.
    pub too_many: Option<Place>,
    /// The first other part beyond its limit.
    pub too_many_parts: Option<Place>,
}

/// A line that says two states.
#[derive(Debug, Clone)]
pub struct Contradiction {
    /// The line.
    pub place: Place,
    /// What it says, and what counts.
    pub message: String,
    /// What to do.
    pub help: &'static str,
    /// What several of its kind say, behind their number; nothing for what is said of each alone.
    pub of_many: Option<&'static str>,
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
    choices: &'a Choices,
    found: Found,
    roles: Vec<Role>,
    /// The open phase, week and block, and the levels of their headings.
    phase: Option<(u8, usize)>,
    week: Option<(u8, usize)>,
    block: Option<(u8, usize)>,
    topic: Option<(u8, Heading)>,
    /// The owners of open headings, by their levels.
    leads: Vec<(u8, usize)>,
    /// The open heading that is a task itself, and whether it has a box.
    task: Option<(u8, usize)>,
    task_is_boxed: bool,
    /// Whether the plan has checkboxes.
    has_boxes: bool,
    /// The last heading, and how many there have been.
    heading: Option<u32>,
    headings_seen: u32,
    /// The end of the item that plays the part of a heading.
    item_end: Option<u32>,
    /// Whether a box has been read since.
    box_since_heading: bool,
    /// The headings that are tasks.
    task_headings: Vec<u32>,
    /// The last phase of each kind and number, and of each tag.
    numbered_phases: HashMap<(PhaseKind, u32), usize>,
    tagged_phases: HashMap<String, usize>,
    /// Whether the last heading is the one that the topic is of.
    in_topic: bool,
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
pub fn walk(document: &Document, file: &SourceFile, choices: &Choices, end: u32) -> Found {
    let boxes = document.boxes.len().min(MAX_SEGMENTS);
    let mut walk = Walk {
        document,
        file,
        choices,
        found: Found {
            understood: vec![false; document.boxes.len()],
            segments: Vec::with_capacity(boxes),
            under: Vec::with_capacity(boxes),
            led: Vec::with_capacity(boxes),
            outline: Outline::new(document, file, choices),
            ..Found::default()
        },
        roles: Vec::with_capacity(document.blocks.len()),
        phase: None,
        week: None,
        block: None,
        topic: None,
        leads: Vec::new(),
        task: None,
        task_is_boxed: false,
        has_boxes: !document.boxes.is_empty(),
        heading: None,
        headings_seen: 0,
        item_end: None,
        box_since_heading: false,
        task_headings: Vec::new(),
        numbered_phases: HashMap::new(),
        tagged_phases: HashMap::new(),
        in_topic: false,
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
    walk.close_task(end);
    for at in std::mem::take(&mut walk.task_headings) {
        if let Some(line) = walk.found.outline.headings.get_mut(at as usize) {
            line.is_task = true;
        }
    }
    walk.found
}

impl Walk<'_> {
    fn block(&mut self, block: &DocBlock) -> Role {
        let was_block_heading = std::mem::take(&mut self.after_block_heading);
        if self.choices.legend().holds(self.roles.len()) {
            return Role::Other;
        }
        if self.item_end.is_some_and(|it| it <= block.span.start) {
            self.close_item_heading();
        }
        match block.kind {
            Kind::Item(_) if self.found.outline.bold.binary_search(&self.roles.len()).is_ok() => {
                self.heading(block, BOLD_LEVEL);
                self.item_end = Some(block.span.end);
            }
            Kind::Item(item) => return self.item(block, item),
            Kind::Heading(level) => self.heading(block, level),
            Kind::Paragraph if self.found.outline.bold.binary_search(&self.roles.len()).is_ok() => {
                self.heading(block, self.found.outline.level_at(self.headings_seen));
            }
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
}
