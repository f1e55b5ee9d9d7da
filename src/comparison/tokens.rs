//! Words and numbers of a criterion.

use crate::calendar::Day;
use chrono::Datelike as _;

/// A word, a number or a bound of a criterion.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A word in small letters; a sign that matters, such as "%".
    Word(String),
    /// A number; of a time the milliseconds, of a day its place among all.
    Number(f64),
    /// "<", "at least".
    Bound { is_upper: bool, is_strict: bool },
    /// What stands between the two numbers of "7/11".
    Slash,
}

impl Token {
    /// Returns what stays the same where only numbers, and how strict a bound is, change.
    pub fn without_value(&self) -> Self {
        match self {
            Self::Number(_) => Self::Number(0.0),
            Self::Bound { is_upper, .. } => Self::Bound { is_upper: *is_upper, is_strict: false },
            it => it.clone(),
        }
    }
}

/// Units of time, in milliseconds.
const TIMES: [(&[&str], f64); 6] = [
    (&["ms", "millisecond", "milliseconds"], 1.0),
    (&["s", "sec", "second", "seconds"], 1000.0),
    (&["min", "minute", "minutes"], 60_000.0),
    (&["h", "hour", "hours"], 3_600_000.0),
    (&["d", "day", "days"], 86_400_000.0),
    (&["w", "week", "weeks"], 604_800_000.0),
];

/// Words that make a bound with "than".
const COMPARED: [&str; 5] = ["less", "fewer", "faster", "more", "greater"];

/// Reads words and numbers; of a number with a unit of time the milliseconds.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let has_digit = first.is_ascii_digit();
        let number = || rest.bytes().take_while(|it| it.is_ascii_digit() || *it == b'.').count();
        if has_digit && let Some(day) = rest.get(..10).and_then(|it| it.parse::<Day>().ok()) {
            // A day is a bound by itself: a later one is easier to keep.
            let days = f64::from(day.num_days_from_ce());
            tokens.extend([Token::Bound { is_upper: true, is_strict: false }, Token::Number(days)]);
            rest = rest.get(10..).unwrap_or_default();
        } else if has_digit && let Some((digits, tail)) = rest.split_at_checked(number()) {
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
    if let Some((_, times)) = TIMES.iter().find(|(names, _)| names.contains(&word))
        && let Some(Token::Number(it)) = tokens.last_mut()
    {
        *it *= times;
        tokens.push(Token::Word("time".to_owned()));
        return;
    }
    let bound = |is_upper, is_strict| Token::Bound { is_upper, is_strict };
    match (word, tokens.last()) {
        ("within" | "until" | "max" | "maximum", _) => tokens.push(bound(true, false)),
        ("to", Some(Token::Word(it))) if it == "up" => {
            tokens.pop();
            tokens.push(bound(true, false));
        }
        ("exceed" | "exceeds" | "exceeding", last) => {
            let is_not = matches!(last, Some(Token::Word(it)) if it == "not");
            tokens.push(bound(is_not, !is_not));
        }
        ("under" | "below", _) => tokens.push(bound(true, true)),
        ("over" | "above", _) => tokens.push(bound(false, true)),
        ("min" | "minimum", _) => tokens.push(bound(false, false)),
        ("most" | "least", Some(Token::Word(at))) if at == "at" => {
            tokens.pop();
            tokens.push(bound(word == "most", false));
        }
        ("than", Some(Token::Word(it))) if COMPARED.contains(&it.as_str()) => {
            let is_upper = matches!(it.as_str(), "less" | "fewer" | "faster");
            tokens.pop();
            // "No more than 5" are 5 or less.
            let is_not = match tokens.last() {
                Some(Token::Word(it)) => it == "not",
                Some(Token::Number(it)) => *it == 0.0,
                _ => false,
            };
            if is_not {
                tokens.pop();
            }
            tokens.push(bound(is_upper != is_not, !is_not));
        }
        // "no critical bugs" asks for 0 of them.
        ("no" | "zero", _) => tokens.push(Token::Number(0.0)),
        _ => tokens.push(Token::Word(word.to_owned())),
    }
}
