//! What a page shows of the project's look, and what others show of the page: a logo, an icon, a card.

use super::standing::Standing;
use super::{Desk, wording};
use crate::sources::{Logo, OwnLook};
use serde::Serialize;

/// What stands beside the title, and in the browser's tab.
#[derive(Debug, Clone, Serialize)]
pub struct Face {
    /// The logo; nothing where the project has none.
    pub logo: Option<LogoPart>,
    /// Where the icon is.
    pub icon: String,
    /// What kind of picture the icon is.
    pub icon_type: &'static str,
}

/// A logo as it stands on a page: its size is known before it is loaded, so that nothing moves.
#[derive(Debug, Clone, Serialize)]
pub struct LogoPart {
    /// Where it is.
    pub src: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// What others show of a page that somebody links to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Card {
    /// The address of the picture; nothing where the site's own is not known: such an address has to be whole.
    pub image: Option<String>,
    /// What the picture says, for those who do not see it.
    pub alt: String,
}

/// Where a project's picture for others is.
pub const CARD_PATH: &str = "assets/card.png";

impl Card {
    /// Makes the card of a project's pages, which have one picture.
    #[must_use]
    pub fn of(desk: &Desk<'_>, base_url: Option<&str>) -> Self {
        let image = base_url.map(|it| format!("{}/{CARD_PATH}", it.trim_end_matches('/')));
        let standing = Standing::of(desk).words();
        Self { image, alt: format!("{}: {standing}, as of {}", desk.plan().title, wording::full_day(desk.as_of())) }
    }
}

/// The height of a logo, in pixels.
const HEIGHT: f64 = 28.0;
/// The widest that one may be, in pixels: a phone has room for a title beside it.
const WIDEST: f64 = 140.0;

impl Face {
    /// Makes the face of a page; `assets` stands before the folder of assets.
    #[must_use]
    pub fn new(look: &OwnLook, assets: &str) -> Self {
        let src = |name: &str| format!("{assets}assets/{name}");
        let part = |it: &Logo| {
            let width = (HEIGHT * it.ratio).min(WIDEST);
            LogoPart { src: src(it.name), width: pixels(width), height: pixels(width / it.ratio) }
        };
        let icon = look.logo.as_ref().filter(|it| it.is_square()).map_or("icon.svg", |it| it.name);
        Self {
            logo: look.logo.as_ref().map(part),
            icon: src(icon),
            icon_type: if icon == "logo.png" { "image/png" } else { "image/svg+xml" },
        }
    }

    /// Returns the same with whole addresses; `home` is the site's.
    #[must_use]
    pub fn within(self, home: &str) -> Self {
        let logo = self.logo.map(|it| LogoPart { src: format!("{home}{}", it.src), ..it });
        Self { logo, icon: format!("{home}{}", self.icon), ..self }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred at most")]
fn pixels(it: f64) -> u32 {
    it.round().clamp(1.0, 1000.0) as u32
}
