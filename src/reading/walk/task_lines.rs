//! Lines that are tasks: their IDs, titles, and what stands behind them.

use super::{Contradiction, MAX_SEGMENTS, Role, Walk};
use crate::document::{Line, bracket_mark, leading_symbol};
use crate::model::{Segment, State};
use crate::prose::{Prose, Style};
use crate::reading::choices::Choices;
use crate::reading::heading_parts::state_of;
use crate::reading::ids::{self, SEPARATORS};
use crate::reading::letters::starts_ignoring_case;
use crate::reading::marks::Mark;
use crate::reading::metadata::Metadata;
use crate::reading::title_tail::{is_priority, may_have_tail, title_tail};
use crate::text::{Place, SharedStr, SourceFile, Span};

impl Walk<'_> {
    /// Reads a line with a mark as a task; the words begin at a byte.
    pub(super) fn task_line(
        &mut self,
        extent: Span,
        gfm_box: Option<u32>,
        line: Line,
        mark: Mark,
        mut from: u32,
    ) -> Role {
        let mut raw = self.file.slice(Span { start: from, end: line.span.end });
        // "[P1]" behind the box is a priority; any other tag stays with the words.
        let mut priority = None;
        if raw.starts_with('[')
            && let Some(it) = bracket_mark(raw).filter(|it| is_priority(it.inside))
        {
            priority = Some(self.file.share(it.inside));
            from += u32::try_from(it.length).unwrap_or(0);
            raw = raw.get(it.length..).unwrap_or_default();
        }
        let id = self.leading_id(raw);
        let from = from + id.map_or(0, |it| u32::try_from(it.end).unwrap_or(0));
        let mut title = self.document.prose(line, from, self.file);
        if id.is_some() {
            title.strip_before(&SEPARATORS);
        }
        self.compare_marks(mark, raw, &title, line);
        let mark = match mark {
            Mark::Open if is_given_up(&title, self.choices) => Some(State::Dropped),
            Mark::Open => self.list_state(),
            Mark::State(State::InProgress) if is_deferred(&title) => None,
            Mark::State(it) => Some(it),
        };
        let mut segment = self.blank_segment(self.file.place(line.span), extent, title, mark);
        segment.details = self.file.shared(Span { start: line.span.end, end: extent.end.max(line.span.end) });
        if let Some(priority) = priority {
            segment.said.get_or_insert_default().priority = Some(priority);
        }
        strip_tail(&mut segment, self.choices, line, self.file);
        let id = id.map(|it| self.file.share(it.id));
        match self.push_segment(id, segment) {
            Some(at) => {
                if let Some(it) = gfm_box.and_then(|it| self.found.understood.get_mut(it as usize)) {
                    *it = true;
                }
                Role::Segment(at)
            }
            None => Role::Other,
        }
    }

    /// Returns the state that the heading above a list is called, as "Doing" and "Blocked" are, for boxes that say nothing. What
    /// is done says so in its box.
    fn list_state(&self) -> Option<State> {
        match self.found.outline.get(self.heading)?.list_state? {
            Mark::State(it @ (State::InProgress | State::Blocked | State::Dropped)) => Some(it),
            _ => None,
        }
    }

    /// Finds the ID that raw Markdown begins with: in the form that the settings name, else in the forms that are known.
    fn leading_id<'r>(&self, raw: &'r str) -> Option<ids::LeadingId<'r>> {
        if self.choices.has_own_ids() {
            ids::leading_word(raw).filter(|it| self.choices.is_own_id(it.id))
        } else {
            ids::leading_id(raw)
        }
    }

    /// Notes a symbol at either end of a title that says another state than the box: the box counts.
    fn compare_marks(&mut self, mark: Mark, raw: &str, title: &Prose, line: Line) {
        let (Some(first), Some(last)) = (title.runs.first(), title.runs.last()) else { return };
        let is_ascii = |byte: Option<u8>| byte.is_none_or(|it| it.is_ascii());
        if is_ascii(first.text.bytes().next())
            && is_ascii(last.text.bytes().next_back())
            && is_ascii(raw.bytes().next())
        {
            return;
        }
        // A symbol may stand before an ID, which is no longer in the title.
        let leading =
            leading_symbol(&first.text).or_else(|| leading_symbol(raw)).and_then(|(it, _)| self.choices.symbol(it));
        let trailing =
            last.text.trim_end_matches('\u{FE0F}').chars().next_back().and_then(|it| self.choices.symbol(it));
        let done = Mark::State(State::Done);
        let said = leading.or(trailing).filter(|it| (*it == done) != (mark == done) && *it != Mark::Open);
        if let Some(said) = said {
            let place = self.file.place(line.span);
            let message = format!("the box says {}, the symbol {}: the box counts", mark.words(), said.words());
            let help = if mark == done {
                "remove the symbol, or untick the box"
            } else {
                "tick the box, or remove the symbol"
            };
            self.found.contradictions.push(Contradiction { place, message, help, of_many: None });
        }
    }

    pub(super) fn blank_segment(&self, place: Place, extent: Span, title: Prose, mark: Option<State>) -> Segment {
        let plan = &self.found.plan;
        Segment {
            phase: self.phase.as_ref().map(|(_, it)| *it),
            week: self.week.as_ref().and_then(|(_, it)| plan.weeks.get(*it)).map(|it| it.week),
            block: self.block.as_ref().map(|(_, it)| *it),
            ..Segment::new(place, extent, title, mark)
        }
    }

    /// Adds a task line; nothing when there are too many.
    pub(super) fn push_segment(&mut self, id: Option<SharedStr>, segment: Segment) -> Option<usize> {
        if MAX_SEGMENTS <= self.found.segments.len() {
            self.found.too_many.get_or_insert(segment.place);
            return None;
        }
        self.box_since_heading = true;
        self.found.segments.push((id, segment));
        self.found.under.push(self.heading);
        self.found.led.push(self.leads.last().map(|(_, at)| *at));
        Some(self.found.segments.len() - 1)
    }
}

/// Says whether a title ends in words such as "(deferred to phase 6)": a half box is then no sign of a beginning.
fn is_deferred(title: &Prose) -> bool {
    let Some(inside) = title.runs.last().and_then(|it| str::trim_end(&it.text).strip_suffix(')')?.rsplit_once('('))
    else {
        return false;
    };
    ["deferred", "postponed", "moved to", "delayed to"].iter().any(|it| starts_ignoring_case(inside.1, it))
}

/// Says whether a title is struck out, with nothing behind it but what became of it: "(moved to 2027)", "– cancelled", "– moved to
/// phase 3". Other words behind may be what it is called now.
pub(super) fn is_given_up(title: &Prose, choices: &Choices) -> bool {
    if title.is_struck_out() {
        return true;
    }
    let is_struck = |it: &&crate::prose::Run| it.style.has(Style::STRIKE) || it.text.trim().is_empty();
    let struck = title.runs.iter().take_while(is_struck).count();
    if !title.runs.iter().take(struck).any(|it| it.style.has(Style::STRIKE)) {
        return false;
    }
    let behind: String = title.runs.iter().skip(struck).map(|it| &*it.text).collect();
    let behind = behind.trim();
    let (is_bracket, said) = match behind.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        Some(inside) => (true, inside),
        None => (false, behind.trim_start_matches(['-', '–', '—', ':', ' '])),
    };
    let first = said.split([' ', ',', ':', ';']).next().unwrap_or_default();
    let state = state_of(said, choices).or_else(|| state_of(first, choices));
    let is_done = state == Some(Mark::State(State::Done));
    let is_apart = is_bracket || said.len() < behind.len();
    let says_so =
        state == Some(Mark::State(State::Dropped)) || GIVEN_UP.iter().any(|it| starts_ignoring_case(said, it));
    is_apart && !is_done && (is_bracket || says_so)
}

/// What words about a struck-out title begin with.
const GIVEN_UP: [&str; 9] = [
    "deferred",
    "postponed",
    "moved to",
    "delayed to",
    "no longer",
    "not needed",
    "out of scope",
    "superseded",
    "later",
];

/// Takes what stands behind a title out of it, and gives it to the task.
fn strip_tail(segment: &mut Segment, choices: &Choices, line: Line, file: &SourceFile) {
    let last = segment.title.runs.last().filter(|it| may_have_tail(&it.text));
    let Some(text) = last.map(|it| it.text.clone()) else { return };
    let Some(tail) = title_tail(&text, choices) else { return };
    if let Some(last) = segment.title.runs.last_mut() {
        last.text.keep(0..tail.keep);
    }
    give(segment, &tail.says, file.place(line.span), None, file);
}

/// Gives a task what a line says about it; what it has already stays.
pub(super) fn give(
    segment: &mut Segment,
    said: &Metadata<'_>,
    place: Place,
    shared_by: Option<usize>,
    file: &SourceFile,
) {
    if said.is_assignment() && segment.owner_place.is_none() {
        segment.owners = said.owners.iter().map(|it| file.share(it)).collect();
        segment.owner_place = Some(place);
        segment.shared_by = shared_by;
        if let Some(duration) = &said.duration {
            #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 tasks")]
            let share = shared_by.map_or(1.0, |it| it.max(1) as f64);
            segment.effort_days = duration.days.map(|it| it / share);
            segment.qualifier.clone_from(&duration.qualifier);
        }
    } else if said.is_assignment() {
        // Owner and duration may stand on two lines.
        if segment.owners.is_empty() {
            segment.owners = said.owners.iter().map(|it| file.share(it)).collect();
        }
        if segment.effort_days.is_none() && segment.shared_by.is_none() {
            segment.effort_days = said.duration.as_ref().and_then(|it| it.days);
        }
    }
    let more = &said.more;
    if let (None, Some(Mark::State(state))) = (segment.mark, more.status) {
        segment.mark = Some(state);
    }
    if more.percent.is_none() && more.priority.is_none() && more.due.is_none() && more.depends_on.is_empty() {
        return;
    }
    let known = segment.said.get_or_insert_default();
    known.percent = known.percent.or(more.percent);
    known.due = known.due.or(more.due);
    if known.priority.is_none() {
        known.priority = more.priority.map(|it| file.share(it));
    }
    known.depends_on.extend(more.depends_on.iter().map(|it| file.share(it)));
}
