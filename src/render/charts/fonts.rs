//! How wide a text is: measured on the fonts that the site ships.

use super::roles::{Pen, Role};
use std::sync::LazyLock;
use ttf_parser::Face;

static REGULAR: LazyLock<Option<Face<'static>>> =
    LazyLock::new(|| parse(include_bytes!("../../../templates/fonts/Inter-Regular.otf")));
static STRONG: LazyLock<Option<Face<'static>>> =
    LazyLock::new(|| parse(include_bytes!("../../../templates/fonts/Inter-SemiBold.otf")));

fn parse(bytes: &'static [u8]) -> Option<Face<'static>> {
    Face::parse(bytes, 0).ok()
}

/// Returns the width of a text, in units.
pub fn width(text: &str, pen: Pen) -> f64 {
    let face = if pen.bold { STRONG.as_ref() } else { REGULAR.as_ref() };
    text.chars().map(|it| letter_width(it, face)).sum::<f64>() * pen.size()
}

/// Returns the width of a letter, in its size.
fn letter_width(letter: char, face: Option<&Face<'_>>) -> f64 {
    let known = face.and_then(|it| {
        let advance = it.glyph_hor_advance(it.glyph_index(letter)?)?;
        Some(f64::from(advance) / f64::from(it.units_per_em()))
    });
    known.unwrap_or(match letter {
        '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0.0,
        '\u{1100}'.. => 1.0,
        _ => 0.6,
    })
}

/// Returns a text as it is where it fits into some room, else its beginning and an ellipsis.
pub fn fit(text: &str, pen: Pen, room: f64) -> String {
    // The longest text that a drawing has room for; so that a label of a megabyte is not measured.
    let text: String = text.chars().take(400).collect();
    if width(&text, pen) <= room {
        return text;
    }
    let mut left = room - width("…", pen);
    let face = if pen.bold { STRONG.as_ref() } else { REGULAR.as_ref() };
    let kept = text.chars().take_while(|it| {
        left -= letter_width(*it, face) * pen.size();
        0.0 <= left
    });
    let kept: String = kept.collect();
    format!("{}…", kept.trim_end_matches([' ', '\u{200D}', ',', ':', '–', '-']))
}

/// Returns the width of a line in some size, in its unit.
pub fn line_width(text: &str, bold: bool, size: f64) -> f64 {
    let pen = if bold { Pen::strong(Role::Ink) } else { Pen::new(Role::Ink) };
    width(text, pen) / pen.size() * size
}

/// Returns a line as it is where it fits into some room, else its beginning and an ellipsis.
pub fn fit_line(text: &str, bold: bool, size: f64, room: f64) -> String {
    let pen = if bold { Pen::strong(Role::Ink) } else { Pen::new(Role::Ink) };
    fit(text, pen, room * pen.size() / size)
}

/// Says whether the fonts can write a letter.
pub fn covers(letter: char) -> bool {
    [&REGULAR, &STRONG]
        .iter()
        .all(|it| it.as_ref().is_some_and(|it| it.glyph_index(letter).is_some_and(|it| it.0 != 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEN: Pen = Pen::new(Role::Ink);

    #[test]
    fn texts_are_measured_on_the_font() {
        assert!((width("Health Check", PEN) - 75.0).abs() < 5.0);
        assert!(width("Health", PEN) < width("Health", Pen::strong(Role::Ink)));
        assert!((width("路线图", PEN) - 36.0).abs() < 0.1);
    }

    #[test]
    fn long_texts_end_in_an_ellipsis() {
        assert_eq!(fit("Health", PEN, 100.0), "Health");
        let cut = fit("Health Check Standardization", PEN, 80.0);
        assert!(cut.ends_with('…') && width(&cut, PEN) <= 80.0, "{cut}");
        assert_eq!(fit("Health", PEN, 1.0), "…");
    }
}
