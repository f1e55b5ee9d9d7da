//! What stands around every page: title, day, navigation, sources.

use super::Desk;
use super::face::{Card, Face};
use super::parts::Link;
use super::{feeds, wording};
use crate::history::DatedStandup;
use crate::phrase;
use serde::Serialize;

/// What stands around a page.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// What stands before a link to reach the output folder.
    pub up: String,
    /// What stands before a link to the files that all parts of a site share.
    pub assets: String,
    /// The page over all projects, where there is one.
    pub all: Option<Link>,
    /// The page's finding, for the title bar.
    pub title: String,
    /// The plan's title.
    pub plan: String,
    /// What the page is, for search engines.
    pub description: String,
    /// The address of this page, where the site's is known.
    pub canonical: Option<String>,
    /// What it shows of the project's look.
    pub face: Face,
    /// What others show of it; nothing in a preview, which nobody should spread.
    pub card: Option<Card>,
    /// The day, for machines.
    pub as_of_iso: String,
    /// The day.
    pub as_of: String,
    /// "week 3 of 8".
    pub week: Option<String>,
    /// The main pages.
    pub nav: Vec<NavLink>,
    /// Further pages.
    pub more: Vec<NavLink>,
    /// The way here from the dashboard, the page itself last and without a link; empty on the dashboard.
    pub crumbs: Vec<Link>,
    /// The folders whose indexes the search of this page looks in, relative to `up`: one that is empty for a project alone, those of
    /// all parts on the page over them.
    pub indexes: Vec<String>,
    /// What the report was read from.
    pub read_from: String,
    /// The files for other programs.
    pub data: Vec<Link>,
    /// The feed of the weeks, where there is one.
    pub feed: Option<String>,
    /// What says that this is a preview; nothing on the plan's own site.
    pub preview: Option<Link>,
    /// What changed of the thing that the page is about, in a preview.
    pub changed: Option<String>,
    /// Whether the page is shown while it is written, and told of changes.
    pub is_live: bool,
}

impl Frame {
    /// Gives the page its short name in the way here, and what lies between its section and itself.
    #[must_use]
    pub fn called(mut self, between: impl IntoIterator<Item = Link>, name: impl Into<String>) -> Self {
        self.crumbs.pop();
        self.crumbs.extend(between);
        self.crumbs.push(Link { text: name.into(), href: String::new() });
        self
    }

    /// Says what changed of the thing that the page is about.
    #[must_use]
    pub fn changed(self, words: Option<&str>) -> Self {
        Self { changed: words.map(str::to_owned), ..self }
    }
}

/// What the page over all projects is called.
pub const ALL: &str = "All projects";

/// A link of the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavLink {
    /// The words.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// `page` for the page itself, `true` for the part it belongs to, empty else.
    pub current: &'static str,
}

/// The pages of the site; those for what a plan does not have are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The dashboard.
    Overview,
    /// The calendar.
    Timeline,
    /// The tasks.
    Tasks,
    /// The gates.
    Gates,
    /// The weeks.
    Weeks,
    /// What is done, and when the rest may be.
    Progress,
    /// How the plan got here.
    History,
    /// The metrics.
    Metrics,
    /// The standups that are in no week of the plan.
    Standups,
    /// The weekly mails.
    Mails,
    /// The risks.
    Risks,
    /// Team and budget.
    Team,
    /// Plan checks.
    Checks,
    /// The files.
    Sources,
    /// How the plan was read.
    Reading,
    /// What a change does, in a preview.
    Changes,
    /// Everything on one page, for paper.
    Report,
}

impl Section {
    const MAIN: [Self; 6] = [Self::Changes, Self::Overview, Self::Timeline, Self::Tasks, Self::Gates, Self::Weeks];
    const MORE: [Self; 12] = [
        Self::Changes,
        Self::Progress,
        Self::History,
        Self::Metrics,
        Self::Standups,
        Self::Mails,
        Self::Risks,
        Self::Team,
        Self::Checks,
        Self::Sources,
        Self::Reading,
        Self::Report,
    ];

    /// Returns all sections, each once.
    pub fn all() -> impl Iterator<Item = Self> {
        let more = Self::MORE.into_iter().filter(|it| !Self::MAIN.contains(it));
        Self::MAIN.into_iter().chain(more)
    }

    /// Returns the section's name and its first page.
    #[must_use]
    pub const fn name_and_page(self) -> (&'static str, &'static str) {
        match self {
            Self::Overview => ("Overview", "index.html"),
            Self::Timeline => ("Timeline", "timeline.html"),
            Self::Tasks => ("Tasks", "tasks.html"),
            Self::Gates => ("Gates", "gates.html"),
            Self::Weeks => ("Weeks", "weeks.html"),
            Self::Progress => ("Progress", "progress.html"),
            Self::History => ("How we got here", "history.html"),
            Self::Metrics => ("Metrics", "metrics.html"),
            Self::Standups => ("Standups", "standups.html"),
            Self::Mails => ("Weekly mails", "mails.html"),
            Self::Risks => ("Risks", "risks.html"),
            Self::Team => ("Team and budget", "team.html"),
            Self::Checks => ("Plan checks", "checks.html"),
            Self::Sources => ("Sources", "sources.html"),
            Self::Reading => ("How this plan was read", "reading.html"),
            Self::Changes => ("Changes", "changes.html"),
            Self::Report => ("Full report, for paper", "report.html"),
        }
    }

    /// Says whether a plan has what the section shows.
    #[must_use]
    pub fn exists(self, desk: &Desk<'_>) -> bool {
        let plan = desk.plan();
        match self {
            Self::Changes => desk.facts.preview.is_some(),
            Self::Overview | Self::Checks | Self::Sources | Self::Reading | Self::Report => true,
            // What has no planned day cannot be drawn on a calendar, but counted it can be.
            Self::Timeline => plan.schedule.is_some() && desk.analysis().progress.planned_done.is_some(),
            Self::Progress => 0 < desk.analysis().progress.total,
            Self::Tasks => !plan.tasks.is_empty(),
            Self::Gates => !plan.gates.is_empty(),
            Self::Weeks => {
                let is_planned = !plan.weeks.is_empty() && plan.tasks.iter().any(|it| it.week().is_some());
                plan.schedule.is_some() && (is_planned || !desk.facts.history.standups.is_empty())
            }
            Self::History => !plan.tasks.is_empty() && desk.facts.history.is_told(),
            Self::Metrics => !plan.metrics.is_empty(),
            Self::Standups => of_no_week(desk).next().is_some(),
            Self::Mails => !desk.facts.sent.is_empty(),
            Self::Risks => !plan.risks.is_empty(),
            Self::Team => !plan.teams.is_empty() || !plan.budget.items.is_empty() || plan.budget.one_time.is_some(),
        }
    }
}

/// A page's own words for its frame.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The finding, for the title bar.
    pub title: String,
    /// What the page is.
    pub description: String,
    /// The section it belongs to.
    pub section: Section,
    /// Whether it is the section's first page.
    pub is_first: bool,
    /// Its path in the output folder.
    pub path: String,
}

/// Makes the frame of a page. `base_url` is the site's address, where it is known.
#[must_use]
pub fn frame(desk: &Desk<'_>, heading: &Heading, base_url: Option<&str>) -> Frame {
    let link = |it: Section| {
        let (text, page) = it.name_and_page();
        let current = if it != heading.section {
            ""
        } else if heading.is_first {
            "page"
        } else {
            "true"
        };
        NavLink { text: text.to_owned(), href: desk.href(page), current }
    };
    let links = |it: &[Section]| it.iter().filter(|it| it.exists(desk)).map(|it| link(*it)).collect();
    let as_of = desk.as_of();
    let schedule = desk.plan().schedule.as_ref();
    let week = desk.analysis().this_week.zip(schedule).map(|(week, it)| format!("week {week} of {}", it.weeks));
    let shared = format!("../{}", desk.up);
    Frame {
        up: desk.up.to_owned(),
        assets: if desk.is_part { shared.clone() } else { desk.up.to_owned() },
        all: desk.is_part.then(|| Link { text: ALL.to_owned(), href: format!("../{}index.html", desk.up) }),
        title: heading.title.clone(),
        plan: desk.plan().title.clone(),
        description: heading.description.clone(),
        canonical: base_url.map(|it| format!("{}/{}", it.trim_end_matches('/'), heading.path)),
        face: Face::new(&desk.facts.sources.look, if desk.is_part { &shared } else { desk.up }),
        card: desk.facts.preview.is_none().then(|| Card::of(desk, base_url)),
        as_of_iso: wording::iso(as_of),
        as_of: as_of.format("%a %-d %b %Y").to_string(),
        week,
        nav: links(&Section::MAIN),
        more: links(&Section::MORE),
        crumbs: crumbs(desk, heading),
        indexes: vec![String::new()],
        read_from: read_from(desk),
        data: feeds::site_links(desk),
        feed: Some(desk.href(feeds::FEED)),
        preview: desk.facts.preview.map(|it| Link { text: it.banner(), href: desk.href("changes.html") }),
        changed: None,
        is_live: desk.facts.is_live,
    }
}

fn read_from(desk: &Desk<'_>) -> String {
    let standups = desk.facts.history.standups.len();
    let files = match standups {
        0 => desk.facts.sources.roadmap.path.to_string(),
        n => format!("{} and {}", desk.facts.sources.roadmap.path, phrase::count(n, "standup")),
    };
    let as_of = desk.as_of().format("%-d %B %Y");
    format!("Read from {files}, as of {as_of}. Every figure names the line it comes from.")
}

/// Returns the way to a page: the dashboard, its section, itself.
fn crumbs(desk: &Desk<'_>, heading: &Heading) -> Vec<Link> {
    let of = |it: Section| {
        let (text, page) = it.name_and_page();
        Link { text: text.to_owned(), href: desk.href(page) }
    };
    let own = |text: &str| Link { text: text.to_owned(), href: String::new() };
    match (heading.section, heading.is_first) {
        (Section::Overview, true) => Vec::new(),
        (it, true) => vec![of(Section::Overview), own(it.name_and_page().0)],
        (it, false) => vec![of(Section::Overview), of(it), own(&heading.title)],
    }
}

/// Returns the standups that no page of a week shows.
#[must_use]
pub fn of_no_week<'a>(desk: &Desk<'a>) -> impl DoubleEndedIterator<Item = &'a DatedStandup> {
    let has_weeks = Section::Weeks.exists(desk);
    desk.facts.history.standups.iter().filter(move |it| it.week.is_none() || !has_weeks)
}
