//! What fails on the way and passes, or does not.

use super::server::{Api, Fault, State};
use super::{BOT, CHANGED, TOKEN, UNCHANGED, tell};
use roadbook::edge::Web;
use std::time::Duration;

const PULL: &str = "GET /repos/octo/plan/pulls/42";
const USER: &str = "GET /user";
const LIST: &str = "GET /repos/octo/plan/issues/42/comments";
const POST: &str = "POST /repos";
const PATCH: &str = "PATCH /repos";

fn say(status: u16, message: &str) -> Fault {
    Fault::Say(status, Vec::new(), serde_json::json!({ "message": message }).to_string())
}

fn say_with(status: u16, headers: &[(&'static str, &str)], message: &str) -> Fault {
    let headers = headers.iter().map(|(name, it)| (*name, (*it).to_owned())).collect();
    Fault::Say(status, headers, serde_json::json!({ "message": message }).to_string())
}

#[test]
fn an_answer_of_500_passes() {
    let api = Api::new();
    api.fault(PULL, say(500, "Server Error"));
    api.fault(PULL, say(502, "Server Error"));
    api.fault(USER, Fault::Say(503, Vec::new(), "<html>Unicorn!</html>".to_owned()));
    api.fault(LIST, say(504, "We couldn't respond to your request in time."));
    tell("500-twice", &api, CHANGED, &[]);
}

#[test]
fn five_times_is_enough() {
    let api = Api::new();
    (0..6).for_each(|_| api.fault(LIST, say(500, "Server Error")));
    tell("500-always", &api, CHANGED, &[]);
}

#[test]
fn an_answer_of_505_is_final() {
    let api = Api::new();
    api.fault(PULL, say(505, "No"));
    tell("505", &api, CHANGED, &[]);
}

#[test]
fn a_pause_that_is_asked_for_is_made() {
    let api = Api::new();
    api.fault(PULL, say_with(429, &[("retry-after", "7")], "Slow down"));
    api.fault(USER, say_with(503, &[("retry-after", "3")], "Maintenance"));
    tell("retry-after", &api, CHANGED, &[]);
}

#[test]
fn the_end_of_a_limit_is_waited_for() {
    let api = Api::new();
    // 15:05:00 and 30 seconds. What is not used up is no limit, whatever its end.
    let headers = |left| {
        [
            ("date", "Fri, 06 Feb 2026 15:05:00 GMT"),
            ("x-ratelimit-remaining", left),
            ("x-ratelimit-reset", "1770390330"),
        ]
    };
    api.fault(PULL, say_with(403, &headers("0"), "You have used up your requests"));
    api.fault(USER, say_with(403, &headers("12"), "You have exceeded a secondary rate limit"));
    tell("rate-limit", &api, CHANGED, &[]);
}

#[test]
fn a_pause_that_is_asked_for_is_a_limit() {
    let api = Api::new();
    api.fault(PULL, say_with(403, &[("retry-after", "5")], "Forbidden"));
    tell("retry-after-403", &api, CHANGED, &[]);
}

#[test]
fn who_may_not_ask_now_is_not_taken_for_somebody() {
    let api = Api::new();
    (0..5).for_each(|_| api.fault(USER, say_with(403, &[("retry-after", "1")], "API rate limit exceeded")));
    tell("rate-limit-user", &api, CHANGED, &[]);
}

#[test]
fn a_long_pause_is_left_to_others() {
    let api = Api::new();
    api.fault(LIST, say_with(429, &[("retry-after", "61")], "Slow down"));
    tell("retry-after-long", &api, CHANGED, &[]);
}

#[test]
fn pauses_without_end_end() {
    let api = Api::new();
    for request in [PULL, USER, LIST] {
        (0..3).for_each(|_| api.fault(request, say_with(429, &[("retry-after", "50")], "Slow down")));
    }
    tell("waiting-in-all", &api, CHANGED, &[]);
}

#[test]
fn a_connection_that_breaks_is_made_again() {
    let api = Api::new();
    api.fault(PULL, Fault::Drop);
    api.fault(USER, Fault::Raw(b"HTTP/1.1 200 OK\r\ncontent-le"));
    api.fault(LIST, Fault::Half);
    tell("dropped", &api, CHANGED, &[]);
}

#[test]
fn a_post_that_never_arrived_is_sent_again() {
    let api = Api::new();
    api.fault(POST, Fault::Drop);
    api.fault(POST, say(500, "Server Error"));
    tell("post-dropped", &api, CHANGED, &[]);
}

#[test]
fn a_post_whose_reply_was_lost_makes_no_second_comment() {
    let api = Api::new();
    api.fault(POST, Fault::Lose);
    tell("post-reply-lost", &api, CHANGED, &[]);
}

#[test]
fn half_a_reply_is_none() {
    let api = Api::new();
    api.fault(POST, Fault::Half);
    tell("post-reply-half", &api, CHANGED, &[]);
}

#[test]
fn a_reply_that_says_nothing_is_looked_up() {
    let api = Api::new();
    api.fault(POST, Fault::Meanwhile(post_ours, 201));
    tell("post-reply-empty", &api, CHANGED, &[]);
}

fn post_ours(state: &mut State) {
    let comment = super::server::Kept { id: 77, author: Some(BOT.to_owned()), body: CHANGED.to_owned() };
    state.comments.push(comment);
}

#[test]
fn an_update_whose_reply_was_lost_is_seen() {
    let api = Api::new();
    api.comment(11, BOT, UNCHANGED.replace("16:20", "12:00").as_str());
    api.fault(PATCH, Fault::Lose);
    tell("patch-reply-lost", &api, CHANGED, &[]);
}

#[test]
fn a_newer_run_during_a_pause_wins() {
    let api = Api::new();
    api.comment(11, BOT, UNCHANGED.replace("16:20", "12:00").as_str());
    api.fault(PATCH, Fault::Meanwhile(|it| it.comments[0].body = UNCHANGED.to_owned(), 502));
    tell("newer-during-pause", &api, CHANGED, &[]);
}

#[test]
fn a_push_during_a_pause_makes_the_run_void() {
    let api = Api::new();
    let push = |it: &mut State| it.pull["head"]["sha"] = "1c7e0d2000000000000000000000000000000000".into();
    api.fault(POST, Fault::Meanwhile(push, 502));
    tell("push-during-pause", &api, CHANGED, &[]);
}

#[test]
fn another_run_that_posts_during_a_pause_has_posted_the_one_comment() {
    let api = Api::new();
    let post = |it: &mut State| {
        post_ours(it);
        it.comments[0].body = it.comments[0].body.replace("2 Apr", "1 Apr").replace("15:04", "15:03");
    };
    api.fault(POST, Fault::Meanwhile(post, 502));
    tell("post-during-pause", &api, CHANGED, &[]);
}

#[test]
fn a_deleted_comment_is_made_anew() {
    let api = Api::new();
    api.comment(11, BOT, UNCHANGED.replace("16:20", "12:00").as_str());
    api.fault(PATCH, Fault::Meanwhile(|it| it.comments.clear(), 502));
    tell("deleted-during-pause", &api, CHANGED, &[]);
}

#[test]
fn a_slow_answer_is_not_waited_for() {
    let api = Api::new();
    (0..5).for_each(|_| api.fault(PULL, Fault::Trickle));
    let web = Web { patience: Duration::from_millis(300), ..super::web(&api.url) };
    super::told("slow", &api, CHANGED.as_bytes(), &["--repo", "octo/plan", "--pull", "42"], web);
}

#[test]
fn a_huge_answer_is_not_read() {
    let api = Api::new();
    api.fault(PULL, Fault::Huge(5 << 20));
    tell("huge", &api, CHANGED, &[]);
    api.fault(LIST, Fault::Huge(49 << 20));
    tell("huge-list", &api, CHANGED, &[]);
}

#[test]
fn long_comments_of_others_keep_nobody_from_updating() {
    let api = Api::new();
    // What GitHub takes at most, in the characters that take most room in JSON.
    for id in 20..119 {
        api.comment(id, "mallory", &"\u{1}".repeat(65_536));
    }
    api.comment(119, BOT, &CHANGED.replace("2 Apr", "1 Apr"));
    let stripped = || api.state().comments.retain(|it| it.id == 119);
    super::tell_after("long-comments", &api, CHANGED, stripped);
}

#[test]
fn what_is_no_json_is_no_answer() {
    for (name, request, body) in [
        ("no-json", PULL, "<html>Sign in</html>"),
        ("json-of-another-kind", LIST, "{\"comments\": []}"),
        ("json-without-fields", USER, "{\"name\": \"Ada\"}"),
        ("json-of-no-commit", PULL, "{\"state\": \"open\", \"head\": {\"sha\": \"::set-output::\"}}"),
        ("json-of-no-login", USER, "{\"login\": \"ada\\n::error::\"}"),
    ] {
        let api = Api::new();
        api.fault(request, Fault::Say(200, Vec::new(), body.to_owned()));
        tell(name, &api, CHANGED, &[]);
    }
}

#[test]
fn json_that_is_deep_is_no_answer() {
    let api = Api::new();
    api.fault(LIST, Fault::Say(200, Vec::new(), "[".repeat(1 << 20)));
    tell("json-deep", &api, CHANGED, &[]);
}

#[test]
fn what_is_no_http_is_no_answer() {
    let api = Api::new();
    (0..5).for_each(|_| api.fault(PULL, Fault::Raw(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")));
    tell("no-http", &api, CHANGED, &[]);
}

#[test]
fn a_server_that_is_not_there_is_not_found() {
    let api = Api::new();
    // A port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut web = super::web(&api.url);
    web.api = Some(format!("http://{free}"));
    let said = super::transcript(&api, CHANGED.as_bytes(), &["--repo", "octo/plan", "--pull", "42"], web, || ());
    super::compare("refused", &api, &said.replace(&free.to_string(), "gone"));
}

#[test]
fn a_token_follows_no_redirect() {
    let (api, other) = (Api::new(), Api::new());
    for status in [301, 302, 307, 308] {
        let location = format!("{}/repositories/7/pulls/42", other.url);
        api.fault(PULL, Fault::Say(status, vec![("location", location)], String::new()));
        tell(&format!("redirect-{status}"), &api, CHANGED, &[]);
    }
    api.fault(POST, Fault::Say(307, vec![("location", format!("{}/comments", other.url))], String::new()));
    tell("redirect-post", &api, CHANGED, &[]);
    assert_eq!(other.take_seen(), Vec::<String>::new());
}

#[test]
fn a_refusal_says_what_to_do() {
    for (status, request, message) in [
        (401, PULL, "Bad credentials"),
        (403, POST, "Resource not accessible by integration"),
        (404, PULL, "Not Found"),
        (410, LIST, "This issue was deleted"),
        (418, LIST, ""),
    ] {
        let api = Api::new();
        api.fault(request, say(status, message));
        tell(&format!("answer-{status}"), &api, CHANGED, &[]);
    }
}

#[test]
fn a_refusal_names_its_first_detail() {
    let api = Api::new();
    let details = r#"{"message": "Validation Failed", "errors": [{"field": "data", "message": "Body is too long"}]}"#;
    api.fault(POST, Fault::Say(422, Vec::new(), details.to_owned()));
    tell("answer-422", &api, CHANGED, &[]);
}

#[test]
fn a_refusal_is_somebody_elses_text() {
    let api = Api::new();
    let hidden = TOKEN.replace('0', "0\u{200b}");
    let message = format!("bad\u{1b}[31m\n::error::x ##[error]y\u{202e}z Bearer {TOKEN} {hidden} {}", "a".repeat(500));
    api.fault(PULL, say(401, &message));
    tell("answer-hostile", &api, CHANGED, &[]);
}
