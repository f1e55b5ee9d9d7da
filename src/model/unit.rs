//! Units of measured values: which of them are one, and which convert into each other without a guess.

use crate::phrase::significant;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Share,
    Time,
    Bytes,
    Bits,
    Money,
    Length,
    Weight,
    Points,
}

/// A unit with its spellings: what it measures, the unit it is told in, how many of those it is.
///
/// Days, weeks and months have no hours: a day may be one of work.
type Row = (Kind, &'static str, f64, &'static [&'static str]);

const UNITS: [Row; 47] = [
    (Kind::Share, "%", 1.0, &["%", "percent", "pct"]),
    (Kind::Time, "ns", 1.0, &["ns"]),
    (Kind::Time, "ns", 1e3, &["µs", "μs", "us"]),
    (Kind::Time, "ns", 1e6, &["ms", "msec", "millis"]),
    (Kind::Time, "ns", 1e9, &["s", "sec", "secs", "second", "seconds"]),
    (Kind::Time, "ns", 6e10, &["min", "mins", "minute", "minutes"]),
    (Kind::Time, "ns", 36e11, &["h", "hr", "hrs", "hour", "hours"]),
    (Kind::Time, "day", 1.0, &["d", "day", "days"]),
    (Kind::Time, "week", 1.0, &["w", "wk", "week", "weeks"]),
    (Kind::Time, "month", 1.0, &["mo", "month", "months"]),
    (Kind::Time, "year", 1.0, &["y", "yr", "year", "years"]),
    (Kind::Time, "sprint", 1.0, &["sprint", "sprints"]),
    (Kind::Bytes, "B", 1.0, &["B", "byte", "bytes"]),
    (Kind::Bytes, "B", 1e3, &["kB", "KB"]),
    (Kind::Bytes, "B", 1e6, &["MB"]),
    (Kind::Bytes, "B", 1e9, &["GB"]),
    (Kind::Bytes, "B", 1e12, &["TB"]),
    (Kind::Bytes, "B", 1e15, &["PB"]),
    (Kind::Bytes, "B", 1024.0, &["KiB"]),
    (Kind::Bytes, "B", 1_048_576.0, &["MiB"]),
    (Kind::Bytes, "B", 1_073_741_824.0, &["GiB"]),
    (Kind::Bytes, "B", 1_099_511_627_776.0, &["TiB"]),
    // Written small, these may be bytes or bits: they convert into each other alone.
    (Kind::Bytes, "small", 1e3, &["kb"]),
    (Kind::Bytes, "small", 1e6, &["mb"]),
    (Kind::Bytes, "small", 1e9, &["gb"]),
    (Kind::Bytes, "small", 1e12, &["tb"]),
    (Kind::Bits, "bit", 1.0, &["bit", "bits"]),
    (Kind::Bits, "bit", 1e3, &["kbit", "Kbit", "Kb"]),
    (Kind::Bits, "bit", 1e6, &["Mbit", "Mb"]),
    (Kind::Bits, "bit", 1e9, &["Gbit", "Gb"]),
    (Kind::Money, "USD", 1.0, &["USD", "US$", "$"]),
    (Kind::Money, "EUR", 1.0, &["EUR", "€", "euro", "euros"]),
    (Kind::Money, "GBP", 1.0, &["GBP", "£"]),
    (Kind::Money, "JPY", 1.0, &["JPY", "¥", "円"]),
    (Kind::Money, "CHF", 1.0, &["CHF", "SFr", "Fr"]),
    (Kind::Money, "INR", 1.0, &["INR", "₹"]),
    (Kind::Money, "BRL", 1.0, &["BRL", "R$"]),
    (Kind::Money, "PLN", 1.0, &["PLN", "zł"]),
    (Kind::Length, "mm", 1.0, &["mm"]),
    (Kind::Length, "mm", 10.0, &["cm"]),
    (Kind::Length, "mm", 1e3, &["m"]),
    (Kind::Length, "mm", 1e6, &["km"]),
    (Kind::Weight, "g", 1.0, &["g"]),
    (Kind::Weight, "g", 1e3, &["kg"]),
    (Kind::Weight, "g", 1e6, &["t"]),
    (Kind::Points, "point", 1.0, &["pt", "pts", "point", "points"]),
    // Currencies that have a code and no sign of their own.
    (
        Kind::Money,
        "",
        1.0,
        &["AUD", "CAD", "CNY", "CZK", "DKK", "HUF", "ILS", "KRW", "NOK", "NZD", "SEK", "TRY", "UAH"],
    ),
];

/// The signs that stand before an amount, longest first.
const SIGNS: [&str; 8] = ["US$", "R$", "$", "€", "£", "¥", "₹", "CHF"];

fn row(word: &str) -> Option<&'static Row> {
    let of = |word: &str| UNITS.iter().find(|it| it.3.contains(&word));
    // "Sec" is "sec"; of bytes and bits the case tells which.
    let as_written = of(word);
    let lower = || of(&word.to_lowercase()).filter(|it| 1 < word.len() && !matches!(it.0, Kind::Bytes | Kind::Bits));
    let code = || of(&word.to_uppercase()).filter(|it| word.len() == 3 && it.0 == Kind::Money);
    as_written.or_else(lower).or_else(code)
}

/// Returns the code of a currency, by its sign, code or name: "EUR" for "€".
#[must_use]
pub fn currency(word: &str) -> Option<&'static str> {
    let (_, code, _, spellings) = row(word).filter(|it| it.0 == Kind::Money)?;
    if code.is_empty() { spellings.iter().copied().find(|it| it.eq_ignore_ascii_case(word)) } else { Some(code) }
}

/// Reads the sign or the code of a currency that stands before its amount, and returns what stands behind it.
#[must_use]
pub fn currency_before(text: &str) -> (Option<&'static str>, &str) {
    let sign = SIGNS.iter().find_map(|it| Some((currency(it)?, text.strip_prefix(it)?)));
    let code = || {
        let (code, rest) = text.split_at_checked(3)?;
        let known = currency(code).filter(|it| *it == code)?;
        rest.starts_with(|it: char| it.is_whitespace() || it.is_ascii_digit()).then_some((known, rest))
    };
    sign.or_else(code).map_or((None, text), |(code, rest)| (Some(code), rest.trim_start()))
}

/// Says whether a unit is one of the list, or made with one: `ms`, `EUR/transaction`, `req/s`, `per_day`.
#[must_use]
pub fn is_known_unit(unit: &str) -> bool {
    let (top, below) = parts(unit);
    row(top).is_some() || below.is_some_and(|it| row(it).is_some())
}

/// Returns a number with its unit: "80%", "300 ms", "5/day", "€0.50", "€2000/month".
#[must_use]
pub fn with_unit(figure: &str, unit: Option<&str>) -> String {
    let Some(unit) = unit.filter(|it| !it.is_empty()) else { return figure.to_owned() };
    let (top, below) = parts(unit);
    let by = below.map_or(String::new(), |it| format!("/{it}"));
    let sign = match top {
        "" | "%" => return format!("{figure}{top}{by}"),
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        "INR" => "₹",
        top => return format!("{figure} {top}{by}"),
    };
    let (minus, figure) = figure.strip_prefix('-').map_or(("", figure), |it| ("-", it));
    // Half a euro is €0.50.
    let zero = if figure.split_once('.').is_some_and(|it| it.1.len() == 1) { "0" } else { "" };
    format!("{minus}{sign}{figure}{zero}{by}")
}

/// Returns one name for all units that measure the same, such as those of time; another unit in the singular.
#[must_use]
pub fn kind_of_unit(unit: &str) -> String {
    if unit.starts_with("per_") {
        return "rate".to_owned();
    }
    row(unit).map_or_else(|| singular(unit), |it| format!("{:?}", it.0))
}

/// Returns a value in another unit; nothing where units do not convert into each other without a guess. A value without a unit is
/// meant in the other one. Where no unit is asked for, a value of which the unit could be larger or smaller is not comparable.
#[must_use]
pub fn in_unit(value: f64, own: Option<&str>, asked: Option<&str>) -> Option<f64> {
    match (own, asked) {
        (None, _) => Some(value),
        (Some(own), None) => (!is_scaled(own)).then_some(value),
        (Some(own), Some(asked)) if own == asked => Some(value),
        (Some(own), Some(asked)) => {
            let (own, asked) = (Scale::of(own), Scale::of(asked));
            let (times, by) = (own.top * asked.below, own.below * asked.top);
            // The decimals of a product are not those of its factors: 4.35 × 100 is 435.
            (own.base == asked.base).then(|| significant(value * times / by, 12))
        }
    }
}

/// Says whether there are larger and smaller units for what a unit measures.
fn is_scaled(unit: &str) -> bool {
    let (top, below) = parts(unit);
    let is = |it: &str| row(it).is_some_and(|it| it.0 != Kind::Share && it.0 != Kind::Points);
    is(top) || below.is_some_and(is)
}

/// Parts `MB/s` and `per_day` at what stands below.
fn parts(unit: &str) -> (&str, Option<&str>) {
    match (unit.strip_prefix("per_"), unit.split_once('/')) {
        (Some(below), _) => ("", Some(below)),
        (None, Some((top, below))) => (top, Some(below)),
        (None, None) => (unit, None),
    }
}

fn singular(word: &str) -> String {
    let word = word.to_lowercase();
    word.strip_suffix('s').filter(|it| !it.is_empty()).map_or(word.clone(), str::to_owned)
}

/// A unit as so many of another.
struct Scale {
    base: String,
    top: f64,
    below: f64,
}

impl Scale {
    fn of(unit: &str) -> Self {
        let (top, below) = parts(unit);
        let (top, times) = base(top);
        let (below, by) = below.map_or((String::new(), 1.0), base);
        Self { base: format!("{top}/{below}"), top: times, below: by }
    }
}

fn base(word: &str) -> (String, f64) {
    match row(word) {
        Some((Kind::Money, ..)) => (currency(word).unwrap_or(word).to_owned(), 1.0),
        Some((_, base, factor, _)) => ((*base).to_owned(), *factor),
        None => (singular(word), 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_one_kind_convert_exactly() {
        let read = |value, own, asked| in_unit(value, Some(own), Some(asked));
        assert_eq!(read(1.2, "s", "ms"), Some(1200.0));
        assert_eq!(read(1900.0, "ms", "s"), Some(1.9));
        assert_eq!(read(90.0, "sec", "minutes"), Some(1.5));
        assert_eq!(read(900.0, "MB", "GB"), Some(0.9));
        assert_eq!(read(2.0, "GiB", "MiB"), Some(2048.0));
        assert_eq!(read(4.35, "km", "m"), Some(4350.0));
        assert_eq!(read(12.0, "req/s", "requests/min"), None);
        assert_eq!(read(12.0, "req/s", "req/min"), Some(720.0));
        assert_eq!(read(1.5, "GB/s", "MB/s"), Some(1500.0));
        assert_eq!(read(2.0, "per_hour", "per_minute"), in_unit(2.0 / 60.0, None, None).map(|it| significant(it, 12)));
        assert_eq!(read(3.0, "user", "Users"), Some(3.0));
        assert_eq!(read(3.0, "€", "EUR"), Some(3.0));
    }

    #[test]
    fn what_would_be_a_guess_converts_into_nothing() {
        let read = |own, asked| in_unit(1.0, Some(own), Some(asked));
        for (own, asked) in [
            ("h", "days"),
            ("per_day", "per_week"),
            ("MB", "Mbit"),
            ("MB", "gb"),
            ("USD", "EUR"),
            ("AUD", "CAD"),
            ("s", "%"),
            ("m", "min"),
        ] {
            assert_eq!(read(own, asked), None, "{own} in {asked}");
        }
        assert_eq!(in_unit(1.2, Some("s"), None), None);
        assert_eq!(in_unit(79.0, Some("%"), None), Some(79.0));
        assert_eq!(in_unit(240.0, None, Some("ms")), Some(240.0));
    }

    #[test]
    fn currencies_have_one_name() {
        assert_eq!(
            [currency("€"), currency("EUR"), currency("chf"), currency("sek")].map(Option::unwrap),
            ["EUR", "EUR", "CHF", "SEK"]
        );
        assert_eq!(currency_before("€ 5"), (Some("EUR"), "5"));
        assert_eq!(currency_before("SEK 5"), (Some("SEK"), "5"));
        assert_eq!(currency_before("5"), (None, "5"));
        let written = ["%", "ms", "per_day", "EUR", "EUR/month", "CHF", "req/s"].map(|it| with_unit("0.5", Some(it)));
        assert_eq!(written, ["0.5%", "0.5 ms", "0.5/day", "€0.50", "€0.50/month", "0.5 CHF", "0.5 req/s"]);
    }
}
