//! The documents that are open in the editor.

use super::text::{EditorText, Units};
use super::uri::to_path;
use lsp_types::{TextDocumentContentChangeEvent, Uri};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An open document.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its name, as the editor writes it.
    pub uri: Uri,
    /// The editor's count of its changes.
    pub version: i32,
    /// Its text.
    pub text: EditorText,
}

/// The open documents, by their paths.
#[derive(Debug, Default)]
pub struct Documents(BTreeMap<PathBuf, Document>);

impl Documents {
    /// Opens a document; nothing for one that is no file.
    pub fn open(&mut self, uri: Uri, version: i32, text: String, units: Units) -> Option<PathBuf> {
        let path = to_path(&uri)?;
        let text = EditorText::new(Arc::new(text), units);
        self.0.insert(path.clone(), Document { uri, version, text });
        Some(path)
    }

    /// Makes changes, one after the other; nothing for a document that is not open.
    pub fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        units: Units,
    ) -> Option<PathBuf> {
        let path = to_path(uri)?;
        let document = self.0.get_mut(&path)?;
        for it in changes {
            let raw = match it.range {
                None => it.text,
                Some(range) => {
                    let bytes = document.text.bytes(range);
                    let text = std::mem::take(&mut document.text);
                    // The first change copies the text that is known, further ones need not.
                    let mut raw = Arc::unwrap_or_clone(text.raw);
                    raw.replace_range(bytes, &it.text);
                    raw
                }
            };
            document.text = EditorText::new(Arc::new(raw), units);
        }
        document.version = version;
        Some(path)
    }

    /// Closes a document; nothing for one that is not open.
    pub fn close(&mut self, uri: &Uri) -> Option<PathBuf> {
        let path = to_path(uri)?;
        self.0.remove(&path).map(|_| path)
    }

    /// Returns a document.
    pub fn get(&self, path: &Path) -> Option<&Document> {
        self.0.get(path)
    }

    /// Returns all documents, by path.
    pub fn all(&self) -> impl Iterator<Item = (&PathBuf, &Document)> {
        self.0.iter()
    }
}
