//! The weekly mail: HTML, text and pictures of one view.

mod picture;
mod preview;
mod text;

pub use self::preview::mail_previews;

use super::look::{LinkColours, Look};
use super::templates::TemplateError;
use crate::mail::Picture;
use crate::sources::OwnLook;
use crate::views::email::{Block, MailView};
use css_inline::CSSInliner;
use serde::Serialize;
use std::collections::BTreeMap;

/// A mail in all its forms.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// The part for programs that show HTML; its pictures are files beside it.
    pub html: String,
    /// The same in text.
    pub text: String,
    /// The pictures that the HTML shows.
    pub pictures: Vec<Picture>,
}

#[derive(Serialize)]
struct Shown<'a> {
    mail: &'a MailView,
    /// The height of each picture that could be drawn, by its name.
    heights: BTreeMap<&'static str, u32>,
    /// The colour of links.
    link: LinkColours,
}

/// Writes a mail.
///
/// # Errors
///
/// When the template asks for what its view does not have.
pub fn email(view: &MailView, own: &OwnLook) -> Result<Drafted, TemplateError> {
    let look = Look::new(own)?;
    let style = picture::style(&look);
    let mut pictures = Vec::new();
    let mut heights = BTreeMap::new();
    for block in view.parts.iter().flat_map(|it| &it.blocks) {
        if let Block::Picture { name, figure, .. } = block
            && let Some((png, height)) = picture::picture(figure, &style)
        {
            heights.insert(*name, height);
            pictures.push(Picture { name: (*name).to_owned(), png });
        }
    }
    let html = inlined(&look.page(TEMPLATE, &Shown { mail: view, heights, link: look.link_colours() })?)?;
    Ok(Drafted { html, text: text::text(view), pictures })
}

const TEMPLATE: &str = "email/mail.html";

/// Puts the rules on their elements: what a mail program drops with the style sheet are dark colours and narrow screens alone.
fn inlined(html: &str) -> Result<String, TemplateError> {
    let inliner = CSSInliner::options().load_remote_stylesheets(false).keep_style_tags(false).build();
    let inlined = inliner.inline(html);
    // What told the inliner to keep a sheet is nothing that mail programs know.
    inlined
        .map(|it| it.replace(" data-css-inline=\"keep\"", "").trim_end().to_owned() + "\n")
        .map_err(|it| TemplateError::ours(TEMPLATE, it.to_string()))
}
