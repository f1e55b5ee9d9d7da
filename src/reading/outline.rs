//! The headings of a plan, read before anything below them: what each opens, and which of them play the part of phases.

use super::bold::bold_headings;
use super::choices::Choices;
use super::durations::Duration;
use super::heading_parts::{Parts, inside_brackets, parts};
use super::headings::{block_heading, heading};
use super::marks::Mark;
use super::opens::Heading;
use super::topics::answers_risks;
use super::words::state_word;
use crate::calendar::{Day, Week};
use crate::document::{Document, Kind};
use crate::model::PhaseKind;
use crate::text::{Place, SharedStr, SourceFile};
use std::collections::BTreeSet;

/// A heading and what it says.
#[derive(Debug, Clone)]
pub struct HeadingLine {
    /// Its level, 1 to 6.
    pub level: u8,
    /// The heading that holds it, by its place in the outline.
    pub parent: Option<u32>,
    /// What it opens.
    pub opens: Heading,
    /// Its words, without what stands around them.
    pub words: SharedStr,
    /// The state that a symbol or a word beside the words says.
    pub state: Option<Mark>,
    /// The mark of a box in it.
    pub boxed: Option<Mark>,
    /// The state that the words are, as in "Done": the list below it is in that state.
    pub list_state: Option<Mark>,
    /// The weeks behind its words.
    pub weeks: Option<(Week, Week)>,
    /// The days behind its words, or that its words name.
    pub dates: Option<(Day, Day)>,
    /// The duration behind its words.
    pub duration: Option<Duration>,
    /// Where it stands.
    pub place: Place,
    /// Whether it is a task.
    pub is_task: bool,
    /// Whether it holds other headings.
    pub has_headings: bool,
}

impl HeadingLine {
    /// Returns what it is called, where it is called something that may play the part of a phase.
    #[must_use]
    pub fn kind(&self) -> Option<PhaseKind> {
        match &self.opens {
            Heading::Phase(it) => Some(it.kind),
            _ => None,
        }
    }
}

/// The headings of a plan.
#[derive(Debug, Default)]
pub struct Outline {
    /// The headings, in order.
    pub headings: Vec<HeadingLine>,
    /// Whether the first heading is the title and nothing else.
    pub has_title: bool,
    /// What the phases are called.
    pub main_kind: Option<PhaseKind>,
    /// Whether several headings say a state by a symbol beside their words.
    pub says_states: bool,
    /// The paragraphs or items that are lines in strong type and play the part of headings, in order.
    pub bold: Vec<usize>,
    /// The holders and levels of numbered headings that say a state: their numbered neighbours are of the same kind.
    numbered: BTreeSet<(Option<u32>, u8)>,
}

/// What phases are called, the most usual first.
const KINDS: [PhaseKind; 7] = [
    PhaseKind::Phase,
    PhaseKind::Stage,
    PhaseKind::Milestone,
    PhaseKind::Sprint,
    PhaseKind::Version,
    PhaseKind::Quarter,
    PhaseKind::Month,
];

impl Outline {
    /// Reads the headings of a document.
    #[must_use]
    pub fn new(document: &Document, file: &SourceFile, choices: &Choices) -> Self {
        let mut headings: Vec<HeadingLine> = Vec::new();
        let mut open: Vec<u32> = Vec::new();
        let bold = bold_headings(document, file);
        let mut next_bold = bold.iter().copied().peekable();
        for (at, block) in document.blocks.iter().enumerate() {
            let level = match block.kind {
                Kind::Heading(level) => level,
                Kind::Paragraph | Kind::Item(_) if next_bold.next_if_eq(&at).is_some() => BOLD_LEVEL,
                _ => continue,
            };
            // An underlined heading may have several lines; the first of them is read.
            let first = document.first_line(block);
            let all = first.map(|it| document.words(it, file)).unwrap_or_default();
            let Parts { words, state, boxed, weeks, dates, duration } = parts(&all, choices);
            // Days in brackets tell how many days a block has, so they are read with the words.
            let mut opens = block_heading(&all).map_or_else(|| heading(words), Heading::Block);
            let (mut state, mut weeks, mut dates, mut duration) = (state, weeks, dates, duration);
            if let Heading::Phase(name) = &mut opens
                && let Some((inside, behind)) =
                    name.name.strip_prefix(['(', '（']).and_then(|it| it.split_once([')', '）']))
                && let Some(read) = inside_brackets(inside, choices)
            {
                (state, weeks) = (state.or(read.state), weeks.or(read.weeks));
                (dates, duration) = (dates.or(read.dates), duration.or(read.duration));
                name.name = behind.trim_start_matches([':', '：', '-', '–', '—', ' ']).to_owned();
            }
            let named = match &opens {
                Heading::Phase(it) => it.dates,
                _ => None,
            };
            let is_open = |at: &u32| headings.get(*at as usize).is_some_and(|it| it.level < level);
            while open.last().is_some_and(|it| !is_open(it)) {
                open.pop();
            }
            if let Some(parent) = open.last().and_then(|it| headings.get_mut(*it as usize)) {
                parent.has_headings = true;
            }
            let holder = open.last().and_then(|it| headings.get(*it as usize));
            if opens == Heading::Risks(None) && holder.is_some_and(|it| answers_risks(&it.words)) {
                opens = Heading::Other;
            }
            let line = HeadingLine {
                is_task: false,
                has_headings: false,
                level,
                parent: open.last().copied(),
                list_state: match opens {
                    Heading::Other => choices.own(words).or_else(|| state_word(words)),
                    _ => None,
                },
                words: file.share(words),
                opens,
                state,
                boxed,
                weeks,
                dates: named.or(dates),
                duration,
                place: file.place(first.map_or(block.span, |it| it.span)),
            };
            open.push(u32::try_from(headings.len()).unwrap_or(u32::MAX));
            headings.push(line);
        }
        let has_title = has_title(&headings);
        let main_kind = main_kind(headings.get(usize::from(has_title)..).unwrap_or_default());
        let says = headings.iter().filter(|it| it.state.is_some() && it.list_state.is_none() && !it.has_headings);
        let says_states = 1 < says.take(2).count();
        let is_numbered = |it: &&HeadingLine| it.state.is_some() && is_numbered(&it.words);
        let numbered = headings.iter().filter(is_numbered).map(|it| (it.parent, it.level)).collect();
        Self { headings, has_title, main_kind, says_states, bold, numbered }
    }

    /// Returns a heading.
    #[must_use]
    pub fn get(&self, at: Option<u32>) -> Option<&HeadingLine> {
        self.headings.get(at? as usize)
    }

    /// Returns the level of a heading.
    #[must_use]
    pub fn level_at(&self, at: u32) -> u8 {
        self.headings.get(at as usize).map_or(BOLD_LEVEL, |it| it.level)
    }

    /// Says whether a heading is the title of the plan and nothing else.
    #[must_use]
    pub fn is_title(&self, at: u32) -> bool {
        at == 0 && self.has_title
    }

    /// Says whether a heading is numbered as its neighbours are, of which some say a state.
    #[must_use]
    pub fn is_numbered_alike(&self, line: &HeadingLine) -> bool {
        !self.numbered.is_empty() && is_numbered(&line.words) && self.numbered.contains(&(line.parent, line.level))
    }

    /// Returns a heading and those that hold it, the innermost first.
    pub fn path(&self, at: Option<u32>) -> impl Iterator<Item = (u32, &HeadingLine)> {
        let with_place = |at: Option<u32>| at.and_then(|at| Some((at, self.headings.get(at as usize)?)));
        std::iter::successors(with_place(at), move |(_, it)| with_place(it.parent))
    }
}

/// The level of a line in strong type that plays the part of a heading: below all real ones.
pub const BOLD_LEVEL: u8 = 7;

/// Says whether words begin with a number and a point or a bracket, as in "4. Freeze".
fn is_numbered(words: &str) -> bool {
    let rest = words.trim_start_matches(|it: char| it.is_ascii_digit());
    rest.len() < words.len() && rest.starts_with(['.', ')', ':'])
}

/// A single heading of the first level, which others follow, is the plan's title, whatever it is called.
fn has_title(headings: &[HeadingLine]) -> bool {
    let tops = headings.iter().filter(|it| it.level == 1).count();
    1 < headings.len() && tops == 1 && headings.first().is_some_and(|it| it.level == 1)
}

fn main_kind(headings: &[HeadingLine]) -> Option<PhaseKind> {
    let count = |kind: PhaseKind| headings.iter().filter(|it| it.kind() == Some(kind)).take(2).count();
    let of_at_least = |least: usize| KINDS.into_iter().find(|it| least <= count(*it));
    // A single version or month may be anything.
    of_at_least(2).or_else(|| of_at_least(1).filter(|it| !matches!(it, PhaseKind::Version | PhaseKind::Month)))
}
