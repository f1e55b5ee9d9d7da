//! The browser that people see a server with, and the keys by which they end it.

use std::process::Stdio;

/// What nobody but this program has to know.
const SECRETS: [&str; 3] = ["ROADBOOK_SMTP_URL", "ROADBOOK_SMTP_CA", "GITHUB_TOKEN"];

/// Opens an address in the browser of whoever sits here, and says whether there was a program to do it. The program is not waited for:
/// it may be the browser itself.
#[must_use]
pub fn browse(url: &str) -> bool {
    open::commands(url).into_iter().any(|mut command| {
        for name in SECRETS {
            command.env_remove(name);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // Ctrl-C ends what the terminal runs, and the browser is not to end with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn().is_ok()
    })
}

/// Does something when the program is asked to end: by Ctrl-C, by its terminal's end, or by another program. Only the first call of a
/// process counts. Where the system takes none, such a request ends the program as it ends others.
pub fn on_interrupt(act: impl FnMut() + Send + 'static) {
    let _ = ctrlc::set_handler(act);
}
