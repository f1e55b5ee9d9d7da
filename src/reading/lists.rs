//! Lines of lists that are no tasks: risks, teams, budget posts.

use super::cells::{begins_with_currency, dotted};
use super::durations::number;
use super::headings::week_range;
use crate::model::{TeamPeriod, currency, currency_before};

/// Reads a team's strength: `1 FTE (Weeks 1-4), 0.5 FTE (Weeks 5-8)`.
#[must_use]
pub fn team_periods(text: &str) -> Vec<TeamPeriod> {
    let mut periods = Vec::new();
    let mut rest = text.trim();
    while let Some((value, behind)) = number(rest) {
        // "50%" and "50% FTE" are half a person.
        let (percent, behind) = behind.trim_start().strip_prefix('%').map_or((false, behind), |it| (true, it));
        let behind = match behind.trim_start().strip_prefix("FTE") {
            Some(behind) => behind,
            None if percent => behind,
            None => break,
        };
        let (fte, behind) = (if percent { value / 100.0 } else { value }, behind.trim_start());
        let inside = behind.strip_prefix('(').and_then(|it| it.split_once(')'));
        let (weeks, behind) = match inside {
            Some((inside, behind)) => (week_range(inside), behind),
            None => (None, behind),
        };
        periods.push(TeamPeriod { weeks, fte });
        rest = behind.trim_start().trim_start_matches([',', ';']).trim_start();
    }
    periods
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// The amount.
    pub amount: f64,
    /// The currency.
    pub currency: String,
}

/// Reads an amount such as `$5K`, `~€10,000` or `2000 USD`, and returns what stands behind it.
#[must_use]
pub fn money(text: &str) -> Option<(Money, &str)> {
    let text = text.trim_start().trim_start_matches(['~', '≈']).trim_start();
    let (known, rest) = currency_before(text);
    let dotted = dotted(rest).filter(|it| it.is_sure || known.is_some() || begins_with_currency(it.rest));
    let (mut amount, mut rest) = dotted.map(|it| (it.value, it.rest)).or_else(|| number(rest))?;
    while let Some((thousand, behind)) = rest.strip_prefix(',').and_then(|it| it.split_at_checked(3)) {
        amount = amount * 1000.0 + thousand.parse::<f64>().ok()?;
        rest = behind;
    }
    let scale = match rest.chars().next() {
        Some('K' | 'k') => 1e3,
        Some('M') => 1e6,
        _ => 1.0,
    };
    let rest = if 1.0 < scale { rest.get(1..)? } else { rest };
    let rest = if known.is_some() { rest } else { rest.trim_start() };
    let code = || rest.get(..3).filter(|it| it.bytes().all(|it| it.is_ascii_uppercase()));
    let sign = || rest.chars().next().and_then(|it| rest.get(..it.len_utf8()));
    let (currency, length) = match known {
        Some(it) => (it, 0),
        None => code().map(|it| (it, 3)).or_else(|| sign().and_then(|it| Some((currency(it)?, it.len()))))?,
    };
    let (currency, rest) = (currency.to_owned(), rest.get(length..)?);
    Some((Money { amount: amount * scale, currency }, rest))
}

/// Says whether the words behind an amount make it a cost of every month.
#[must_use]
pub fn is_monthly(behind: &str) -> bool {
    let behind = behind.trim_start().to_lowercase();
    ["/month", "/mo", "per month", "a month", "monthly"].iter().any(|it| behind.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strength_by_weeks() {
        let read = team_periods("1 FTE (Weeks 1-4), 0.5 FTE (Weeks 5-8)");
        let expected = [TeamPeriod { weeks: Some((1, 4)), fte: 1.0 }, TeamPeriod { weeks: Some((5, 8)), fte: 0.5 }];
        assert_eq!(read, expected);
        assert_eq!(team_periods("50% (Weeks 1-2)"), [TeamPeriod { weeks: Some((1, 2)), fte: 0.5 }]);
        assert_eq!(team_periods("25% FTE"), [TeamPeriod { weeks: None, fte: 0.25 }]);
        assert_eq!(team_periods("two people"), []);
    }

    #[test]
    fn amounts() {
        let (it, rest) = money("~$10K one-time + $2K/month").unwrap();
        assert_eq!(it, Money { amount: 10_000.0, currency: "USD".into() });
        assert_eq!(rest, " one-time + $2K/month");
        assert_eq!(money("12,500 CHF (fees)").unwrap().0, Money { amount: 12_500.0, currency: "CHF".into() });
        assert_eq!(money("500 € a month").unwrap().0, Money { amount: 500.0, currency: "EUR".into() });
        assert_eq!(money("none"), None);
    }
}
