//! Decisions that standups ask for, or tell of.

use super::{Entry, WrittenDay};
use crate::calendar::{Day, Week};
use crate::prose::Prose;
use crate::text::{Place, SharedStr};

/// A decision that a standup asks for, or says to be made.
#[derive(Debug, Clone)]
pub struct AskedDecision {
    /// The line as it is written.
    pub entry: Entry,
    /// What is to be decided: the words without owner, day and the like.
    pub words: Prose,
    /// Who decides, as written; nothing for "TBD" and the like.
    pub owner: Option<SharedStr>,
    /// By when.
    pub due: Option<SaidDay>,
    /// What there is to choose from; one text, or one for each item of a list.
    pub options: Vec<SharedStr>,
    /// What waiting costs.
    pub cost: Option<SharedStr>,
    /// That it was decided, and when; nothing while it is asked for.
    pub settled: Option<Settled>,
    /// The lines below its own that belong to it.
    pub lines: Vec<Place>,
}

/// A day in the words of a standup.
#[derive(Debug, Clone)]
pub struct SaidDay {
    /// The words, such as "Fri 13 Feb" or "before the load test".
    pub words: SharedStr,
    /// The day as it is written, where the words name one; nothing once it is known.
    /// The day as it is written, where the words name one; nothing once it is known.
    pub written: Option<WrittenDay>,
    /// The week that they name instead.
    pub week: Option<Week>,
    /// The day that is meant.
    pub day: Option<Day>,
    /// Where the words stand.
    pub place: Place,
}

/// That something was decided.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// What was decided, and when, as far as it is written.
    pub said: Option<SaidDay>,
}

impl AskedDecision {
    /// Returns the days that it names.
    pub fn days_mut(&mut self) -> impl Iterator<Item = &mut SaidDay> {
        self.due.iter_mut().chain(self.settled.iter_mut().filter_map(|it| it.said.as_mut()))
    }
}
