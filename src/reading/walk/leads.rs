//! Owners of headings: a line directly below a heading names who does what stands under it, or who leads it.

use super::{MAX_OWNER_LINE, Walk};
use crate::document::Line;
use crate::model::Located;
use crate::reading::letters::{before_ending, split_at};
use crate::reading::metadata::{is_none, may_be_metadata, metadata};
use crate::reading::outline::HeadingLine;
use crate::reading::words::{Key, key};
use crate::text::{Place, trim};

impl Walk<'_> {
    /// Reads a line before the first task under a heading, such as `**Owner:** Ada`; says whether it is one.
    pub(super) fn lead_line(&mut self, line: Line) -> bool {
        let raw = self.file.slice(line.span);
        if MAX_OWNER_LINE < raw.len() || self.box_since_heading || self.task.is_some() || self.topic.is_some() {
            return false;
        }
        // The owner of the whole plan is not that of each task.
        let is_below = |at: &u32| may_be_metadata(raw) && !self.is_head(*at, &self.found.outline.headings);
        let Some(at) = self.heading.filter(is_below) else { return false };
        let level = self.found.outline.level_at(at);
        let words = self.document.words(line, self.file);
        self.lead(level, &words, self.file.place(line.span))
    }

    /// Reads a heading directly below one of a level, such as `#### Lead: @ada`; says whether it is one.
    pub(super) fn lead_heading(&mut self, above: u8, line: &HeadingLine) -> bool {
        let is_lead = may_be_metadata(&line.words) && self.lead(above, &line.words, line.place.clone());
        if is_lead {
            // Nor is it a section: what stands below it stands below the one above.
            self.task_headings.extend(self.heading);
            self.heading = line.parent;
        }
        is_lead
    }

    fn lead(&mut self, level: u8, words: &str, place: Place) -> bool {
        let Some(said) = metadata(words, self.choices).filter(|it| !it.owners.is_empty()) else { return false };
        // Who leads a phase does not do all of it: such a name would be an invented owner of each task.
        if split_at(words, b':').is_some_and(|(name, _)| before_ending(trim(name), "lead").is_some()) {
            let phase = self.phase.filter(|(open, _)| *open == level).map(|(_, at)| at);
            if let Some(phase) = phase.and_then(|at| self.found.plan.phases.get_mut(at)) {
                phase.lead.get_or_insert_with(|| Located { value: said.owners.join(" + "), place });
            }
            return true;
        }
        let owners = said.owners.iter().map(|it| self.file.share(it)).collect();
        self.leads.push((level, self.found.leads.len()));
        self.found.leads.push((owners, place));
        true
    }

    /// Notes that a task says itself that it has no owner.
    pub(super) fn is_led_by_nobody(&mut self, at: usize) {
        if let Some(led) = self.found.led.get_mut(at) {
            *led = None;
        }
    }
}

/// Says whether a line such as "Owner: TBD" says that there is no owner.
pub(super) fn names_nobody(words: &str) -> bool {
    let pair = words.split_once([':', '：']);
    pair.is_some_and(|(name, value)| {
        key(trim(name)) == Some(Key::Owner) && (is_none(trim(value)) || trim(value).is_empty())
    })
}
