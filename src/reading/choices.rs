//! What the settings say about reading, ready for use.

use super::legend::Legend;
use super::marks::{self, Mark};
use crate::model::State;
use crate::settings::{EmojiBullets, IdPattern, PlainBullets, Settings, States, Units};

/// How a plan is to be read.
#[derive(Debug, Default)]
pub struct Choices {
    /// How long its units are.
    pub units: Units,
    states: States,
    id_pattern: Option<IdPattern>,
    emoji_bullets: Option<EmojiBullets>,
    plain_bullets: PlainBullets,
    legend: Legend,
}

impl Choices {
    /// Takes from the settings what is about reading.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        Self {
            units: settings.units(),
            states: settings.states.clone(),
            id_pattern: settings.id_pattern.clone(),
            emoji_bullets: settings.reading.emoji_bullets,
            plain_bullets: settings.reading.plain_bullets,
            legend: Legend::default(),
        }
    }

    /// Adds what the plan itself says that its symbols mean; what the settings say stays.
    #[must_use]
    pub fn with_legend(self, legend: Legend) -> Self {
        Self { legend, ..self }
    }

    /// Returns the plan's own legend.
    #[must_use]
    pub fn legend(&self) -> &Legend {
        &self.legend
    }

    /// Reads what stands in a bracket. A mark of the plan's own wins; words that are no state are tags, and say nothing.
    #[must_use]
    pub fn bracket(&self, inside: &str) -> Option<Mark> {
        self.own(inside).or_else(|| marks::bracket(inside))
    }

    /// Reads a symbol that stands before words.
    #[must_use]
    pub fn symbol(&self, symbol: char) -> Option<Mark> {
        self.own(symbol.encode_utf8(&mut [0; 4])).or_else(|| marks::symbol_mark(symbol))
    }

    /// Reads a mark that the settings name, or a symbol that the plan explains.
    #[must_use]
    pub fn own(&self, text: &str) -> Option<Mark> {
        let mut letters = text.trim_end_matches('\u{FE0F}').chars();
        let mut explained = || letters.next().filter(|_| letters.next().is_none()).and_then(|it| self.legend.get(it));
        match self.states.get(text) {
            Some(State::Todo) => Some(Mark::Open),
            Some(it) => Some(Mark::State(it)),
            None => explained(),
        }
    }

    /// Says whether the settings say what IDs look like.
    #[must_use]
    pub fn has_own_ids(&self) -> bool {
        self.id_pattern.is_some()
    }

    /// Says whether a word is an ID of the form that the settings name.
    #[must_use]
    pub fn is_own_id(&self, word: &str) -> bool {
        self.id_pattern.as_ref().is_some_and(|it| it.matches(word))
    }

    /// Says whether items with a symbol and no box are tasks, in a plan that has boxes or has none.
    #[must_use]
    pub fn emoji_are_tasks(&self, has_boxes: bool) -> bool {
        self.emoji_bullets.map_or(!has_boxes, |it| it == EmojiBullets::Tasks)
    }

    /// Says whether items without box and symbol are tasks.
    #[must_use]
    pub fn bullets_are_tasks(&self) -> bool {
        self.plain_bullets == PlainBullets::Tasks
    }
}
