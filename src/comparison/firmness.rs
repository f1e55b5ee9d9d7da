//! Whether a criterion or a target asks for less than it did.

use super::tokens::{Token, tokens};
use crate::analysis::{Amount, asks};

/// What became of what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Firmness {
    /// Less is asked for.
    Looser,
    /// More is asked for.
    Firmer,
    /// Neither, or it cannot be told.
    Same,
}

/// Says whether words ask for less than others did. They are told apart only where all their words but numbers are the same.
/// Of a number behind "<" or "at most" more is looser, of any other less is; of "7/11" the first counts. A number that was 0 can
/// only grow, and of things that are counted 0 is what all others try to reach.
#[must_use]
pub fn firmness(before: &str, after: &str) -> Firmness {
    if let Some(it) = counted(before, after) {
        return it;
    }
    let (old, new) = (tokens(before), tokens(after));
    let skeleton = |of: &[Token]| -> Vec<Token> { of.iter().map(Token::without_value).collect() };
    if skeleton(&old) != skeleton(&new) {
        return Firmness::Same;
    }
    let (mut looser, mut firmer) = (false, false);
    let mut is_upper_bound: Option<bool> = None;
    let mut behind_slash = false;
    for (at, it) in old.iter().zip(&new).enumerate() {
        match it {
            (Token::Bound { is_upper, is_strict: was }, Token::Bound { is_strict: is, .. }) => {
                is_upper_bound = Some(*is_upper);
                looser |= *was && !is;
                firmer |= !was && *is;
            }
            (Token::Slash, _) => behind_slash = true,
            (Token::Number(a), Token::Number(b)) => {
                if !behind_slash
                    && a.total_cmp(b).is_ne()
                    && let Some(less_is_better) = is_upper_bound.or_else(|| is_less_better(&old, at, (*a, *b)))
                {
                    if less_is_better == (a < b) { looser = true } else { firmer = true }
                }
                (behind_slash, is_upper_bound) = (false, None);
            }
            _ => behind_slash = false,
        }
    }
    match (looser, firmer) {
        (true, _) => Firmness::Looser,
        (false, true) => Firmness::Firmer,
        (false, false) => Firmness::Same,
    }
}

/// Says whether less is better of a number without a bound, by the words beside it; nothing where these do not tell.
fn is_less_better(tokens: &[Token], at: usize, (before, after): (f64, f64)) -> Option<bool> {
    let word = |at: Option<usize>| match at.and_then(|it| tokens.get(it)) {
        Some(Token::Word(it)) => it.as_str(),
        _ => "",
    };
    let (last, next) = (word(at.checked_sub(1)), word(at.checked_add(1)));
    let is_month = |it: &str| MONTHS.iter().any(|month| it.starts_with(month));
    Some(match (last, next) {
        // A later day is easier to keep.
        (last, next) if is_month(last) || is_month(next) => true,
        ("in", "time") => true,
        ("for", "time") => false,
        // Some wait for so long, others last for so long.
        (_, "time") => return None,
        // Of "3 critical bugs" none are better, of "80%" and of "8/10" less are worse.
        (_, "%" | "") => before == 0.0,
        _ => before == 0.0 || after == 0.0,
    })
}

/// How the names of the months begin.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Compares how many items two criteria ask for; nothing where one of them counts none, or they count different ones.
fn counted(before: &str, after: &str) -> Option<Firmness> {
    // Which classes there are does not matter here: both name the same.
    let is_class = |it: &str| {
        it.len() <= 8
            && it.starts_with(|it: char| it.is_ascii_uppercase())
            && it.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
    };
    let read = |text: &str| asks(text, is_class);
    let (old, new) = (read(before)?, read(after)?);
    if !old.iter().map(|it| &it.class).eq(new.iter().map(|it| &it.class)) {
        return None;
    }
    let mut firmer = false;
    for (a, b) in old.iter().zip(&new) {
        let less = match (a.amount, b.amount) {
            (Amount::Count(a, _), Amount::Count(b, _)) if a != b => Some(b < a),
            (Amount::Share(a), Amount::Share(b)) if a.total_cmp(&b).is_ne() => Some(b < a),
            (Amount::All, Amount::Count(n, Some(of))) => (n < of).then_some(true),
            (Amount::All, Amount::Share(share)) => (share < 100.0).then_some(true),
            (Amount::All, Amount::Count(_, None)) => Some(true),
            (Amount::Count(n, Some(of)), Amount::All) => (n < of).then_some(false),
            (Amount::Share(share), Amount::All) => (share < 100.0).then_some(false),
            _ => None,
        };
        match less {
            Some(true) => return Some(Firmness::Looser),
            Some(false) => firmer = true,
            None => {}
        }
    }
    Some(if firmer { Firmness::Firmer } else { Firmness::Same })
}

#[cfg(test)]
mod tests {
    use super::{Firmness, firmness};

    #[test]
    fn what_asks_for_less_is_looser() {
        for (before, after) in [
            ("8/10 P3 items complete", "6/10 P3 items complete"),
            ("All P1 items complete (8/8)", "All P1 items complete (7/8)"),
            ("All P1 items complete", "80% of P1 items complete"),
            ("All FT items complete", "5/6 FT items complete"),
            ("90% of OBS2 items complete", "At least 80% of OBS2 items complete"),
            ("All P1 and P2 items complete", "At least 5 P1 items complete"),
            ("Health score ≥ 88/100", "Health score ≥ 85/100"),
            ("Health score 88", "Health score 85"),
            ("p95 latency <200ms", "p95 latency < 250 ms"),
            ("p95 latency <200ms", "p95 latency <0.25s"),
            ("p95 latency < 200 ms", "p95 latency ≤ 200 ms"),
            ("Error rate at most 1%", "Error rate at most 2%"),
            ("Uptime ≥ 99.9%", "Uptime ≥ 99.5%"),
            ("Less than 5 open bugs", "Less than 8 open bugs"),
            ("No critical bugs", "3 critical bugs"),
            ("0 critical bugs", "1 critical bugs"),
            ("Coverage 80%", "Coverage 20%"),
            ("≥ 3 reviewers agree", "≥ 0 reviewers agree"),
            ("The database comes back within 30 minutes", "The database comes back within 1 hour"),
            ("Answers in 200 ms", "Answers in 300 ms"),
            ("Runs for 24 hours", "Runs for 12 hours"),
            ("No more than 5 open bugs", "No more than 8 open bugs"),
            ("Cost does not exceed $5,000", "Cost does not exceed $6,000"),
            ("Up to 2 retries", "Up to 4 retries"),
            ("Search is faster than 1 s", "Search is faster than 2 s"),
            ("Restored once before 2026-02-13", "Restored once before 2026-02-20"),
            ("Restored once by 13 Feb", "Restored once by 20 Feb"),
            ("At least 1,500 users", "At least 900 users"),
        ] {
            // Another class is no longer the same question.
            let expected = if before.contains(" and P2") { Firmness::Same } else { Firmness::Looser };
            assert_eq!(firmness(before, after), expected, "{before} > {after}");
            let back = if expected == Firmness::Same { Firmness::Same } else { Firmness::Firmer };
            assert_eq!(firmness(after, before), back, "{after} > {before}");
        }
    }

    #[test]
    fn nothing_is_less_than_something() {
        for (before, after) in
            [("Coverage 80%", "Coverage 0%"), ("8/10 lines drawn", "0/10 lines drawn"), ("Health 80", "Health 0")]
        {
            assert_eq!(firmness(before, after), Firmness::Looser, "{before} > {after}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_neither() {
        for (before, after) in [
            ("Docs complete", "Docs written"),
            ("7/11 P2 items complete", "7/10 P2 items complete"),
            ("Latency < 200 ms", "Latency > 200 ms"),
            ("Latency 200 ms", "Latency 300 ms"),
            ("Health 80", "Health score 70"),
            ("", ""),
        ] {
            assert_eq!(firmness(before, after), Firmness::Same, "{before} > {after}");
        }
    }
}
