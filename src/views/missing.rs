//! The page that a host shows for an address that has none, at any depth, so that relative links and styles miss.

use super::Desk;
use super::frame::{Frame, Heading, NavLink, Section, frame};
use super::page::Page;
use super::parts::Link;
use super::portfolio::{self, PortfolioFacts};
use serde::Serialize;

/// The page for what is not there, where the site's address is known.
#[derive(Debug, Serialize)]
pub struct Missing {
    /// What stands around it; its links are whole addresses.
    pub frame: Frame,
}

/// The same where the address is not known: it has no links and no looks, since none would hold.
#[derive(Debug, Serialize)]
pub struct Lost {
    /// The title of the plan, or of all.
    pub plan: String,
    /// What says that the site is a preview.
    pub preview: Option<String>,
}

impl Page for Missing {
    const TEMPLATE: &'static str = "site/404.html";
}

impl Page for Lost {
    const TEMPLATE: &'static str = "site/404-plain.html";
}

/// Its path in the output folder, where hosts look for it.
pub const PATH: &str = "404.html";

const TITLE: &str = "This page is not there";

/// Makes the page of a project's site. `base_url` is the site's address.
#[must_use]
pub fn missing(desk: &Desk<'_>, base_url: &str) -> Missing {
    let words = Heading {
        title: TITLE.to_owned(),
        description: format!("A page that {} does not have", desk.plan().title),
        section: Section::Overview,
        is_first: false,
        path: PATH.to_owned(),
    };
    Missing { frame: whole(frame(desk, &words, None), base_url) }
}

/// Makes the page of a portfolio's site. `base_url` is the site's address.
#[must_use]
pub fn missing_of_all(facts: &PortfolioFacts<'_>, base_url: &str) -> Missing {
    Missing { frame: whole(portfolio::frame(facts, TITLE, None), base_url) }
}

/// Makes the page of a project's site without an address.
#[must_use]
pub fn lost(desk: &Desk<'_>) -> Lost {
    Lost { plan: desk.plan().title.clone(), preview: desk.facts.preview.map(super::preview::Preview::banner) }
}

/// Makes all links of a frame whole.
fn whole(frame: Frame, base_url: &str) -> Frame {
    let home = format!("{}/", base_url.trim_end_matches('/'));
    let links = |all: Vec<NavLink>| -> Vec<NavLink> {
        all.into_iter().map(|it| NavLink { href: format!("{home}{}", it.href), current: "", ..it }).collect()
    };
    let (nav, more) = (links(frame.nav), links(frame.more));
    let link = |it: Link| Link { href: format!("{home}{}", it.href), ..it };
    let preview = frame.preview.map(link);
    let data = frame.data.into_iter().map(link).collect();
    let feed = frame.feed.map(|it| format!("{home}{it}"));
    let face = frame.face.within(&home);
    Frame { up: home.clone(), assets: home, nav, more, preview, data, feed, face, crumbs: Vec::new(), ..frame }
}
