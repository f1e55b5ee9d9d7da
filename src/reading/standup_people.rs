//! The people of a standup, whose headings stand between its parts, and who begin its lines.

use super::letters::is_one_of;

/// Words that name a topic, a team or a part of a plan, never a person.
const TOPICS: [&str; 104] = [
    "a",
    "activities",
    "agenda",
    "all",
    "analysis",
    "announcements",
    "api",
    "app",
    "architecture",
    "attendees",
    "backend",
    "bonding",
    "budget",
    "bug",
    "bugs",
    "chapter",
    "client",
    "code",
    "community",
    "current",
    "data",
    "database",
    "day",
    "demo",
    "deployment",
    "design",
    "development",
    "devops",
    "discussion",
    "docs",
    "documentation",
    "enhancements",
    "engineering",
    "epic",
    "feature",
    "features",
    "feedback",
    "fixes",
    "frontend",
    "general",
    "goal",
    "goals",
    "group",
    "highlights",
    "infrastructure",
    "integration",
    "introduction",
    "ideas",
    "issues",
    "learnings",
    "links",
    "lowlights",
    "maintenance",
    "management",
    "marketing",
    "meeting",
    "milestone",
    "misc",
    "miscellaneous",
    "mobile",
    "month",
    "news",
    "notes",
    "open",
    "operations",
    "other",
    "overview",
    "part",
    "participants",
    "people",
    "performance",
    "phase",
    "platform",
    "priorities",
    "problems",
    "product",
    "project",
    "projects",
    "quality",
    "quarter",
    "questions",
    "references",
    "release",
    "research",
    "resources",
    "review",
    "roadmap",
    "sales",
    "security",
    "sprint",
    "stage",
    "standup",
    "status",
    "summary",
    "task",
    "tasks",
    "team",
    "testing",
    "tests",
    "the",
    "tools",
    "topics",
    "update",
    "work",
];

/// Reads the name of a person: `Pat`, `Alice Smith`, `@alice`, `Iva — ML Research`.
#[must_use]
pub fn person(words: &str) -> Option<&str> {
    let words = words.trim_matches(|it: char| !it.is_alphanumeric() && !matches!(it, '@' | ')' | '.')).trim();
    let end = ["—", "–", " - ", " (", ":", ","].iter().filter_map(|it| words.find(it)).min().unwrap_or(words.len());
    let name = words.get(..end)?.trim();
    if let Some(handle) = name.strip_prefix('@') {
        let fits = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.');
        return (!handle.is_empty() && handle.chars().all(fits)).then_some(name);
    }
    let mut parts = name.split_whitespace();
    let is_name = |it: &str| {
        let begins = it.starts_with(|it: char| it.is_alphabetic() && !it.is_lowercase());
        let letters = it.chars().all(|it| it.is_alphabetic() || matches!(it, '.' | '-' | '\'' | '’'));
        // Capitals alone are an abbreviation; a single one is an initial.
        let shouts = 1 < it.chars().count() && it.chars().all(char::is_uppercase);
        begins && letters && !shouts && !is_one_of(it, &TOPICS)
    };
    let count = parts.clone().count();
    ((1..=4).contains(&count) && name.len() <= 64 && parts.all(is_name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_have_names() {
        for (words, name) in [
            ("Pat", "Pat"),
            ("Iva — ML Research", "Iva"),
            ("👤 Alice Smith", "Alice Smith"),
            ("@alice-b", "@alice-b"),
            ("Anna (QA)", "Anna"),
            ("J. O’Neil", "J. O’Neil"),
            ("李雷", "李雷"),
        ] {
            assert_eq!(person(words), Some(name), "{words}");
        }
        for words in
            ["Research", "Bugs", "QA", "Frontend Team", "bob", "Phase 2", "What we did this week", "", "Other Work"]
        {
            assert_eq!(person(words), None, "{words}");
        }
    }
}
