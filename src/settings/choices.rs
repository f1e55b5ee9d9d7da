//! Choices that are a few words or figures each.

use super::colour::{Rgb, Scheme};
use super::schema::{
    Colour, WrittenAddress, WrittenDataPath, WrittenMailbox, WrittenPart, WrittenSite, WrittenUnsubscribe,
};
use crate::mail::{self, Address, MailPart, Mailbox};
use schemars::JsonSchema;
use std::collections::BTreeMap;

/// What becomes of a rule's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Level {
    /// They are not shown.
    Off,
    /// They are worth knowing.
    Info,
    /// They are likely wrong.
    Warning,
    /// They are wrong.
    Error,
}

/// From which value on a part of the delivery index is green, and from which on it is amber. These are conventions.
#[derive(Debug, Clone, Copy, PartialEq, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Schedule performance index SPI(t), without standups the baseline execution index, a ratio: green from the first, amber from the second.
    #[schemars(extend("default" = [0.95, 0.85]))]
    pub schedule: (f64, f64),
    /// Scope added since the baseline, percent of it: green up to the first, amber up to the second.
    #[schemars(extend("default" = [5, 15]))]
    pub scope: (f64, f64),
    /// The risk part, 0 to 100: green from the first, amber from the second.
    #[schemars(extend("default" = [100, 75]))]
    pub risk: (f64, f64),
    /// The flow part, 0 to 100: green from the first, amber from the second.
    #[schemars(extend("default" = [85, 65]))]
    pub flow: (f64, f64),
    /// Points below its target up to which reported health is amber.
    #[schemars(range(min = 0, max = 100), extend("default" = 3))]
    pub reported_amber: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            schedule: (0.95, 0.85),
            scope: (5.0, 15.0),
            risk: (100.0, 75.0),
            flow: (85.0, 65.0),
            reported_amber: 3.0,
        }
    }
}

/// Files of measured values, relative to the settings file and below its folder: CSV or JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
pub struct MeasuredFiles {
    /// Files that name their metrics themselves.
    #[schemars(with = "Vec<WrittenDataPath>", length(max = 1000))]
    pub files: Vec<String>,
    /// The file of a metric, which holds days and values.
    #[schemars(with = "BTreeMap<String, WrittenDataPath>")]
    pub metrics: BTreeMap<String, String>,
}

/// What list items without a box are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
pub struct Reading {
    /// What an item is that begins with a symbol and has no box: "claims" that something is so, or "tasks" in the state of their
    /// symbol; when not set, claims, unless the plan has no checkbox at all.
    pub emoji_bullets: Option<EmojiBullets>,
    /// What an item without box and symbol is: "text", or "tasks".
    #[schemars(extend("default" = "text"))]
    pub plain_bullets: PlainBullets,
}

/// What list items are that begin with a symbol and have no box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum EmojiBullets {
    /// Something that is said to be so, never a task.
    Claims,
    /// A task in the state of its symbol.
    Tasks,
}

/// What list items without box and symbol are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum PlainBullets {
    /// Text.
    #[default]
    Text,
    /// A task.
    Tasks,
}

/// The weekly mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
pub struct Email {
    /// The sender: an address, or a name with an address, such as "Ferry <ferry@example.org>".
    #[schemars(with = "WrittenMailbox")]
    pub from: Option<Mailbox>,
    /// Where answers go, instead of to the sender.
    #[schemars(with = "WrittenMailbox")]
    pub reply_to: Option<Mailbox>,
    /// The list's name in mail programs.
    pub list_id: Option<String>,
    /// The subject, instead of one made from the plan; `{title}`, `{when}`, `{status}` and `{forecast}` stand for what they say.
    pub subject: Option<String>,
    /// The address of the site, for links; http or https.
    #[schemars(with = "WrittenSite")]
    pub site_url: Option<String>,
    /// Where somebody leaves the list, mailto: or https:, instead of a mail to where answers go.
    #[schemars(with = "WrittenUnsubscribe")]
    pub unsubscribe: Option<String>,
    /// Where it is written down what was sent: "git" for the reference `refs/roadbook/sent`, or a folder relative to the settings file.
    #[schemars(with = "String", extend("default" = "git"))]
    pub ledger: LedgerPlace,
    /// Who gets it, by a name of your own.
    pub audiences: BTreeMap<String, Audience>,
}

impl Email {
    /// Returns where somebody leaves the list of a project: what is set, else a mail to where answers go; nothing without a sender.
    #[must_use]
    pub fn unsubscribe_address(&self, project: &str) -> Option<String> {
        let by_mail = || {
            let to = self.reply_to.as_ref().or(self.from.as_ref())?;
            Some(mail::mailto(&to.address, &format!("unsubscribe {project}")))
        };
        self.unsubscribe.clone().or_else(by_mail)
    }
}

/// Where it is written down what was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LedgerPlace {
    /// The reference `refs/roadbook/sent` of the plan's repository.
    #[default]
    Git,
    /// A folder, relative to the settings file.
    Folder(String),
}

/// People who get the same mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
pub struct Audience {
    /// Their addresses, each once; 200 at most.
    #[schemars(with = "Vec<WrittenAddress>", length(max = 200))]
    pub to: Vec<Address>,
    /// Their subject, instead of the one for all.
    pub subject: Option<String>,
    /// The parts of the mail that they get; all when empty. Headline and footer are always there.
    #[schemars(with = "Vec<WrittenPart>", length(max = 1000))]
    pub parts: Vec<MailPart>,
}

impl Audience {
    /// Returns the parts that they get, in the order of a mail.
    #[must_use]
    pub fn chosen_parts(&self) -> Vec<MailPart> {
        let is_chosen = |it: &MailPart| self.parts.is_empty() || it.is_always_there() || self.parts.contains(it);
        MailPart::ALL.into_iter().filter(is_chosen).collect()
    }
}

/// Colours, logo, and where a project's own templates are.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
pub struct Look {
    /// The colour of links and of what is done, on light grounds.
    #[schemars(with = "Colour")]
    pub accent: Option<Rgb>,
    /// The same on dark grounds, instead of a lighter one of the same hue.
    #[schemars(with = "Colour")]
    pub accent_dark: Option<Rgb>,
    /// The path of a picture, PNG or SVG, relative to the settings file.
    pub logo: Option<String>,
    /// The folder of templates of one's own, relative to the settings file.
    #[schemars(extend("default" = "templates"))]
    pub templates: Option<String>,
}

impl Look {
    /// Returns the accent on dark grounds: what is set, else the nearest to that on light grounds which stands out there.
    #[must_use]
    pub fn dark_accent(&self) -> Option<Rgb> {
        self.accent_dark.or_else(|| Some(self.accent?.standing_out(Scheme::Dark)))
    }
}
