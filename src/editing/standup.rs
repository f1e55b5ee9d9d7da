//! Lines of a task in the standup that is being written.

use super::current::Known;
use super::escape::{inline, markdown};
use super::form::{Form, Signs};
use super::line::{GoesOn, Lines, Marked};
use super::new_part::with_part;
use super::part_lines::added;
use super::{Edit, Refusal, Wish, lines_of};
use crate::document::parse;
use crate::model::{Entry, Plan, State, Task};
use crate::prose::one_line;
use crate::sources::Sources;
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
    /// The project's files.
    pub sources: &'a Sources,
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
        self.all_shared().next()
    }

    fn all_shared(&self) -> impl Iterator<Item = &Entry> {
        let names = |it: &SharedStr| self.plan.task_with_id(it) == Some(self.at);
        let standup = &self.current.standup;
        let open = standup.in_progress.iter().chain(&standup.blocked);
        open.filter(move |it| 1 < it.ids.len() && it.ids.iter().any(names))
    }

    /// Returns the edits of the lines that call the task unfinished, or planned, in a box: they call it done.
    ///
    /// # Errors
    ///
    /// When one of them goes on in the next line.
    pub fn finished(&self) -> Result<Vec<Edit>, Refusal> {
        let document = parse(self.current.file);
        let lines = Lines::new(&document, self.current.file);
        let standup = &self.current.standup;
        let find = |it: &Entry| lines.find(it.place.span).map(|line| (it.place.line(), line));
        let open = standup.in_progress.iter().chain(&standup.blocked).filter(|it| self.is_own(it)).filter_map(find);
        let planned = standup.next.iter().filter(|it| self.is_own(it)).filter_map(find);
        let mut edits = Vec::new();
        for (number, line) in open.chain(planned.filter(|(_, it)| it.has_box())) {
            edits.extend(line.with_mark(State::Done, &self.signs.done, true));
            edits.extend(line.finished().map_err(|it| self.goes_on(it, number))?);
        }
        Ok(edits)
    }

    fn goes_on(&self, _: GoesOn, line: u32) -> Refusal {
        goes_on(&lines_of(&self.current.file.path, &[line]), &self.task.name())
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
            own.filter_map(|it| Some((it.place.line(), lines.find(it.place.span)?))).collect::<Vec<_>>()
        };
        self.refuse_contradiction(wish)?;
        let state = match wish {
            Wish::Done => State::Done,
            Wish::Progress(_) => State::InProgress,
            Wish::Blocked(_) => State::Blocked,
        };
        let mut own = match wish {
            Wish::Done => Vec::new(),
            Wish::Progress(_) => find(&standup.in_progress),
            Wish::Blocked(_) => find(&standup.blocked),
        };
        // The line that has a figure, else the first.
        own.sort_by_key(|(_, it)| !it.has_percent());
        own.truncate(1);
        if matches!(wish, Wish::Progress(_)) {
            // A line that calls it blocked would contradict.
            own.extend(find(&standup.blocked).into_iter().filter(|(_, it)| it.has_percent()));
        }
        if !own.is_empty() {
            let words = own.iter().map(|(number, line)| words_of(line, wish).map_err(|it| self.goes_on(it, *number)));
            return Ok(words.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect());
        }
        // What was planned for the week has a box that was to be filled in.
        if let Some((number, line)) = find(&standup.next).into_iter().find(|(_, it)| it.has_box()) {
            let mark = line.with_mark(state, self.signs.of(state), false);
            let words = words_of(&line, wish).map_err(|it| self.goes_on(it, number))?;
            return Ok(mark.into_iter().chain(words).collect());
        }
        let words = self.line(wish, state);
        let edit = added(self.current, self.known, (&document, &lines), state, &words);
        let edit = edit.or_else(|| {
            let part = Form::of(self.sources, self.known).part_of(state);
            with_part(self.current, self.known, &document, &part, &words)
        });
        edit.map(|it| vec![it]).ok_or_else(|| self.by_people())
    }

    /// Refuses what another line of the standup would contradict.
    fn refuse_contradiction(&self, wish: &Wish) -> Result<(), Refusal> {
        let (standup, name) = (&self.current.standup, self.task.name());
        if let Some(done) = standup.done.iter().find(|it| self.is_own(it))
            && *wish != Wish::Done
        {
            let place = lines_of(&self.current.file.path, &[done.place.line()]);
            return Err(Refusal::new(
                format!("{place}: the standup says that {name} is done"),
                format!("change {place} first, if that is not so"),
            ));
        }
        let says_more = |it: &&Entry| match wish {
            Wish::Done => true,
            Wish::Progress(_) => it.percent.is_some(),
            Wish::Blocked(_) => it.reason.is_some(),
        };
        self.all_shared().find(says_more).map_or(Ok(()), |it| {
            let place = lines_of(&it.place.path, &[it.place.line()]);
            let says = match wish {
                Wish::Done => format!("calls {name} unfinished"),
                Wish::Progress(_) => format!("says of {name} how far it is"),
                Wish::Blocked(_) => format!("says of {name} what it waits for"),
            };
            Err(Refusal::new(
                format!("{place}: the standup {says}, in one line with other tasks"),
                "give each task a line of its own there",
            ))
        })
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

    fn by_people(&self) -> Refusal {
        let place = lines_of(&self.current.file.path, &[self.current.standup.place.line()]);
        Refusal::new(
            format!("{place}: this standup tells of each person by name, so a new line is for you to write"),
            "write the line where it belongs",
        )
    }
}

/// Says that a line cannot be changed by itself.
pub fn goes_on(place: &str, name: &str) -> Refusal {
    Refusal::new(
        format!("{place}: the line of {name} goes on in the next one, so it is for you to change"),
        "put it into one line, and run the command again",
    )
}

fn words_of(line: &Marked<'_>, wish: &Wish) -> Result<Option<Edit>, GoesOn> {
    Ok(match wish {
        Wish::Done => None,
        Wish::Progress(it) => Some(line.with_percent(*it, " complete")?),
        Wish::Blocked(it) => Some(line.with_blocker(it)?),
    })
}
