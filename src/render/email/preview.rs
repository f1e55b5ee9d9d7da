//! Mails as pages for the browser: each beside its text, in light and in dark colours.

use crate::bundle::{Bundle, OutPath};
use crate::mail::Mail;
use crate::render::look::Look;
use crate::render::templates::TemplateError;
use crate::sources::OwnLook;
use crate::views::email::MailPreview;
use serde::Serialize;
use std::collections::BTreeSet;

const TEMPLATE: &str = "email/preview.html";
/// The question of a mail's style sheet that the pages answer, each in its way.
const ASKS_FOR_DARK: &str = "@media (prefers-color-scheme: dark)";
const SCHEMES: &str = r#"<meta name="color-scheme" content="light dark">"#;

#[derive(Serialize)]
struct Shown<'a> {
    page: &'a MailPreview,
    /// What leads to the top folder.
    up: &'static str,
    /// The name of each audience, in order.
    audiences: &'a [&'a str],
}

/// Returns the pages of mails, and the paths of those files that are mails themselves. The first page is `index.html` as well.
///
/// # Errors
///
/// When the template asks for what its view does not have.
pub fn mail_previews(
    mails: &[(Mail, MailPreview)],
    own: &OwnLook,
) -> Result<(Bundle, BTreeSet<OutPath>), TemplateError> {
    let look = Look::new(own)?;
    let mut bundle = Bundle::default();
    let mut themselves = BTreeSet::new();
    look.add_assets(&mut bundle);
    bundle.add(OutPath::new(&["assets", "preview.css"]), look.text("email/preview.css"));
    let audiences: Vec<&str> = mails.iter().map(|(it, _)| it.key.audience.as_str()).collect();
    for (at, (mail, view)) in mails.iter().enumerate() {
        let shown = |up| look.page(TEMPLATE, &Shown { page: view, up, audiences: &audiences });
        let audience = mail.key.audience.as_str();
        bundle.add(OutPath::new(&["for", &format!("{audience}.html")]), shown("../")?);
        if at == 0 {
            bundle.add(OutPath::new(&["index.html"]), shown("")?);
        }
        for colours in ["light", "dark"] {
            let path = OutPath::new(&["mail", audience, &format!("{colours}.html")]);
            bundle.add(path.clone(), in_colours(&mail.html, colours));
            themselves.insert(path);
        }
        for picture in &mail.pictures {
            bundle.add(OutPath::new(&["mail", audience, &format!("{}.png", picture.name)]), picture.png.clone());
        }
    }
    Ok((bundle, themselves))
}

/// Returns a mail as a program of these colours shows it, whatever the browser prefers: not every browser lets a page say what the
/// pages in it prefer.
fn in_colours(html: &str, colours: &str) -> String {
    let answer = if colours == "dark" { "@media all" } else { "@media not all" };
    // No text of a plan comes before the end of the style sheet but the title, which is escaped.
    let Some((head, rest)) = html.split_once("</style>") else { return html.to_owned() };
    let scheme = format!(r#"<meta name="color-scheme" content="{colours}">"#);
    let head = head.replacen(SCHEMES, &scheme, 1).replace(ASKS_FOR_DARK, answer);
    format!("{head}</style>{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_is_asked_for_colours_and_no_text_is() {
        let body = format!("<p>{ASKS_FOR_DARK} {{</p>");
        let html = format!("{SCHEMES}<title>a</title><style>{ASKS_FOR_DARK} {{ }}</style>{body}");
        let light = in_colours(&html, "light");
        assert_eq!(
            light,
            format!(
                r#"<meta name="color-scheme" content="light"><title>a</title><style>@media not all {{ }}</style>{body}"#
            )
        );
        assert!(in_colours(&html, "dark").contains("<style>@media all {"));
    }
}
