//! Charts as pictures for mails: the drawings of the site, with the colours of its style sheet and the fonts it ships.

use crate::render::charts;
use crate::render::templates;
use crate::views::charts::Figure;
use resvg::{tiny_skia, usvg};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Units of ground around a drawing, so that a dark mail does not touch its labels.
const PAD: f32 = 8.0;
/// Pixels for one unit of a drawing: 358 units and the ground around them become 1200 pixels, twice the 600 at which mails show them.
const ZOOM: f32 = 1200.0 / (358.0 + 2.0 * PAD);

/// The bundled fonts and nothing of the machine, so that pictures are the same everywhere.
static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    for name in ["fonts/Inter-Regular.otf", "fonts/Inter-SemiBold.otf"] {
        fonts.load_font_data(templates::bytes(name).unwrap_or_default());
    }
    fonts.set_sans_serif_family("Inter");
    Arc::new(fonts)
});

static STYLE: LazyLock<String> = LazyLock::new(|| style(&templates::text("site/style.css").unwrap_or_default()));

/// Draws a figure as PNG, and returns it with the height at which it is shown, for a width of 600; nothing where it cannot be drawn.
pub fn picture(figure: &Figure) -> Option<(Vec<u8>, u32)> {
    let drawing = charts::picture(figure);
    let head = drawing.split_once('>')?;
    let svg = format!(
        "{} xmlns=\"http://www.w3.org/2000/svg\" font-family=\"Inter\"><style>{}</style>{}",
        head.0, *STYLE, head.1
    );
    let options =
        usvg::Options { fontdb: Arc::clone(&FONTS), font_family: "Inter".to_owned(), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(&svg, &options).ok()?;
    let size = tiny_skia::Size::from_wh(tree.size().width() + 2.0 * PAD, tree.size().height() + 2.0 * PAD)?;
    let size = size.scale_by(ZOOM)?.to_int_size();
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height())?;
    let [red, green, blue] = GROUND;
    pixels.fill(tiny_skia::Color::from_rgba8(red, green, blue, 255));
    resvg::render(&tree, tiny_skia::Transform::from_translate(PAD, PAD).post_scale(ZOOM, ZOOM), &mut pixels.as_mut());
    Some((encode(&pixels)?, size.height() / 2))
}

/// Returns the rules for charts with the colours in their places, since what draws knows no variables.
fn style(sheet: &str) -> String {
    let rules = sheet.split_once("/* 7 charts").and_then(|it| it.1.split_once("*/")).map_or("", |it| it.1);
    let rules = rules.split_once("/* a mark with a title").map_or(rules, |it| it.0);
    let mut rules = rules.replace("var(--sans)", "Inter");
    for (name, value) in colours(sheet) {
        rules = rules.replace(&format!("var(--{name})"), &value);
    }
    rules
}

/// Returns the variables of the style sheet for light pages, which stand first.
fn colours(sheet: &str) -> BTreeMap<String, String> {
    let root = sheet.split_once(":root {").and_then(|it| it.1.split_once('}')).map_or("", |it| it.0);
    let entry = |it: &str| {
        let it = it.rsplit_once("*/").map_or(it, |it| it.1);
        let (name, value) = it.trim().strip_prefix("--")?.split_once(':')?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    };
    let mut all: BTreeMap<String, String> = root.split(';').filter_map(entry).collect();
    // Mail programs in dark mode turn pure white, and leave what is next to it.
    let [red, green, blue] = GROUND;
    all.insert("bg".to_owned(), format!("#{red:02x}{green:02x}{blue:02x}"));
    all
}

/// The ground of a mail.
const GROUND: [u8; 3] = [0xfc, 0xfc, 0xfd];

/// Colours that a palette holds.
const MOST_COLOURS: usize = 256;

/// Writes pixels with a palette, which takes half of the room. Colours that differ least become one until 256 are left.
fn encode(pixels: &tiny_skia::Pixmap) -> Option<Vec<u8>> {
    let colours: Vec<[u8; 3]> = pixels.pixels().iter().map(|it| [it.red(), it.green(), it.blue()]).collect();
    let (palette, at) = (0..8).find_map(|bits| palette(&colours, bits))?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&at).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// Returns the colours of pixels and the place of each pixel's among them, where no more than 256 are left when so many bits of each
/// channel are the same; of those that become one, the most frequent stands for all, so that grounds keep their colour.
fn palette(colours: &[[u8; 3]], bits: u32) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let rough = |it: &[u8; 3]| it.map(|it| it >> bits);
    let mut counts: BTreeMap<[u8; 3], BTreeMap<[u8; 3], usize>> = BTreeMap::new();
    for it in colours {
        *counts.entry(rough(it)).or_default().entry(*it).or_default() += 1;
        if MOST_COLOURS < counts.len() {
            return None;
        }
    }
    let places: BTreeMap<[u8; 3], u8> = counts.keys().copied().zip(0..=u8::MAX).collect();
    let most = |it: &BTreeMap<[u8; 3], usize>| it.iter().max_by_key(|it| it.1).map(|it| *it.0);
    let palette = counts.values().filter_map(most).collect();
    let at = colours.iter().filter_map(|it| places.get(&rough(it)).copied()).collect();
    Some((palette, at))
}
