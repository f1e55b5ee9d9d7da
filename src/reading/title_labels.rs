//! What stands before titles and only all of them together tell: IDs that nothing marks, and priorities.

use super::ids::{SEPARATORS, is_id};
use super::title_tail::is_priority;
use super::walk::Found;
use crate::model::Segment;
use crate::prose::Style;
use crate::text::SharedStr;
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
