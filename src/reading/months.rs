//! Names of months.

pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Months in French, German, Spanish and Portuguese, where they are not written as in English.
pub const OTHER_MONTHS: [&[&str]; 12] = [
    &["janvier", "januar", "enero", "janeiro"],
    &["février", "februar", "febrero", "fevereiro"],
    &["mars", "märz", "marzo", "março"],
    &["avril", "abril"],
    &["mai", "mayo", "maio"],
    &["juin", "juni", "junio", "junho"],
    &["juillet", "juli", "julio", "julho"],
    &["août", "agosto"],
    &["septembre", "septiembre", "setembro"],
    &["octobre", "oktober", "octubre", "outubro"],
    &["novembre", "noviembre", "novembro"],
    &["décembre", "dezember", "diciembre", "dezembro"],
];

/// Reads the name of a month in English, in full or by its first three letters or more, in any case.
#[must_use]
pub fn english_month(word: &str) -> Option<u32> {
    let fits = |it: &&str| it.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
    let at = MONTHS.iter().position(|it| 3 <= word.len() && fits(it))?;
    u32::try_from(at + 1).ok()
}

/// Reads the name of a month: in English, else in some other languages in full; a point may stand behind it.
#[must_use]
pub fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let in_another = || {
        let word = word.to_lowercase();
        let at = OTHER_MONTHS.iter().position(|it| it.contains(&word.as_str()))?;
        u32::try_from(at + 1).ok()
    };
    english_month(word).or_else(in_another)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_in_some_languages() {
        let cases = [("March", 3), ("mar", 3), ("SEPT.", 9), ("März", 3), ("août", 8), ("Dezember", 12)];
        for (word, number) in cases {
            assert_eq!(month(word), Some(number), "{word}");
        }
        for word in ["ma", "marching", "Märzen", "."] {
            assert_eq!(month(word), None, "{word}");
        }
        assert_eq!(english_month("mai"), None);
    }
}
