//! The words of a sentence that carry its matter, to find which tasks and metrics a criterion is about.

/// Words that say that something is so, not what.
const EMPTY: [&str; 46] = [
    "a",
    "an",
    "the",
    "all",
    "any",
    "and",
    "or",
    "of",
    "in",
    "on",
    "to",
    "for",
    "with",
    "is",
    "are",
    "be",
    "been",
    "being",
    "by",
    "at",
    "as",
    "met",
    "done",
    "complete",
    "completed",
    "finished",
    "operational",
    "established",
    "validated",
    "verified",
    "successful",
    "successfully",
    "ready",
    "working",
    "passed",
    "passing",
    "reviewed",
    "approved",
    "documented",
    "achieved",
    "running",
    "enabled",
    "active",
    "place",
    "least",
    "within",
];

/// Returns the words that carry the matter, in lower case, without plural endings.
#[must_use]
pub fn matter(text: &str) -> Vec<String> {
    words(text).filter(|it| !EMPTY.contains(&it.as_str())).collect()
}

/// Returns all words in lower case, without plural endings.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(|it| singular(&it.to_lowercase()).to_owned())
}

/// Returns a word without the ending of its plural.
pub fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if 3 <= stem.len() && !stem.ends_with('s') => stem,
        _ => word,
    }
}

/// Says whether two words are one but for an ending, such as "health" and "healthy".
#[must_use]
pub fn akin(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    4 <= short.len() && long.starts_with(short) && long.len() <= short.len() + 2 || a == b
}
