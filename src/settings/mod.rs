//! `roadbook.toml`: every choice, each with its default.
//!
//! `keys.rs` is the list of keys: what each is called, what it takes, where it goes. The same list reads front matter.

mod choices;
mod colour;
mod from_toml;
mod id_pattern;
mod keys;
mod node;
mod read;
mod schema;
mod states;

mod units;
mod values;

pub use self::choices::{
    Audience, Email, EmojiBullets, LedgerPlace, Level, Look, MeasuredFiles, PlainBullets, Reading, Thresholds,
};
pub use self::colour::{LEAST, Rgb, Scheme};
pub use self::from_toml::node as read_toml;
pub use self::id_pattern::IdPattern;
pub use self::node::{Name, Node, Value};
pub use self::read::{Mistake, Mistakes};
pub use self::schema::schema;
pub use self::states::States;
pub use self::units::{Amount, Unit, UnitChoices, Units};

use self::schema::{WrittenDay, WrittenState, WrittenWeb};
use crate::calendar::{Day, SettingDay, WorkingDays, weekday};
use chrono::Weekday;
use schemars::JsonSchema;
use std::collections::{BTreeMap, BTreeSet};

/// The settings of a roadbook project. Every key may be left out.
#[derive(Debug, Clone, Default, PartialEq, JsonSchema)]
#[schemars(title = "roadbook settings", default, deny_unknown_fields)]
pub struct Settings {
    /// The plan's title, instead of the roadmap's first heading.
    pub title: Option<String>,
    /// The first day of week 1, instead of the one found in the plan.
    #[schemars(with = "WrittenDay")]
    pub start: Option<SettingDay>,
    /// Where week 1 began by an earlier version of the plan; no key sets it.
    #[schemars(skip)]
    pub first_start: Option<Day>,
    /// The target launch, instead of the one found in the plan.
    #[schemars(with = "WrittenDay")]
    pub target: Option<SettingDay>,
    /// The day the report is made for, instead of today.
    #[schemars(with = "WrittenDay")]
    pub as_of: Option<SettingDay>,
    /// The time zone in which "today" is a day, by its IANA name, such as "Europe/Berlin".
    #[schemars(extend("default" = "UTC"))]
    pub timezone: Option<String>,
    /// Days off, besides the days of the week that are not worked.
    #[schemars(with = "Vec<WrittenDay>", length(max = 1000))]
    pub holidays: Vec<SettingDay>,
    /// The days of the week that are worked, by their English names, whole or cut to three letters or more.
    #[schemars(extend("default" = ["Mon", "Tue", "Wed", "Thu", "Fri"]))]
    pub working_days: Vec<String>,
    /// The roadmap's path, relative to the settings file.
    pub roadmap: Option<String>,
    /// The folder of the standups, relative to the settings file.
    pub standups: Option<String>,
    /// Which team an owner's name stands for.
    pub aliases: BTreeMap<String, String>,
    /// Which state a mark shows: what stands in a task's bracket, a symbol before its words, or a word of a status column. A mark
    /// named here wins over one that roadbook knows.
    #[schemars(with = "BTreeMap<String, WrittenState>")]
    pub states: States,
    /// A regular expression that a whole word has to fit to be the ID of a task, instead of the forms that roadbook knows; such a
    /// word has 64 bytes at most.
    #[schemars(with = "String", length(max = 200))]
    pub id_pattern: Option<IdPattern>,
    /// How long hours, weeks, months, points and sizes are.
    pub units: UnitChoices,
    /// What list items without a box are.
    pub reading: Reading,
    /// Files of values that a program measured.
    pub measured: MeasuredFiles,
    /// The address of a file at the source host, to which a path and `#L` with a line are added.
    pub source_url: Option<String>,
    /// The address at which a file is edited at the source host, to which a path is added, or with `{path}` and `{line}` in it, instead
    /// of the one that follows from `source_url`; http or https.
    #[schemars(with = "WrittenWeb")]
    pub edit_url: Option<String>,
    /// The level of each rule.
    pub check: BTreeMap<String, Level>,
    /// The thresholds of the delivery index: from which value on a part is green, and from which on it is amber.
    pub health: Thresholds,
    /// The weekly mail.
    pub email: Email,
    /// Colours, logo, and where a project's own templates are.
    pub look: Look,
    /// The keys that are written in the settings file, such as `units.points`, in small letters: front matter does not change them.
    #[schemars(skip)]
    pub written: BTreeSet<String>,
}

impl Settings {
    /// Reads a settings file.
    ///
    /// # Errors
    ///
    /// When the text is not TOML, a key is not known, or a value is not of its key's kind: all that is wrong, in order.
    pub fn parse(text: &str) -> Result<Self, Mistakes> {
        let node = from_toml::node(text)?;
        let mut settings = Self::default();
        let mistakes = read::file(&mut settings, &node);
        if mistakes.count() == 0 { Ok(settings) } else { Err(mistakes) }
    }

    /// Returns the names of the keys that a settings file may have.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        keys::KEYS.iter().map(|it| it.name)
    }

    /// Returns the names of the keys that front matter may have.
    pub fn keys_of_front_matter() -> impl Iterator<Item = &'static str> {
        Self::keys().filter(|it| !keys::FILE_ONLY.contains(it))
    }

    /// Reads what the front matter of a roadmap chooses, and returns it with what is wrong there. A key with a wrong value is as if
    /// it were not there; a key that is not known belongs to another tool.
    #[must_use]
    pub fn of_front_matter(node: &Node) -> (Self, Mistakes) {
        let mut settings = Self::default();
        let mistakes = read::front_matter(&mut settings, node, BTreeSet::new());
        (settings, mistakes)
    }

    /// Returns these settings with what front matter chooses besides: the settings file wins, key by key.
    ///
    /// Title, start and target of front matter are the plan's own words, with a line to lead back to, and are not taken here.
    #[must_use]
    pub fn with_front_matter(&self, node: &Node) -> Self {
        let mut kept = self.written.clone();
        kept.extend(["title", "start", "target"].map(str::to_owned));
        let mut settings = self.clone();
        // What is wrong is said by whoever reads the plan.
        let _ = read::front_matter(&mut settings, node, kept);
        settings.written.clone_from(&self.written);
        settings
    }

    /// Returns the time zone in which today is a day.
    #[must_use]
    pub fn zone(&self) -> chrono_tz::Tz {
        self.timezone.as_deref().and_then(|it| it.parse().ok()).unwrap_or(chrono_tz::UTC)
    }

    /// Returns the days that are worked.
    #[must_use]
    pub fn working(&self) -> WorkingDays {
        let mut working =
            WorkingDays { holidays: self.holidays.iter().map(|it| it.0).collect(), ..WorkingDays::default() };
        if !self.working_days.is_empty() {
            working.weekdays = self.working_days.iter().filter_map(|it| weekday(it)).collect();
            working.weekdays.sort_by_key(Weekday::num_days_from_monday);
            working.weekdays.dedup();
        }
        working
    }

    /// Returns how many days each unit of work has, with the defaults of what is not set: 8 hours are a day, the days that are
    /// worked are a week, 20 days are a month, and points have no days.
    #[must_use]
    pub fn units(&self) -> Units {
        Units::new(&self.units, self.working().weekdays.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Day;
    use crate::mail::MailPart;
    use crate::model::State;

    fn wrong(text: &str) -> Vec<String> {
        Settings::parse(text).unwrap_err().first.into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        let found = Settings::parse("title = \"x\"\ntraget = 2026-03-15\n").unwrap_err();
        let message = "unknown key `traget`: did you mean `target`?".to_owned();
        assert_eq!(found.first, [Mistake { message, span: Some(12..18), help: None }]);
        assert_eq!(
            wrong("[units]\nhours_per_dya = 7\n"),
            ["unknown key `units.hours_per_dya`: did you mean `units.hours_per_day`?"]
        );
        assert_eq!(
            wrong("[email.audiences.board]\ntoo = [\"a@b.c\"]\n"),
            ["unknown key `email.audiences.board.too`: did you mean `email.audiences.board.to`?"]
        );
    }

    #[test]
    fn dates_are_read_with_and_without_quotes() {
        let settings = Settings::parse("start = 2026-01-19\ntarget = \"2026-03-15\"").unwrap();
        assert_eq!(settings.start.map(|it| it.0), Day::from_ymd_opt(2026, 1, 19));
        assert_eq!(settings.target.map(|it| it.0), Day::from_ymd_opt(2026, 3, 15));
        let said =
            "`check.day-label`: \"warn\" is no level of a rule: write \"off\", \"info\", \"warning\" or \"error\"";
        assert_eq!(wrong("[check]\nday-label = \"warn\""), [said]);
        assert_eq!(wrong("start = \"soon\""), ["`start`: \"soon\" is no day: write it as 2026-03-15"]);
    }

    #[test]
    fn states_are_found_by_their_mark_whatever_the_case_of_a_word() {
        let settings =
            Settings::parse("[states]\n\"%\" = \"in_progress\"\n\"🟣\" = \"blocked\"\nLATER = \"todo\"\n").unwrap();
        let state = |mark| settings.states.get(mark);
        assert_eq!(
            [state("%"), state("🟣\u{FE0F}"), state(" later "), state("x")],
            [Some(State::InProgress), Some(State::Blocked), Some(State::Todo), None]
        );
        assert_eq!(
            wrong("states = {\"%\" = \"doing\"}"),
            [
                "`states.\"%\"`: \"doing\" is no state: write \"todo\", \"in_progress\", \"blocked\", \"done\" or \"dropped\""
            ]
        );
    }

    #[test]
    fn an_id_is_a_whole_word() {
        let pattern = Settings::parse("id_pattern = 'T|T\\d+'").unwrap().id_pattern.unwrap();
        assert!(pattern.matches("T") && pattern.matches("T12"));
        assert!(!pattern.matches("T12a") && !pattern.matches("XT") && !pattern.matches(""));
        assert!(!pattern.matches(&("T".to_owned() + &"1".repeat(64))));
        let long = Settings::parse(r"id_pattern = '\w+-\d{1,6}'").unwrap().id_pattern.unwrap();
        assert!(long.matches("ФТ-01"));
        for bad in ["(", "a)|(b", "a{1000}{1000}", "(?x) a # comment", "^$"] {
            assert_eq!(wrong(&format!("id_pattern = '{bad}'")).len(), 1, "{bad}");
        }
    }

    #[test]
    fn a_mail_goes_to_addresses_that_servers_take() {
        let email = Settings::parse(
            "[email]\nfrom = \"Ferry <ferry@Example.org>\"\nledger = \"sent\"\nsite_url = \"https://example.org/plan\"\n\
             audiences.board.to = [\"a@example.org\", \"a@EXAMPLE.org\", \"A@example.org\"]\n\
             audiences.board.parts = [\"risks\", \"decisions\"]\n",
        )
        .unwrap()
        .email;
        let board = &email.audiences["board"];
        let to: Vec<String> = board.to.iter().map(ToString::to_string).collect();
        assert_eq!(to, ["a@example.org", "A@example.org"]);
        let parts: Vec<&str> = board.chosen_parts().into_iter().map(MailPart::name).collect();
        assert_eq!(parts, ["headline", "decisions", "risks", "footer"]);
        assert_eq!(Audience::default().chosen_parts(), MailPart::ALL);
        assert_eq!(email.ledger, LedgerPlace::Folder("sent".to_owned()));
        assert_eq!(email.site_url.as_deref(), Some("https://example.org/plan/"));
        let left = "mailto:ferry@example.org?subject=unsubscribe%20Ferry%201";
        assert_eq!(email.unsubscribe_address("Ferry 1").as_deref(), Some(left));
        assert_eq!((Email::default().unsubscribe_address("x"), Email::default().ledger), (None, LedgerPlace::Git));
    }

    #[test]
    fn what_is_wrong_with_a_mail_is_said() {
        let many: Vec<String> = (0..201).map(|it| format!("\"a{it}@b.c\"")).collect();
        let text = format!(
            "[email]\nfrom = \"a@b.c, d@e.f\"\nsite_url = \"example.org\"\nunsubscribe = \"a@b.c\"\n[email.audiences.a]\n\
             to = [{}]\nparts = [\"headline\", \"risk\", \"weather\"]\n[email.audiences.A]\nto = []\n[email.audiences.\"a/b\"]\nto = []\n",
            many.join(", ")
        );
        assert_eq!(
            wrong(&text),
            [
                "`email.from`: \"a@b.c, d@e.f\" is no address: it has more than one `@`: write one address; write one such as \"team@example.org\" or \"Team <team@example.org>\"",
                "`email.site_url`: \"example.org\" is no address of a site: it is no address; write one such as \"https://example.org/plan/\"",
                "`email.unsubscribe`: \"a@b.c\" is no address to unsubscribe at: it is no address; write one such as \"mailto:team@example.org\" or \"https://example.org/leave\"",
                "`email.audiences.a.to`: 201 addresses, and an audience has 200 at most: write the address of a mailing list, or make two audiences",
                "`email.audiences.a.parts`: \"risk\" is no part of a mail: did you mean \"risks\"?",
                "`email.audiences.A.to`: there is an audience `a`: write another name, or the same in the same case",
                "`email.audiences.\"a/b\".to`: an audience has a name of 1 to 40 letters, digits, `-` and `_`",
            ]
        );
    }

    #[test]
    fn units_have_defaults_and_follow_the_days_that_are_worked() {
        let units = |text: &str| Settings::parse(text).unwrap().units();
        assert_eq!(units(""), Units::default());
        assert_eq!(units("working_days = [\"Mon\", \"Tue\", \"mon\"]").days_per_week, 2.0);
        let own = units(
            "[units]\nhours_per_day = 6\npoints = 0.5\nsizes = { S = \"0.5d\", M = 2, XL = \"1,5 weeks\", h = \"3h\" }\n",
        );
        assert_eq!((own.hours_per_day, own.points), (6.0, Some(0.5)));
        assert_eq!([own.size("s"), own.size("M"), own.size("xl"), own.size("h")], [0.5, 2.0, 7.5, 0.5].map(Some));
        assert_eq!(
            wrong("[units]\nhours_per_day = 0\ndays_per_week = nan\npoints = \"1\"\nsizes = { S = \"small\" }\n"),
            [
                "`units.hours_per_day`: 0 is out of range: write a number above 0 and at most 1000",
                "`units.days_per_week`: nan is out of range: write a number above 0 and at most 1000",
                "`units.points`: \"1\" is no number: write a number above 0 and at most 1000",
                "`units.sizes.S`: \"small\" is no duration: write one such as \"0.5d\", \"4h\", \"1w\", or a number of days above 0 and at most 1000",
            ]
        );
    }
}
