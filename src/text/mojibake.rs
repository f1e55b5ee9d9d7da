//! Repairs UTF-8 that was once read as windows-1252 and saved again.
//!
//! A line is repaired only when it decodes as a whole, so that text that quotes such damage beside good symbols stays.
//! Five bytes have no windows-1252 character and may have been lost on the way; symbols that hold one of them are known by
//! what is left of them.

use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// A line in which damaged symbols were repaired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The line, counted from 1.
    pub line: u32,
    /// How many symbols were repaired.
    pub symbols: usize,
    /// How many of them had lost a byte and were known by what was left.
    pub from_table: usize,
}

/// Symbols people use as marks, whose UTF-8 holds a byte that windows-1252 lacks.
const LOSSY: &[char] = &['⏳', '❌', '❗', '❓', '⏸', '⏰', '⏭', '⏩', '⏱', '\u{FE0F}', '❎'];

/// The bytes without a windows-1252 character.
const LOST_BYTES: &[u8] = &[0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// The first byte of U+00C2 to U+00F4, the windows-1252 characters of UTF-8 lead bytes: damage always begins with one.
const DAMAGE: u8 = 0xC3;

/// Repairs the lines of a text that decode as a whole.
#[must_use]
pub fn repair(text: String) -> (String, Vec<Repair>) {
    // Files without the first byte of every damaged symbol need no look at their lines.
    if memchr::memchr(DAMAGE, text.as_bytes()).is_none() {
        return (text, Vec::new());
    }
    let mut repairs = Vec::new();
    let mut fixed = String::new();
    let mut kept = 0;
    let mut start = 0;
    for (number, line) in (1u32..).zip(text.split_inclusive('\n')) {
        if let Some((new, symbols, from_table)) = repair_line(line) {
            fixed.push_str(text.get(kept..start).unwrap_or_default());
            fixed.push_str(&new);
            kept = start + line.len();
            repairs.push(Repair { line: number, symbols, from_table });
        }
        start += line.len();
    }
    if repairs.is_empty() {
        return (text, repairs);
    }
    fixed.push_str(text.get(kept..).unwrap_or_default());
    (fixed, repairs)
}

fn repair_line(line: &str) -> Option<(String, usize, usize)> {
    if memchr::memchr(DAMAGE, line.as_bytes()).is_none() || !line.chars().any(|it| ('\u{C2}'..='\u{F4}').contains(&it))
    {
        return None;
    }
    let (bytes, _, unmappable) = WINDOWS_1252.encode(line);
    if unmappable {
        return None;
    }
    let (text, from_table) = decode(&bytes)?;
    let symbols = text.chars().filter(|it| !it.is_ascii()).count();
    (text.len() < line.len()).then_some((text, symbols, from_table))
}

fn decode(bytes: &[u8]) -> Option<(String, usize)> {
    let mut text = String::with_capacity(bytes.len());
    let mut from_table = 0;
    let mut rest = bytes;
    loop {
        match std::str::from_utf8(rest) {
            Ok(good) => {
                text.push_str(good);
                return Some((text, from_table));
            }
            Err(error) => {
                let (good, bad) = rest.split_at(error.valid_up_to());
                text.push_str(&String::from_utf8_lossy(good));
                let (symbol, length) = known_remains(bad)?;
                text.push(symbol);
                from_table += 1;
                rest = bad.get(length..)?;
            }
        }
    }
}

/// Returns where each character of a repaired line stands in the line as it was: pairs of the byte there and the byte in the repaired
/// line, in order; the last is that of the two ends.
#[must_use]
pub fn aligned(damaged: &str, repaired: &str) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut rest = damaged.chars();
    for (at, symbol) in repaired.char_indices() {
        pairs.push((damaged.len() - rest.as_str().len(), at));
        for byte in symbol.encode_utf8(&mut [0; 4]).bytes() {
            let mut ahead = rest.clone();
            let fits = ahead.next().is_some_and(|it| {
                let mut buffer = [0; 4];
                let (bytes, _, unmappable) = WINDOWS_1252.encode(it.encode_utf8(&mut buffer));
                !unmappable && *bytes == [byte]
            });
            if fits {
                rest = ahead;
            } else if !LOST_BYTES.contains(&byte) {
                // The line is no repair of the other.
                break;
            }
        }
    }
    pairs.push((damaged.len(), repaired.len()));
    pairs
}

/// Returns the symbol that these bytes are the remains of, when just one fits.
fn known_remains(bytes: &[u8]) -> Option<(char, usize)> {
    let fits = |symbol: &char| {
        let left = remains(*symbol);
        bytes.starts_with(&left).then_some((*symbol, left.len()))
    };
    let mut found = LOSSY.iter().filter_map(fits);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn remains(symbol: char) -> Cow<'static, [u8]> {
    let mut buffer = [0; 4];
    let bytes = symbol.encode_utf8(&mut buffer).as_bytes();
    bytes.iter().copied().filter(|it| !LOST_BYTES.contains(it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> String {
        repair(text.to_owned()).0
    }

    #[test]
    fn whole_and_lossy_symbols_come_back() {
        assert_eq!(fixed("- âœ… ok\n- [â³] late\n- ðŸš§ x â‰¥"), "- ✅ ok\n- [⏳] late\n- 🚧 x ≥");
        let (_, repairs) = repair("a\n- [â³] âœ…\n".to_owned());
        assert_eq!(repairs, [Repair { line: 2, symbols: 2, from_table: 1 }]);
    }

    #[test]
    fn repaired_symbols_are_found_where_they_were() {
        let damaged = "- [â³] âœ… x";
        let repaired = fixed(damaged);
        let found = aligned(damaged, &repaired);
        let pieces: Vec<_> = found
            .windows(2)
            .map(|it| (damaged.get(it[0].0..it[1].0).unwrap(), repaired.get(it[0].1..it[1].1).unwrap()))
            .collect();
        let odd: Vec<_> = pieces.iter().filter(|(old, new)| old != new).collect();
        assert_eq!(odd, [&("â³", "⏳"), &("âœ…", "✅")]);
    }

    #[test]
    fn good_text_stays() {
        for text in ["é à ü", "mojibakes `✓` to `âœ“`", "Größe", "âge", "â"] {
            assert_eq!(fixed(text), text);
        }
    }
}
