//! What every page is made from, and how pages find each other.

use super::anchor::numbered;
use super::parts::{Link, Mark, Src, TaskRef};
use super::preview::Preview;
use super::wording;
use crate::analysis::Analysis;
use crate::calendar::{Day, Week};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::history::{History, TaskState};
use crate::mail::SentMail;
use crate::model::{FileFacts, Plan, Task};
use crate::sources::Sources;
use crate::text::{Place, SharedStr};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// Everything that pages are made from.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// What was known on the day.
    pub history: &'a History,
    /// What follows from it.
    pub analysis: &'a Analysis,
    /// What is wrong, sorted.
    pub diagnostics: &'a [Diagnostic],
    /// Counts of each file, in the order of [`Sources::files`].
    pub file_facts: &'a [FileFacts],
    /// The roadmap and the standups in blocks, in the same order.
    pub documents: &'a [Document],
    /// The address of each file's page, by its path.
    pub source_pages: &'a HashMap<String, String>,
    /// The mails that were sent up to the day, the newest first.
    pub sent: &'a [SentMail],
    /// What a preview of a change adds; nothing for the plan's own site.
    pub preview: Option<&'a Preview<'a>>,
    /// Whether pages are shown while they are written, and told of changes.
    pub is_live: bool,
}

/// The facts, as seen from one page: links are relative to it.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The facts.
    pub facts: Facts<'a>,
    /// What stands before a link to reach the output folder, such as `../`.
    pub up: &'static str,
    /// Whether the output folder is a part of a portfolio's site, which has a page over all one folder higher.
    pub is_part: bool,
}

impl<'a> Desk<'a> {
    /// Returns the plan.
    #[must_use]
    pub fn plan(&self) -> &'a Plan {
        &self.facts.history.plan
    }

    /// Returns what follows from the plan.
    #[must_use]
    pub fn analysis(&self) -> &'a Analysis {
        self.facts.analysis
    }

    /// Returns the day the report is made for.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.facts.history.as_of
    }

    /// Returns a link to a page or a file of the site.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.up)
    }

    /// Returns the link to a line of the input: at the source host where the settings name one, else on a page of the site.
    #[must_use]
    pub fn src(&self, place: &Place) -> Src {
        let name = place.path.rsplit('/').next().unwrap_or(&place.path);
        let href = if let Some(base) = &self.facts.sources.settings.source_url {
            format!("{}/{}#L{}", base.trim_end_matches('/'), wording::url_path(&place.path), place.line())
        } else {
            let page = self.facts.source_pages.get(&*place.path).map_or("", String::as_str);
            self.href(&format!("{page}#L{}", place.line()))
        };
        let changed = self.facts.preview.and_then(|it| it.of_place(place)).map(str::to_owned);
        Src { label: format!("{name}:{}", place.line()), href, changed }
    }

    /// Returns where a line of the input is edited at the source host; nothing where no address is known. A preview shows what another
    /// branch has, so that its lines would be edited in the wrong place.
    #[must_use]
    pub fn edit(&self, place: &Place) -> Option<String> {
        if self.facts.preview.is_some() {
            return None;
        }
        super::edit::edit_address(&self.facts.sources.settings, &place.path, place.line())
    }

    /// Returns a task by its place in the plan.
    #[must_use]
    pub fn task(&self, at: usize) -> Option<&'a Task> {
        self.plan().tasks.get(at)
    }

    /// Returns the state of a task on the day.
    #[must_use]
    pub fn state(&self, at: usize) -> TaskState<'a> {
        self.facts.history.state(at, self.as_of())
    }

    /// Returns the link to a task's page.
    #[must_use]
    pub fn task_href(&self, task: &Task) -> String {
        self.href(&format!("tasks/{}.html", task.key))
    }

    /// Returns a task as a name with a link, a title and a state. The title holds no links of its own: it stands in one.
    #[must_use]
    pub fn task_ref(&self, at: usize) -> Option<TaskRef> {
        let task = self.task(at)?;
        Some(TaskRef {
            id: task.id.as_deref().map(str::to_owned),
            title: task.title().html_without_links(),
            href: self.task_href(task),
            mark: Mark::of_state(&self.state(at)),
            late: self.late(at).map(wording::late),
            changed: self.facts.preview.and_then(|it| it.of_task(at)).map(str::to_owned),
        })
    }

    /// Returns links to the tasks with some IDs; an ID that no task has is left without a link.
    #[must_use]
    pub fn id_links(&self, ids: &[SharedStr]) -> Vec<Link> {
        let href = |id: &str| self.plan().task_with_id(id).and_then(|at| self.task(at)).map(|it| self.task_href(it));
        ids.iter().map(|it| Link { text: it.to_string(), href: href(it).unwrap_or_default() }).collect()
    }

    /// Returns by how many working days an open task is past its planned end.
    #[must_use]
    pub fn late(&self, at: usize) -> Option<usize> {
        let end = self.task(at)?.end.filter(|it| *it < self.as_of())?;
        if !self.state(at).state.is_open() {
            return None;
        }
        Some(self.analysis().working.count_after(end, self.as_of())).filter(|it| 0 < *it)
    }

    /// Returns the page of a week; nothing where the site has none, so that its name stays words.
    #[must_use]
    pub fn week_href(&self, week: u32) -> String {
        let planned = self.plan().schedule.as_ref().is_some_and(|it| (1..=it.weeks).contains(&week));
        let told = || self.facts.history.standups.iter().any(|it| it.week == Some(week));
        let shown = super::frame::Section::Weeks.exists(self) && (planned || told());
        if shown { self.href(&format!("weeks/{week}.html")) } else { String::new() }
    }

    /// Returns where a standup is shown: on the page of its week, else among those of no week.
    #[must_use]
    pub fn told_href(&self, week: Option<Week>, date: Day) -> String {
        let of_week = week.map(|it| self.week_href(it)).filter(|it| !it.is_empty());
        of_week.unwrap_or_else(|| self.href(&format!("standups.html#{}", wording::iso(date))))
    }

    /// Returns the page of a gate, by its place in the plan.
    #[must_use]
    pub fn gate_href(&self, at: usize) -> String {
        self.href(&format!("gates/{}.html", gate_slug(self.plan(), at)))
    }

    /// Returns a day in few words, with its year when it is not that of the report.
    #[must_use]
    pub fn day(&self, day: Day) -> String {
        wording::day(day, self.as_of())
    }
}

/// Returns the name of a gate's page, by its place in the plan.
#[must_use]
pub fn gate_slug(plan: &Plan, at: usize) -> String {
    gate_slugs(plan).into_iter().nth(at).unwrap_or_default()
}

/// Returns the names of all gates' pages, in the order of the plan: their words, and a number where another has the same.
#[must_use]
pub fn gate_slugs(plan: &Plan) -> Vec<String> {
    let own: Vec<String> = plan.gates.iter().map(|it| crate::phrase::slug(&it.name)).collect();
    unique(&own, "gate")
}

/// Gives each word a name of its own: the first of equal ones keeps the word, the others get the first number that no other has taken.
fn unique(words: &[String], nameless: &str) -> Vec<String> {
    let mut taken: HashSet<String> = words.iter().filter(|it| !it.is_empty()).cloned().collect();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut names = Vec::with_capacity(words.len());
    for (at, own) in words.iter().enumerate() {
        names.push(match numbers.entry(own) {
            _ if own.is_empty() => numbered(&mut taken, nameless, &mut { at }),
            Entry::Occupied(mut it) => numbered(&mut taken, own, it.get_mut()),
            Entry::Vacant(it) => {
                it.insert(1);
                own.clone()
            }
        });
    }
    names
}

/// Returns the addresses of the gates' pages, in the order of the plan.
#[must_use]
pub fn gate_paths(desk: &Desk<'_>) -> Vec<String> {
    gate_slugs(desk.plan()).into_iter().map(|it| format!("gates/{it}.html")).collect()
}

#[cfg(test)]
mod tests {
    use super::unique;

    #[test]
    fn each_gate_has_a_name_of_its_own() {
        let words = ["a", "a", "a-2", "", "a", "gate-4", ""].map(str::to_owned);
        assert_eq!(unique(&words, "gate"), ["a", "a-3", "a-2", "gate-5", "a-4", "gate-4", "gate-7"]);
    }
}
