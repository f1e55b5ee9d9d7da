//! Pushes and fetches the record of sent mail. The only place where a program is executed: `gix` has no push, and how a remote is
//! reached, and who may, is for the user's own git to say.

use super::sent::{NAME, Tip, fetched};
use crate::edge::Failure;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long git may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// The most bytes of its complaints that are read.
const MOST: u64 = 16 * 1024;

/// Fetches the reference of a remote; where the remote has none, neither has what is fetched.
///
/// # Errors
///
/// When the remote cannot be asked.
pub fn fetch(top: &Path, remote: &str) -> Result<(), Failure> {
    let tracked = fetched(remote);
    let folder = tracked.trim_end_matches("/sent");
    // A pattern that fits nothing is no error; a name is.
    let spec = format!("+refs/roadbook/*:{folder}/*");
    let arguments = [
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-recurse-submodules",
        "--no-auto-maintenance",
        "--no-write-fetch-head",
        "--prune",
        "--end-of-options",
        remote,
        &spec,
    ];
    // Another run in the same folder may hold the lock of a reference for a moment.
    let mut tries = 0;
    loop {
        match git(top, &arguments) {
            Ok(()) => return Ok(()),
            Err(_) if tries < 3 => std::thread::sleep(Duration::from_millis(100 << tries)),
            Err(why) => return Err(unreached(top, remote, "fetch", &why)),
        }
        tries += 1;
    }
}

/// Pushes a commit as the reference of a remote, where that still leads to what was expected; returns whether it does now.
///
/// # Errors
///
/// When the remote cannot be reached, or does not let anybody write.
pub fn push(
    top: &Path,
    remote: &str,
    expected: Option<Tip>,
    new: Tip,
    now: impl Fn() -> Result<Option<Tip>, Failure>,
) -> Result<bool, Failure> {
    let expected_id = expected.map(|it| it.to_string()).unwrap_or_default();
    let lease = format!("--force-with-lease={NAME}:{expected_id}");
    let spec = format!("{new}:{NAME}");
    let Err(why) = git(
        top,
        &[
            "push",
            "--quiet",
            "--no-verify",
            "--no-follow-tags",
            "--recurse-submodules=no",
            &lease,
            "--end-of-options",
            remote,
            &spec,
        ],
    ) else {
        return Ok(true);
    };
    // What the remote has now says more than words: the answer may have been lost, or somebody else was first.
    fetch(top, remote)?;
    match now()? {
        it if it == Some(new) => Ok(true),
        it if it != expected => Ok(false),
        _ => Err(unreached(top, remote, "push", &why)),
    }
}

fn unreached(top: &Path, remote: &str, what: &str, why: &str) -> Failure {
    let help = "nothing is sent unless it can be written down where other runs see it: check `git push` there by hand (in a workflow, \
                `permissions: contents: write`), or set `email.ledger` to a folder";
    Failure::new(top, format!("git cannot {what} {NAME} ({remote}): {why}"), help)
}

/// Runs git, without hooks, without questions, and without what this program was given in secret.
fn git(top: &Path, arguments: &[&str]) -> Result<(), String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "git alone is executed, and here alone; a test looks for other places"
    )]
    let mut command = Command::new("git");
    command
        .args([
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "protocol.ext.allow=never",
            "-c",
            "push.gpgSign=false",
        ])
        .arg("-C")
        .arg(top)
        .args(arguments)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    for name in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_TRACE",
        "ROADBOOK_SMTP_URL",
        "ROADBOOK_SMTP_CA",
        "GITHUB_TOKEN",
    ] {
        command.env_remove(name);
    }
    let mut child = command.spawn().map_err(|it| match it.kind() {
        std::io::ErrorKind::NotFound => "git is not installed".to_owned(),
        _ => format!("git cannot be run: {it}"),
    })?;
    let complaints = child.stderr.take().map(|it| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let mut it = it;
            let _ = it.by_ref().take(MOST).read_to_end(&mut bytes);
            // What is too much is read and dropped, or git would wait for a reader.
            let _ = std::io::copy(&mut it, &mut std::io::sink());
            bytes
        })
    });
    let end = Instant::now() + PATIENCE;
    let status = loop {
        match child.try_wait() {
            Ok(Some(it)) => break it,
            Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(5)),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("it took more than {} s", PATIENCE.as_secs()));
            }
            Err(it) => return Err(format!("git cannot be waited for: {it}")),
        }
    };
    if status.success() {
        return Ok(());
    }
    let complaints = complaints.and_then(|it| it.join().ok()).unwrap_or_default();
    Err(harmless(&String::from_utf8_lossy(&complaints)))
}

/// Returns what git says as one line: no control characters, and no password of an address.
fn harmless(text: &str) -> String {
    const SHOWN: usize = 200;
    let plain = crate::prose::one_line(text);
    let words = plain.split(' ').map(|word| match (word.find("://"), word.rfind('@')) {
        (Some(start), Some(at)) if start < at => {
            format!("{}***{}", word.get(..start + 3).unwrap_or_default(), word.get(at..).unwrap_or_default())
        }
        _ => word.to_owned(),
    });
    let line = words.collect::<Vec<_>>().join(" ").replace("##[", "## [");
    let line: String = line.chars().take(SHOWN).collect();
    if line.is_empty() { "it does not say why".to_owned() } else { line }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_git_says_shows_no_password() {
        let said = "fatal: unable to access 'https://x:s3cret@example.org/a@b.git/':\n\u{1b}[31mnot found\n";
        assert_eq!(harmless(said), "fatal: unable to access 'https://***@b.git/': [31mnot found");
        assert_eq!(harmless(""), "it does not say why");
    }
}
