//! What rules look at, and how they name the words they mean.

use crate::analysis::Analysis;
use crate::document::Document;
use crate::history::History;
use crate::model::{Plan, Schedule};
use crate::settings::Settings;
use crate::sources::Sources;
use crate::text::{Place, SharedStr, SourceFile, Span, place_in};

/// What rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// The roadmap as blocks.
    pub document: &'a Document,
    /// The plan and what is known about it on the day.
    pub history: &'a History,
    /// What follows from it.
    pub analysis: &'a Analysis,
}

impl<'a> Subject<'a> {
    /// Returns the plan.
    #[must_use]
    pub fn plan(&self) -> &'a Plan {
        &self.history.plan
    }

    /// Returns the roadmap's file.
    #[must_use]
    pub fn roadmap(&self) -> &'a SourceFile {
        &self.sources.roadmap
    }

    /// Returns the project's choices.
    #[must_use]
    pub fn settings(&self) -> &'a Settings {
        &self.sources.settings
    }

    /// Returns the plan's weeks on the calendar, where a start is known.
    #[must_use]
    pub fn schedule(&self) -> Option<&'a Schedule> {
        self.plan().schedule.as_ref()
    }

    /// Returns the file that a place is in.
    #[must_use]
    pub fn file(&self, place: &Place) -> Option<&'a SourceFile> {
        self.sources.files().find(|it| it.path == place.path)
    }

    /// Returns where a piece of the roadmap's text stands, or `other` for a text that was put together.
    #[must_use]
    pub fn place_of(&self, words: &SharedStr, other: &Place) -> Place {
        let file = self.file(other).unwrap_or(self.roadmap());
        place_in(&file.text, words).map_or_else(|| other.clone(), |it| file.place(it))
    }

    /// Returns the place of the first such words from the beginning of a place to the end of its last line, or the place itself.
    #[must_use]
    pub fn words_in(&self, place: &Place, words: &str) -> Place {
        let found = self.file(place).and_then(|file| {
            let rest = file.text.get(place.span.start as usize..)?;
            let last = place.span.range().len();
            let end = rest.get(last..)?.find('\n').map_or(rest.len(), |it| last + it);
            let at = place.span.start as usize + rest.get(..end)?.find(words)?;
            Some(file.place(Span::new(at, at + words.len())))
        });
        found.unwrap_or_else(|| place.clone())
    }
}
