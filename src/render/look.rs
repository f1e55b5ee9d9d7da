//! What pages look like: our templates and sheets, with a project's own templates, colours and logo.

use super::charts::draw;
use super::squeeze::squeeze;
use super::templates::{TemplateError, Templates};
use crate::bundle::{Bundle, OutPath};
use crate::settings::{LEAST, Rgb, Scheme};
use crate::shipped;
use crate::sources::{Logo, OwnLook};
use crate::views::page::Page;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Files that every site has as they are, by their names under `templates/` and in the output.
const ASSETS: [(&str, &str); 4] = [
    ("site/icon.svg", "assets/icon.svg"),
    ("fonts/inter-400.woff2", "assets/fonts/inter-400.woff2"),
    ("fonts/inter-600.woff2", "assets/fonts/inter-600.woff2"),
    ("fonts/OFL.txt", "assets/fonts/OFL.txt"),
];
const SHEET: &str = "site/style.css";
/// The scripts, each of which a project may have in its own words.
const SCRIPTS: [(&str, &str); 3] = [
    ("site/roadbook.js", "assets/roadbook.js"),
    ("site/search.js", "assets/search.js"),
    ("site/tables.js", "assets/tables.js"),
];

/// What pages look like.
#[derive(Debug, Clone)]
pub struct Look<'a> {
    templates: Templates<'a>,
    own: &'a OwnLook,
    colours: Colours,
}

/// Colours that a project chooses, and those that follow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Colours {
    light: Option<Rgb>,
    dark: Option<Rgb>,
}

/// The colour of links, as a mail's template writes it.
#[derive(Debug, Clone, Serialize)]
pub struct LinkColours {
    light: String,
    dark: String,
}

/// A page and its charts, as its template sees them.
#[derive(Serialize)]
struct Drawn<'a, P> {
    #[serde(flatten)]
    page: &'a P,
    svg: BTreeMap<&'a str, String>,
}

impl<'a> Look<'a> {
    /// Puts together what pages look like.
    ///
    /// # Errors
    ///
    /// When the project's own look cannot be used.
    pub fn new(own: &'a OwnLook) -> Result<Self, TemplateError> {
        if let Some(it) = &own.trouble {
            return Err(TemplateError::trouble(it));
        }
        let colours = Colours { light: own.colours.accent, dark: own.colours.dark_accent() };
        Ok(Self { templates: Templates::new(&own.templates)?, own, colours })
    }

    /// Makes a page from its template and its view.
    ///
    /// # Errors
    ///
    /// When the template asks for what the view does not have.
    pub fn page(&self, template: &str, view: &impl Serialize) -> Result<String, TemplateError> {
        self.templates.page(template, view)
    }

    /// Makes a page of the site, with its charts.
    ///
    /// # Errors
    ///
    /// When its template asks for what the view does not have.
    pub fn render<P: Page>(&self, view: &P) -> Result<String, TemplateError> {
        let svg = view.figures().into_iter().map(|it| {
            let drawing = draw(it);
            (it.id.as_str(), drawing.wide + drawing.small.as_deref().unwrap_or_default())
        });
        self.page(P::TEMPLATE, &Drawn { page: view, svg: svg.collect() })
    }

    /// Adds the files that all pages of a site share.
    pub fn add_assets(&self, bundle: &mut Bundle) {
        for (name, path) in ASSETS {
            bundle.add(OutPath::of(path), shipped::bytes(name).unwrap_or_default());
        }
        bundle.add(OutPath::of("assets/style.css"), self.sheet());
        for (name, path) in SCRIPTS {
            bundle.add(OutPath::of(path), self.text(name));
        }
        if let Some(Logo { name, bytes, .. }) = &self.own.logo {
            bundle.add(OutPath::new(&["assets", name]), bytes.clone());
        }
    }

    /// Returns a file under `templates/`: the project's own, else ours.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.own.text(name).map_or_else(|| shipped::text(name).unwrap_or_default(), str::to_owned)
    }

    /// Returns the style sheet: ours or theirs, then the chosen colours, then what they add.
    fn sheet(&self) -> String {
        // Their own stays as they wrote it.
        let mut sheet = self.own.text(SHEET).map_or_else(|| squeeze(&self.text(SHEET)), str::to_owned);
        self.colours.write(&mut sheet);
        if let Some(it) = self.own.text(shipped::EXTRA_SHEET) {
            sheet.push_str("\n/* the project's own */\n");
            sheet.push_str(it);
        }
        sheet
    }

    /// Returns the colours for pictures, which know no schemes: those of light pages, by their names in the style sheet.
    #[must_use]
    pub fn picture_colours(&self) -> BTreeMap<String, String> {
        // A sheet of somebody's own need not name them all.
        let mut all = variables(&shipped::text(SHEET).unwrap_or_default());
        all.extend(variables(&self.text(SHEET)));
        let own = self.colours.light.map(|it| roles(it, Scheme::Light)).unwrap_or_default();
        all.extend(own.into_iter().map(|(name, it)| (name.to_owned(), it.to_string())));
        all
    }

    /// Returns the colours of links in mails.
    #[must_use]
    pub fn link_colours(&self) -> LinkColours {
        let or = |own: Option<Rgb>, ours: &str| own.map_or_else(|| ours.to_owned(), |it| it.to_string());
        LinkColours { light: or(self.colours.light, "#1d4ed8"), dark: or(self.colours.dark, "#8ab4ff") }
    }
}

impl Colours {
    /// Writes rules that stand behind those of the sheet, so that they count.
    fn write(self, sheet: &mut String) {
        let rule = |of: Option<Rgb>, scheme| {
            let roles = roles(of?, scheme).into_iter().map(|(name, it)| format!("--{name}: {it};"));
            Some(format!(":root {{ {} }}\n", roles.collect::<Vec<_>>().join(" ")))
        };
        let (light, dark) = (rule(self.light, Scheme::Light), rule(self.dark, Scheme::Dark));
        if light.is_some() || dark.is_some() {
            sheet.push_str("\n/* colours of roadbook.toml */\n");
        }
        // Writing into a text does not fail.
        if let Some(it) = &light {
            sheet.push_str(it);
        }
        if let Some(it) = &dark {
            let _ = writeln!(sheet, "@media (prefers-color-scheme: dark) {{ {} }}", it.trim_end());
        }
        // Paper is white, whatever the screen is.
        if let Some(it) = &light {
            let _ = writeln!(sheet, "@media print {{ {} }}", it.trim_end());
        }
    }
}

/// Returns the variables of a style sheet for light pages, which stand first.
fn variables(sheet: &str) -> BTreeMap<String, String> {
    let root = sheet.split_once(":root {").and_then(|it| it.1.split_once('}')).map_or("", |it| it.0);
    let entry = |it: &str| {
        let it = it.rsplit_once("*/").map_or(it, |it| it.1);
        let (name, value) = it.trim().strip_prefix("--")?.split_once(':')?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    };
    root.split(';').filter_map(entry).collect()
}

/// Returns the roles that follow from an accent. Shares are those of our own colours.
fn roles(accent: Rgb, scheme: Scheme) -> Vec<(&'static str, Rgb)> {
    let (tint, near, far) = if scheme == Scheme::Light { (0.10, 0.25, 0.14) } else { (0.12, 0.26, 0.14) };
    let over = |part: f64| accent.over(scheme.page(), part);
    // Words stand on the tint, too.
    let steps = (0..=10).map(|it| over(tint * (1.0 - f64::from(it) / 10.0)));
    let tint = steps.into_iter().find(|it| LEAST <= accent.contrast(*it)).unwrap_or(scheme.page());
    vec![("link", accent), ("link-tint", tint), ("fan-near", over(near)), ("fan-far", over(far))]
}
