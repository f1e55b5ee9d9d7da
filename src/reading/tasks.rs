//! From lines to tasks: the same ID is the same task.

use super::ids;
use crate::model::{Segment, Tally, Task};
use crate::phrase::{rounded, slug};
use crate::prose::Prose;
use std::collections::{HashMap, HashSet};

/// Puts segments together to tasks, in the order of their first lines.
#[must_use]
pub fn tasks(segments: Vec<(Option<String>, Segment)>) -> Vec<Task> {
    let mut by_id: HashMap<String, usize> = HashMap::with_capacity(segments.len());
    let mut groups: Vec<(Option<String>, Vec<Segment>)> = Vec::with_capacity(segments.len());
    for (id, segment) in segments {
        let known = id.as_ref().and_then(|it| by_id.get(it)).and_then(|at| groups.get_mut(*at));
        if let Some((_, segments)) = known {
            segments.push(segment);
        } else {
            if let Some(id) = &id {
                by_id.insert(id.clone(), groups.len());
            }
            groups.push((id, vec![segment]));
        }
    }
    let mut keys = HashMap::with_capacity(groups.len());
    groups.into_iter().map(|(id, segments)| task(id, segments, &mut keys)).collect()
}

fn task(id: Option<String>, mut segments: Vec<Segment>, keys: &mut HashMap<String, usize>) -> Task {
    segments.sort_by_key(|it| (it.week.unwrap_or(u32::MAX), it.place.span));
    let part_of = segments.iter().find_map(|it| part_of(it).map(str::to_owned));
    let effort_days = charge(&mut segments);
    let owners = owners(&segments);
    let title = segments.last().map(|it| it.title.clone()).unwrap_or_default();
    let key = unique(key(id.as_deref(), &segments, &title), keys);
    let subtasks = segments.iter().fold(Tally::default(), |sum, it| Tally {
        total: sum.total + it.subtasks.total,
        done: sum.done + it.subtasks.done,
    });
    let priority = id.as_deref().and_then(ids::class).map(str::to_owned);
    Task { key, id, title, segments, owners, effort_days, part_of, priority, subtasks, start: None, end: None }
}

/// Returns the owners of all segments, each once.
fn owners(segments: &[Segment]) -> Vec<String> {
    if let [one] = segments {
        let mut owners = one.owners.clone();
        owners.dedup();
        if owners.len() < 2 {
            return owners;
        }
    }
    let mut seen = HashSet::new();
    segments.iter().flat_map(|it| &it.owners).filter(|it| seen.insert(it.as_str())).cloned().collect()
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
    qualifier.eq_ignore_ascii_case("total") || qualifier.eq_ignore_ascii_case("in total")
}

fn part_of(segment: &Segment) -> Option<&str> {
    let qualifier = segment.qualifier.as_deref()?;
    let (start, rest) = qualifier.split_at_checked("part of ".len())?;
    start.eq_ignore_ascii_case("part of ").then_some(rest)
}

/// Returns a name that stays from build to build: the ID, or the week and the title.
fn key(id: Option<&str>, segments: &[Segment], title: &Prose) -> String {
    if let Some(id) = id {
        return slug(id);
    }
    let week = segments.first().and_then(|it| it.week).map_or_else(|| "task".to_owned(), |it| format!("w{it}"));
    let title = title.plain();
    let words = slug(&title);
    if words.is_empty() { format!("{week}-{:08x}", hash(&title)) } else { format!("{week}-{words}") }
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
