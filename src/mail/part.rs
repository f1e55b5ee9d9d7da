//! The parts of a mail, in their order.

/// A part of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailPart {
    /// How the project stands, in one word and one sentence; always there.
    Headline,
    /// What somebody has to decide.
    Decisions,
    /// What is done of what was planned.
    Progress,
    /// The gate that comes next.
    Gate,
    /// What changed in the plan.
    Changes,
    /// What was done, and what is blocked.
    Work,
    /// The worst risks.
    Risks,
    /// What comes next.
    Next,
    /// When the work will be over.
    Forecast,
    /// Where all of this is from; always there.
    Footer,
}

impl MailPart {
    /// Every part, in the order in which a mail has them.
    pub const ALL: [Self; 10] = [
        Self::Headline,
        Self::Decisions,
        Self::Progress,
        Self::Gate,
        Self::Changes,
        Self::Work,
        Self::Risks,
        Self::Next,
        Self::Forecast,
        Self::Footer,
    ];

    /// Returns the name that settings call it by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Decisions => "decisions",
            Self::Progress => "progress",
            Self::Gate => "gate",
            Self::Changes => "changes",
            Self::Work => "work",
            Self::Risks => "risks",
            Self::Next => "next",
            Self::Forecast => "forecast",
            Self::Footer => "footer",
        }
    }

    /// Returns the part of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Says whether every mail has it, whatever is chosen.
    #[must_use]
    pub const fn is_always_there(self) -> bool {
        matches!(self, Self::Headline | Self::Footer)
    }
}
