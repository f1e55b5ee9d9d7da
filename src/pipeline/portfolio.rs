//! Several projects, each understood for itself.

use super::{Understood, understand};
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::sources::{self, OwnLook, Unread};
use crate::text::{Place, SourceFile};
use crate::views::portfolio::{MemberFacts, PortfolioFacts};
use rayon::prelude::*;
use std::sync::Arc;

/// Several projects, understood as of a day.
#[derive(Debug)]
pub struct Portfolio {
    /// The title of the page over all, where the settings name one.
    pub title: Option<String>,
    /// The day of the page over all.
    pub as_of: Day,
    /// The projects, in the order of their folders.
    pub members: Vec<Member>,
    /// What had to be left out.
    pub notes: Vec<Diagnostic>,
    /// What all pages look like.
    pub look: Arc<OwnLook>,
}

/// A project of a portfolio.
#[derive(Debug)]
pub struct Member {
    /// The name of its part of the site.
    pub slug: String,
    /// The folder that its paths are relative to, as seen from the portfolio; empty for a project alone.
    pub path: String,
    /// What is known of it, or why nothing is.
    pub known: Result<Understood, Unread>,
}

/// Understands each project of a portfolio as of its own day. `days` are in the order of the projects, `as_of` is the day of the
/// page over all.
#[must_use]
pub fn understand_all(portfolio: sources::Portfolio, days: &[Day], as_of: Day) -> Portfolio {
    let member = |(at, it): (usize, sources::Member)| {
        let day = days.get(at).copied().unwrap_or(as_of);
        Member { slug: it.slug, path: it.path, known: it.sources.map(|it| understand(it, day)) }
    };
    let members = portfolio.members.into_par_iter().enumerate().map(member).collect();
    Portfolio { title: portfolio.settings.title, as_of, members, notes: portfolio.notes, look: portfolio.look }
}

impl Member {
    /// Returns a path of the project as seen from the portfolio.
    #[must_use]
    pub fn within(&self, path: &str) -> String {
        if self.path.is_empty() { path.to_owned() } else { format!("{}/{path}", self.path) }
    }

    fn facts(&self) -> MemberFacts<'_> {
        MemberFacts {
            slug: self.slug.clone(),
            path: self.path.clone(),
            known: self.known.as_ref().map(Understood::facts).map_err(Clone::clone),
        }
    }
}

impl Portfolio {
    /// Makes a portfolio of one project, whose paths stay as they are.
    #[must_use]
    pub fn alone(known: Understood) -> Self {
        let as_of = known.history.as_of;
        let look = Arc::clone(&known.sources.look);
        let only = Member { slug: String::new(), path: String::new(), known: Ok(known) };
        Self { title: None, as_of, members: vec![only], notes: Vec::new(), look }
    }

    /// Returns what is known of the projects that could be read.
    pub fn known(&self) -> impl Iterator<Item = &Understood> {
        self.members.iter().filter_map(|it| it.known.as_ref().ok())
    }

    /// Returns everything that pages are made from.
    #[must_use]
    pub fn facts(&self) -> PortfolioFacts<'_> {
        PortfolioFacts {
            title: self.title.as_deref(),
            as_of: self.as_of,
            members: self.members.iter().map(Member::facts).collect(),
            notes: &self.notes,
            look: &self.look,
        }
    }

    /// Returns all files of all projects that could be read, and those that keep others from it, their paths as seen from the
    /// portfolio.
    #[must_use]
    pub fn files(&self) -> Vec<SourceFile> {
        let of = |it: &Member| -> Vec<SourceFile> {
            let known = match &it.known {
                Ok(known) => known,
                Err(why) => return why.file.iter().cloned().collect(),
            };
            known
                .sources
                .files()
                .map(|file| SourceFile { path: it.within(&file.path).into(), ..file.clone() })
                .collect()
        };
        self.members.iter().flat_map(of).collect()
    }

    /// Returns what is wrong: with the portfolio, then with each project, its paths as seen from the portfolio.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let of = |it: &Member| match &it.known {
            Ok(known) => known.diagnostics.iter().map(|found| moved(found, it)).collect(),
            Err(why) => unread(why),
        };
        self.notes.iter().cloned().chain(self.members.iter().flat_map(of)).collect()
    }
}

/// Says why a project could not be read: place by place where that is known, else in one sentence.
fn unread(why: &Unread) -> Vec<Diagnostic> {
    const RULE: &str = "unreadable-project";
    let mut found: Vec<Diagnostic> = why.found.iter().map(|it| Diagnostic { rule: RULE, ..it.clone() }).collect();
    let is_alone = found.len() == 1;
    match found.last_mut() {
        Some(last) => {
            last.notes.extend((!is_alone).then(|| why.what.clone()));
            last.help.get_or_insert_with(|| why.help.clone());
        }
        None => found.push(Diagnostic::file(RULE, Severity::Error, &why.path, why.what.clone()).help(why.help.clone())),
    }
    found
}

/// Returns a complaint with its paths as seen from the portfolio.
fn moved(found: &Diagnostic, member: &Member) -> Diagnostic {
    let mut found = found.clone();
    let place = |it: &mut Place| it.path = Arc::from(member.within(&it.path));
    found.path = member.within(&found.path);
    found.place.iter_mut().for_each(place);
    found.related.iter_mut().for_each(|it| place(&mut it.place));
    found
}
