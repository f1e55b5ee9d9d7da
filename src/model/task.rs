//! Work items and their states.

use crate::calendar::{Day, Week};
use crate::prose::Prose;
use crate::text::{Place, SharedStr, Span};
use smallvec::SmallVec;

/// A piece of work. One with an ID may be written in several segments; it is one task all the same.
#[derive(Debug, Clone)]
pub struct Task {
    /// A name for addresses and files, unique in the plan and kept from build to build.
    pub key: String,
    /// The ID as written, such as "P1-08".
    pub id: Option<SharedStr>,
    /// The lines it is written in, in order; never empty.
    pub segments: SmallVec<[Segment; 1]>,
    /// Who does it, as written.
    pub owners: SmallVec<[SharedStr; 1]>,
    /// Its effort in days, as it counts in totals; 0 when it is part of another task.
    pub effort_days: Option<f64>,
    /// What it is part of, when its effort is counted there.
    pub part_of: Option<String>,
    /// The class in its ID: the part before the last dash.
    pub priority: Option<SharedStr>,
    /// Its own checkboxes one level down.
    pub subtasks: Tally,
    /// Its first planned day.
    pub start: Option<Day>,
    /// Its last planned day.
    pub end: Option<Day>,
}

impl Task {
    /// Returns what people call it: the ID, or the title.
    #[must_use]
    pub fn name(&self) -> String {
        self.id.as_ref().map_or_else(|| self.title().plain(), ToString::to_string)
    }

    /// Returns its ID and its title: "P1-08: Staging".
    #[must_use]
    pub fn full_name(&self) -> String {
        let title = self.title().plain();
        self.id.as_ref().map_or_else(|| title.clone(), |id| format!("{id}: {title}"))
    }

    /// Returns the segment that finishes it.
    #[must_use]
    #[expect(clippy::expect_used, clippy::missing_panics_doc, reason = "a task is made from its first segment")]
    pub fn last(&self) -> &Segment {
        // A task is made from its first segment, and segments are only added.
        self.segments.last().expect("a task has a segment")
    }

    /// Returns the title of its last segment.
    #[must_use]
    pub fn title(&self) -> &Prose {
        &self.last().title
    }

    /// Returns the segment that begins it.
    #[must_use]
    pub fn first(&self) -> &Segment {
        self.segments.first().unwrap_or_else(|| self.last())
    }

    /// Returns the week in which it is planned to end.
    #[must_use]
    pub fn week(&self) -> Option<Week> {
        self.last().week
    }
}

/// One line of a task.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Where it stands.
    pub place: Place,
    /// Its lines with all that is below it.
    pub extent: Span,
    /// Its title.
    pub title: Prose,
    /// The raw text below its line: what is to be done in detail.
    pub details: SharedStr,
    /// The state its mark shows; an empty box shows none.
    pub mark: Option<State>,
    /// The words in brackets behind its duration, such as "start" or "part of CI setup".
    pub qualifier: Option<String>,
    /// The effort that is written for it, in days.
    pub effort_days: Option<f64>,
    /// The effort that it asks of each of its owners, in days: what is written less what earlier segments took.
    pub load_days: f64,
    /// Who does it, as written.
    pub owners: SmallVec<[SharedStr; 1]>,
    /// Where its owner and its duration stand.
    pub owner_place: Option<Place>,
    /// Where its owner stands, when a line below a heading names that of all tasks under it.
    pub led_by: Option<Place>,
    /// How many tasks share that owner line, when it stands below several.
    pub shared_by: Option<usize>,
    /// The phase that holds it, by its place in the plan.
    pub phase: Option<usize>,
    /// The week that holds it; the first of several.
    pub week: Option<Week>,
    /// The last of several weeks that its own line names.
    pub last_week: Option<Week>,
    /// The block that holds it, by its place in the plan.
    pub block: Option<usize>,
    /// Its own checkboxes one level down.
    pub subtasks: Tally,
    /// What only some plans write.
    pub said: Option<Box<Said>>,
}

impl Segment {
    /// Makes a line of which nothing but its title and its mark is known.
    #[must_use]
    pub fn new(place: Place, extent: Span, title: Prose, mark: Option<State>) -> Self {
        Self {
            place,
            extent,
            title,
            details: SharedStr::default(),
            mark,
            qualifier: None,
            effort_days: None,
            load_days: 0.0,
            owners: SmallVec::new(),
            owner_place: None,
            led_by: None,
            shared_by: None,
            phase: None,
            week: None,
            last_week: None,
            block: None,
            subtasks: Tally::default(),
            said: None,
        }
    }
}

/// What only some plans write about a task.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// How important it is, as written.
    pub priority: Option<SharedStr>,
    /// When it is to be done.
    pub due: Option<Day>,
    /// How much is done, 0 to 100.
    pub percent: Option<f64>,
    /// What must be done before, as written: IDs, or words.
    pub depends_on: Vec<SharedStr>,
}

impl Segment {
    /// Returns how much of it is done, 0 to 100, where it is written.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        self.said.as_ref().and_then(|it| it.percent)
    }
}

/// The state of a task on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not begun.
    Todo,
    /// Begun.
    InProgress,
    /// Begun or not, and held up.
    Blocked,
    /// Finished.
    Done,
    /// No longer wanted.
    Dropped,
}

impl State {
    /// Returns the state's name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::InProgress => "in_progress",
            Self::Blocked => "blocked",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// Says whether there is work left: neither done nor dropped.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Dropped)
    }

    /// Returns the state in the words of a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Todo => "not begun",
            Self::InProgress => "in progress",
            Self::Blocked => "blocked",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}

/// Items or checkboxes counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// All of them.
    pub total: usize,
    /// Those that are done.
    pub done: usize,
}

impl Tally {
    /// Counts those that are left.
    #[must_use]
    pub const fn open(self) -> usize {
        self.total.saturating_sub(self.done)
    }
}

impl Task {
    /// Returns what must be done before, as written.
    pub fn depends_on(&self) -> impl Iterator<Item = &SharedStr> {
        self.segments.iter().filter_map(|it| it.said.as_ref()).flat_map(|it| &it.depends_on)
    }

    /// Returns the day by which it is to be done, where one is written; of several the last.
    #[must_use]
    pub fn due(&self) -> Option<Day> {
        self.segments.iter().filter_map(|it| it.said.as_ref()?.due).max()
    }

    /// Returns the state that the marks in the roadmap show: done when the last segment is, begun when any is or a box below
    /// one is ticked.
    #[must_use]
    pub fn marked_state(&self) -> Option<(State, &Segment)> {
        let last = self.last();
        if let Some(state) = last.mark {
            return Some((state, last));
        }
        let has_begun =
            |it: &&Segment| matches!(it.mark, Some(State::Done | State::InProgress)) || 0 < it.subtasks.done;
        self.segments.iter().find(has_begun).map(|it| (State::InProgress, it))
    }
}
