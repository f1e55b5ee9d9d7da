//! Small words: counts, lists, suggestions, slugs.

/// Returns a count with its noun, such as "1 item" or "3 items".
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    let plural = match (noun.strip_suffix('y'), noun.strip_suffix("criterion")) {
        (Some(stem), _) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        (_, Some(before)) => format!("{before}criteria"),
        _ if noun.ends_with('x') => format!("{noun}es"),
        _ => format!("{noun}s"),
    };
    if n == 1 { format!("1 {noun}") } else { format!("{n} {plural}") }
}

/// Joins words as a sentence does: "a", "a and b", "a, b and c".
#[must_use]
pub fn list<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// Returns small numbers as words, larger ones as figures.
#[must_use]
pub fn number_word(n: usize) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n).map_or_else(|| n.to_string(), |it| (*it).to_owned())
}

/// Returns a count with its noun, small numbers as words, such as "three items".
#[must_use]
pub fn count_in_words(n: usize, noun: &str) -> String {
    count(n, noun).replacen(&n.to_string(), &number_word(n), 1)
}

/// Returns a text with its first letter as a capital.
#[must_use]
pub fn capitalise(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Counts several things in words, without those of which there are none: "2 errors", "1 warning".
#[must_use]
pub fn counts(of: &[(usize, &str)]) -> Vec<String> {
    of.iter().filter(|(n, _)| 0 < *n).map(|(n, noun)| count(*n, noun)).collect()
}

/// Returns the nearest of the known words, when one is near enough to be meant.
#[must_use]
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|it| (strsim::jaro_winkler(&word, &it.to_lowercase()), it))
        .filter(|(score, _)| 0.8 <= *score)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, it)| it)
}

/// Of longer texts only so many letters are held against each other: the work is the product of their lengths.
const MOST_ALIKE: usize = 400;

fn beginning(text: &str) -> &str {
    text.char_indices().nth(MOST_ALIKE).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// Says how alike two texts are, from 0 to 1: the share of letters that need not be changed to make one of the other. Of long texts
/// the beginnings count.
#[must_use]
pub fn likeness(a: &str, b: &str) -> f64 {
    strsim::normalized_levenshtein(beginning(a), beginning(b))
}

/// Returns how alike two texts are, where that is at least so much. What cannot be, by the lengths and the letters of the texts
/// alone, is not worked out.
#[must_use]
pub fn likeness_from(least: f64, a: &str, b: &str) -> Option<f64> {
    let (letters_a, letters_b) = (Letters::of(beginning(a)), Letters::of(beginning(b)));
    let longest = letters_a.count.max(letters_b.count);
    // What one text has more of than the other has to be changed, taken out or put in.
    let differ = letters_a.surplus(&letters_b).max(letters_b.surplus(&letters_a));
    #[expect(clippy::cast_precision_loss, reason = "titles are short")]
    let most = if longest == 0 { 1.0 } else { 1.0 - differ as f64 / longest as f64 };
    if most < least { None } else { Some(likeness(a, b)).filter(|it| least <= *it) }
}

/// How often each letter is in a text; letters that are not ASCII share places.
struct Letters {
    count: usize,
    of: [u16; 64],
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut letters = Self { count: 0, of: [0; 64] };
        for letter in text.chars() {
            letters.count += 1;
            if let Some(it) = letters.of.get_mut(letter as usize % 64) {
                *it = it.saturating_add(1);
            }
        }
        letters
    }

    fn surplus(&self, other: &Self) -> usize {
        self.of.iter().zip(&other.of).map(|(a, b)| usize::from(a.saturating_sub(*b))).sum()
    }
}

/// Returns the known word that another one is, but for a slip of the hand: one letter, or two in words of six letters or more.
///
/// Stricter than [`did_you_mean`]: for words that may be right as they are.
#[must_use]
pub fn misspelt<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 30;
    if LONGEST < word.len() {
        return None;
    }
    let slips = |it: &str| strsim::osa_distance(&word.to_lowercase().replace('-', "_"), it);
    let near = known.into_iter().map(|it| (slips(it), it));
    near.filter(|(slips, it)| *slips <= if it.len() < 6 { 1 } else { 2 })
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, it)| it)
}

/// Parts a text into lines of at most so many characters, between words where it can.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        match lines.last_mut() {
            Some(line) if length + 1 + letters <= columns => {
                line.push(' ');
                line.push_str(word);
                length += 1 + letters;
            }
            _ => {
                lines.push(word.to_owned());
                length = letters;
            }
        }
    }
    lines
}

/// Latin letters with marks, each behind the letters of ASCII that stand for it in an address; all in lower case.
const FOLDED: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"),
    ("ae", "æ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįıǐỉị"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŋ"),
    ("o", "òóôõöøōŏőǒơọỏốồổỗộớờởỡợ"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("ss", "ßẞ"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųǔưụủứừửữự"),
    ("w", "ŵ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("z", "źżž"),
];

/// Returns the letters of ASCII that stand for a Latin letter with a mark; nothing for other letters.
fn folded(letter: char) -> Option<&'static str> {
    let lower = letter.to_lowercase().next()?;
    FOLDED.iter().find(|(_, letters)| letters.contains(lower)).map(|(it, _)| *it)
}

/// Returns a text as part of a file name or address: lower case ASCII letters, digits and single dashes, 60 bytes at most. Marks of
/// Latin letters are left out; other letters are, too.
#[must_use]
pub fn slug(text: &str) -> String {
    const MAX_SLUG: usize = 60;
    let mut slug = String::with_capacity(text.len().min(MAX_SLUG));
    let mut gap = false;
    for letter in text.chars() {
        let mut own = [0; 4];
        let letters = if letter.is_ascii_alphanumeric() {
            letter.to_ascii_lowercase().encode_utf8(&mut own)
        } else if ('\u{300}'..='\u{36F}').contains(&letter) {
            // A mark that is written behind its letter.
            continue;
        } else if let Some(it) = if letter.is_ascii() { None } else { folded(letter) } {
            it
        } else {
            gap = !slug.is_empty();
            continue;
        };
        if MAX_SLUG < slug.len() + usize::from(gap) + letters.len() {
            break;
        }
        if gap {
            slug.push('-');
            gap = false;
        }
        slug.push_str(letters);
    }
    slug
}

/// Rounds to a number of decimals, so that sums of shares read as they were meant.
#[must_use]
pub fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    let it = (value * scale).round() / scale;
    if it == 0.0 { 0.0 } else { it }
}

/// Rounds to so many digits that count, whatever the size: 0.000123 to two is 0.00012.
#[must_use]
pub fn significant(value: f64, digits: usize) -> f64 {
    let rounded = format!("{value:.*e}", digits.saturating_sub(1)).parse().unwrap_or(value);
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// Rounds a long fraction, such as 2 of 11 in percent, to one decimal, below 1 to three digits. What somebody wrote stays as it is.
#[must_use]
pub fn shown(value: f64) -> f64 {
    if is_long(value) {
        if 1.0 <= value.abs() { rounded(value, 1) } else { significant(value, 3) }
    } else {
        significant(value, 9)
    }
}

/// Says whether a number has more digits than people write: it comes from a division.
#[must_use]
pub fn is_long(value: f64) -> bool {
    #[expect(clippy::float_cmp, reason = "both are rounded alike")]
    let differs = significant(value, 9) != significant(value, 12);
    differs
}

/// Returns a measured value with the decimals that it was written with; a long fraction is rounded.
#[must_use]
pub fn figure(value: f64) -> String {
    format!("{}", shown(value))
}

/// Returns a value as [`figure`] does, with more decimals where it would else look like another value that it is held against, or lie
/// on its other side.
#[must_use]
pub fn figure_beside(value: f64, other: f64) -> String {
    let order = |it: f64| it.partial_cmp(&shown(other));
    let tells = |it: &f64| order(*it) == order(value);
    let longer = || (2..=9).map(|it| rounded(value, it)).find(tells);
    format!("{}", Some(shown(value)).filter(tells).or_else(longer).unwrap_or(value))
}

/// Returns a number without needless decimals, three at most.
#[must_use]
pub fn number(value: f64) -> String {
    format!("{}", rounded(value, 3))
}

/// Returns a number of days with its noun, such as "1 day" or "2.5 days".
#[must_use]
pub fn days(days: f64) -> String {
    let days = rounded(days, 3);
    if days == 1.0 { "1 day".to_owned() } else { format!("{} days", number(days)) }
}

/// Names weeks in rising order, such as "week 3", "weeks 2, 4 and 7" or "weeks 2 to 8".
#[must_use]
pub fn weeks(weeks: &[u32]) -> String {
    let runs = weeks.chunk_by(|a, b| a.checked_add(1) == Some(*b));
    let names: Vec<String> = runs.flat_map(run_of_weeks).collect();
    format!("{} {}", if weeks.len() == 1 { "week" } else { "weeks" }, list(&names))
}

/// Names the weeks from the first to the last.
#[must_use]
pub fn weeks_from((first, last): (u32, u32)) -> String {
    weeks(&(first..=last).collect::<Vec<_>>())
}

/// Three weeks in a row or more are named by the first and the last.
fn run_of_weeks(run: &[u32]) -> Vec<String> {
    match run {
        [first, _, .., last] => vec![format!("{first} to {last}")],
        few => few.iter().map(ToString::to_string).collect(),
    }
}

/// Returns a name without case and with single spaces, so that two ways to write it are one.
#[must_use]
pub fn normal(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_take_the_plural() {
        let words =
            [count(1, "item"), count(2, "day"), count(0, "standup"), count(3, "entry"), count(2, "exit criterion")];
        assert_eq!(words, ["1 item", "2 days", "0 standups", "3 entries", "2 exit criteria"]);
    }

    #[test]
    fn figures_keep_what_was_written() {
        let all = [0.02, 0.0004, 61.25, 99.995, 200.0 / 11.0, 1.0 / 3.0, 0.05 - 0.01, 1_234.5, -0.0].map(figure);
        assert_eq!(all, ["0.02", "0.0004", "61.25", "99.995", "18.2", "0.333", "0.04", "1234.5", "0"]);
        let beside = [(63.98, 64.0), (1279.0 / 20.0 + 1e-10, 64.0), (500.0 / 7.0, 71.0)];
        assert_eq!(beside.map(|(value, other)| figure_beside(value, other)), ["63.98", "63.95", "71.4"]);
    }

    #[test]
    fn weeks_in_a_row_are_a_range() {
        assert_eq!(weeks(&[3]), "week 3");
        assert_eq!(weeks(&[2, 3]), "weeks 2 and 3");
        assert_eq!(weeks(&[1, 3, 4, 5, 7]), "weeks 1, 3 to 5 and 7");
    }

    #[test]
    fn slugs_are_short_and_safe() {
        assert_eq!(slug("Fix any issues: <discovered>! "), "fix-any-issues-discovered");
        assert_eq!(slug("路线图"), "");
        assert_eq!(slug("Lösche Altlasten, Straße 5"), "losche-altlasten-strasse-5");
        assert_eq!(slug("Freigabe für Ænima – Đại Ệ"), "freigabe-fur-aenima-dai-e");
        assert_eq!(slug("Cafe\u{301} noir"), "cafe-noir");
        assert!(slug(&"abc ".repeat(100)).len() <= 60);
    }

    #[test]
    fn near_words_are_proposed() {
        assert_eq!(did_you_mean("tilte", ["title", "target"]), Some("title"));
        assert_eq!(did_you_mean("colour", ["title", "target"]), None);
        assert_eq!(misspelt("Time-zone", ["title", "timezone"]), Some("timezone"));
        assert_eq!(misspelt("draft", ["date", "start"]), None);
    }
}
