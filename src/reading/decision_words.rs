//! The words of a decision in one piece, and what is left of them without its labels.

use crate::prose::Prose;
use crate::text::SharedStr;
use smallvec::SmallVec;
use std::ops::Range;

/// Returns the words of prose in one piece.
#[must_use]
pub fn joined(prose: &Prose) -> SharedStr {
    match prose.runs.as_slice() {
        [one] => one.text.clone(),
        runs => runs.iter().map(|it| &*it.text).collect::<String>().into(),
    }
}

/// Returns how many bytes prose has.
#[must_use]
pub fn length(prose: &Prose) -> usize {
    prose.runs.iter().map(|it| it.text.len()).sum()
}

/// Returns places in a text behind its first bytes, in order.
#[must_use]
pub fn places_behind(starts: &[usize], skipped: usize) -> SmallVec<[usize; 4]> {
    let mut starts: SmallVec<[usize; 4]> = starts.iter().filter_map(|it| it.checked_sub(skipped)).collect();
    starts.sort_unstable();
    starts
}

/// Returns prose without some of its bytes, which stand in order.
#[must_use]
pub fn without(prose: &Prose, cuts: &[Range<usize>]) -> Prose {
    let mut left = Prose::default();
    let mut cuts = cuts.iter().filter(|it| it.start < it.end).peekable();
    let mut begin = 0;
    for run in &prose.runs {
        let end = begin + run.text.len();
        let mut at = begin;
        while at < end {
            while cuts.peek().is_some_and(|it| it.end <= at) {
                cuts.next();
            }
            let next = cuts.peek().map_or(end..end, |it| it.start.clamp(at, end)..it.end.clamp(at, end));
            if at < next.start {
                let mut kept = run.clone();
                kept.text.keep(at - begin..next.start - begin);
                left.runs.push(kept);
            }
            at = next.end.max(next.start);
        }
        begin = end;
    }
    trim(&mut left);
    left
}

/// Drops the signs and the white space around words.
fn trim(prose: &mut Prose) {
    let is_left = |it: char| it.is_whitespace() || matches!(it, ',' | ';' | '|' | '·' | '•' | '—' | '–' | '→' | ':');
    while let Some(last) = prose.runs.last_mut() {
        let kept = last.text.trim_end_matches(is_left).len();
        last.text.keep(0..kept);
        if 0 < kept {
            break;
        }
        prose.runs.pop();
    }
    while let Some(first) = prose.runs.first_mut() {
        let (all, kept) = (first.text.len(), first.text.trim_start_matches(is_left).len());
        first.text.keep(all - kept..all);
        if 0 < kept {
            break;
        }
        prose.runs.remove(0);
    }
}
