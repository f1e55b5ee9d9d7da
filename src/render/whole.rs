//! The whole report on one page, for paper: what other pages hold, one after the other.

use super::look::Look;
use super::templates::TemplateError;
use crate::views::whole::{Chapter, WholeReport};
use serde::Serialize;

/// The page as its template sees it.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    page: &'a WholeReport,
    chapters: Vec<Shape>,
}

#[derive(Serialize)]
struct Shape {
    /// What the chapter is called as a place of the page.
    id: String,
    /// Whether it goes on with the chapter before.
    is_below: bool,
    /// What it holds, made from another page.
    html: String,
}

/// Puts pages together. `page` finds a page that was made, by its path.
///
/// # Errors
///
/// When the template asks for what the view does not have.
pub fn whole<'p>(
    view: &WholeReport,
    look: &Look<'_>,
    page: impl Fn(&str) -> Option<&'p str>,
) -> Result<String, TemplateError> {
    let shape = |it: &Chapter| {
        let id = it.path.trim_end_matches(".html").replace('/', "-");
        let html = page(&it.path).and_then(main).map(|html| moved(html, &id, it.is_below))?;
        Some(Shape { id, is_below: it.is_below, html })
    };
    let chapters = view.chapters.iter().filter_map(shape).collect();
    look.page("site/report.html", &Shown { page: view, chapters })
}

/// Returns what stands in a page besides its frame.
fn main(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("<main id=\"main\">")?;
    rest.rsplit_once("</main>").map(|it| it.0.trim())
}

/// Attributes that name a place of the page.
const NAMES: [&str; 6] = [" id=\"", " aria-labelledby=\"", " aria-describedby=\"", " for=\"", " href=\"#", " name=\""];

/// Returns a page as a part of another one: its places have names of their own, headings stand one lower, and links lead to where
/// they led. Words of a plan are no markup, so what looks like an attribute is one.
fn moved(html: &str, id: &str, is_below: bool) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    for (at, piece) in html.split('<').enumerate() {
        if at == 0 {
            out.push_str(piece);
            continue;
        }
        let (tag, words) = piece.split_once('>').unwrap_or((piece, ""));
        out.push('<');
        out.push_str(&tag_moved(tag, id, is_below));
        out.push('>');
        out.push_str(words);
    }
    out
}

fn tag_moved(tag: &str, id: &str, is_below: bool) -> String {
    let mut tag = tag.to_owned();
    for (from, to) in [("h5", "h6"), ("h4", "h5"), ("h3", "h4"), ("h2", "h3"), ("h1", "h2")] {
        let bare = tag.trim_start_matches('/');
        if bare.strip_prefix(from).is_some_and(|it| it.is_empty() || it.starts_with(' ')) {
            tag = tag.replacen(from, to, 1);
            break;
        }
    }
    // So many parts of one name would be no landmarks to find a way by.
    for landmark in ["section", "nav"] {
        let bare = tag.strip_prefix('/').unwrap_or(&tag);
        if bare.strip_prefix(landmark).is_some_and(|it| it.is_empty() || it.starts_with(' ')) {
            tag = without(&tag.replacen(landmark, "div", 1), " aria-labelledby=\"");
            // What scrolls by itself is reached by the keyboard, and has to say what it is.
            tag = if tag.contains(" tabindex=") {
                tag.replacen(" aria-label=", " role=\"group\" aria-label=", 1)
            } else {
                without(&tag, " aria-label=\"")
            };
            break;
        }
    }
    // Shapes stand once in the page.
    if !tag.contains(" href=\"#i-") {
        for name in NAMES {
            tag = named(&tag, name, id);
        }
    }
    if is_below { tag.replace(" href=\"../", " href=\"") } else { tag }
}

/// Leaves out an attribute.
fn without(tag: &str, name: &str) -> String {
    let found = tag.split_once(name).and_then(|(before, rest)| Some((before, rest.split_once('"')?.1)));
    found.map_or_else(|| tag.to_owned(), |(before, after)| format!("{before}{after}"))
}

/// Puts a chapter before each word of an attribute's value: some attributes name several places.
fn named(tag: &str, name: &str, id: &str) -> String {
    let Some((before, rest)) = tag.split_once(name) else { return tag.to_owned() };
    let Some((value, after)) = rest.split_once('"') else { return tag.to_owned() };
    let words: Vec<String> = value.split(' ').map(|it| format!("{id}-{it}")).collect();
    format!("{before}{name}{}\"{after}", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_a_part() {
        let html = "<body><main id=\"main\">\n<h1>A</h1><section aria-labelledby=\"x y\"><h2 id=\"x\">h2 &lt;h1&gt;</h2></section><svg aria-labelledby=\"x y\"></svg>\
                    <svg><use href=\"#i-ok\"/></svg><a href=\"#x\">b</a><a href=\"../tasks/a.html\">c</a>\n</main></body>";
        assert_eq!(
            moved(main(html).unwrap(), "gates-1", true),
            "<h2>A</h2><div><h3 id=\"gates-1-x\">h2 &lt;h1&gt;</h3></div><svg aria-labelledby=\"gates-1-x gates-1-y\"></svg>\
             <svg><use href=\"#i-ok\"/></svg><a href=\"#gates-1-x\">b</a><a href=\"tasks/a.html\">c</a>"
        );
        assert_eq!(main("<p>"), None);
    }
}
