//! SVG as PNG, with the bundled fonts and nothing of the machine.

use crate::shipped;
use resvg::{tiny_skia, usvg};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The bundled fonts, so that pictures are the same everywhere.
static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    for name in ["fonts/Inter-Regular.otf", "fonts/Inter-SemiBold.otf"] {
        fonts.load_font_data(shipped::bytes(name).unwrap_or_default());
    }
    fonts.set_sans_serif_family("Inter");
    Arc::new(fonts)
});

/// Draws an SVG with so many units of ground around it and so many pixels for a unit, and returns the PNG with its height in pixels;
/// nothing where it cannot be drawn.
pub fn draw(svg: &str, pad: f32, zoom: f32, ground: [u8; 3]) -> Option<(Vec<u8>, u32)> {
    let options =
        usvg::Options { fontdb: Arc::clone(&FONTS), font_family: "Inter".to_owned(), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).ok()?;
    let size = tiny_skia::Size::from_wh(tree.size().width() + 2.0 * pad, tree.size().height() + 2.0 * pad)?;
    let size = size.scale_by(zoom)?.to_int_size();
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height())?;
    let [red, green, blue] = ground;
    pixels.fill(tiny_skia::Color::from_rgba8(red, green, blue, 255));
    resvg::render(&tree, tiny_skia::Transform::from_translate(pad, pad).post_scale(zoom, zoom), &mut pixels.as_mut());
    Some((encode(&pixels)?, size.height()))
}

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
