//! What rules look at, and how they name the words they mean.

use super::asked::Demands;
use crate::analysis::Analysis;
use crate::document::Document;
use crate::history::History;
use crate::model::{Block, Cell, Plan, Schedule, Segment, Task};
use crate::prose::Prose;
use crate::settings::Settings;
use crate::sources::Sources;
use crate::text::{Place, SharedStr, SourceFile, Span, place_in};
use std::cell::OnceCell;

/// What rules look at.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// The roadmap as blocks.
    pub document: &'a Document,
    /// The plan and what is known about it on the day.
    pub history: &'a History,
    /// What follows from it.
    pub analysis: &'a Analysis,
    /// What is asked of classes of tasks; see `demands`.
    pub(super) demands: OnceCell<Demands>,
}

impl<'a> Subject<'a> {
    /// Puts together what rules look at.
    #[must_use]
    pub fn new(sources: &'a Sources, document: &'a Document, history: &'a History, analysis: &'a Analysis) -> Self {
        Self { sources, document, history, analysis, demands: OnceCell::new() }
    }

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

    /// Returns where the words of a line of rich text stand, or `other` for words that were put together.
    #[must_use]
    pub fn prose(&self, prose: &Prose, other: &Place) -> Place {
        let runs = prose.runs.first().zip(prose.runs.last());
        let places = runs.map(|(first, last)| (self.place_of(&first.text, other), self.place_of(&last.text, other)));
        let Some((first, last)) = places.filter(|(_, last)| last.span != other.span) else { return other.clone() };
        let file = self.file(other).unwrap_or(self.roadmap());
        file.place(first.span.to(last.span))
    }

    /// Returns where a part of a task names it: its ID, or the title of a task without one.
    #[must_use]
    pub fn name_in(&self, task: &Task, part: &Segment) -> Place {
        let Some(id) = &task.id else { return self.prose(&part.title, &part.place) };
        let file = self.file(&part.place).unwrap_or(self.roadmap());
        // IDs are ASCII, and the same in any case.
        let line = file.slice(part.place.span).as_bytes();
        let at = line.windows(id.len().max(1)).position(|it| it.eq_ignore_ascii_case(id.as_bytes()));
        at.map_or_else(
            || part.place.clone(),
            |at| {
                let start = part.place.span.start as usize + at;
                file.place(Span::new(start, start + id.len()))
            },
        )
    }

    /// Returns where the name of a block stands: on the line below its heading, or in the heading.
    #[must_use]
    pub fn name_of(&self, block: &Block) -> Place {
        let file = self.roadmap();
        let below = file.index.line_span(block.place.line() + 1);
        let name = file.slice(below).find(block.name.as_str()).filter(|_| !block.name.is_empty());
        name.map_or_else(
            || block.place.clone(),
            |at| {
                let start = below.start as usize + at;
                file.place(Span::new(start, start + block.name.len()))
            },
        )
    }

    /// Returns the place of a cell of a metrics table.
    #[must_use]
    pub fn cell(&self, cell: &Cell) -> Place {
        self.roadmap().place(cell.span)
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
