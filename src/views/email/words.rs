//! What a mail is made of: a few kinds of blocks, and words with a link or a colour among them. HTML and text are written from the same.

use crate::mail::MailPart;
use crate::prose::visible;
use crate::views::charts::{Figure, Look};
use serde::Serialize;
use std::borrow::Cow;

/// Words of a plan beyond this many characters are cut: a mail is read, not studied.
const LONGEST: usize = 90;

/// A few words.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Words {
    /// The pieces, in reading order.
    pub runs: Vec<Run>,
}

/// A piece of a few words.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Where they lead; empty for words without a link.
    pub href: String,
    /// Their colour, for a state.
    pub look: Option<Look>,
    /// Whether they are set strong.
    pub is_strong: bool,
    /// Whether they stand in one line, as an ID does.
    pub is_whole: bool,
}

impl Words {
    /// Makes words.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self::default().and(text)
    }

    /// Adds words.
    #[must_use]
    pub fn and(self, text: impl Into<String>) -> Self {
        self.run(Run { text: text.into(), ..Run::default() })
    }

    /// Adds strong words.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.run(Run { text: text.into(), is_strong: true, ..Run::default() })
    }

    /// Adds words with a link; without an address they are words.
    #[must_use]
    pub fn link(self, text: impl Into<String>, href: Option<String>) -> Self {
        self.run(Run { text: text.into(), href: href.unwrap_or_default(), ..Run::default() })
    }

    /// Adds a name that is not broken, with a link where there is an address.
    #[must_use]
    pub fn id(self, text: &str, href: Option<String>) -> Self {
        self.run(Run {
            text: cut(text, LONGEST_WORD),
            href: href.unwrap_or_default(),
            is_whole: true,
            ..Run::default()
        })
    }

    /// Adds a state: a shape, a word, and then a colour.
    #[must_use]
    pub fn state(self, look: Look, text: &str) -> Self {
        let text = format!("{} {text}", shape(look));
        self.run(Run { text, look: Some(look), is_strong: true, is_whole: true, ..Run::default() })
    }

    /// Adds other words.
    #[must_use]
    pub fn and_all(mut self, other: Self) -> Self {
        self.runs.extend(other.runs);
        self
    }

    /// Joins several with words between them.
    #[must_use]
    pub fn joined(all: impl IntoIterator<Item = Self>, between: &str) -> Self {
        all.into_iter().fold(
            Self::default(),
            |joined, it| {
                if joined.runs.is_empty() { it } else { joined.and(between).and_all(it) }
            },
        )
    }

    /// Returns the words alone.
    #[must_use]
    pub fn plain(&self) -> String {
        self.runs.iter().map(|it| it.text.as_str()).collect()
    }

    fn run(mut self, run: Run) -> Self {
        if !run.text.is_empty() {
            self.runs.push(run);
        }
        self
    }
}

/// Returns the shape of a state, so that it is told without its colour.
#[must_use]
pub const fn shape(look: Look) -> &'static str {
    match look {
        Look::Bad => "▲",
        Look::Warn => "◆",
        Look::Ok => "●",
        Look::Live | Look::Plain => "○",
    }
}

/// Returns words of a plan or a standup in one line, without hidden characters, cut where they are long.
#[must_use]
pub fn short(text: &str) -> String {
    cut(text, LONGEST)
}

/// Returns words in one line, without hidden characters, cut to so many characters.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    let text = visible(text).split_whitespace().map(word).collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    let kept = kept.rsplit_once(' ').filter(|it| most / 2 < it.0.chars().count()).map_or(kept.as_str(), |it| it.0);
    format!("{}…", kept.trim_end_matches([',', ';', ':', '.', ' ']))
}

/// A word beyond this many letters would be wider than the screen of a phone.
const LONGEST_WORD: usize = 28;

/// Cuts a word that is too long; letters of scripts that are broken anywhere stay.
fn word(text: &str) -> Cow<'_, str> {
    let is_broken_anywhere = |it: char| '\u{1100}' <= it;
    if text.chars().count() <= LONGEST_WORD || text.chars().any(is_broken_anywhere) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{}…", text.chars().take(LONGEST_WORD - 1).collect::<String>()))
}

/// A part of a mail.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// Which one.
    #[serde(skip)]
    pub part: MailPart,
    /// Its heading; empty for the headline and the footer.
    pub heading: Words,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a part.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Text {
        /// The words.
        words: Words,
    },
    /// A paragraph that explains.
    Small {
        /// The words.
        words: Words,
    },
    /// Figures side by side.
    Strip {
        /// The figures.
        figures: Vec<Figured>,
    },
    /// Boxes, one below the other.
    Cards {
        /// The boxes.
        cards: Vec<Card>,
    },
    /// Criteria of a gate.
    Criteria {
        /// One for each.
        rows: Vec<CriterionRow>,
    },
    /// A list.
    List {
        /// The lines.
        items: Vec<Item>,
    },
    /// A chart.
    Picture {
        /// Its name among the pictures of the mail.
        name: &'static str,
        /// What it shows, in a sentence.
        alt: String,
        /// What is drawn.
        #[serde(skip)]
        figure: Box<Figure>,
    },
}

/// A figure with what it is held against.
#[derive(Debug, Clone, Serialize)]
pub struct Figured {
    /// "10".
    pub value: String,
    /// "of 42".
    pub of: String,
    /// "Items done".
    pub label: String,
    /// "plan 12", "last week 7".
    pub beside: Vec<String>,
}

/// A box.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// What it is about.
    pub title: Words,
    /// Labels and what they say.
    pub rows: Vec<CardRow>,
}

/// A line of a box.
#[derive(Debug, Clone, Serialize)]
pub struct CardRow {
    /// "Owner".
    pub label: &'static str,
    /// "none named".
    pub words: Words,
}

/// A criterion of a gate.
#[derive(Debug, Clone, Serialize)]
pub struct CriterionRow {
    /// Its words.
    pub text: String,
    /// What was counted or measured.
    pub now: Words,
    /// What it was a week before; empty where that is not known.
    pub before: String,
    /// How it stands.
    pub state: Words,
}

/// A line of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// What stands before it: "●", "1.".
    pub bullet: String,
    /// The words.
    pub words: Words,
    /// The address that the text part writes below it.
    pub url: Option<String>,
}

impl Item {
    /// Makes a line.
    #[must_use]
    pub fn new(bullet: impl Into<String>, words: Words) -> Self {
        Self { bullet: bullet.into(), words, url: None }
    }
}
