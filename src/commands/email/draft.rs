//! From a project to the mails of a week.

use crate::calendar::Day;
use crate::cli::Email;
use crate::commands::{CommandError, World, as_of, moment};
use crate::edge::{GitUse, Project, Projects, find, read};
use crate::mail::{Mail, MailKey, MailWeek};
use crate::phrase::{self, did_you_mean};
use crate::pipeline::{WeekApart, understand, understand_week};
use crate::reading::effective_settings;
use crate::render;
use crate::settings::{Audience, Settings};
use crate::sources::{OwnLook, Sources};
use crate::views::email::{MailDesk, mail, name, project_key};
use chrono::{DateTime, Days, FixedOffset, NaiveTime, Offset as _, TimeZone as _, Utc};
use std::path::PathBuf;
use std::sync::Arc;

/// The mails of a week.
#[derive(Debug)]
pub struct Drafts {
    /// Each of them.
    pub all: Vec<Draft>,
    /// The choices of the project.
    pub settings: Settings,
    /// The project's folder.
    pub root: PathBuf,
    /// Where everything lies that was read.
    pub places: Vec<PathBuf>,
    /// What the project is called.
    pub title: String,
    /// What the project looks like.
    pub look: Arc<OwnLook>,
}

/// A mail of a week.
#[derive(Debug)]
pub struct Draft {
    /// What is sent.
    pub mail: Mail,
    /// Who gets it.
    pub audience: Audience,
    /// "Story Portal v2 · week 3 of 8 · Friday 6 February 2026".
    pub top: String,
    /// What mail programs show beside the subject.
    pub preheader: String,
}

impl Drafts {
    /// Returns the mails.
    pub fn mails(&self) -> impl Iterator<Item = &Mail> {
        self.all.iter().map(|it| &it.mail)
    }
}

/// Whom a project without audiences writes for.
const EVERYBODY: &str = "stakeholders";

/// Makes the mails that are asked for.
pub fn drafts(it: &Email, world: &World) -> Result<Drafts, CommandError> {
    let project = match find(&it.path)? {
        Projects::One(project) => project,
        Projects::Several(_) => {
            return Err(CommandError::Usage {
                what: format!("{} holds several projects, and a mail is about one", it.path.display()),
                help: "name the folder of one of them".to_owned(),
            });
        }
    };
    let (root, places) = (project.root.clone(), project.places());
    let (sources, day) = sources(it, project, world)?;
    let settings = effective_settings(&sources.roadmap, &sources.settings);
    let moment = end_of(day, &settings, moment(world)?);
    let audiences = audiences(it, &settings)?;
    let apart = understand_week(sources, day);
    let site = it.base_url.as_deref().or(settings.email.site_url.as_deref()).map(|it| it.trim_end_matches('/'));
    let made = |readers| draft(&apart, &settings, (moment, site), readers);
    let all = audiences.into_iter().map(made).collect::<Result<_, _>>()?;
    let title = name(&apart.now.history.plan.title);
    let look = Arc::clone(&apart.now.sources.look);
    Ok(Drafts { all, settings, root, places, title, look })
}

fn draft(
    apart: &WeekApart,
    settings: &Settings,
    (moment, site): (DateTime<FixedOffset>, Option<&str>),
    (readers, audience): (String, Audience),
) -> Result<Draft, CommandError> {
    let project = project_key(&apart.now.history.plan.title);
    let unsubscribe = settings.email.unsubscribe_address(&project);
    let desk = MailDesk {
        now: MailDesk::desk(apart.now.facts()),
        before: apart.before.as_ref().map(|it| MailDesk::desk(it.facts())),
        comparison: apart.comparison.as_ref(),
        moment,
        site,
        unsubscribe: unsubscribe.as_deref(),
        subject: audience.subject.as_deref().or(settings.email.subject.as_deref()),
    };
    let view = mail(&desk, &audience.chosen_parts());
    let drafted = render::email(&view, &apart.now.sources.look)?;
    let key = MailKey { week: MailWeek::of(desk.as_of()), project, audience: readers };
    let mail = Mail {
        key,
        subject: view.subject,
        date: moment,
        text: drafted.text,
        html: drafted.html,
        pictures: drafted.pictures,
    };
    Ok(Draft { mail, audience, top: view.top, preheader: view.preview })
}

/// Returns the audiences that are asked for, by name; a project that names none writes for everybody.
fn audiences(it: &Email, settings: &Settings) -> Result<Vec<(String, Audience)>, CommandError> {
    let mut all = settings.email.audiences.clone();
    if all.is_empty() {
        all.insert(EVERYBODY.to_owned(), Audience::default());
    }
    let Some(name) = &it.audience else { return Ok(all.into_iter().collect()) };
    if let Some(audience) = all.remove(name) {
        return Ok(vec![(name.clone(), audience)]);
    }
    let known: Vec<&str> = all.keys().map(String::as_str).collect();
    let near = did_you_mean(name, known.iter().copied()).map(|it| format!(": did you mean \"{it}\"?"));
    Err(CommandError::Usage {
        what: format!("no audience \"{name}\"{}", near.unwrap_or_default()),
        help: if settings.email.audiences.is_empty() {
            "write it into roadbook.toml: [email.audiences.NAME]".to_owned()
        } else {
            format!("roadbook.toml has {}", phrase::list(&known))
        },
    })
}

/// Reads the project as of the day that the mail tells of.
fn sources(it: &Email, project: Project, world: &World) -> Result<(Sources, Day), CommandError> {
    let git = |day| GitUse { is_ignored: it.when.no_history, allows_shallow: it.when.allow_shallow, day };
    let sources = read(project.clone(), git(it.when.as_of))?;
    let today = as_of(it.when.as_of, &effective_settings(&sources.roadmap, &sources.settings), world)?;
    let Some(week) = it.week else { return Ok((sources, today)) };
    let day = day_of(week, &sources, today, it.when.as_of.is_some())?;
    if day == today {
        return Ok((sources, day));
    }
    Ok((read(project, git(Some(day)))?, day))
}

/// Returns the last day of a week, or today while the week lasts.
fn day_of(week: u32, sources: &Sources, today: Day, is_asked: bool) -> Result<Day, CommandError> {
    let wrong = |what: String, help: &str| Err(CommandError::Usage { what, help: help.to_owned() });
    let plan = understand(sources.clone(), today).history.plan;
    let Some(schedule) = plan.schedule else {
        return wrong("the plan has no weeks".to_owned(), "leave --week out, and name a day with --as-of");
    };
    let (Some(monday), Some(last)) = (schedule.calendar.monday(week), schedule.calendar.last_working_day(week)) else {
        return wrong(format!("week {week} is beyond all calendars"), "name a week of the plan");
    };
    // The standup of a week speaks for its Friday, be it a day off.
    let last = monday.checked_add_days(Days::new(4)).map_or(last, |friday| last.max(friday));
    let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(last);
    if is_asked && !(monday..=sunday).contains(&today) {
        return wrong(format!("{today} does not lie in week {week}"), "leave out --week, or --as-of");
    }
    if today < monday {
        return wrong(format!("week {week} begins on {monday}, after {today}"), "name a week that has begun");
    }
    if is_asked { Ok(today) } else { Ok(last.min(today)) }
}

/// The moment that a mail tells of: the end of the working day, or now, where that is earlier.
fn end_of(day: Day, settings: &Settings, now: DateTime<Utc>) -> DateTime<FixedOffset> {
    const HOUR: u32 = 17;
    let zone = settings.zone();
    let local = day.and_time(NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default());
    // Where the clock is put forward at that hour, there is no such time.
    let at = zone.from_local_datetime(&local).earliest().unwrap_or_else(|| zone.from_utc_datetime(&local));
    let at = at.with_timezone(&at.offset().fix());
    let now = now.with_timezone(at.offset());
    if now.date_naive() == day { at.min(now) } else { at }
}
