//! Whether a criterion or a target asks for less than it did.

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
/// Of a number behind "<" or "at most" more is looser, of any other less is; of "7/11" the first counts. Where nothing says which
/// and one of the two is 0, as of bugs, more is looser.
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
    let mut at_most: Option<bool> = None;
    let mut behind_slash = false;
    for (a, b) in old.iter().zip(&new) {
        match (a, b) {
            (Token::Bound { is_upper, is_strict: was }, Token::Bound { is_strict: is, .. }) => {
                at_most = Some(*is_upper);
                looser |= *was && !is;
                firmer |= !was && *is;
            }
            (Token::Slash, _) => behind_slash = true,
            (Token::Number(a), Token::Number(b)) => {
                if !behind_slash && a != b {
                    let grows = a < b;
                    let is_looser = if at_most.unwrap_or(*a == 0.0 || *b == 0.0) { grows } else { !grows };
                    if is_looser { looser = true } else { firmer = true }
                }
                (behind_slash, at_most) = (false, None);
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

/// Compares how many items two criteria ask for; nothing where one of them counts none, or they count different ones.
fn counted(before: &str, after: &str) -> Option<Firmness> {
    // Which classes there are does not matter here: both name the same.
    let is_class = |it: &str| it.starts_with(char::is_alphabetic) && it.chars().any(|it| it.is_ascii_digit());
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

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Number(f64),
    Bound { is_upper: bool, is_strict: bool },
    Slash,
}

impl Token {
    /// Returns what stays the same where only numbers, and how strict a bound is, change.
    fn without_value(&self) -> Self {
        match self {
            Self::Number(_) => Self::Number(0.0),
            Self::Bound { is_upper, .. } => Self::Bound { is_upper: *is_upper, is_strict: false },
            it => it.clone(),
        }
    }
}

/// Units of time, in milliseconds.
const TIMES: [(&str, f64); 8] = [
    ("ms", 1.0),
    ("s", 1000.0),
    ("sec", 1000.0),
    ("seconds", 1000.0),
    ("min", 60_000.0),
    ("minutes", 60_000.0),
    ("h", 3_600_000.0),
    ("hours", 3_600_000.0),
];

/// Reads words and numbers; of a number with a unit of time the milliseconds.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let number = rest.bytes().take_while(|it| it.is_ascii_digit() || *it == b'.').count();
        let has_digit = first.is_ascii_digit();
        if has_digit && let Some((digits, tail)) = rest.split_at_checked(number) {
            // Thousands may be grouped by commas.
            let (mut digits, mut tail) = (digits.to_owned(), tail);
            while let Some(group) =
                tail.strip_prefix(',').and_then(|it| it.get(..3)).filter(|it| it.bytes().all(|it| it.is_ascii_digit()))
            {
                digits.push_str(group);
                tail = tail.get(4..).unwrap_or_default();
            }
            match digits.trim_end_matches('.').parse() {
                Ok(it) => tokens.push(Token::Number(it)),
                Err(_) => tokens.push(Token::Word(digits)),
            }
            rest = tail;
        } else if first.is_alphabetic() {
            let length = rest.find(|it: char| !it.is_alphabetic()).unwrap_or(rest.len());
            let (word, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
            push_word(&mut tokens, &word.to_lowercase());
            rest = tail;
        } else {
            let mut chars = rest.chars();
            chars.next();
            let tail = chars.as_str();
            let is_strict = !tail.starts_with('=');
            match first {
                '<' => tokens.push(Token::Bound { is_upper: true, is_strict }),
                '>' => tokens.push(Token::Bound { is_upper: false, is_strict }),
                '≤' => tokens.push(Token::Bound { is_upper: true, is_strict: false }),
                '≥' => tokens.push(Token::Bound { is_upper: false, is_strict: false }),
                '/' => tokens.push(Token::Slash),
                '%' => tokens.push(Token::Word("%".to_owned())),
                _ => {}
            }
            rest = tail;
        }
    }
    tokens
}

fn push_word(tokens: &mut Vec<Token>, word: &str) {
    if let Some((_, times)) = TIMES.iter().find(|(it, _)| *it == word)
        && let Some(Token::Number(it)) = tokens.last_mut()
    {
        *it *= times;
        tokens.push(Token::Word("time".to_owned()));
        return;
    }
    let bound = |is_upper, is_strict| Token::Bound { is_upper, is_strict };
    match (word, tokens.last()) {
        ("under" | "below", _) => tokens.push(bound(true, true)),
        ("over" | "above", _) => tokens.push(bound(false, true)),
        ("max" | "maximum", _) => tokens.push(bound(true, false)),
        ("min" | "minimum", _) => tokens.push(bound(false, false)),
        ("most" | "least", Some(Token::Word(at))) if at == "at" => {
            tokens.pop();
            tokens.push(bound(word == "most", false));
        }
        ("than", Some(Token::Word(it))) if matches!(it.as_str(), "less" | "fewer" | "more" | "greater") => {
            let is_upper = matches!(it.as_str(), "less" | "fewer");
            tokens.pop();
            tokens.push(bound(is_upper, true));
        }
        // "no critical bugs" asks for 0 of them.
        ("no" | "zero", _) => tokens.push(Token::Number(0.0)),
        _ => tokens.push(Token::Word(word.to_owned())),
    }
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
    fn what_cannot_be_told_is_neither() {
        for (before, after) in [
            ("Docs complete", "Docs written"),
            ("7/11 P2 items complete", "7/10 P2 items complete"),
            ("Latency < 200 ms", "Latency > 200 ms"),
            ("Health 80", "Health score 70"),
            ("", ""),
        ] {
            assert_eq!(firmness(before, after), Firmness::Same, "{before} > {after}");
        }
    }
}
