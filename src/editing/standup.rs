//! Lines of a task in the standup that is being written.

use super::current::Known;
use super::form::Signs;
use super::line::{Lines, Marked, inline, markdown};
use super::part_lines::added;
use super::{Edit, Refusal, Wish, lines_of};
use crate::document::parse;
use crate::model::{Entry, Plan, State, Task};
use crate::prose::one_line;
use crate::text::SharedStr;

/// A standup, and the task that is written about.
pub struct Writing<'a> {
    /// The standup.
    pub current: &'a Known<'a>,
    /// All standups.
    pub known: &'a [Known<'a>],
    /// The plan.
    pub plan: &'a Plan,
    /// The task's place in the plan.
    pub at: usize,
    /// The task.
    pub task: &'a Task,
    /// How the team marks lines.
    pub signs: Signs,
}

impl Writing<'_> {
    /// Says whether a line speaks of the task, and of no other.
    fn is_own(&self, entry: &Entry) -> bool {
        match entry.ids.as_slice() {
            [] => self.task.id.is_none() && one_line(&entry.text.words()) == one_line(&self.task.title().words()),
            [one] => self.plan.task_with_id(one) == Some(self.at),
            _ => false,
        }
    }

    /// Returns the line that calls the task unfinished together with others, so that it cannot be changed for one of them.
    #[must_use]
    pub fn shared(&self) -> Option<&Entry> {
        let names = |it: &SharedStr| self.plan.task_with_id(it) == Some(self.at);
        let standup = &self.current.standup;
        let mut open = standup.in_progress.iter().chain(&standup.blocked);
        open.find(|it| 1 < it.ids.len() && it.ids.iter().any(names))
    }

    /// Returns the edits of the lines that call the task unfinished, or planned, in a box: they call it done.
    #[must_use]
    pub fn finished(&self) -> Vec<Edit> {
        let document = parse(self.current.file);
        let lines = Lines::new(&document, self.current.file);
        let standup = &self.current.standup;
        let open = standup.in_progress.iter().chain(&standup.blocked).filter(|it| self.is_own(it));
        let open = open.filter_map(|it| lines.find(it.place.span));
        let planned = standup.next.iter().filter(|it| self.is_own(it)).filter_map(|it| lines.find(it.place.span));
        let mut edits = Vec::new();
        for line in open.chain(planned.filter(Marked::has_box)) {
            edits.extend(line.with_mark(State::Done, &self.signs.done, true));
            edits.extend(line.with_all_done());
            edits.extend(line.without_blocker());
        }
        edits
    }

    /// Returns the edits that let the standup say what is asked for: its line of the task, or a new one.
    ///
    /// # Errors
    ///
    /// When it says that the task is done, or has no place for a new line.
    pub fn said(&self, wish: &Wish) -> Result<Vec<Edit>, Refusal> {
        let (file, standup) = (self.current.file, &self.current.standup);
        let document = parse(file);
        let lines = Lines::new(&document, file);
        let find = |list: &[Entry]| {
            let own = list.iter().filter(|it| self.is_own(it));
            own.filter_map(|it| lines.find(it.place.span)).collect::<Vec<_>>()
        };
        let name = self.task.name();
        if let Some(done) = standup.done.iter().find(|it| self.is_own(it))
            && *wish != Wish::Done
        {
            let place = lines_of(&file.path, &[done.place.line()]);
            return Err(Refusal::new(
                format!("{place}: the standup says that {name} is done"),
                format!("change {place} first, if that is not so"),
            ));
        }
        let state = match wish {
            Wish::Done => State::Done,
            Wish::Progress(_) => State::InProgress,
            Wish::Blocked(_) => State::Blocked,
        };
        let own = match wish {
            Wish::Done => &[][..],
            Wish::Progress(_) => &standup.in_progress,
            Wish::Blocked(_) => &standup.blocked,
        };
        let own = find(own);
        let with_figure = |it: &&Marked<'_>| it.with_all_done().is_some();
        if let Some(line) = own.iter().find(with_figure).or(own.first()) {
            return Ok(words_of(line, wish).into_iter().collect());
        }
        // What was planned for the week has a box that was to be filled in.
        if let Some(line) = find(&standup.next).into_iter().find(Marked::has_box) {
            let mark = line.with_mark(state, self.signs.of(state), false);
            return Ok(mark.into_iter().chain(words_of(&line, wish)).collect());
        }
        let words = self.line(wish, state);
        let edit = added(self.current, self.known, (&document, &lines), state, &words);
        edit.map(|it| vec![it]).ok_or_else(|| self.no_part(state))
    }

    /// Writes a new line of the task.
    fn line(&self, wish: &Wish, state: State) -> String {
        let title = self.task.title().words();
        let sign = self.signs.of(state).before_words();
        let name = self.task.id.as_ref().map_or_else(|| markdown(&title), |id| format!("{id}: {}", inline(&title)));
        match wish {
            Wish::Done => format!("{sign}{name}"),
            Wish::Progress(it) => format!("{sign}{name} ({it}% complete)"),
            Wish::Blocked(it) => format!("{sign}{name} (Blocker: {})", inline(it)),
        }
    }

    fn no_part(&self, state: State) -> Refusal {
        let (what, heading) = match state {
            State::Done => ("is done", "### Completed"),
            State::Blocked => ("is blocked", "### Blocked"),
            _ => ("is in progress", "### In Progress"),
        };
        let place = lines_of(&self.current.file.path, &[self.current.standup.place.line()]);
        Refusal::new(
            format!("{place}: this standup has no part for what {what}"),
            format!("write the line yourself, or add a heading such as `{heading}`"),
        )
    }
}

fn words_of(line: &Marked<'_>, wish: &Wish) -> Option<Edit> {
    match wish {
        Wish::Done => None,
        Wish::Progress(it) => Some(line.with_percent(*it, " complete")),
        Wish::Blocked(it) => Some(line.with_blocker(it)),
    }
}
