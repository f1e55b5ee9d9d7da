//! Words such as "coverage ≥80%": a name, a sign, a value.

use crate::analysis::words;
use crate::model::{Cell, Metric};
use crate::reading::leading;
use std::collections::HashMap;
use std::ops::Range;

/// A value that a text asks for.
#[derive(Debug)]
pub struct Measure<'a> {
    /// The words before the sign, back to the beginning of the clause.
    pub name: &'a str,
    /// The sign, the number and the unit.
    pub value: Cell,
    /// The bytes of name and value.
    pub bytes: Range<usize>,
}

/// Signs of a text beyond this many are not looked at: for each the text is read from the sign on, and no sentence has so many.
const MAX_SIGNS: usize = 30;

/// Finds the values that a text asks for with a sign.
#[must_use]
pub fn measures(text: &str) -> Vec<Measure<'_>> {
    let signs = text.char_indices().filter(|(_, it)| matches!(it, '≥' | '≤' | '<' | '>'));
    signs.take(MAX_SIGNS).filter_map(|(at, _)| measure(text, at)).collect()
}

fn measure(text: &str, at: usize) -> Option<Measure<'_>> {
    let (before, behind) = text.split_at_checked(at)?;
    // "API response (p95) <200ms": brackets right before the sign belong to the name.
    let outside = match before.trim_end().strip_suffix(')') {
        Some(it) => it.get(..it.rfind('(')?)?,
        None => before,
    };
    let start = outside
        .rfind(['(', ',', ';', ':', '.', '[', '—', '–'])
        .map_or(0, |it| it + outside.get(it..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8));
    let name = before.get(start..)?.trim();
    let clause = clause(behind);
    // The value is the sign, where a blank stands before it, the first word with a digit, and a unit that stands apart.
    let (value, length) = leading(clause)?;
    let first = start + before.get(start..)?.find(name)?;
    (!name.is_empty()).then_some(Measure { name, value, bytes: first..at + length })
}

/// Returns a text up to the end of its clause; a comma between digits parts thousands.
fn clause(text: &str) -> &str {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|it| bytes.get(it)).is_some_and(u8::is_ascii_digit);
    let end = text.char_indices().find(|(at, it)| match it {
        ',' => !(is_digit(at.checked_sub(1)) && is_digit(Some(at + 1))),
        it => matches!(it, ';' | ')' | ']' | '|' | '*'),
    });
    text.get(..end.map_or(text.len(), |(at, _)| at)).unwrap_or_default().trim_end()
}

/// The metrics by the words of their names.
#[derive(Debug)]
pub struct MetricNames<'a> {
    metrics: Vec<(Vec<String>, &'a Metric)>,
    by_word: HashMap<String, Vec<usize>>,
}

impl<'a> MetricNames<'a> {
    /// Takes the names apart, once for all questions.
    #[must_use]
    pub fn new(metrics: &'a [Metric]) -> Self {
        let metrics: Vec<(Vec<String>, &Metric)> = metrics.iter().map(|it| (words(&it.name).collect(), it)).collect();
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (words, _)) in metrics.iter().enumerate() {
            for word in words {
                by_word.entry(word.clone()).or_default().push(at);
            }
        }
        Self { metrics, by_word }
    }

    /// Returns the metrics that a name means: each of its words is one of the metric's, or it ends with all of the metric's, as in
    /// "achieve test coverage".
    pub fn meant(&self, name: &str) -> impl Iterator<Item = &'a Metric> {
        let said: Vec<String> = words(name).collect();
        // Either way its last word is one of the metric's.
        let near = said.last().and_then(|it| self.by_word.get(it)).map_or(&[][..], Vec::as_slice);
        let named = near.iter().filter_map(|at| self.metrics.get(*at));
        let fits =
            move |all: &[String]| said.iter().all(|it| all.contains(it)) || (1 < all.len() && said.ends_with(all));
        named.filter(move |(all, _)| fits(all)).map(|(_, it)| *it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_signs_and_values() {
        let read =
            |text| measures(text).iter().map(|it| (it.name.to_owned(), it.value.text.clone())).collect::<Vec<_>>();
        let one = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        assert_eq!(read("Configure quality gates (coverage ≥80%, no high-severity issues)"), one("coverage", "≥80%"));
        assert_eq!(read("Health score ≥ 85/100"), one("Health score", "≥ 85/100"));
        assert_eq!(read("p95 < 300 ms."), one("p95", "< 300 ms"));
        assert_eq!(read("Cost ≤ $24,000, all in"), one("Cost", "≤ $24,000"));
        assert_eq!(read("Reach API response (p95) <200ms"), one("Reach API response (p95)", "<200ms"));
        assert_eq!(read("a -> b"), []);
        assert_eq!(read("Achieve 80% API coverage"), []);
    }
}
