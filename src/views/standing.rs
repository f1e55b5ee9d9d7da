//! How a project stands, in one word: the headline of its dashboard, and its state among others.

use super::Desk;
use super::charts::Look;
use super::parts::Mark;
use crate::analysis::Rag;
use crate::phrase;

/// Working days late that make a plan red where the index knows no schedule: longer than people take to tick a box.
const LONG_LATE: usize = 10;

/// How a project stands, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Its files could not be read.
    Unread,
    /// A part of the delivery index is red, or the chance of the launch day; where the index knows no schedule, work is late by more
    /// than two weeks.
    OffTrack,
    /// One of those is amber, none is red; where the index knows no schedule, work is late.
    AtRisk,
    /// Too little is known for a delivery index, and nothing is late.
    Unknown,
    /// Nothing in the plan has a day, so that nobody can be late.
    NoDates,
    /// The plan has no tasks.
    NoTasks,
    /// All items are dropped.
    NothingToDo,
    /// Every known part of the delivery index is green, and so is the chance of the launch day where it has a colour.
    OnTrack,
    /// Every item is done.
    Done,
}

impl Standing {
    /// All of them, worst first.
    pub const ALL: [Self; 9] = [
        Self::Unread,
        Self::OffTrack,
        Self::AtRisk,
        Self::Unknown,
        Self::NoDates,
        Self::NoTasks,
        Self::NothingToDo,
        Self::OnTrack,
        Self::Done,
    ];

    /// Says how the plan at a desk stands.
    #[must_use]
    pub fn of(desk: &Desk<'_>) -> Self {
        let progress = &desk.analysis().progress;
        if progress.total == 0 {
            return if progress.dropped == 0 { Self::NoTasks } else { Self::NothingToDo };
        }
        if progress.done == progress.total {
            return Self::Done;
        }
        let has_days = progress.planned_done.is_some();
        let delivery = &desk.analysis().delivery;
        // Where the index knows nothing of the schedule, the calendar alone says that planned work is late.
        let knows_schedule = delivery.parts.iter().any(|it| it.name == "schedule" && it.value.is_some());
        let late = (0..desk.plan().tasks.len()).filter_map(|it| desk.late(it)).max().filter(|_| !knows_schedule);
        // A chance alone shows no plan to be on track.
        let rag = delivery.rag.max(chance(desk).filter(|it| Rag::Green < *it));
        match (rag, late) {
            (Some(Rag::Red), _) => Self::OffTrack,
            (_, Some(days)) if LONG_LATE < days => Self::OffTrack,
            (Some(Rag::Amber), _) | (_, Some(_)) => Self::AtRisk,
            _ if !has_days => Self::NoDates,
            (Some(Rag::Green), None) => Self::OnTrack,
            (None, None) => Self::Unknown,
        }
    }

    /// Returns its name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::OffTrack => "off_track",
            Self::AtRisk => "at_risk",
            Self::Unknown => "unknown",
            Self::NoDates => "no_dates",
            Self::NoTasks => "no_tasks",
            Self::NothingToDo => "nothing_to_do",
            Self::OnTrack => "on_track",
            Self::Done => "done",
        }
    }

    /// Returns its words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unread => "Cannot be read",
            Self::OffTrack => "Off track",
            Self::AtRisk => "At risk",
            Self::Unknown => "Not known yet",
            Self::NoDates => "No dates",
            Self::NoTasks => "No tasks",
            Self::NothingToDo => "Nothing to do",
            Self::OnTrack => "On track",
            Self::Done => "Done",
        }
    }

    /// Returns its mark, with these words.
    #[must_use]
    pub fn mark(self, words: impl Into<String>) -> Mark {
        match self {
            Self::Unread => Mark::shaped(Look::Bad, "blocked", words),
            Self::OffTrack => Mark::new(Look::Bad, words),
            Self::AtRisk => Mark::new(Look::Warn, words),
            Self::Unknown | Self::NoDates | Self::NoTasks | Self::NothingToDo => Mark::new(Look::Plain, words),
            Self::OnTrack | Self::Done => Mark::new(Look::Ok, words),
        }
    }
}

/// The chance of the launch day has a colour once this share of the planned weeks is over: at the start of a plan it is below one half
/// even where all goes well.
const COLOURED_FROM: f64 = 0.4;
/// From this chance on it is green, and from the other on amber.
const CHANCES: (f64, f64) = (0.6, 0.3);

/// Returns the colour of the chance of the launch day; nothing while it has none.
#[must_use]
pub fn chance(desk: &Desk<'_>) -> Option<Rag> {
    let analysis = desk.analysis();
    let on_time = analysis.forecast.on_time.filter(|_| analysis.forecast.basis.is_known())?;
    let weeks = desk.plan().schedule.as_ref()?.weeks;
    let over = analysis.data_week.or(analysis.this_week)?;
    if f64::from(over) < COLOURED_FROM * f64::from(weeks) {
        return None;
    }
    Some(match on_time {
        it if CHANCES.0 <= it => Rag::Green,
        it if CHANCES.1 <= it => Rag::Amber,
        _ => Rag::Red,
    })
}

/// Names what is worst, the parts of the delivery index and the chance of the launch day: "schedule and flow are red"; nothing when
/// none has a colour worse than green.
#[must_use]
pub fn worst_parts(desk: &Desk<'_>) -> Option<String> {
    let delivery = &desk.analysis().delivery;
    let chance = chance(desk);
    let rag = delivery.rag.max(chance).filter(|it| *it != Rag::Green)?;
    let mut worst: Vec<&str> = delivery.parts.iter().filter(|it| it.rag == Some(rag)).map(|it| it.name).collect();
    if chance == Some(rag) {
        worst.push("the chance of the launch day");
    }
    let verb = if worst.len() == 1 { "is" } else { "are" };
    Some(format!("{} {verb} {}", phrase::list(&worst), rag.name()))
}

/// "17 items are late".
#[must_use]
pub fn late_items(desk: &Desk<'_>) -> String {
    let late = (0..desk.plan().tasks.len()).filter(|it| desk.late(*it).is_some()).count();
    format!("{} {} late", phrase::count(late, "item"), if late == 1 { "is" } else { "are" })
}
