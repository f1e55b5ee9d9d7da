//! Texts of earlier versions, read out of the repository when they are asked for.

use super::open::Store;
use crate::sources::{BlobId, Texts, Unreadable};
use gix::objs::Kind;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// The repository's texts.
pub(super) struct Blobs {
    /// The repository, and a place for the text that is being read.
    store: Mutex<(Store, Vec<u8>)>,
}

impl Blobs {
    pub(super) fn new(store: Store) -> Self {
        Self { store: Mutex::new((store, Vec::new())) }
    }
}

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blobs")
    }
}

impl Texts for Blobs {
    fn read(&self, blob: BlobId) -> Result<Vec<u8>, Unreadable> {
        let id = gix::oid::try_from_bytes(blob.hash()).map_err(|_| Unreadable {
            blob,
            what: "git has no hash of this length".to_owned(),
            help: "name a version that git holds".to_owned(),
        })?;
        // A reader that has failed leaves nothing half done behind.
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let (store, buffer) = &mut *store;
        let text = store.read(Kind::Blob, id, buffer).map(<[u8]>::to_vec);
        text.map_err(|it| Unreadable { blob, what: it.what, help: it.help })
    }
}
