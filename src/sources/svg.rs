//! What a picture of a project may hold: shapes, and nothing that does something or asks another host. Whoever opens the file by
//! itself opens it with the rights of the site.

use roxmltree::{Document, Node, ParsingOptions};

/// What is wrong, and what to do.
type Wrong = (String, &'static str);

/// More elements are no logo.
const MAX_NODES: u32 = 20_000;
const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The elements of SVG that draw, name or hold others; all else is refused.
const ELEMENTS: [&str; 44] = [
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "metadata",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

/// What the root of a picture says of its size.
#[derive(Debug)]
pub struct Sizes {
    /// The `viewBox`.
    pub view_box: Option<String>,
    /// The `width`.
    pub width: Option<String>,
    /// The `height`.
    pub height: Option<String>,
}

/// Checks that a picture is still, and returns what it says of its size: strict rather than clever, since a picture drawn by a program has none of the rest.
///
/// # Errors
///
/// When it is no well-formed XML in UTF-8, or holds what a picture does not need.
pub fn still(svg: &str) -> Result<Sizes, Wrong> {
    let needless = |it: String| {
        let help = "take it out, or save the picture as PNG: whoever opens the file by itself would run it";
        (format!("the logo holds {it}, which a picture does not need"), help)
    };
    // A browser would read other letters than we do.
    if declared_encoding(svg).is_some_and(|it| !it.eq_ignore_ascii_case("utf-8")) {
        return Err(("the logo says that it is not UTF-8".to_owned(), "save the picture as UTF-8"));
    }
    let small = svg.to_ascii_lowercase();
    let words = ["<!entity", "javascript:", "@import", "<?xml-stylesheet"];
    if let Some(it) = words.iter().find(|it| small.contains(**it)) {
        return Err(needless(format!("`{it}`")));
    }
    if small.match_indices("url(").any(|(at, _)| !small.get(at + 4..).is_some_and(is_inner)) {
        return Err(needless("an address in `url(…)`".to_owned()));
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let broken = |it: roxmltree::Error| {
        (format!("the logo is no well-formed SVG from line {} on", it.pos().row), "save the picture anew")
    };
    let document = Document::parse_with_options(svg, options).map_err(broken)?;
    if let Some(it) = document.descendants().find_map(|it| active(&it)) {
        return Err(needless(it));
    }
    let said = |name: &str| document.root_element().attribute(name).map(str::to_owned);
    Ok(Sizes { view_box: said("viewBox"), width: said("width"), height: said("height") })
}

/// Names what an element does, if it does something or asks another host.
fn active(it: &Node<'_, '_>) -> Option<String> {
    let tag = it.tag_name();
    let is_drawn = match tag.namespace() {
        None | Some(SVG) => ELEMENTS.contains(&tag.name()),
        Some(XHTML) => false,
        // What drawing programs write down for themselves; browsers know nothing of it.
        Some(_) => true,
    };
    if it.is_element() && !is_drawn {
        return Some(format!("`<{}`", tag.name()));
    }
    it.attributes().find_map(|it| {
        let name = it.name().to_ascii_lowercase();
        let is_handler = name.strip_prefix("on").is_some_and(|it| !it.is_empty());
        let is_address = matches!(name.as_str(), "href" | "src") && !is_inner(&it.value().to_ascii_lowercase());
        (is_handler || is_address).then(|| format!("an attribute `{name}`"))
    })
}

/// Says whether an address leads into the picture itself, or holds another.
fn is_inner(it: &str) -> bool {
    let it = it.trim_start_matches([' ', '"', '\'']);
    it.starts_with('#') || it.starts_with("data:image/png") || it.starts_with("data:image/jpeg")
}

/// Returns the encoding that an XML declaration names.
fn declared_encoding(text: &str) -> Option<&str> {
    let head = text.trim_start_matches('\u{FEFF}').strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    value.split(['"', '\'']).nth(1)
}
