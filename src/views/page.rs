//! What pages have in common.

use super::charts::Figure;
use serde::Serialize;

/// A page of the site.
pub trait Page: Serialize {
    /// The template it is made with.
    const TEMPLATE: &'static str;

    /// Returns the charts on it; the template gets each as `svg[id]`.
    fn figures(&self) -> Vec<&Figure> {
        Vec::new()
    }
}
