//! One small file that somebody named, as text.

use super::Failure;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Reads a text file of at most so many bytes.
///
/// # Errors
///
/// When it cannot be read, is longer, or is no UTF-8.
pub fn limited_text(path: &Path, most: usize) -> Result<String, Failure> {
    let cannot = |it: std::io::Error| Failure::io(path, "cannot read it", &it);
    let mut bytes = Vec::new();
    let enough = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path).map_err(cannot)?.take(enough).read_to_end(&mut bytes).map_err(cannot)?;
    if most < bytes.len() {
        return Err(Failure::new(path, format!("it has more than {most} bytes"), "make it shorter"));
    }
    String::from_utf8(bytes).map_err(|it| {
        let line = it.as_bytes().iter().take(it.utf8_error().valid_up_to()).filter(|it| **it == b'\n').count() + 1;
        Failure::new(path, format!("line {line} is not UTF-8"), "write it as UTF-8")
    })
}
