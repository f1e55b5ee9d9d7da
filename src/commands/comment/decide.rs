//! What to do with a comment: nothing, and why; or write it, and where.

use super::kept::with_last_readable;
use crate::edge::{OwnComment, Pull};
use crate::marker::{Marker, MarkerState, short};

/// A comment that is to be.
#[derive(Debug)]
pub(super) struct Draft {
    /// What its first line says.
    pub marker: Marker,
    /// All of it, with `\n` between lines.
    pub text: String,
}

impl Draft {
    /// Takes a text whose first line is a marker.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace("\r\n", "\n");
        let marker = Marker::parse(text.lines().next()?)?;
        Some(Self { marker, text })
    }
}

/// What to do.
#[derive(Debug)]
pub(super) enum Step {
    /// Nothing more, and why.
    Over(String),
    /// Write this text: into a comment, or as a new one.
    Write {
        /// The comment to change.
        id: Option<u64>,
        /// The text.
        body: String,
    },
}

/// Says why nothing is to be done, whatever comments there are.
pub(super) fn settled(draft: &Draft, pull: u64, stands: &Pull) -> Option<String> {
    if !stands.is_open {
        return Some(format!("nothing to do: pull request {pull} is closed"));
    }
    if stands.head.starts_with(&draft.marker.head) {
        return None;
    }
    let (now, then) = (short(&stands.head), draft.marker.short_head());
    Some(format!("nothing to do: pull request {pull} is at {now} now, and this is about {then}"))
}

/// Says what to do with the oldest own comment, if there is one, and what else is worth saying. `is_second` says whether this draft was
/// sent before, so that it may have arrived.
pub(super) fn decide(draft: &Draft, own: Option<&OwnComment>, is_second: bool) -> (Step, Option<&'static str>) {
    let Some(own) = own else {
        if draft.marker.state == MarkerState::Unchanged {
            let why = "nothing to do: the plan does not change, and no comment says otherwise";
            return (Step::Over(why.to_owned()), None);
        }
        return (Step::Write { id: None, body: draft.text.clone() }, None);
    };
    let id = own.id;
    if draft.marker.valid_at < own.marker.valid_at {
        let (then, now) = (own.marker.valid_at, draft.marker.valid_at);
        let [then, now] = [then, now].map(|it| it.format("%Y-%m-%dT%H:%M:%SZ"));
        return (Step::Over(format!("nothing to do: comment {id} is of {then}, and this is of {now}")), None);
    }
    let (body, note) = match draft.marker.state {
        MarkerState::Unreadable => with_last_readable(&draft.text, own, super::MAX_BYTES),
        MarkerState::Changed | MarkerState::Unchanged => (draft.text.clone(), None),
    };
    let is_same = (&draft.marker.head, draft.marker.state) == (&own.marker.head, own.marker.state)
        && below_marker(&body) == below_marker(&own.body);
    match is_same {
        true if is_second && draft.marker == own.marker => {
            (Step::Over(format!("comment {id} written: the answer was lost on the way")), None)
        }
        true => (Step::Over(format!("nothing to do: comment {id} says the same")), None),
        false => (Step::Write { id: Some(id), body }, note),
    }
}

/// Returns all but the first line. What stands at its end as space is not said.
fn below_marker(body: &str) -> &str {
    body.split_once('\n').map_or("", |(_, it)| it).trim_end()
}
