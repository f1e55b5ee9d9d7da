//! Badges as pictures of their own, and as data for a service that draws them.

use crate::prose::escape_html;
use crate::render::charts::text_width;
use crate::views::charts::Look;
use crate::views::feeds::badges::BadgeView;
use serde::Serialize;

/// What shields.io asks an endpoint for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint<'a> {
    schema_version: u8,
    label: &'a str,
    message: &'a str,
    color: &'static str,
}

/// What stands behind the label.
const INK: &str = "24292f";

/// Returns what stands behind the message. White words on each of these can be read (WCAG 2.2 AA).
const fn colour(look: Look) -> &'static str {
    match look {
        Look::Ok => "1a7f37",
        Look::Warn => "8a5a00",
        Look::Bad => "c21f2b",
        Look::Live => "0550ae",
        Look::Plain => "57606a",
    }
}

/// Returns what an endpoint says.
pub fn endpoint(it: &BadgeView) -> Endpoint<'_> {
    Endpoint { schema_version: 1, label: it.label, message: &it.message, color: colour(it.look) }
}

/// Draws a badge. The length of its words is measured on the site's font and written into the picture, so that they fit in whichever
/// font is there.
pub fn svg(it: &BadgeView) -> String {
    const PAD: f64 = 7.0;
    let (label, message) = (text_width(it.label), text_width(&it.message));
    let (left, right) = ((label + 2.0 * PAD).round(), (message + 2.0 * PAD).round());
    let width = left + right;
    let colour = colour(it.look);
    let said = escape_html(&format!("{}: {}", it.label, it.message));
    let words = |middle: f64, length: f64, words: &str| {
        format!(
            "<text x=\"{middle}\" y=\"14\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>",
            escape_html(words)
        )
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"20\" viewBox=\"0 0 {width} 20\" role=\"img\" \
         aria-labelledby=\"t\"><title id=\"t\">{said}</title>\
         <clipPath id=\"r\"><rect width=\"{width}\" height=\"20\" rx=\"3\"/></clipPath>\
         <g clip-path=\"url(#r)\"><rect width=\"{left}\" height=\"20\" fill=\"#{INK}\"/>\
         <rect x=\"{left}\" width=\"{right}\" height=\"20\" fill=\"#{colour}\"/></g>\
         <g fill=\"#fff\" text-anchor=\"middle\" font-family=\"Inter,'Segoe UI',Helvetica,Arial,sans-serif\" font-size=\"11\">{}{}</g></svg>\n",
        words(left / 2.0, label, it.label),
        words(left + right / 2.0, message, &it.message),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of white with a colour, by WCAG 2.2.
    fn contrast(hex: &str) -> f64 {
        let part = |at: usize| {
            let two = hex.get(at..at + 2).unwrap();
            let it = f64::from(u8::from_str_radix(two, 16).unwrap()) / 255.0;
            if it <= 0.04045 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) }
        };
        1.05 / (0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4) + 0.05)
    }

    #[test]
    fn words_can_be_read_on_every_colour() {
        for it in [Look::Ok, Look::Warn, Look::Bad, Look::Live, Look::Plain] {
            assert!(4.5 <= contrast(colour(it)), "{it:?}: {}", contrast(colour(it)));
        }
        assert!(4.5 <= contrast(INK));
    }

    #[test]
    fn words_of_a_plan_stay_words() {
        let it =
            BadgeView { name: "next-gate", label: "next gate", message: "<script>\"&'".to_owned(), look: Look::Bad };
        assert!(!svg(&it).contains("<script") && svg(&it).contains("&lt;script&gt;"), "{}", svg(&it));
    }
}
