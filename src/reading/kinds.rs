//! What a heading calls a part of a plan: a phase, a milestone, a sprint, a version, a quarter, in several languages.

use super::date_spans::date_span;
use super::keywords::Keywords;
use crate::calendar::Day;
use crate::model::PhaseKind;
use crate::phrase::capitalise;

/// A part of a plan as a heading names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Named<'a> {
    /// What it is called.
    pub kind: PhaseKind,
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// What it is called instead of a number, such as "v1.2" or "Q3 2025"; empty where it has a number.
    pub tag: String,
    /// Its days, where its name tells them.
    pub dates: Option<(Day, Day)>,
    /// What stands behind.
    pub rest: &'a str,
}

/// Words that stand before a number.
pub const BEFORE: Keywords<PhaseKind, 55> = Keywords::new([
    ("phase", PhaseKind::Phase),
    ("fase", PhaseKind::Phase),
    ("фаза", PhaseKind::Phase),
    ("フェーズ", PhaseKind::Phase),
    ("阶段", PhaseKind::Phase),
    ("階段", PhaseKind::Phase),
    ("단계", PhaseKind::Phase),
    ("שלב", PhaseKind::Phase),
    ("المرحلة", PhaseKind::Phase),
    ("مرحلة", PhaseKind::Phase),
    ("giai đoạn", PhaseKind::Phase),
    ("ระยะ", PhaseKind::Phase),
    ("เฟส", PhaseKind::Phase),
    ("stage", PhaseKind::Stage),
    ("étape", PhaseKind::Stage),
    ("etapa", PhaseKind::Stage),
    ("stufe", PhaseKind::Stage),
    ("этап", PhaseKind::Stage),
    ("ステージ", PhaseKind::Stage),
    ("milestone", PhaseKind::Milestone),
    ("meilenstein", PhaseKind::Milestone),
    ("jalon", PhaseKind::Milestone),
    ("hito", PhaseKind::Milestone),
    ("marco", PhaseKind::Milestone),
    ("里程碑", PhaseKind::Milestone),
    ("マイルストーン", PhaseKind::Milestone),
    ("마일스톤", PhaseKind::Milestone),
    ("אבן דרך", PhaseKind::Milestone),
    ("веха", PhaseKind::Milestone),
    ("cột mốc", PhaseKind::Milestone),
    ("sprint", PhaseKind::Sprint),
    ("iteration", PhaseKind::Sprint),
    ("itération", PhaseKind::Sprint),
    ("iteración", PhaseKind::Sprint),
    ("iteração", PhaseKind::Sprint),
    ("迭代", PhaseKind::Sprint),
    ("冲刺", PhaseKind::Sprint),
    ("スプリント", PhaseKind::Sprint),
    ("스프린트", PhaseKind::Sprint),
    ("ספרינט", PhaseKind::Sprint),
    ("спринт", PhaseKind::Sprint),
    ("version", PhaseKind::Version),
    ("release", PhaseKind::Version),
    ("版本", PhaseKind::Version),
    ("バージョン", PhaseKind::Version),
    ("버전", PhaseKind::Version),
    ("גרסה", PhaseKind::Version),
    ("версия", PhaseKind::Version),
    ("phiên bản", PhaseKind::Version),
    ("quarter", PhaseKind::Quarter),
    ("trimestre", PhaseKind::Quarter),
    ("quartal", PhaseKind::Quarter),
    ("month", PhaseKind::Month),
    ("mois", PhaseKind::Month),
    ("monat", PhaseKind::Month),
]);

/// Words that stand behind a number, as in "第一阶段" or "2단계".
pub const BEHIND: &[(PhaseKind, &[&str])] = &[
    (PhaseKind::Phase, &["阶段", "階段", "期", "단계", "フェーズ"]),
    (PhaseKind::Sprint, &["轮迭代", "次迭代"]),
    (PhaseKind::Quarter, &["季度", "분기", "四半期"]),
];

/// Reads a heading's words as the name of a part.
#[must_use]
pub fn named(words: &str) -> Option<Named<'_>> {
    // Most headings are told by their first letter.
    let first = words.chars().next()?;
    if first.is_ascii_digit() || first == '第' {
        return behind_number(words).or_else(|| version(words)).or_else(|| dated(words));
    }
    if !first.is_alphabetic() {
        return None;
    }
    before_number(words).or_else(|| short_milestone(words)).or_else(|| version(words)).or_else(|| dated(words))
}

fn before_number(words: &str) -> Option<Named<'_>> {
    let (_, kind, behind) = BEFORE.strip(words)?;
    let is_ascii = behind.as_ptr() != words.as_ptr() && words.is_ascii();
    let spaced = behind.trim_start_matches([' ', '\u{A0}', '#']);
    if is_ascii && behind.starts_with(|it: char| it.is_alphabetic()) {
        return None;
    }
    if kind == PhaseKind::Version {
        let end = words.len() - spaced.len() + version_length(spaced)?;
        let (tag, rest) = words.split_at_checked(end)?;
        return Some(Named { kind, number: None, tag: tag.to_owned(), dates: None, rest });
    }
    if let Some((number, rest)) = number(spaced) {
        // "Phase 2-8" speaks of several.
        let is_range = rest.strip_prefix(['-', '–']).is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()));
        if is_range {
            return None;
        }
        if let Some((letter, rest)) = letter_behind(rest).filter(|_| kind.is_numbered()) {
            // "Phase 2A-2C" speaks of several.
            let is_range = rest.strip_prefix(['-', '–']).is_some_and(|it| it.starts_with(char::is_alphanumeric));
            let tag = format!("{} {number}{letter}", capitalise(kind.word()));
            return (!is_range).then_some(Named { kind, number: None, tag, dates: None, rest });
        }
        let tag = if kind.is_numbered() { "" } else { words.get(..words.len() - rest.len())? };
        return Some(Named { kind, number: Some(number), tag: tag.to_owned(), dates: None, rest });
    }
    // "Phase A: …" and "Phase: Discovery"
    if let Some((letter, rest)) = letter(spaced).filter(|_| behind.len() != spaced.len()) {
        let tag = format!("{} {letter}", capitalise(kind.word()));
        return Some(Named { kind, number: None, tag, dates: None, rest });
    }
    spaced.starts_with([':', '：']).then(|| Named { kind, number: None, tag: String::new(), dates: None, rest: spaced })
}

/// Reads "M1: …" and "M2 - …".
fn short_milestone(words: &str) -> Option<Named<'_>> {
    let rest = words.strip_prefix('M')?;
    let (number, rest) = arabic(rest)?;
    let ends = rest.is_empty() || rest.trim_start().starts_with([':', '-', '–', '—', '(', '：']);
    ends.then(|| Named { kind: PhaseKind::Milestone, number: Some(number), tag: String::new(), dates: None, rest })
}

/// Reads "v1.2 …", "V0.7.0+, …" and "0.9.x …". A number without a "v" is the number of a chapter, unless it ends in ".x".
fn version(words: &str) -> Option<Named<'_>> {
    let bare = words.strip_prefix(['v', 'V']).filter(|it| it.starts_with(|it: char| it.is_ascii_digit()));
    let length = version_length(bare.unwrap_or(words))?;
    let end = length + words.len() - bare.unwrap_or(words).len();
    let (tag, rest) = words.split_at_checked(end)?;
    let is_full = tag.matches('.').count() == 2 && rest.trim().is_empty();
    let is_version = bare.is_some() || is_full || tag.as_bytes().ends_with(b".x");
    is_version.then(|| Named { kind: PhaseKind::Version, number: None, tag: tag.to_owned(), dates: None, rest })
}

/// Returns the bytes of a version such as "1.2", "0.7.0+" or "1.x" at the beginning of a text.
fn version_length(text: &str) -> Option<usize> {
    let bare = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let body = bare.bytes().take_while(|it| it.is_ascii_digit() || *it == b'.' || *it == b'x').count();
    let body = bare.get(..body)?.trim_end_matches('.').len();
    let behind = bare.get(body..)?;
    let plus = usize::from(behind.starts_with('+'));
    let pre = behind.strip_prefix('-').map_or(0, |it| {
        let length = it.bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b'.').count();
        let is_pre = ["alpha", "beta", "rc", "pre", "dev"].iter().any(|word| it.starts_with(word));
        if is_pre { 1 + it.get(..length).map_or(0, |it| it.trim_end_matches('.').len()) } else { 0 }
    });
    let end = text.len() - bare.len() + body + plus + pre;
    let starts = bare.starts_with(|it: char| it.is_ascii_digit());
    let ends = !text.get(end..)?.starts_with(|it: char| it.is_alphanumeric());
    (starts && ends && body <= 20).then_some(end)
}

/// Reads "Q3 2025 — …", "2026 H1: …", "March 2026 …".
fn dated(words: &str) -> Option<Named<'_>> {
    // Quarters and days are told with digits.
    if !words.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let end = words.find([':', '：', '—', '(', '（', '|']).or_else(|| words.find(" - ")).or_else(|| words.find(" – "));
    let (text, rest) = words.split_at_checked(end.unwrap_or(words.len()))?;
    let text = text.trim_end();
    let quarter_alone = matches!(text, "Q1" | "Q2" | "Q3" | "Q4" | "H1" | "H2");
    let dates = date_span(text);
    if !quarter_alone {
        dates?;
    }
    let is_quarter = text.bytes().any(|it| matches!(it, b'Q' | b'H'));
    let kind = if is_quarter { PhaseKind::Quarter } else { PhaseKind::Month };
    let is_single_day = dates.is_some_and(|(first, last)| first == last);
    (!is_single_day).then(|| Named { kind, number: None, tag: text.to_owned(), dates, rest })
}

/// Reads "第一阶段：…", "2단계 …".
fn behind_number(words: &str) -> Option<Named<'_>> {
    let text = words.strip_prefix('第').unwrap_or(words).trim_start();
    let (number, rest) = arabic(text).or_else(|| chinese(text))?;
    let rest = rest.trim_start();
    let (kind, rest) = BEHIND.iter().find_map(|(kind, list)| {
        let rest = list.iter().find_map(|it| rest.strip_prefix(it))?;
        Some((*kind, rest))
    })?;
    let tag = if kind.is_numbered() { "" } else { words.get(..words.len() - rest.len())? };
    Some(Named { kind, number: Some(number), tag: tag.to_owned(), dates: None, rest })
}

/// Reads a number in digits, in Roman letters, as an English word or in Chinese, and returns what follows.
#[must_use]
pub fn number(text: &str) -> Option<(u32, &str)> {
    arabic(text).or_else(|| roman(text)).or_else(|| english(text)).or_else(|| chinese(text))
}

fn arabic(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length)?;
    if digits.len() > 4 || rest.starts_with('.') && rest.get(1..)?.starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    Some((digits.parse().ok()?, rest))
}

fn word_of(text: &str) -> (&str, &str) {
    let length = text.find(|it: char| !it.is_alphanumeric()).unwrap_or(text.len());
    text.split_at_checked(length).unwrap_or((text, ""))
}

fn roman(text: &str) -> Option<(u32, &str)> {
    let (word, rest) = word_of(text);
    let numbers = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let at = numbers.iter().position(|it| *it == word)?;
    Some((u32::try_from(at + 1).ok()?, rest))
}

fn english(text: &str) -> Option<(u32, &str)> {
    let (word, rest) = word_of(text);
    let numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let at = numbers.iter().position(|it| it.eq_ignore_ascii_case(word))?;
    Some((u32::try_from(at).ok()?, rest))
}

fn chinese(text: &str) -> Option<(u32, &str)> {
    let digit =
        |it: char| "一二三四五六七八九".chars().position(|digit| digit == it).and_then(|at| u32::try_from(at + 1).ok());
    let mut letters = text.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    if first == '零' || first == '〇' {
        return Some((0, rest));
    }
    if first == '十' {
        let second = rest.chars().next().and_then(digit);
        let length = if second.is_some() { rest.chars().next().map_or(0, char::len_utf8) } else { 0 };
        return Some((10 + second.unwrap_or(0), rest.get(length..)?));
    }
    Some((digit(first)?, rest))
}

/// Reads a single letter directly behind a number, as in "Phase 2A".
fn letter_behind(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = word_of(text);
    (word.len() == 1 && word.bytes().all(|it| it.is_ascii_alphabetic())).then_some((word, rest))
}

/// Returns the number of "Phase 2" of the tag "Phase 2A".
#[must_use]
pub fn number_before_letter(tag: &str) -> Option<u32> {
    let (_, last) = tag.rsplit_once(' ')?;
    last.strip_suffix(|it: char| it.is_ascii_alphabetic())?.parse().ok()
}

/// Reads a single capital letter that is a word, as in "Phase A".
fn letter(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = word_of(text);
    let is_letter = word.len() == 1 && word.bytes().all(|it| it.is_ascii_uppercase());
    is_letter.then_some((word, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Option<(PhaseKind, Option<u32>, String, &str)> {
        named(words).map(|it| (it.kind, it.number, it.tag, it.rest))
    }

    #[test]
    fn parts_in_their_languages() {
        use PhaseKind::{Milestone, Month, Phase, Quarter, Sprint, Stage, Version};
        for (words, kind, number, tag, rest) in [
            ("Phase 1: Fixes", Phase, Some(1), "", ": Fixes"),
            ("Phase II - More", Phase, Some(2), "", " - More"),
            ("Phase Two", Phase, Some(2), "", ""),
            ("Phase B — Later", Phase, None, "Phase B", " — Later"),
            ("Phase 2A: Base", Phase, None, "Phase 2A", ": Base"),
            ("Sprint 3b", Sprint, None, "Sprint 3b", ""),
            ("Phase: Discovery", Phase, None, "", ": Discovery"),
            ("第一阶段：定位", Phase, Some(1), "", "：定位"),
            ("阶段 3 稳定", Phase, Some(3), "", " 稳定"),
            ("2단계: 개발", Phase, Some(2), "", ": 개발"),
            ("שלב 0: הכנה", Phase, Some(0), "", ": הכנה"),
            ("المرحلة 2", Phase, Some(2), "", ""),
            ("Étape 2 : Tests", Stage, Some(2), "", " : Tests"),
            ("Milestone 1: Project Foundation", Milestone, Some(1), "", ": Project Foundation"),
            ("M2 - Beta", Milestone, Some(2), "", " - Beta"),
            ("Sprint 12", Sprint, Some(12), "", ""),
            ("v0.7.0+, 2022 Q2", Version, None, "v0.7.0+", ", 2022 Q2"),
            ("Version 0.3", Version, None, "Version 0.3", ""),
            ("0.9.x (current)", Version, None, "0.9.x", " (current)"),
            ("v1.0.0-rc.1 stable", Version, None, "v1.0.0-rc.1", " stable"),
            ("Q4 2025 — Stabilisation", Quarter, None, "Q4 2025", "— Stabilisation"),
            ("2026 H1: Scale", Quarter, None, "2026 H1", ": Scale"),
            ("March 2026", Month, None, "March 2026", ""),
            ("Month 3: Pilot", Month, Some(3), "Month 3", ": Pilot"),
        ] {
            assert_eq!(read(words), Some((kind, number, tag.to_owned(), rest)), "{words}");
        }
    }

    #[test]
    fn what_names_no_part() {
        for words in [
            "",
            "Phases",
            "Phased rollout",
            "2.1 Description Format",
            "1. Fixes",
            "Milestones",
            "Versioning",
            "Releases",
            "Marching on",
            "M1.2 x",
            "May",
            "2026",
            "Mission",
            "MVP",
            "Sprints",
            "Quarterly review",
            "Stages of grief",
            "Release notes",
            "Phase 2-8: Overview",
            "Phase 2A-2C: Overview",
            "2026-02-06",
            "Vision 2030",
            "四阶段实施计划",
        ] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
