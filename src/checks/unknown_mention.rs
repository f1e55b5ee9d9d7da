//! `unknown-mention`: a standup that speaks of a task the roadmap does not have.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::reading::ids_among;
use std::collections::hash_map::Entry as MapEntry;
use std::collections::{BTreeSet, HashMap};

/// Complains once about each ID that standups name and no task has.
pub const RULE: Rule = Rule {
    name: "unknown-mention",
    severity: Severity::Error,
    what: "A standup names an ID that no task of the roadmap has.",
    why: "The line counts for nothing, and the task it meant stays as it was.",
    bad: "- [x] P2-50: Load tests",
    good: "- [x] P2-05: Load tests",
    check,
};

/// IDs for which the nearest is looked for: each is held against every task.
const MAX_SUGGESTIONS: usize = 20;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let mut unknown: Vec<Diagnostic> = Vec::new();
    let mut place_of: HashMap<String, usize> = HashMap::new();
    let stems: BTreeSet<String> = plan.tasks.iter().filter_map(|it| it.id.as_deref()).map(stem).collect();
    let classes: BTreeSet<String> = plan.tasks.iter().filter_map(|it| it.priority.as_deref()).map(upper).collect();
    for it in &subject.history.standups {
        // Only these lines are evidence, but a wrong ID is wrong anywhere.
        let evidence = it.standup.evidence().map(|(_, it)| (it, true));
        for (entry, counts) in evidence.chain(it.standup.others().map(|it| (it, false))) {
            let text = entry.text.words();
            let leading = entry.ids.iter().map(|it| &**it);
            for (at, id) in leading.map(|it| (true, it)).chain(inside(&text, &classes).map(|it| (false, it))) {
                // Outside of evidence, IDs of other classes may be those of another list.
                if plan.task_with_id(id).is_some() || !(counts || of_class(id, &classes)) {
                    continue;
                }
                // An ID behind markup is a copy, so that its bytes say nothing of its place.
                let place = subject.words_in(&entry.place, id);
                match place_of.entry(upper(id)) {
                    MapEntry::Occupied(known) => {
                        let Some(it) = unknown.get_mut(*known.get()) else { continue };
                        // One line may stand in two lists: what comes next may ask for a decision as well.
                        let is_new = it.place.as_ref() != Some(&place)
                            && it.related.iter().rev().take(64).all(|it| it.place != place);
                        if is_new {
                            it.push_again(&place, "and here");
                        }
                    }
                    MapEntry::Vacant(slot) => {
                        slot.insert(unknown.len());
                        let so = if at && counts { ", so this line counts for nothing" } else { "" };
                        let message = format!("{id} is in no task of the roadmap{so}");
                        let mut it = RULE.at(&place, message).label("in no task of the roadmap");
                        // IDs of letters that the roadmap does not use may be those of another list.
                        if !stems.contains(&stem(id)) {
                            it.severity = Severity::Warning;
                        }
                        let may_suggest = unknown.len() < MAX_SUGGESTIONS;
                        let (help, near) =
                            if may_suggest { help(subject, id) } else { (NO_SUGGESTION.to_owned(), None) };
                        unknown.push(match near {
                            Some(near) => it.help(help).instead(id, near),
                            None => it.help(help),
                        });
                    }
                }
            }
        }
    }
    found.extend(unknown);
}

/// Returns the IDs among the words of a line, of classes that the roadmap has: other words of that shape may mean anything.
fn inside<'a>(text: &'a str, classes: &BTreeSet<String>) -> impl Iterator<Item = &'a str> {
    ids_among(text).filter(|it| of_class(it, classes))
}

fn of_class(id: &str, classes: &BTreeSet<String>) -> bool {
    id.rsplit_once('-').is_some_and(|(class, _)| classes.contains(&upper(class)))
}

fn upper(text: &str) -> String {
    text.to_ascii_uppercase()
}

/// Returns the letters that an ID begins with.
fn stem(id: &str) -> String {
    id.chars().take_while(|it| it.is_alphabetic()).flat_map(char::to_uppercase).collect()
}

/// Returns what to do about an ID that no task has, and the ID that may be meant.
fn help<'a>(subject: &Subject<'a>, id: &str) -> (String, Option<&'a str>) {
    let ids = || subject.plan().tasks.iter().filter_map(|it| it.id.as_deref());
    // The same letters and digits in another order, or with another zero, are a slip; any other near ID is only near.
    let wrong = letters(id);
    if let Some(it) = ids().find(|it| letters(it) == wrong) {
        return (format!("did you mean {it}?"), Some(it));
    }
    let near = phrase::did_you_mean(id, ids());
    let words = |it| format!("the nearest ID of the roadmap is {it}: use one of its IDs, or add the task there");
    (near.map_or_else(|| NO_SUGGESTION.to_owned(), words), near)
}

const NO_SUGGESTION: &str = "use an ID of the roadmap, or add the task there";

/// Returns the letters and digits of an ID in order, without zeros.
fn letters(id: &str) -> Vec<char> {
    let mut letters: Vec<char> =
        id.chars().filter(|it| it.is_alphanumeric() && *it != '0').flat_map(char::to_uppercase).collect();
    letters.sort_unstable();
    letters
}
