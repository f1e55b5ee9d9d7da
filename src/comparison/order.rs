//! Puts changes in order, and finds out which findings are new or gone.

use super::{Both, Change, Kind};
use crate::diagnostic::Diagnostic;
use std::collections::{HashMap, VecDeque};

/// Sorts changes: what weighs most first, then in the order of the plan.
pub fn sort(changes: &mut [Change]) {
    changes.sort_by(|a, b| {
        let kind = |it: &Change| if it.is_drop() { (Kind::Removed, true) } else { (it.kind, false) };
        let loosened = (!a.is_loosened).cmp(&!b.is_loosened);
        let place = || a.place.path.cmp(&b.place.path).then(a.place.span.start.cmp(&b.place.span.start));
        kind(a).cmp(&kind(b)).then(loosened).then(b.weight.cmp(&a.weight)).then_with(place)
    });
}

/// Returns the findings of after that before has not, and those of before that after has not. A finding is the same where rule and
/// words are, whatever its line; then where only its figures are others, since it is about the same thing.
pub fn findings(before: &[Diagnostic], after: &[Diagnostic]) -> (Vec<usize>, Vec<usize>) {
    let all = |of: &[Diagnostic]| (0..of.len()).collect::<Vec<_>>();
    let (new, gone) = unpaired((before, all(before)), (after, all(after)), |it| it.message.clone());
    let (new, gone) = unpaired((before, gone), (after, new), |it| without_figures(&it.message));
    (new, gone)
}

/// Returns which findings of after, and which of before, are left when each is paired with one of the same rule and key.
fn unpaired(
    (before, old): (&[Diagnostic], Vec<usize>),
    (after, new): (&[Diagnostic], Vec<usize>),
    key: impl Fn(&Diagnostic) -> String,
) -> (Vec<usize>, Vec<usize>) {
    let mut there: HashMap<(&str, String), VecDeque<usize>> = HashMap::new();
    for at in old {
        if let Some(it) = before.get(at) {
            there.entry((it.rule, key(it))).or_default().push_back(at);
        }
    }
    let mut is_new = |at: &usize| {
        let Some(it) = after.get(*at) else { return false };
        there.get_mut(&(it.rule, key(it))).and_then(VecDeque::pop_front).is_none()
    };
    let new = new.into_iter().filter(|it| is_new(it)).collect();
    let mut gone: Vec<usize> = there.into_values().flatten().collect();
    gone.sort_unstable();
    (new, gone)
}

/// Returns a sentence with its numbers left out; "P2-01" is a name and stays.
fn without_figures(message: &str) -> String {
    let is_figure = |it: &str| it.starts_with(|it: char| it.is_ascii_digit()) && !it.contains(char::is_alphabetic);
    message.split(' ').map(|it| if is_figure(it) { "#" } else { it }).collect::<Vec<_>>().join(" ")
}

/// Pairs the things of two lists by what they are called, of several with one name the first with the first. Those of after come
/// first, in their order; what only before has comes behind them. Things without a name are in no pair.
pub fn by_key<'a, T>(
    before: &'a [T],
    after: &'a [T],
    key: impl Fn(&'a T) -> Option<String>,
) -> Vec<Both<Option<usize>>> {
    let mut free: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (at, it) in before.iter().enumerate() {
        if let Some(key) = key(it) {
            free.entry(key).or_default().push_back(at);
        }
    }
    let mut pairs = Vec::new();
    for (at, it) in after.iter().enumerate() {
        if let Some(key) = key(it) {
            pairs.push(Both { before: free.get_mut(&key).and_then(VecDeque::pop_front), after: Some(at) });
        }
    }
    let mut left: Vec<usize> = free.into_values().flatten().collect();
    left.sort_unstable();
    pairs.extend(left.into_iter().map(|at| Both { before: Some(at), after: None }));
    pairs
}

/// Returns the things of a pair.
pub fn both<'a, T>(before: &'a [T], after: &'a [T], pair: Both<Option<usize>>) -> (Option<&'a T>, Option<&'a T>) {
    (pair.before.and_then(|it| before.get(it)), pair.after.and_then(|it| after.get(it)))
}
