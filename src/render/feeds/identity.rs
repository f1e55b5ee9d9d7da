//! A thing's name for the whole world: the same in every build, and no other thing's.

use crate::views::feeds::Identity;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Returns the UUID of a thing: version 8 of RFC 9562, which is the writer's own, here the SHA-256 of what the thing is.
pub fn uuid(it: &Identity) -> String {
    let mut hash = Sha256::new();
    for part in [it.project.as_str(), it.kind, it.key.as_str()] {
        // With the length before it no part can be taken for the end of another.
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut uuid = String::with_capacity(36);
    for (at, byte) in hash.finalize().iter().take(16).enumerate() {
        let byte = match at {
            6 => byte & 0x0F | 0x80,
            8 => byte & 0x3F | 0x80,
            _ => *byte,
        };
        if matches!(at, 4 | 6 | 8 | 10) {
            uuid.push('-');
        }
        // Writing into a string cannot fail.
        let _ = write!(uuid, "{byte:02x}");
    }
    uuid
}
