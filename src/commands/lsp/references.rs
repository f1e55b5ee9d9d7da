//! From a thing to every line that tells of it.

use super::definition::place;
use super::spot::{Thing, find, words};
use super::workspace::{Reading, Workspace};
use crate::analysis::metric_named;
use crate::model::compare_ids;
use crate::text::{Place, Span};
use lsp_types::{Location, ReferenceParams};
use std::collections::BTreeSet;

/// Places beyond this many are left out.
const MOST: usize = 5_000;

/// Returns every line that names the thing under the pointer: plan, standups, criteria.
pub fn references(workspace: &Workspace, params: &ReferenceParams) -> Option<Vec<Location>> {
    let at = &params.text_document_position;
    let (reading, file) = workspace.open(&at.text_document.uri)?;
    let spot = find(reading, file, file.read_at(at.position))?;
    let mut found = places(reading, &spot.thing);
    if !params.context.include_declaration
        && let Some(own) = place(reading, &spot.thing)
    {
        found.retain(|(path, span)| {
            let line = reading.file(path).map(|it| it.file.index.line(span.start));
            **path != *own.path || line != Some(own.line())
        });
    }
    let location = |(path, span): (String, Span)| {
        let range = reading.file(&path)?.range(span);
        Some(Location { uri: workspace.uri(&reading.path_of(&path))?, range })
    };
    Some(found.into_iter().take(MOST).filter_map(location).collect())
}

/// Returns the places that name a thing, by file and place.
fn places(reading: &Reading, thing: &Thing) -> BTreeSet<(String, Span)> {
    let history = &reading.understood.history;
    let here = |it: &Place| (it.path.to_string(), it.span);
    match thing {
        Thing::Task(at) => {
            let Some(task) = history.plan.tasks.get(*at) else { return BTreeSet::new() };
            if let Some(id) = &task.id {
                return mentions(reading, id);
            }
            let evidence = history.evidence.get(*at).into_iter().flatten().map(|it| here(&it.place));
            task.segments.iter().map(|it| here(&it.place)).chain(evidence).collect()
        }
        Thing::Owner(name) => {
            let segments = history.plan.tasks.iter().flat_map(|it| &it.segments);
            let theirs = segments.filter(|it| it.owners.iter().any(|it| **it == *name));
            theirs.map(|it| here(it.owner_place.as_ref().unwrap_or(&it.place))).collect()
        }
        Thing::Metric(at) => {
            let row = history.plan.metrics.get(*at).map(|it| here(&it.place));
            let told = history.standups.iter().flat_map(|it| &it.standup.metrics);
            row.into_iter()
                .chain(told.filter(|it| metric_named(history, &it.name) == Some(*at)).map(|it| here(&it.place)))
                .collect()
        }
        Thing::Gate(at) => {
            let gate = history.plan.gates.get(*at);
            let criteria = gate.into_iter().flat_map(|it| &it.criteria).map(|it| here(&it.place));
            gate.into_iter().map(|it| here(&it.place)).chain(criteria).collect()
        }
    }
}

/// Returns where the files of a project name an ID, in prose as well.
fn mentions(reading: &Reading, id: &str) -> BTreeSet<(String, Span)> {
    let mut found = BTreeSet::new();
    for file in reading.understood.sources.files() {
        for (start, word) in words(&file.text) {
            // One word may hold several IDs: "P2-07/P2-06".
            let mut at = start;
            let is_it = |it: &str| compare_ids(it, id).is_eq();
            if is_it(word) {
                found.insert((file.path.to_string(), Span::new(start, start + word.len())));
                continue;
            }
            for part in word.split_inclusive(['/', '_', '#']) {
                let bare = part.trim_end_matches(['/', '_', '#']);
                if is_it(bare) {
                    found.insert((file.path.to_string(), Span::new(at, at + bare.len())));
                }
                at += part.len();
            }
        }
    }
    found
}
