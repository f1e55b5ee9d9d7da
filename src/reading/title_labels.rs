//! What stands before titles and only all of them together tell: IDs that nothing marks, IDs that are none, and priorities.

use super::ids::{SEPARATORS, is_id};
use super::letters::is_one_of;
use super::title_tail::is_priority;
use super::walk::Found;
use crate::model::{Segment, compare_ids};
use crate::prose::{Prose, Run, Style};
use crate::text::{SharedStr, SourceFile};
use std::collections::{BTreeMap, BTreeSet};

/// Words that look like IDs are taken for IDs where most tasks begin with one, and no two of a class are the same.
///
/// Elsewhere they must be marked as IDs: "GPT-4 evaluation" is about something.
pub fn find_bare_ids(found: &mut Found) {
    let bare = |segment: &Segment| {
        let first = segment.title.runs.first()?;
        let word = first.text.split([' ', ':']).next().unwrap_or_default();
        is_id(word).then(|| first.text.part(word))
    };
    let words: Vec<Option<SharedStr>> =
        found.segments.iter().map(|(id, it)| if id.is_none() { bare(it) } else { None }).collect();
    let count = words.iter().flatten().count();
    let distinct: BTreeSet<String> = words.iter().flatten().map(|it| it.to_ascii_lowercase()).collect();
    let classes: BTreeSet<&str> =
        distinct.iter().filter_map(|it| it.rsplit_once('-')).map(|(class, _)| class).collect();
    let is_most = found.segments.len() <= 2 * count;
    if count < 2 || !is_most || distinct.len() < count || distinct.len() < 2 * classes.len() {
        return;
    }
    for ((slot, segment), id) in found.segments.iter_mut().zip(words) {
        let Some(id) = id else { continue };
        if let Some(first) = segment.title.runs.first_mut() {
            first.text.keep(id.len()..first.text.len());
        }
        segment.title.drop_empty_runs();
        segment.title.strip_before(&SEPARATORS);
        *slot = Some(id);
    }
}

/// "P1" in strong type before a title is a priority where several tasks have the same: an ID would not come again.
pub fn take_priorities(found: &mut Found) {
    let label = |it: &Segment| {
        let first = it.title.runs.first().filter(|it| it.style.has(Style::STRONG))?;
        let label = first.text.trim_end_matches([':', ' ']);
        let is_label = matches!(label.as_bytes(), [b'P' | b'p', b'0'..=b'9']) && 1 < it.title.runs.len();
        is_label.then(|| first.text.part(label))
    };
    let labels: Vec<(usize, SharedStr)> = found
        .segments
        .iter()
        .enumerate()
        .filter_map(|(at, (id, it))| if id.is_none() { Some((at, label(it)?)) } else { None })
        .collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, it) in &labels {
        *counts.entry(it.to_ascii_uppercase()).or_default() += 1;
    }
    if !counts.values().any(|it| 1 < *it) || !counts.keys().all(|it| is_priority(it)) {
        return;
    }
    for (at, label) in labels {
        let Some((_, segment)) = found.segments.get_mut(at) else { continue };
        segment.title.runs.remove(0);
        segment.title.strip_before(&SEPARATORS);
        segment.said.get_or_insert_default().priority.get_or_insert(label);
    }
}

/// Short IDs such as "KR1" that come again below another heading, before another title, tell no task from others: they are words
/// of their titles, as "Step 3" is.
pub fn return_short_ids(found: &mut Found, file: &SourceFile) {
    let short = found.segments.iter().enumerate().filter_map(|(at, (id, _))| Some((id.as_deref()?, at)));
    let mut short: Vec<(&str, usize)> = short.filter(|(it, _)| !is_id(it)).collect();
    short.sort_by(|a, b| compare_ids(a.0, b.0));
    let mut returned: Vec<usize> = Vec::new();
    for group in short.chunk_by(|a, b| compare_ids(a.0, b.0).is_eq()) {
        let [(_, first), more @ ..] = group else { continue };
        let Some((_, segment)) = found.segments.get(*first).filter(|_| !more.is_empty()) else { continue };
        let words = words(&segment.title);
        let is_other = |at: usize| {
            let other = found.segments.get(at).map(|(_, it)| it);
            found.under.get(at) != found.under.get(*first)
                && other.is_some_and(|it| are_alike(segment, it, file) && differ(&words, &self::words(&it.title)))
        };
        if more.iter().any(|(_, at)| is_other(*at)) {
            returned.extend(group.iter().map(|(_, at)| *at));
        }
    }
    for at in returned {
        let Some((id, segment)) = found.segments.get_mut(at) else { continue };
        let Some(id) = id.take() else { continue };
        // One in a cell of its own was no word of the title.
        if !file.slice(segment.place.span).contains(&*id) {
            continue;
        }
        let text = format!("{id}: ").into();
        segment.title.runs.insert(0, Run { text, style: Style::PLAIN, href: None });
    }
}

/// Says whether two lines are of one sort, so that none of them is a list of what the others are about, and neither says that it is
/// a part of something.
fn are_alike(a: &Segment, b: &Segment, file: &SourceFile) -> bool {
    let sort = |it: &Segment| match file.slice(it.extent).trim_start().as_bytes().first() {
        Some(it @ (b'|' | b'#')) => *it,
        _ => b'-',
    };
    a.qualifier.is_none() && b.qualifier.is_none() && sort(a) == sort(b)
}

fn words(title: &Prose) -> BTreeSet<String> {
    let title = title.words().to_lowercase();
    title.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Says whether two titles have few words in common, and neither says that it goes on with the other.
fn differ(first: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let goes_on = |it: &BTreeSet<String>| {
        it.iter().any(|it| is_one_of(it, &["part", "continued", "continue", "cont", "finish", "start", "begin"]))
    };
    let common = other.iter().filter(|it| first.contains(*it)).count();
    let shorter = first.len().min(other.len());
    0 < shorter && 2 * common <= shorter && !goes_on(first) && !goes_on(other)
}
