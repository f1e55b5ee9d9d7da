//! The part of the report that tells which decisions are open, and which were made.

use crate::analysis::{DecisionMention, DecisionReview};
use crate::views::decisions::options;
use crate::views::{Facts, wording};
use schemars::JsonSchema;
use serde::Serialize;

/// A decision that standups ask for, once, whatever many of them mention it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecisionReviewPart {
    /// What is to be decided, in the newest words.
    pub text: String,
    /// The IDs of items that it names.
    pub ids: Vec<String>,
    /// Who decides, as written; null where nobody is named.
    pub owner: Option<String>,
    /// The day by which; null where none is named, or in words that are no day.
    pub due: Option<String>,
    /// The same, as written.
    pub due_text: Option<String>,
    /// What there is to choose from.
    pub options: Option<String>,
    /// What waiting costs.
    pub cost_of_waiting: Option<String>,
    /// Where it was asked first.
    pub asked: MentionPart,
    /// Where it was mentioned last.
    pub last_mentioned: MentionPart,
    /// `open` or `decided`.
    pub status: String,
    /// Whether it is open and its day is over.
    pub overdue: bool,
    /// Where it says so; null while it is open.
    pub decided: Option<DecidedPart>,
}

/// A line of a standup.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MentionPart {
    /// The week of the standup; null for a day in no week of the plan.
    pub week: Option<u32>,
    /// The day of the standup.
    pub date: String,
    /// The file.
    pub path: String,
    /// The line.
    pub line: u32,
}

/// That something was decided.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecidedPart {
    /// The day that the line names, else that of its standup.
    pub date: String,
    /// What was decided, where a label says so.
    pub outcome: Option<String>,
    /// The file.
    pub path: String,
    /// The line.
    pub line: u32,
}

/// Lists the decisions: open ones first, of those what is overdue, then by the day they are due, then by age.
pub fn decisions(facts: &Facts<'_>) -> Vec<DecisionReviewPart> {
    facts.analysis.decisions.reviews.iter().map(decision).collect()
}

fn decision(it: &DecisionReview) -> DecisionReviewPart {
    let text = |it: &str| crate::prose::visible(it).into_owned();
    DecisionReviewPart {
        text: it.words.plain(),
        ids: it.ids.iter().map(ToString::to_string).collect(),
        owner: it.owner.as_deref().map(text),
        due: it.due.as_ref().and_then(|it| it.day).map(wording::iso),
        due_text: it.due.as_ref().map(|it| text(&it.words)),
        options: options(&it.options),
        cost_of_waiting: it.cost.as_deref().map(text),
        asked: mention(&it.asked),
        last_mentioned: mention(&it.last),
        status: if it.made.is_some() { "decided" } else { "open" }.to_owned(),
        overdue: it.is_overdue,
        decided: it.made.as_ref().map(|it| DecidedPart {
            date: wording::iso(it.date),
            outcome: it.outcome.as_deref().map(text),
            path: it.place.path.to_string(),
            line: it.place.line(),
        }),
    }
}

fn mention(it: &DecisionMention) -> MentionPart {
    MentionPart { week: it.week, date: wording::iso(it.date), path: it.place.path.to_string(), line: it.place.line() }
}
