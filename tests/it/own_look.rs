//! What a project looks like in its own words: templates, colours, a logo; and what is said when something is wrong with them.
//! Folders under `tests/cases/look/` are built like all others: what is said of each is a snapshot there.

use super::support::{Ran, ran, roadbook, root, tree, write};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

const PLAN: &[u8] =
    b"# Ferry\n\n**Start:** 2026-01-19\n**Target Launch:** 2026-03-13\n\n## Phase 1: Ground (Week 1-4)\n\n\
    ### Week 1: Piers\n\n- [x] **P1-01:** Survey\n- [ ] **P1-02:** Ramps\n\n## Risks\n\n- **High Risk:** Ice\n";

/// Builds a project and returns what was said, and all files of its site by their paths.
fn built(folder: &Path, more: &[&str]) -> (Ran, BTreeMap<String, Vec<u8>>) {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let arguments = ["build", folder.to_str().unwrap(), "--as-of", "2026-02-06", "--out", site.to_str().unwrap()];
    let mut ran = roadbook(&[&arguments, more].concat());
    ran.err = ran.err.replace(folder.to_str().unwrap(), "[PLAN]");
    let files = if site.exists() { tree(&site).into_iter().collect() } else { BTreeMap::new() };
    (ran, files)
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(&files[path]).unwrap()
}

fn project(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[&[("roadmap.md", PLAN)], files].concat());
    folder
}

#[test]
fn an_override_stands_in_the_place_of_ours_and_of_nothing_else() {
    let (ran, files) = built(&root().join("tests/cases/look/override/input"), &[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let main = text(&files, "checks.html").split_once("<main id=\"main\">").unwrap().1.split_once("</main>").unwrap().0;
    insta::assert_snapshot!("override_page", main.trim());
    let sheet = text(&files, "assets/style.css");
    let own = sheet.split_once("/* colours of roadbook.toml */").unwrap().1;
    insta::assert_snapshot!("override_sheet", own.trim());
    // All other pages are as if there were no templates.
    let folder = project(&[("roadbook.toml", b"[look]\naccent = \"#0b6e4f\"\n")]);
    let plan = std::fs::read(root().join("tests/cases/look/override/input/roadmap.md")).unwrap();
    write(folder.path(), &[("roadmap.md", &plan)]);
    let (_, plain) = built(folder.path(), &[]);
    let other: Vec<&String> =
        files.iter().filter(|(path, bytes)| plain.get(*path) != Some(bytes)).map(|it| it.0).collect();
    assert_eq!(other, ["assets/style.css", "checks.html", "report.html"]);
    assert_eq!(files.len(), plain.len());
}

#[test]
fn an_error_names_the_place_the_variable_and_what_there_is() {
    let page =
        |main: &str| format!("{{% extends \"site/base.html\" %}}\n{{% block main %}}\n{main}\n{{% endblock main %}}\n");
    let faults = [
        ("a variable", "site/index.html", page("<h1>{{ heroo }}</h1>")),
        ("a field", "site/index.html", page("<h1>{{ hero.badge.txt }}</h1>")),
        (
            "a field of what a loop goes over",
            "site/index.html",
            page("{% for it in tiles %}<p>é {{ it.lable }}</p>{% endfor %}"),
        ),
        ("a list", "site/index.html", page("{% for it in tile %}<p>{{ it.label }}</p>{% endfor %}")),
        ("what a filter gets", "site/index.html", page("<p>{{ hero.hedding | upper }}</p>")),
        ("a filter", "site/index.html", page("<p>{{ hero.heading | uper }}</p>")),
        ("a component", "site/index.html", page("<p>{{<bdage it={hero.badge}/>}}</p>")),
        ("an argument", "site/index.html", page("<p>{{<badge them={hero.badge}/>}}</p>")),
        ("a template taken in", "site/index.html", page("{% include \"site/icon.html\" %}")),
        ("a parent", "site/index.html", "{% extends \"site/bse.html\" %}\n".to_owned()),
        ("itself", "site/index.html", "{% extends \"site/index.html\" %}\n".to_owned()),
        ("a tag that is open", "site/index.html", page("{% if hero %}<p>")),
        (
            "a component that ours need",
            "site/ui.html",
            "{%- component src(it) -%}x{%- endcomponent src -%}\n".to_owned(),
        ),
        ("a comment's variable", "comment/comment.md", "{{ nothing }}\n".to_owned()),
    ];
    let mut said = String::new();
    for (what, name, text) in &faults {
        let folder = project(&[(&format!("templates/{name}"), text.as_bytes())]);
        let (ran, files) = if name.starts_with("comment") {
            let path = folder.path().to_str().unwrap();
            let mut ran = ran(&["diff", path, path, "--as-of", "2026-02-06", "--format", "markdown"]);
            ran.err = ran.err.replace(path, "[PLAN]");
            (ran, BTreeMap::new())
        } else {
            built(folder.path(), &[])
        };
        assert_eq!((ran.status, files.len(), ran.out.as_str()), (2, 0, ""), "{what}: {}", ran.err);
        write!(said, "=== {what}\n{}\n", ran.err).unwrap();
    }
    insta::assert_snapshot!("errors", said);
}

#[test]
fn colours_reach_pages_mails_and_pictures() {
    let (accent, dark) = ("#7a1fa2", "#d7a3f0");
    let settings = format!("[look]\naccent = \"{accent}\"\naccent_dark = \"{dark}\"\n");
    let folder = project(&[("roadbook.toml", settings.as_bytes())]);
    let (ran, files) = built(folder.path(), &[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let (_, ours) = built(project(&[]).path(), &[]);
    let sheet = text(&files, "assets/style.css");
    assert!(
        sheet.contains(&format!(":root {{ --link: {accent};")) && sheet.contains(&format!(":root {{ --link: {dark};"))
    );
    assert_ne!(files["assets/card.png"], ours["assets/card.png"]);
    // No page says a colour: a policy forbids it.
    assert!(files.iter().filter(|it| it.0.contains(".html")).all(|it| !String::from_utf8_lossy(it.1).contains(accent)));
    let out = tempfile::tempdir().unwrap();
    let mails = out.path().join("mails");
    let it = ran_mail(folder.path(), &mails);
    assert_eq!(it.status, 0, "{}", it.err);
    let html = std::fs::read_to_string(mails.join("stakeholders.html")).unwrap();
    assert!(!html.contains("#1d4ed8") && !html.contains("#8ab4ff") && html.contains(dark), "{html}");
}

fn ran_mail(folder: &Path, out: &Path) -> Ran {
    let (folder, out) = (folder.to_str().unwrap(), out.to_str().unwrap());
    ran(&["email", folder, "--as-of", "2026-02-06", "--no-history", "--out", out, "--base-url", "https://example.org/"])
}

#[test]
fn a_logo_has_its_place_before_it_is_there() {
    let (ran, files) = built(&root().join("tests/cases/look/logo/input"), &[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let page = text(&files, "tasks/p1-01.html");
    assert!(
        page.contains("<img class=\"logo\" src=\"../assets/logo.svg\" width=\"84\" height=\"28\" alt=\"\">"),
        "{page}"
    );
    // It is wider than an icon.
    assert!(page.contains("<link rel=\"icon\" type=\"image/svg+xml\" href=\"../assets/icon.svg\">"));
    assert!(files["assets/logo.svg"].starts_with(b"<svg"));
}

#[test]
fn a_change_does_not_say_what_its_preview_looks_like() {
    let preview = |before: &Path, after: &Path| {
        let out = tempfile::tempdir().unwrap();
        let site = out.path().join("site");
        let [before, after, site] = [before, after, &site].map(|it| it.to_str().unwrap());
        let it = ran(&["diff", before, after, "--as-of", "2026-02-06", "--out", site, "--format", "markdown"]);
        assert_eq!(it.status, 0, "{}", it.err);
        (it.out.replace(before, "[BEFORE]").replace(after, "[AFTER]"), tree(Path::new(site)))
    };
    let svg = b"<svg viewBox=\"0 0 2 1\"/>";
    let own: [(&str, &[u8]); 5] = [
        ("roadbook.toml", b"[look]\naccent = \"#7a1fa2\"\nlogo = \"logo.svg\"\n"),
        ("logo.svg", svg),
        ("templates/site/base.html", b"<p>{{ broken }}"),
        ("templates/site/extra.css", b"body { display: none; }"),
        ("templates/comment/comment.md", b"LGTM"),
    ];
    let (plain, changed) = (project(&[]), project(&own));
    let without = preview(plain.path(), project(&[]).path());
    let with = preview(plain.path(), changed.path());
    let named = |(comment, files): (String, Vec<(String, Vec<u8>)>)| {
        // Both name their folders, which are temporary.
        let text = |it: Vec<u8>| String::from_utf8_lossy(&it).into_owned();
        let files: Vec<(String, String)> = files.into_iter().map(|(path, it)| (path, text(it))).collect();
        (comment, files)
    };
    let ((comment, files), (same_comment, same_files)) = (named(without), named(with));
    assert_eq!(comment, same_comment);
    let names = |files: &[(String, String)]| files.iter().map(|it| it.0.clone()).collect::<Vec<_>>();
    assert_eq!(names(&files), names(&same_files));
    for ((name, text), (_, same)) in files.iter().zip(&same_files) {
        let [text, same] = [text, same].map(|it| without_folders(it));
        assert!(text == same, "{name} differs:\n{text}\n---\n{same}");
    }
    // The same look counts where it is the plan's own already.
    let merged = project(&[own[0], own[1], own[3]]);
    let (_, files) = preview(merged.path(), plain.path());
    let sheet = files.iter().find(|it| it.0 == "assets/style.css").unwrap();
    assert!(String::from_utf8_lossy(&sheet.1).contains("body { display: none; }"));
    assert!(files.iter().any(|it| it.0 == "assets/logo.svg"));
}

/// Temporary folders have names of six letters.
fn without_folders(text: &str) -> String {
    text.split(".tmp").enumerate().map(|(at, it)| if at == 0 { it } else { it.get(6..).unwrap_or_default() }).collect()
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_the_project_is_read() {
    let elsewhere = tempfile::tempdir().unwrap();
    write(
        elsewhere.path(),
        &[
            ("secret.html", b"TOP SECRET"),
            ("site/extra.css", b"TOP SECRET"),
            ("logo.svg", b"<svg viewBox=\"0 0 1 1\"/>"),
        ],
    );
    let link = |from: &str, to: &Path, settings: &str| {
        let folder = project(&[("roadbook.toml", settings.as_bytes()), ("templates/site/extra.css", b"/* own */")]);
        let at = folder.path().join(from);
        let _ = std::fs::remove_dir_all(&at);
        std::os::unix::fs::symlink(to, at).unwrap();
        let (ran, files) = built(folder.path(), &[]);
        assert!(!files.values().any(|it| String::from_utf8_lossy(it).contains("TOP SECRET")), "{from}");
        (ran.status, ran.err)
    };
    let file = link("templates/site/base.html", &elsewhere.path().join("secret.html"), "");
    let folder = link("templates", elsewhere.path(), "");
    let named = link("look", elsewhere.path(), "[look]\ntemplates = \"look\"\n");
    let logo = link("logo.svg", &elsewhere.path().join("logo.svg"), "[look]\nlogo = \"logo.svg\"\n");
    let up = link("x", elsewhere.path(), "[look]\nlogo = \"../logo.svg\"\ntemplates = \"/etc\"\n");
    let said = [("file", file), ("folder", folder), ("named folder", named), ("logo", logo), ("upwards", up)];
    let said = said.map(|(what, (status, err))| format!("=== {what}: {status}\n{err}")).concat();
    insta::assert_snapshot!("outside", said);
}

#[test]
fn the_look_of_the_folder_over_all_counts_for_its_parts() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("roadbook.toml", b"[look]\naccent = \"#7a1fa2\"\n"),
            ("templates/site/extra.css", b"/* over all */"),
            ("north/roadmap.md", PLAN),
            ("north/roadbook.toml", b"[look]\naccent = \"#0b6e4f\"\n"),
            ("north/templates/site/extra.css", b"/* north */"),
            ("south/roadmap.md", PLAN),
        ],
    );
    let (ran, files) = built(folder.path(), &[]);
    assert_eq!((ran.status, ran.err.contains("unused-setting")), (0, false), "{}", ran.err);
    let sheets: Vec<&String> = files.keys().filter(|it| it.contains(".css")).collect();
    assert_eq!(sheets, ["assets/style.css"]);
    let sheet = text(&files, "assets/style.css");
    assert!(sheet.contains("/* over all */") && sheet.contains("#7a1fa2") && !sheet.contains("north"));
    assert!(["north/assets/card.png", "south/assets/card.png"].iter().all(|it| files.contains_key(*it)));
}

#[test]
fn a_card_is_small_and_always_the_same() {
    let (_, files) = built(&root().join("content"), &["--base-url", "https://example.org/a/"]);
    let (_, again) = built(&root().join("content"), &["--base-url", "https://example.org/a/"]);
    let card = &files["assets/card.png"];
    assert_eq!(card, &again["assets/card.png"]);
    assert!(card.len() < 60_000, "{} bytes", card.len());
    assert_eq!((&card[16..20], &card[20..24]), (&1200_u32.to_be_bytes()[..], &630_u32.to_be_bytes()[..]));
    let head: Vec<&str> =
        text(&files, "index.html").lines().filter(|it| it.contains("og:") || it.contains("twitter:")).collect();
    insta::assert_snapshot!("card_tags", head.join("\n"));
    // Without an address there is no picture to name, and a preview is nothing to spread.
    let (_, files) = built(&root().join("content"), &[]);
    let page = text(&files, "index.html");
    assert!(
        !page.contains("og:image") && page.contains("content=\"summary\"") && files.contains_key("assets/card.png")
    );
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let case = root().join("tests/cases/diff/replan-of-a-week");
    let [before, after] = ["before", "after"].map(|it| case.join(it).display().to_string());
    let more = ["--as-of", "2026-02-06", "--preview-url", "https://example.org/p/", "--out", site.to_str().unwrap()];
    assert_eq!(ran(&[&["diff", &before, &after][..], &more].concat()).status, 0);
    let files: BTreeMap<_, _> = tree(&site).into_iter().collect();
    assert!(!files.contains_key("assets/card.png") && !text(&files, "index.html").contains("og:"));
}

#[test]
fn a_card_has_no_letters_that_its_font_lacks() {
    let card = |title: &str| {
        let plan = String::from_utf8(PLAN.to_vec()).unwrap().replace("# Ferry", &format!("# {title}"));
        let folder = project(&[]);
        write(folder.path(), &[("roadmap.md", plan.as_bytes())]);
        built(folder.path(), &[]).1.remove("assets/card.png").unwrap()
    };
    let none = card("渡轮");
    assert_eq!(none, card("خارطة الطريق"));
    assert_eq!(card("Ferry"), card("🚢 Ferry"));
    assert_ne!(none, card("Ferry"));
    let long = card(&"Ferry ".repeat(80));
    assert_eq!(long, card(&"Ferry ".repeat(90)));
    // Nothing of a title is markup.
    assert_ne!(card("</text><text y=\"300\">x</text> & <script>"), none);
}

#[test]
fn the_full_report_holds_every_main_page_once() {
    let (ran, files) = built(&root().join("content"), &[]);
    assert_eq!(ran.status, 0);
    let page = text(&files, "report.html");
    let chapters: Vec<&str> =
        page.split("<div class=\"chapter").skip(1).map(|it| it.split('"').nth(2).unwrap()).collect();
    insta::assert_snapshot!("chapters", chapters.join("\n"));
    let ids: Vec<&str> = page.split(" id=\"").skip(1).map(|it| it.split('"').next().unwrap()).collect();
    let once: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len(), "an id stands twice");
    assert_eq!(page.matches("<h1").count(), 1);
}
