//! A thing of a plan that is neither a task nor a gate, and how its changes are made.

use super::words::bare;
use super::{Change, Kind, Said, Subject};
use crate::text::Place;

/// A thing, what it is called, and where it stands.
#[derive(Debug, Clone)]
pub struct Thing<'a> {
    /// What kind of thing.
    pub subject: Subject,
    /// What it is called.
    pub title: Said,
    /// Where it stands.
    pub place: &'a Place,
}

impl Thing<'_> {
    /// Returns the change of one side of it; nothing where both say the same.
    pub fn changed(&self, aspect: &'static str, before: Option<Said>, after: Option<Said>) -> Option<Change> {
        let words = |it: &Option<Said>| it.as_ref().map(|it| bare(&it.plain()));
        let it = || Change::now(Kind::Other, self.subject, self.title.clone(), self.place.clone());
        (words(&before) != words(&after)).then(|| it().aspect(aspect).said(before, after))
    }

    /// Returns the change of a setting.
    pub fn setting(&self, before: Option<Said>, after: Option<Said>) -> Change {
        let it = Change::now(Kind::Other, self.subject, self.title.clone(), self.place.clone());
        it.aspect("setting").said(before, after)
    }

    /// Returns the change of a thing that came into the plan.
    pub fn came(self, says: Said) -> Change {
        let it = Change::now(Kind::Other, self.subject, self.title, self.place.clone());
        it.aspect("added").said(None, Some(says))
    }

    /// Returns the change of a thing that is no longer in the plan.
    pub fn went(self, says: Said) -> Change {
        let it = Change::then(Kind::Other, self.subject, self.title, self.place.clone());
        it.aspect("removed").said(Some(says), None)
    }
}
