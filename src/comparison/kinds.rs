//! The kinds of changes, and of things that change.

/// What was done to a thing. The order is that of the report: what weighs most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The launch date is another.
    Retargeted,
    /// The words of a gate's criteria are others.
    CriteriaChanged,
    /// A task is no longer in the plan.
    Removed,
    /// A task has another week, part of a week, phase or due day.
    Moved,
    /// The effort of a task is another.
    Reestimated,
    /// A task has other owners.
    Reassigned,
    /// A ticked box is open again.
    Unticked,
    /// A task came into the plan.
    Added,
    /// An open box is ticked.
    Ticked,
    /// A task has another title or ID.
    Renamed,
    /// Anything else that the plan or a standup says.
    Other,
}

impl Kind {
    /// All kinds, in the order of the report.
    pub const ALL: [Self; 11] = [
        Self::Retargeted,
        Self::CriteriaChanged,
        Self::Removed,
        Self::Moved,
        Self::Reestimated,
        Self::Reassigned,
        Self::Unticked,
        Self::Added,
        Self::Ticked,
        Self::Renamed,
        Self::Other,
    ];

    /// Returns the kind's name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Retargeted => "retargeted",
            Self::CriteriaChanged => "criteria_changed",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Reestimated => "reestimated",
            Self::Reassigned => "reassigned",
            Self::Unticked => "unticked",
            Self::Added => "added",
            Self::Ticked => "ticked",
            Self::Renamed => "renamed",
            Self::Other => "other",
        }
    }

    /// Returns the kind in words, as they stand before what changed.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Retargeted => "launch moved",
            Self::CriteriaChanged => "criterion changed",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Reestimated => "re-estimated",
            Self::Reassigned => "reassigned",
            Self::Unticked => "unticked",
            Self::Added => "added",
            Self::Ticked => "ticked",
            Self::Renamed => "renamed",
            Self::Other => "edited",
        }
    }
}

/// What kind of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A piece of work.
    Task,
    /// A gate.
    Gate,
    /// What must be true at a gate.
    Criterion,
    /// A phase, or what plays the part of one.
    Phase,
    /// A week's heading.
    Week,
    /// A part of a week.
    Block,
    /// A row of a metrics table.
    Metric,
    /// A promised result.
    Deliverable,
    /// A risk.
    Risk,
    /// A team.
    Team,
    /// The budget.
    Budget,
    /// The plan as a whole: title, start, target, effort.
    Plan,
    /// A standup.
    Standup,
}

impl Subject {
    /// Returns the subject's name in data, and in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Gate => "gate",
            Self::Criterion => "criterion",
            Self::Phase => "phase",
            Self::Week => "week",
            Self::Block => "block",
            Self::Metric => "metric",
            Self::Deliverable => "deliverable",
            Self::Risk => "risk",
            Self::Team => "team",
            Self::Budget => "budget",
            Self::Plan => "plan",
            Self::Standup => "standup",
        }
    }
}
