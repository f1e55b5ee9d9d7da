//! When a comment is written, and when it is not.

use super::server::{Api, Kept};
use super::{BOT, CHANGED, FILLER, UNCHANGED, UNREADABLE, tell, told, web};
use serde_json::json;

#[test]
fn the_first_comment_is_posted() {
    tell("posted", &Api::new(), CHANGED, &[]);
}

#[test]
fn the_one_comment_is_updated() {
    let api = Api::new();
    api.comment(11, "ada", "When is the launch?");
    api.comment(12, BOT, CHANGED);
    api.comment(13, "ada", "Thanks.");
    tell("updated", &api, UNCHANGED, &[]);
}

#[test]
fn a_comment_that_says_the_same_stays() {
    let api = Api::new();
    // As somebody's browser or GitHub may have stored it, and of an earlier moment.
    let stored = CHANGED.replace("15:04:11Z", "14:00:00Z").replace('\n', "\r\n");
    api.comment(11, BOT, stored.trim_end());
    tell("same", &api, CHANGED, &[]);
}

#[test]
fn one_letter_is_a_difference() {
    let api = Api::new();
    api.comment(11, BOT, &CHANGED.replace("2 Apr", "3 Apr"));
    tell("one-letter", &api, CHANGED, &[]);
}

#[test]
fn another_commit_is_a_difference() {
    let api = Api::new();
    api.comment(11, BOT, &CHANGED.replacen("9f3c2ab", "1c7e0d2", 1));
    tell("another-commit", &api, CHANGED, &[]);
}

#[test]
fn an_older_run_does_not_overwrite_a_newer_one() {
    let api = Api::new();
    api.comment(11, BOT, UNCHANGED);
    tell("newer-exists", &api, CHANGED, &[]);
}

#[test]
fn no_change_is_no_news_where_there_is_no_comment() {
    tell("unchanged-and-none", &Api::new(), UNCHANGED, &[]);
}

#[test]
fn an_unreadable_plan_is_news() {
    tell("unreadable-and-none", &Api::new(), UNREADABLE, &[]);
}

#[test]
fn a_newer_push_makes_a_run_void() {
    let api = Api::new();
    api.state().pull["head"]["sha"] = json!("1c7e0d2000000000000000000000000000000000");
    tell("head-moved", &api, CHANGED, &[]);
}

#[test]
fn a_closed_pull_request_gets_nothing() {
    let api = Api::new();
    api.state().pull["state"] = json!("closed");
    tell("closed", &api, CHANGED, &[]);
}

#[test]
fn a_marker_of_somebody_else_is_nothing() {
    let api = Api::new();
    api.comment(11, "mallory", CHANGED);
    api.comment(12, "github-actions", CHANGED);
    api.state().comments.push(Kept { id: 13, author: None, body: CHANGED.to_owned() });
    tell("spoofed", &api, UNREADABLE, &[]);
}

#[test]
fn a_marker_below_line_1_is_nothing() {
    let api = Api::new();
    api.comment(11, BOT, &format!("\n{CHANGED}"));
    api.comment(12, BOT, &format!("> {CHANGED}"));
    api.comment(13, BOT, &CHANGED.replace(" v1 ", " v2 "));
    tell("not-on-line-1", &api, CHANGED, &[]);
}

#[test]
fn of_several_the_oldest_is_kept() {
    let api = Api::new();
    for id in [13, 12, 15] {
        api.comment(id, BOT, &CHANGED.replace("2 Apr", "1 Apr"));
    }
    tell("several", &api, CHANGED, &[]);
    // The same, once more: it is said, and nothing is written.
    tell("several-again", &api, CHANGED, &[]);
}

#[test]
fn a_person_has_a_login_of_their_own() {
    let api = Api::new();
    api.state().login = Some("Ada");
    api.state().writes_as = "ada";
    api.comment(11, BOT, UNCHANGED);
    api.comment(12, "ada", &CHANGED.replace("2 Apr", "1 Apr"));
    tell("own-login", &api, CHANGED, &[]);
}

#[test]
fn a_login_is_the_same_in_capitals() {
    let api = Api::new();
    api.state().login = Some("Ada");
    api.state().writes_as = "ada";
    tell("own-login-posts", &api, CHANGED, &[]);
}

#[test]
fn an_app_is_named() {
    let api = Api::new();
    api.state().writes_as = "planner[bot]";
    api.comment(11, BOT, UNCHANGED);
    api.comment(12, "planner[bot]", &CHANGED.replace("2 Apr", "1 Apr"));
    tell("author", &api, CHANGED, &["--author", "planner[bot]"]);
}

#[test]
fn an_app_that_is_not_named_is_told_to() {
    let api = Api::new();
    api.state().writes_as = "planner[bot]";
    tell("author-unknown", &api, CHANGED, &[]);
}

#[test]
fn every_page_is_read() {
    let api = Api::new();
    for id in 1001..=1200 {
        api.comment(id, "ada", FILLER);
    }
    api.comment(1201, BOT, &CHANGED.replace("2 Apr", "1 Apr"));
    tell("pages", &api, CHANGED, &[]);
}

#[test]
fn without_a_header_a_full_page_says_nothing_of_the_next() {
    let api = Api::new();
    api.state().says_link = false;
    for id in 1001..=1200 {
        api.comment(id, "ada", FILLER);
    }
    tell("pages-without-link", &api, CHANGED, &[]);
}

#[test]
fn a_last_page_that_is_full_is_the_last() {
    let api = Api::new();
    for id in 1001..=1200 {
        api.comment(id, "ada", FILLER);
    }
    tell("pages-full", &api, CHANGED, &[]);
}

#[test]
fn a_conversation_without_end_is_left() {
    let api = Api::new();
    for id in 1001..=4001 {
        api.comment(id, "ada", FILLER);
    }
    tell("pages-too-many", &api, CHANGED, &[]);
    api.state().comments[5] = Kept { id: 1006, author: Some(BOT.to_owned()), body: UNCHANGED.to_owned() };
    tell("pages-too-many-but-found", &api, UNREADABLE, &["--quiet"]);
}

#[test]
fn nothing_is_said_when_asked_to_be_quiet() {
    let api = Api::new();
    api.comment(12, BOT, CHANGED);
    api.comment(13, BOT, CHANGED);
    tell("quiet", &api, UNCHANGED, &["--quiet"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let api = Api::new();
    tell("dry-run-post", &api, CHANGED, &["--dry-run"]);
    api.comment(11, BOT, CHANGED);
    tell("dry-run-update", &api, UNREADABLE, &["--dry-run"]);
    tell("dry-run-nothing", &api, CHANGED, &["--dry-run"]);
}

#[test]
fn a_printed_comment_gives_the_log_no_orders() {
    let orders = "\n::error::x\n  ::stop-commands::y\na ##[add-mask]z\n\u{1b}[31mred\u{202e}\n";
    tell("dry-run-orders", &Api::new(), &format!("{CHANGED}{orders}"), &["--dry-run", "--quiet"]);
}

#[test]
fn a_file_of_windows_is_a_file() {
    let api = Api::new();
    let arguments = ["--repo", "octo/plan", "--pull", "42"];
    told("crlf", &api, CHANGED.replace('\n', "\r\n").as_bytes(), &arguments, web(&api.url));
}
