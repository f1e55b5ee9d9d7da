//! The palette: text and marks stand out from what is behind them. Browsers' checkers cannot judge text inside charts.

use super::support::root;
use roadbook::settings::Scheme;
use std::collections::BTreeMap;

/// Colours of text, which need a contrast of 4.5, and of lines and marks, which need 3 (WCAG 2.2, 1.4.3 and 1.4.11).
const TEXT: [&str; 8] = ["ink", "muted", "link", "ok", "warn", "bad", "scope", "launch"];
const LINES: [&str; 2] = ["plan", "line-strong"];

#[test]
fn colours_stand_out() {
    let style = std::fs::read_to_string(root().join("templates/site/style.css")).unwrap();
    let blocks: Vec<&str> = style.split(":root {").skip(1).filter(|it| it.contains("--bg:")).collect();
    assert_eq!(blocks.len(), 3, "light, dark and print");
    for block in blocks {
        let colours = colours(block.split('}').next().unwrap());
        for behind in ["bg", "sunk"] {
            for (names, least) in [(&TEXT[..], 4.5), (&LINES[..], 3.0)] {
                for name in names {
                    let found = contrast(colours[*name], colours[behind]);
                    assert!(least <= found, "--{name} on --{behind}: {found:.2}, needs {least}");
                }
            }
        }
        for name in ["ok", "warn", "bad", "link"] {
            let found = contrast(colours[name], colours[format!("{name}-tint").as_str()]);
            assert!(4.5 <= found, "--{name} on its tint: {found:.2}");
        }
    }
}

fn colours(block: &str) -> BTreeMap<&str, [f64; 3]> {
    let declared = block.split(';').map(|it| it.rsplit("*/").next().unwrap_or(it).trim());
    let declared = declared.filter_map(|it| it.strip_prefix("--")?.split_once(':'));
    declared.filter_map(|(name, value)| Some((name, parse(value.trim())?))).collect()
}

fn parse(value: &str) -> Option<[f64; 3]> {
    let digits = value.strip_prefix('#')?;
    let wide: String =
        if digits.len() == 3 { digits.chars().flat_map(|it| [it, it]).collect() } else { digits.to_owned() };
    let channel = |at: usize| Some(f64::from(u8::from_str_radix(wide.get(at..at + 2)?, 16).ok()?) / 255.0);
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// The contrast ratio of WCAG 2.2.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let linear = |it: f64| if it <= 0.04045 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) };
    let luminance = |it: [f64; 3]| 0.2126 * linear(it[0]) + 0.7152 * linear(it[1]) + 0.0722 * linear(it[2]);
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What the settings hold a project's own colours against are the grounds that there are.
#[test]
fn chosen_colours_are_held_against_the_grounds_of_pages_and_mails() {
    let sheet = std::fs::read_to_string(root().join("templates/site/style.css")).unwrap();
    let mail = std::fs::read_to_string(root().join("templates/email/mail.html")).unwrap();
    let of_page: Vec<[f64; 3]> = sheet
        .split(":root {")
        .filter(|it| it.contains("--bg:"))
        .take(2)
        .flat_map(|it| {
            let colours = colours(it.split('}').next().unwrap());
            ["bg", "sunk"].map(|it| colours[it])
        })
        .collect();
    let of_mail = |rule: &str| {
        let after = mail.split(rule).nth(1).unwrap_or_else(|| panic!("{rule} is gone"));
        parse(after.split("background-color: ").nth(1).unwrap().get(..7).unwrap()).unwrap()
    };
    let light = [of_page[0], of_page[1], of_mail(".card {"), of_mail(".box {")];
    let dark = [
        of_page[2],
        of_page[3],
        of_mail(".page, .card {"),
        of_mail(".card { background-color: #14171c !important; }\n.box {"),
    ];
    for (scheme, found) in [(Scheme::Light, light), (Scheme::Dark, dark)] {
        let known: Vec<[f64; 3]> = scheme.grounds().iter().map(|it| parse(&it.to_string()).unwrap()).collect();
        assert_eq!(known, found, "{}", scheme.name());
        assert!(known.contains(&parse(&scheme.page().to_string()).unwrap()));
    }
}

#[test]
fn the_checker_can_fail() {
    assert!(contrast(parse("#777").unwrap(), parse("#ffffff").unwrap()) < 4.5);
    assert!((contrast(parse("#000").unwrap(), parse("#fff").unwrap()) - 21.0).abs() < 1e-9);
}
