//! Colours, and how well one stands out from what is behind it (WCAG 2.2).

use std::fmt;

/// A colour in sRGB, without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

/// A scheme of colours: what may lie behind a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark words on light grounds.
    Light,
    /// Light words on dark grounds.
    Dark,
}

/// What words need, as a ratio (WCAG 2.2, 1.4.3).
pub const LEAST: f64 = 4.5;

impl Scheme {
    /// Returns the grounds of pages and mails. Tests hold them and the style sheets together.
    #[must_use]
    pub const fn grounds(self) -> &'static [Rgb] {
        match self {
            // Of a page: --bg and --sunk; of a mail: .card and .box.
            Self::Light => {
                &[Rgb([0xff, 0xff, 0xff]), Rgb([0xf5, 0xf7, 0xf9]), Rgb([0xfc, 0xfc, 0xfd]), Rgb([0xf3, 0xf5, 0xf8])]
            }
            Self::Dark => {
                &[Rgb([0x0f, 0x14, 0x19]), Rgb([0x17, 0x1e, 0x26]), Rgb([0x14, 0x17, 0x1c]), Rgb([0x20, 0x25, 0x2d])]
            }
        }
    }

    /// Returns the ground of a page.
    #[must_use]
    pub const fn page(self) -> Rgb {
        match self {
            Self::Light => Rgb([0xff, 0xff, 0xff]),
            Self::Dark => Rgb([0x0f, 0x14, 0x19]),
        }
    }

    /// Returns its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Rgb {
    /// Reads `#rgb` or `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()))?;
        let digit = |at: usize| digits.get(at..=at).and_then(|it| u8::from_str_radix(it, 16).ok());
        let pair = |at: usize| Some(digit(at)? * 16 + digit(at + 1)?);
        match digits.len() {
            3 => Some(Self([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17])),
            6 => Some(Self([pair(0)?, pair(2)?, pair(4)?])),
            _ => None,
        }
    }

    /// Returns the contrast of two colours, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |it: u8| {
            let it = f64::from(it) / 255.0;
            if it <= 0.040_45 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Returns the least contrast of words in this colour with what may lie behind them.
    #[must_use]
    pub fn least_contrast(self, scheme: Scheme) -> f64 {
        scheme.grounds().iter().map(|it| self.contrast(*it)).fold(f64::INFINITY, f64::min)
    }

    /// Returns a part of this colour over another: 0 is the other, 1 is this one.
    #[must_use]
    pub fn over(self, ground: Self, part: f64) -> Self {
        let [mine, theirs] = [self.0, ground.0].map(|it| it.map(f64::from));
        let mut mixed = mine.iter().zip(theirs).map(|(a, b)| rounded(b + (a - b) * part));
        Self(std::array::from_fn(|_| mixed.next().unwrap_or_default()))
    }

    /// Returns the colour of the same hue that is nearest by lightness and stands out from all grounds of a scheme.
    #[must_use]
    pub fn standing_out(self, scheme: Scheme) -> Self {
        const STEPS: u16 = 256;
        let (hue, saturation, lightness) = self.hsl();
        let end = if scheme == Scheme::Light { 0.0 } else { 1.0 };
        let at = |step: u16| lightness + (end - lightness) * f64::from(step) / f64::from(STEPS);
        let lighter = (1..=STEPS).map(|it| Self::of_hsl(hue, saturation, at(it)));
        std::iter::once(self).chain(lighter).find(|it| LEAST <= it.least_contrast(scheme)).unwrap_or(self)
    }

    /// Hue from 0 to 6, saturation and lightness from 0 to 1.
    fn hsl(self) -> (f64, f64, f64) {
        let [red, green, blue] = self.0.map(|it| f64::from(it) / 255.0);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let (lightness, spread) = (most.midpoint(least), most - least);
        if spread <= 0.0 {
            return (0.0, 0.0, lightness);
        }
        let saturation = spread / (1.0 - (2.0 * lightness - 1.0).abs()).max(f64::EPSILON);
        let hue = if most <= red {
            ((green - blue) / spread).rem_euclid(6.0)
        } else if most <= green {
            (blue - red) / spread + 2.0
        } else {
            (red - green) / spread + 4.0
        };
        (hue, saturation.min(1.0), lightness)
    }

    fn of_hsl(hue: f64, saturation: f64, lightness: f64) -> Self {
        let reach = saturation * lightness.min(1.0 - lightness);
        // The usual closed form: each channel is a trapezoid over the hue, shifted by a third of the circle.
        let channel = |shift: f64| {
            let at = (shift + hue * 2.0).rem_euclid(12.0);
            rounded((lightness - reach * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0)) * 255.0)
        };
        Self([channel(0.0), channel(8.0), channel(4.0)])
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is held between 0 and 255 before")]
fn rounded(it: f64) -> u8 {
    it.round().clamp(0.0, 255.0) as u8
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgb(text: &str) -> Rgb {
        Rgb::parse(text).unwrap()
    }

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!([rgb("#06c").to_string(), rgb("#0066CC").to_string()], ["#0066cc", "#0066cc"]);
        assert_eq!([Rgb::parse("06c"), Rgb::parse("#0066c"), Rgb::parse("#ggg"), Rgb::parse("#é1")], [None; 4]);
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((rgb("#000").contrast(rgb("#fff")) - 21.0).abs() < 1e-9);
        // Figures of the checker of WebAIM.
        assert!((rgb("#777777").contrast(rgb("#ffffff")) - 4.48).abs() < 0.005);
        assert!((rgb("#1d4ed8").contrast(rgb("#ffffff")) - 6.70).abs() < 0.005);
    }

    #[test]
    fn the_nearest_that_stands_out_keeps_its_hue() {
        assert_eq!(rgb("#ffcc00").standing_out(Scheme::Light).to_string(), "#886d00");
        for (text, scheme) in
            [("#ffcc00", Scheme::Light), ("#fff", Scheme::Light), ("#102030", Scheme::Dark), ("#00f", Scheme::Dark)]
        {
            let found = rgb(text).standing_out(scheme);
            assert!(LEAST <= found.least_contrast(scheme), "{text} became {found}");
            let (before, after) = (rgb(text).hsl(), found.hsl());
            assert!((before.0 - after.0).abs() < 0.1 || before.1 == 0.0, "{text}: {before:?} became {after:?}");
        }
        assert_eq!(rgb("#1d4ed8").standing_out(Scheme::Light), rgb("#1d4ed8"));
    }

    #[test]
    fn a_colour_over_another_is_between_both() {
        assert_eq!(rgb("#1d4ed8").over(rgb("#fff"), 0.25).to_string(), "#c7d3f5");
        assert_eq!(
            [rgb("#123").over(rgb("#fff"), 0.0), rgb("#123").over(rgb("#fff"), 1.0)],
            [rgb("#fff"), rgb("#123")]
        );
    }
}
