//! The record in a folder.

use super::{Entry, LEDGER, Ledger, MOST_KEPT, MOST_LEDGER, Record, damaged, entries, folders};
use crate::edge::Failure;
use crate::mail::MailKey;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// A folder that holds the record: `YYYY-Www/PROJECT/AUDIENCE/` for each mail. Whoever writes holds its lock for that moment.
pub struct FolderLedger {
    folder: PathBuf,
    /// The bytes of the record of the mail that was read last.
    last: Option<Vec<u8>>,
}

impl FolderLedger {
    /// Names a folder; it is made when something is written.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), last: None }
    }

    fn folder_of(&self, key: &MailKey) -> PathBuf {
        folders(key).iter().fold(self.folder.clone(), |path, it| path.join(it))
    }
}

impl Ledger for FolderLedger {
    fn read(&mut self, key: &MailKey) -> Result<Record, Failure> {
        let folder = self.folder_of(key);
        let path = folder.join(LEDGER);
        let bytes = read(&path, MOST_LEDGER)?;
        let record = Record {
            entries: entries(bytes.as_deref().unwrap_or_default()).map_err(|line| damaged(&path, line))?,
            kept: read(&folder.join("mail.eml"), MOST_KEPT)?,
        };
        self.last = Some(bytes.unwrap_or_default());
        Ok(record)
    }

    fn append(&mut self, key: &MailKey, entries: &[Entry], files: &[(String, Vec<u8>)]) -> Result<bool, Failure> {
        let folder = self.folder_of(key);
        let make =
            |it: &Path| fs::create_dir_all(it).map_err(|error| Failure::io(it, "cannot make the folder", &error));
        make(&folder)?;
        let lock = self.folder.join(".lock");
        let locked = |error: io::Error| Failure::io(&lock, "cannot lock it", &error);
        let file = File::options().create(true).truncate(false).write(true).open(&lock).map_err(locked)?;
        // Held until the file is closed; a run that dies lets go.
        file.lock().map_err(locked)?;
        let path = folder.join(LEDGER);
        let now = read(&path, MOST_LEDGER)?.unwrap_or_default();
        if self.last.as_ref().is_some_and(|it| *it != now) {
            return Ok(false);
        }
        for (name, bytes) in files {
            write(&folder, name, bytes)?;
        }
        let mut bytes = now;
        for it in entries {
            bytes.extend_from_slice(it.line().as_bytes());
        }
        write(&folder, LEDGER, &bytes)?;
        // The folders may be new, too.
        folder.ancestors().take(4).for_each(|it| {
            let _ = File::open(it).and_then(|it| it.sync_all());
        });
        self.last = Some(bytes);
        Ok(true)
    }
}

/// Reads a file; nothing where there is none.
pub(in crate::edge::mail) fn read(path: &Path, most: u64) -> Result<Option<Vec<u8>>, Failure> {
    let file = match File::open(path) {
        Ok(it) => it,
        Err(it) if matches!(it.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(None),
        Err(it) => return Err(Failure::io(path, "cannot read it", &it)),
    };
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(|it| Failure::io(path, "cannot read it", &it))?;
    if most < bytes.len() as u64 {
        return Err(Failure::new(path, format!("it has more than {} MiB", most >> 20), "move it elsewhere"));
    }
    Ok(Some(bytes))
}

/// Writes a file so that it is the old or the new one, whatever happens, and on the disk.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = folder.join(name);
    let staged = folder.join(format!(".{name}.new"));
    let failed = |it: io::Error| Failure::io(&path, "cannot write", &it);
    let mut file = File::create(&staged).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    drop(file);
    fs::rename(&staged, &path).map_err(failed)?;
    // Not every system has folders that can be synchronised.
    let _ = File::open(folder).and_then(|it| it.sync_all());
    Ok(())
}
