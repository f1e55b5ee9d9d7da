//! From lines to tasks: the same ID is the same task.

use super::ids;
use crate::model::{Segment, Tally, Task, TaskIds, compare_ids};
use crate::phrase::{rounded, slug};
use crate::text::SharedStr;
use smallvec::{SmallVec, smallvec};
use std::collections::{HashMap, HashSet};

/// A task line and the ID it begins with.
pub type Line = (Option<SharedStr>, Segment);

/// Puts lines together to tasks, in the order of their first lines.
#[must_use]
pub fn tasks(lines: Vec<Line>) -> (Vec<Task>, TaskIds) {
    let (mut sorted, first_of) = by_id(&lines);
    let mut places: Vec<u32> = vec![0; lines.len()];
    let mut tasks: Vec<Task> = Vec::with_capacity(lines.len());
    for (at, (id, segment)) in lines.into_iter().enumerate() {
        let first = first_of.get(at).copied().unwrap_or(at);
        let known = if first == at { None } else { places.get(first).and_then(|it| tasks.get_mut(*it as usize)) };
        if let Some(task) = known {
            task.segments.push(segment);
            continue;
        }
        if let Some(place) = places.get_mut(at) {
            *place = u32::try_from(tasks.len()).unwrap_or(u32::MAX);
        }
        tasks.push(begun(id, segment));
    }
    tasks.iter_mut().for_each(finish);
    make_keys_unique(&mut tasks);
    sorted.retain(|at| first_of.get(*at) == Some(at));
    let ids = sorted.iter().filter_map(|at| places.get(*at).copied()).collect();
    (tasks, TaskIds::from_sorted(ids))
}

/// Returns the lines that have an ID, sorted by it, and for every line the first one with the same ID.
fn by_id(lines: &[Line]) -> (Vec<usize>, Vec<usize>) {
    let ids = lines.iter().enumerate().filter_map(|(at, (id, _))| Some((id.as_deref()?, at)));
    let mut ids: Vec<(&str, usize)> = ids.collect();
    // The sort is stable: of the lines with one ID the first stays the first.
    ids.sort_by(|a, b| compare_ids(a.0, b.0));
    let mut first_of: Vec<usize> = (0..lines.len()).collect();
    for group in ids.chunk_by(|a, b| compare_ids(a.0, b.0).is_eq()) {
        for (_, later) in group.iter().skip(1) {
            if let (Some(slot), Some((_, first))) = (first_of.get_mut(*later), group.first()) {
                *slot = *first;
            }
        }
    }
    (ids.into_iter().map(|(_, at)| at).collect(), first_of)
}

fn begun(id: Option<SharedStr>, segment: Segment) -> Task {
    let priority = id.as_ref().and_then(|it| ids::class(it).map(|class| it.part(class)));
    Task {
        key: String::new(),
        id,
        segments: SmallVec::from_buf([segment]),
        owners: SmallVec::new(),
        effort_days: None,
        part_of: None,
        priority,
        subtasks: Tally::default(),
        start: None,
        end: None,
    }
}

/// Works out what follows from the lines of a task.
fn finish(task: &mut Task) {
    if 1 < task.segments.len() {
        task.segments.sort_by_key(|it| (it.week.unwrap_or(u32::MAX), it.place.span));
    }
    task.part_of = task.segments.iter().find_map(|it| part_of(it).map(str::to_owned));
    task.effort_days = charge(&mut task.segments);
    task.owners = owners(&task.segments);
    task.key = key(task.id.as_deref(), &task.segments);
    if task.priority.is_none() {
        task.priority = task.segments.iter().find_map(|it| it.said.as_ref()?.priority.clone());
    }
    task.subtasks = task.segments.iter().fold(Tally::default(), |sum, it| Tally {
        total: sum.total + it.subtasks.total,
        done: sum.done + it.subtasks.done,
    });
}

/// Returns the owners of all segments, each once.
fn owners(segments: &[Segment]) -> SmallVec<[SharedStr; 1]> {
    let all = || segments.iter().flat_map(|it| &it.owners);
    if let (Some(one), None) = (all().next(), all().nth(1)) {
        return smallvec![one.clone()];
    }
    let mut seen = HashSet::new();
    all().filter(|it| seen.insert(&***it)).cloned().collect()
}

/// Writes down what each segment asks of its owners, and returns the effort that counts in totals.
///
/// "total" is the effort of the whole task so far, so that earlier segments are in it; "part of" is counted elsewhere.
fn charge(segments: &mut [Segment]) -> Option<f64> {
    let mut sum: Option<f64> = None;
    for segment in segments {
        let Some(days) = segment.effort_days else { continue };
        let before = sum.unwrap_or(0.0);
        if segment.qualifier.as_deref().is_some_and(is_total) {
            segment.load_days = (days - before).max(0.0);
            sum = Some(days.max(before));
        } else if part_of(segment).is_some() {
            segment.load_days = days;
            sum = Some(before);
        } else {
            segment.load_days = days;
            sum = Some(before + days);
        }
    }
    sum.map(|it| rounded(it, 6))
}

fn is_total(qualifier: &str) -> bool {
    ["total", "in total", "overall", "altogether"].iter().any(|it| qualifier.eq_ignore_ascii_case(it))
}

/// What words behind a duration begin with when the effort is counted elsewhere.
const PART_OF: [&str; 4] = ["part of ", "included in ", "contained in ", "within "];

/// Returns the task that holds a segment's effort, as the words behind its duration name it.
#[must_use]
pub fn part_of(segment: &Segment) -> Option<&str> {
    let qualifier = segment.qualifier.as_deref()?;
    PART_OF.iter().find_map(|it| {
        let (start, rest) = qualifier.split_at_checked(it.len())?;
        start.eq_ignore_ascii_case(it).then_some(rest.trim())
    })
}

/// Returns a name that stays from build to build: the ID, or the week and the title.
fn key(id: Option<&str>, segments: &[Segment]) -> String {
    if let Some(id) = id {
        // An ID is made of letters, digits, dashes and points.
        let mut key = id.to_ascii_lowercase();
        if key.contains('.') {
            key = key.replace('.', "-");
        }
        return key;
    }
    let week = segments.first().and_then(|it| it.week).map_or_else(|| "task".to_owned(), |it| format!("w{it}"));
    let title = segments.last().map(|it| it.title.words()).unwrap_or_default();
    let words = slug(&title);
    if words.is_empty() { format!("{week}-{:08x}", hash(&title)) } else { format!("{week}-{words}") }
}

/// Numbers the tasks whose keys are the same: the second is called `-2`.
fn make_keys_unique(tasks: &mut [Task]) {
    let mut sorted: Vec<&str> = tasks.iter().map(|it| it.key.as_str()).collect();
    sorted.sort_unstable();
    if sorted.is_sorted_by(|a, b| a < b) {
        return;
    }
    let mut keys = HashMap::with_capacity(tasks.len());
    for task in tasks {
        task.key = unique(std::mem::take(&mut task.key), &mut keys);
    }
}

fn unique(key: String, keys: &mut HashMap<String, usize>) -> String {
    let next = keys.entry(key.clone()).or_insert(0);
    *next += 1;
    let mut n = *next;
    if n == 1 {
        return key;
    }
    // Another title may already end in the same number; the count goes on behind it.
    let mut unique = format!("{key}-{n}");
    while keys.contains_key(&unique) {
        n += 1;
        unique = format!("{key}-{n}");
    }
    keys.insert(key, n);
    keys.insert(unique.clone(), 1);
    unique
}

/// FNV-1a: a title without Latin letters needs a name that does not change between builds, nothing more.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
