//! What a project looks like, in its own words: templates, colours, a logo.

use super::svg::{Sizes, still};
use crate::settings::Look;
use crate::text::SourceFile;

/// What a project looks like.
#[derive(Debug, Clone, Default)]
pub struct OwnLook {
    /// Colours.
    pub colours: Look,
    /// Its own templates, style sheets and scripts, sorted by name.
    pub templates: Vec<OwnTemplate>,
    /// Its logo.
    pub logo: Option<Logo>,
    /// What is wrong with it, so that nothing can be shown; who shows nothing need not care.
    pub trouble: Option<Trouble>,
}

/// A template in the place of one of ours, or one that such a template takes in.
#[derive(Debug, Clone)]
pub struct OwnTemplate {
    /// Its name, as that of the file below the folder of templates, such as "site/index.html".
    pub name: String,
    /// The file.
    pub file: SourceFile,
}

/// Why a look cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The file or folder it is about.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: String,
}

/// A picture beside the title.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    /// What it is called among the site's assets.
    pub name: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// Its width for a height of 1.
    pub ratio: f64,
}

/// The largest logo, in bytes.
pub const MAX_LOGO: usize = 100 * 1024;

impl OwnLook {
    /// Returns the text of one of its files.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.templates.iter().find(|it| it.name == name).map(|it| it.file.text.as_str())
    }
}

impl Logo {
    /// Reads a picture: a PNG, or an SVG that does nothing and asks nobody.
    ///
    /// # Errors
    ///
    /// When it is neither, is too large, or says no size: what is wrong, and what to do.
    pub fn read(bytes: Vec<u8>) -> Result<Self, (String, &'static str)> {
        if MAX_LOGO < bytes.len() {
            let what = format!("the logo has {}, and {} are the most", kib(bytes.len()), kib(MAX_LOGO));
            return Err((what, "make the picture smaller: it is shown 28 pixels high"));
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            let side = |at: usize| {
                let bytes: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
                Some(f64::from(u32::from_be_bytes(bytes)))
            };
            let ratio = side(16).zip(side(20)).and_then(|(width, height)| ratio(width, height));
            let no_size = || ("the logo is a PNG without a size".to_owned(), "save the picture anew");
            return Ok(Self { name: "logo.png", ratio: ratio.ok_or_else(no_size)?, bytes });
        }
        let neither = || ("the logo is neither a PNG nor an SVG".to_owned(), "save the picture as one of them");
        let text = std::str::from_utf8(&bytes).map_err(|_| neither())?;
        if !text.contains("<svg") {
            return Err(neither());
        }
        let ratio = svg_ratio(&still(text)?)?;
        Ok(Self { name: "logo.svg", ratio, bytes })
    }

    /// Says whether it is about as wide as it is high, as icons are.
    #[must_use]
    pub fn is_square(&self) -> bool {
        (0.8..=1.25).contains(&self.ratio)
    }
}

fn kib(bytes: usize) -> String {
    format!("{} KiB", bytes.div_ceil(1024))
}

/// What a picture may be at most: ten times as wide as high, or as high as wide.
fn ratio(width: f64, height: f64) -> Option<f64> {
    let ratio = width / height;
    (0.0 < height && (0.1..=10.0).contains(&ratio)).then_some(ratio)
}

fn svg_ratio(it: &Sizes) -> Result<f64, (String, &'static str)> {
    let by_box = || {
        let numbers = it.view_box.as_ref()?.split([' ', ',']).filter(|it| !it.is_empty());
        match numbers.map(|it| it.parse::<f64>().ok()).collect::<Option<Vec<_>>>()?.as_slice() {
            [_, _, width, height] => Some((*width, *height)),
            _ => None,
        }
    };
    let side = |it: &Option<String>| it.as_ref()?.trim_end_matches("px").parse::<f64>().ok();
    let has_size = |(width, height): &(f64, f64)| 0.0 < *width && 0.0 < *height;
    let sizes = [by_box(), side(&it.width).zip(side(&it.height))];
    let mut sizes = sizes.into_iter().flatten().filter(has_size).peekable();
    if sizes.peek().is_none() {
        return Err(("the logo says no size".to_owned(), "give its <svg> a viewBox, or a width and a height"));
    }
    let too_long = || {
        let what = "the logo is more than ten times as wide as high, or as high as wide".to_owned();
        (what, "cut the picture, or leave more room around it")
    };
    sizes.find_map(|(width, height)| ratio(width, height)).ok_or_else(too_long)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(text: &str) -> Result<f64, String> {
        Logo::read(text.as_bytes().to_vec()).map(|it| it.ratio).map_err(|it| it.0)
    }

    #[test]
    fn a_picture_has_a_ratio() {
        assert_eq!(svg("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 24\"/>"), Ok(2.0));
        assert_eq!(svg("<?xml version='1.0'?>\n<svg width='24px' height = \"24\" stroke-width=\"3\"/>"), Ok(1.0));
        assert_eq!(svg("<svg viewBox=\"0 0 0 24\"/>"), Err("the logo says no size".to_owned()));
        let long = "the logo is more than ten times as wide as high, or as high as wide";
        assert_eq!(svg("<svg viewBox=\"0 0 1000 1\"/>"), Err(long.to_owned()));
        assert_eq!(svg("GIF89a"), Err("the logo is neither a PNG nor an SVG".to_owned()));
        let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0, 0, 0, 40, 0, 0, 0, 20]].concat();
        assert_eq!(Logo::read(png).map(|it| (it.name, it.ratio)), Ok(("logo.png", 2.0)));
        let what = Logo::read(vec![0; MAX_LOGO + 1]).unwrap_err().0;
        assert_eq!(what, "the logo has 101 KiB, and 100 KiB are the most");
    }

    #[test]
    fn a_picture_does_nothing_and_asks_nobody() {
        let with = |inner: &str| svg(&format!("<svg viewBox=\"0 0 1 1\">{inner}</svg>"));
        for bad in [
            "<SCRIPT>1</SCRIPT>",
            "<g onload=\"x()\"/>",
            "<g\nonLoad = 'x()'/>",
            "<a href=\"https://example.org\"/>",
            "<image xlink:href=\"//example.org/a.png\"/>",
            "<rect fill=\"url(http://example.org#a)\"/>",
            "<a href=\"java\nscript:x\"/>",
            "<style>@import 'x'</style>",
            "<foreignObject/>",
            "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">1</s:script>",
            "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">1</x:script>",
            "<x:img xmlns:x=\"http://www.w3.org/1999/xhtml\"/>",
            "<animate attributeName=\"href\" to=\"a\"/>",
            "<rect",
            "<g>",
        ] {
            assert!(with(bad).is_err(), "{bad}");
        }
        let coded = "<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg viewBox=\"0 0 1 1\"/>";
        assert_eq!(svg(coded), Err("the logo says that it is not UTF-8".to_owned()));
        // As deep as its size lets it be.
        assert!(with(&"<g>".repeat(30_000)).is_err());
        for good in [
            "<use href=\"#a\"/>",
            "<rect fill=\"url(#a)\" font-size='2'/>",
            "<image href=\"data:image/png;base64,AA\"/>",
            "<metadata><w:Work xmlns:w=\"http://creativecommons.org/ns#\"/></metadata>",
        ] {
            assert_eq!(with(good), Ok(1.0), "{good}");
        }
    }
}
