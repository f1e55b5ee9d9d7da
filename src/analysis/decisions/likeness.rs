//! Which lines of standups are about the same decision.
//!
//! Two are the same where their words are, but for those that only say that something is asked or decided. Where a word was left out
//! or added, one has to hold all words of the other, or both have to name the same tasks: a word that differs may mean another thing.

use crate::analysis::words::words;
use crate::text::SharedStr;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Words that say that something is asked or decided, not what, and the smallest of the rest.
const EMPTY: [&str; 43] = [
    "a", "an", "the", "of", "in", "on", "to", "for", "with", "is", "are", "be", "by", "at", "as", "we", "it", "if",
    "whether", "should", "will", "decide", "decided", "decision", "need", "needed", "required", "open", "pending",
    "made", "agree", "agreed", "approve", "approved", "resolved", "settled", "still", "that", "or", "choose", "chosen",
    "pick", "select",
];

/// Words of a line beyond this many are not looked at.
const MOST_WORDS: usize = 64;
/// A word of more decisions than this tells nothing of which one is meant.
const MOST_SHARING: usize = 32;
/// So many of the decisions that share most words with a line are held against it.
const MOST_CANDIDATES: usize = 4;

/// A line that may be about a decision.
#[derive(Debug, Clone, Default)]
pub struct Line {
    words: BTreeSet<String>,
    ids: BTreeSet<String>,
    /// Whether it says what was decided: of two things to choose from it names one.
    pub is_answer: bool,
}

impl Line {
    /// Looks at the words of a line, and at the IDs that it begins with.
    #[must_use]
    pub fn new(text: &str, ids: &[SharedStr]) -> Self {
        let all = || words(text).take(MOST_WORDS);
        let mut matter: BTreeSet<String> = all().filter(|it| !EMPTY.contains(&it.as_str())).collect();
        if matter.is_empty() {
            matter = all().collect();
        }
        if matter.is_empty() {
            matter.insert(text.trim().to_owned());
        }
        Self { words: matter, ids: ids.iter().map(|it| it.to_uppercase()).collect(), is_answer: false }
    }

    /// Returns the IDs that it begins with.
    #[must_use]
    pub fn ids(&self) -> Vec<SharedStr> {
        self.ids.iter().map(|it| it.as_str().into()).collect()
    }

    fn key(&self) -> String {
        self.words.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    fn key_with_ids(&self) -> String {
        self.ids.iter().map(String::as_str).chain([self.key().as_str()]).collect::<Vec<_>>().join("\n")
    }

    /// Says whether another line is about the same, although its words are not.
    fn is_like(&self, other: &Self) -> bool {
        let shared = self.words.intersection(&other.words).count();
        let (less, more) = (self.words.len().min(other.words.len()), self.words.len().max(other.words.len()));
        if !self.ids.is_empty() && self.ids == other.ids {
            return 2 * more <= 3 * shared;
        }
        let fits = self.ids.is_empty() || other.ids.is_empty();
        let is_most = if other.is_answer { more <= 2 * shared } else { 3 * more <= 4 * shared };
        fits && shared == less && 4 <= shared && is_most
    }
}

/// The decisions that were told of so far, by their words.
#[derive(Debug, Default)]
pub struct Known {
    by_words: HashMap<String, usize>,
    by_words_and_ids: HashMap<String, usize>,
    holding: HashMap<String, Vec<usize>>,
    /// The newest line of each, and the standup that it stands in.
    newest: Vec<(Line, usize)>,
}

impl Known {
    /// Finds the decision that a line of a standup is about. What one standup says in different words are different things.
    #[must_use]
    pub fn find(&self, line: &Line, standup: usize) -> Option<usize> {
        self.same(line).or_else(|| {
            let candidates = self.candidates(line);
            candidates
                .into_iter()
                .find(|at| self.newest.get(*at).is_some_and(|(newest, told)| *told != standup && newest.is_like(line)))
        })
    }

    /// Finds the decision that has the same words.
    #[must_use]
    pub fn same(&self, line: &Line) -> Option<usize> {
        self.by_words_and_ids.get(&line.key_with_ids()).copied().or_else(|| {
            let at = *self.by_words.get(&line.key())?;
            let ids = &self.newest.get(at)?.0.ids;
            (ids.is_empty() || line.ids.is_empty()).then_some(at)
        })
    }

    /// Notes the words in which a decision was told of.
    pub fn learn(&mut self, at: usize, line: Line, standup: usize) {
        self.by_words.insert(line.key(), at);
        self.by_words_and_ids.insert(line.key_with_ids(), at);
        for it in line.words.iter().chain(&line.ids) {
            let holding = self.holding.entry(it.clone()).or_default();
            if holding.len() <= MOST_SHARING && !holding.contains(&at) {
                holding.push(at);
            }
        }
        match self.newest.get_mut(at) {
            Some(newest) => *newest = (line, standup),
            None => self.newest.push((line, standup)),
        }
    }

    /// Returns the decisions that share most words with a line, those first, and of as many the newer ones.
    fn candidates(&self, line: &Line) -> Vec<usize> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        let holding = line.words.iter().chain(&line.ids).filter_map(|it| self.holding.get(it));
        for at in holding.filter(|it| it.len() <= MOST_SHARING).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        let mut found: Vec<(usize, usize)> = shared.into_iter().map(|(at, n)| (n, at)).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.into_iter().take(MOST_CANDIDATES).map(|(_, at)| at).collect()
    }
}

/// Says whether the words of what was done tell of a decision.
#[must_use]
pub fn tells_decision(text: &str) -> bool {
    words(text).next().is_some_and(|it| {
        matches!(it.as_str(), "decide" | "decided" | "decision" | "agreed" | "approved" | "approve" | "agree")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_and_what_is_not() {
        let line = |text: &str| {
            let (id, words) = text.split_once(": ").unwrap_or(("", text));
            let ids: Vec<SharedStr> = if id.is_empty() { Vec::new() } else { vec![id.into()] };
            Line::new(words, &ids)
        };
        let asked = "Decide whether a build under 80% coverage fails or only warns until week 6";
        for (a, b, expected) in [
            (asked, "Decided: a build under 80% coverage only warns until week 6", true),
            (asked, "Decide whether a build under 85% coverage fails or only warns until week 6", false),
            (asked, "Decided: the build under 80% coverage fails", true),
            (asked, "The build under 80% coverage fails", false),
            ("P2-05: pool size of L12", "P2-05: the size of the pool of L12 hub", true),
            ("P2-05: pool size", "P2-05: pool timeout", false),
            ("P1-01: which pool size", "P2-05: which pool size", false),
            ("Postgres for billing", "Postgres for search", false),
            ("choose the region", "the region is chosen", true),
        ] {
            let mut known = Known::default();
            known.learn(0, line(a), 0);
            let is_answer = b.starts_with("Decided");
            let b = Line { is_answer, ..line(b.strip_prefix("Decided: ").unwrap_or(b)) };
            assert_eq!(known.find(&b, 1), expected.then_some(0), "{a} and {b:?}");
        }
    }
}
