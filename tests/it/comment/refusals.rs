//! What is refused before anybody is asked.

use super::server::Api;
use super::{CHANGED, told, web};
use roadbook::edge::{Secret, Web};

const HERE: [&str; 4] = ["--repo", "octo/plan", "--pull", "42"];

#[test]
fn a_file_without_a_marker_is_refused() {
    let long = "a".repeat(65_001 - CHANGED.len());
    for (name, bytes) in [
        ("body-empty", Vec::new()),
        ("body-plain", b"### Plan change\n".to_vec()),
        ("body-marker-below", format!("\n{CHANGED}").into_bytes()),
        ("body-marker-old", CHANGED.replace(" state=changed", "").into_bytes()),
        ("body-no-utf8", [CHANGED.as_bytes(), b"\xff"].concat()),
        ("body-long", format!("{CHANGED}{long}").into_bytes()),
    ] {
        let api = Api::new();
        told(name, &api, &bytes, &HERE, web(&api.url));
    }
}

#[test]
fn a_file_that_is_just_short_enough_is_taken() {
    let api = Api::new();
    let long = "a".repeat(65_000 - CHANGED.len());
    told("body-at-most", &api, format!("{CHANGED}{long}").as_bytes(), &HERE, web(&api.url));
}

#[test]
fn a_file_that_is_not_there_is_missed() {
    let api = Api::new();
    let ran = super::ran_with(&[&["comment", "--body-file", "/nowhere/comment.md"], &HERE[..]].concat(), web(&api.url));
    assert_eq!(ran.status, 2);
    assert_eq!(ran.err, "error: /nowhere/comment.md: cannot read it: it does not exist\n  help: check the path\n");
}

#[test]
fn a_token_is_needed() {
    let api = Api::new();
    for (name, token) in [
        ("token-none", None),
        ("token-empty", Some(Secret::new(" \n"))),
        ("token-broken", Some(Secret::new("ghs_a\r\nX-Evil: b"))),
    ] {
        told(name, &api, CHANGED.as_bytes(), &HERE, Web { token, ..web(&api.url) });
    }
}

#[test]
fn a_token_around_which_there_is_space_is_one() {
    let api = Api::new();
    let token = Some(Secret::new(&format!("  {}\n", super::TOKEN)));
    told("token-trimmed", &api, CHANGED.as_bytes(), &HERE, Web { token, ..web(&api.url) });
}

#[test]
fn an_address_is_safe_or_refused() {
    let api = Api::new();
    let elsewhere = Some("http://api.github.com".to_owned());
    told("address", &api, CHANGED.as_bytes(), &HERE, Web { api: elsewhere, ..web(&api.url) });
    // A name and a password are repeated nowhere.
    let secret = Some(format!("http://ada:{}@127.0.0.1", super::TOKEN));
    told("address-with-password", &api, CHANGED.as_bytes(), &HERE, Web { api: secret, ..web(&api.url) });
}

#[test]
fn an_address_may_have_a_path() {
    let api = Api::new();
    let path = Some(format!("{}/api/v3/", api.url));
    told("address-with-path", &api, CHANGED.as_bytes(), &HERE, Web { api: path, ..web(&api.url) });
}

#[test]
fn a_repository_and_a_login_are_names() {
    let api = Api::new();
    told("repo", &api, CHANGED.as_bytes(), &["--repo", "octo/plan/../../user", "--pull", "42"], web(&api.url));
    told("login", &api, CHANGED.as_bytes(), &[&HERE[..], &["--author", "@ada"]].concat(), web(&api.url));
}

#[test]
fn a_pull_request_has_a_number() {
    use clap::Parser as _;
    for it in ["0", "-1", "x", "42/files", "99999999999999999999"] {
        let arguments = ["roadbook", "comment", "--repo", "a/b", "--body-file", "c", "--pull", it];
        assert!(roadbook::cli::Cli::try_parse_from(arguments).is_err(), "{it}");
    }
}

#[test]
fn the_help_has_an_example() {
    use clap::Parser as _;
    let help = roadbook::cli::Cli::try_parse_from(["roadbook", "comment", "--help"]).unwrap_err().to_string();
    assert!(help.contains("roadbook comment --repo octo/plan --pull 42 --body-file comment.md --dry-run"), "{help}");
    assert!(help.contains("GITHUB_TOKEN") && help.contains("GITHUB_API_URL"), "{help}");
}
