//! Mails as they were sent, as files of the site.

use crate::bundle::{Bundle, OutPath};
use crate::mail::SentMail;
use crate::views::mails::folder;

/// What a mail may do in a browser: show its own pictures and styles. It came out of a record that others can write to, so it runs
/// nothing and asks nobody.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'; \
                      style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
                      <meta name=\"referrer\" content=\"no-referrer\">\n";

/// Adds what was sent: the HTML with its pictures.
pub fn add(bundle: &mut Bundle, sent: &[SentMail]) {
    for it in sent {
        // Only before all else does a policy hold for all of it.
        let html = format!("<!DOCTYPE html>\n{POLICY}{}", it.html.trim_start_matches("<!DOCTYPE html>").trim_start());
        bundle.add(OutPath::of(&format!("{}/mail.html", folder(it))), html);
        for picture in &it.pictures {
            bundle.add(OutPath::of(&format!("{}/{}.png", folder(it), picture.name)), picture.png.clone());
        }
    }
}
