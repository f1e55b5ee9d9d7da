//! Gates, their criteria, and what people wrote below them: sign-offs, waivers, decisions.

use super::dates::iso;
use crate::calendar::Day;
use crate::document::{bracket_mark, leading_symbol};
use crate::model::{Decision, SignOff, Waiver};
use crate::text::Place;

/// The words of a criterion and what stands around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionLine {
    /// The bytes of the raw text before the words.
    pub start: usize,
    /// Whether its box is ticked.
    pub ticked: bool,
    /// Who signed it.
    pub sign_off: Option<SignOff>,
}

/// Reads the raw text of a criterion: a leading tick is decoration, a box is a tick, `(signed: NAME, DATE)` is a sign-off.
#[must_use]
pub fn criterion(raw: &str) -> CriterionLine {
    let mut start = 0;
    let mut ticked = false;
    if let Some(mark) = bracket_mark(raw) {
        start = mark.length;
        ticked = matches!(mark.inside, "x" | "X" | "✅" | "✓" | "✔");
    }
    if let Some((_, length)) = raw.get(start..).and_then(leading_symbol) {
        start += length;
    }
    let sign_off = if ticked { sign_off(raw).map(|(it, _)| it) } else { None };
    CriterionLine { start, ticked, sign_off }
}

/// Returns the words of a criterion without the sign-off behind them.
#[must_use]
pub fn without_sign_off(words: &str) -> &str {
    words.find("(signed:").and_then(|at| words.get(..at)).unwrap_or(words).trim()
}

/// Reads `(signed: NAME, YYYY-MM-DD)`, and returns what stands behind the day inside the bracket.
fn sign_off(text: &str) -> Option<(SignOff, &str)> {
    let (_, rest) = text.split_once("(signed:")?;
    let (name, rest) = rest.split_once(',')?;
    let rest = rest.trim_start();
    let date: Day = rest.get(..10)?.parse().ok()?;
    let name = name.trim();
    (!name.is_empty()).then(|| (SignOff { name: name.to_owned(), date }, rest.get(10..).unwrap_or_default()))
}

/// Reads `Waiver: "TEXT" (signed: NAME, DATE, until: DATE, reason: …)`.
#[must_use]
pub fn waiver(words: &str, place: &Place) -> Option<Waiver> {
    let rest = words.trim_start().strip_prefix("Waiver:")?;
    let (text, _) = rest.trim_start().strip_prefix(['"', '“', '„'])?.split_once(['"', '”', '“'])?;
    let (sign_off, rest) = sign_off(rest)?;
    let until = rest.split_once("until:").and_then(|(_, it)| iso(it));
    let reason = rest.split_once("reason:").map(|(_, it)| it.trim().trim_end_matches(')').to_owned());
    Some(Waiver { text: text.trim().to_owned(), sign_off, until, reason, place: place.clone() })
}

/// Reads `GO, 2026-02-06, Jane Rivera (notes: …)`.
#[must_use]
pub fn decision(words: &str, place: &Place) -> Option<Decision> {
    let before_notes = words.split('(').next().unwrap_or_default();
    let mut parts = before_notes.split(',').map(str::trim);
    let verdict = parts.next()?.to_uppercase();
    if !matches!(verdict.as_str(), "GO" | "NO-GO" | "CONDITIONAL") {
        return None;
    }
    let date = parts.next().and_then(iso);
    let by = parts.next().filter(|it| !it.is_empty()).map(str::to_owned);
    Some(Decision { verdict, date, by, place: place.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_without_a_name_signs_nothing() {
        assert_eq!(criterion("[x] Security sign-off").sign_off, None);
        assert_eq!(criterion("✅ HA validated"), CriterionLine { start: 4, ticked: false, sign_off: None });
        let signed = criterion("[x] Security sign-off (signed: M. Chen, 2026-02-05)");
        let date = Day::from_ymd_opt(2026, 2, 5).unwrap();
        assert_eq!(signed.sign_off, Some(SignOff { name: "M. Chen".into(), date }));
        assert_eq!(criterion("[ ] x (signed: M. Chen, 2026-02-05)").sign_off, None);
        assert_eq!(without_sign_off("Security sign-off (signed: M. Chen, 2026-02-05)"), "Security sign-off");
    }
}
