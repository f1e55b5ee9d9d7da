//! What comes in, message by message. What cannot be read is told, and does not end anything.

use lsp_server::Message;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// Messages longer than this are left out, in bytes: more than any file that is read needs, escaped.
const MOST: u64 = 512 * 1024 * 1024;
/// A header of more bytes is none.
const MOST_HEADER: u64 = 16 * 1024;

/// Something that came in.
#[derive(Debug)]
pub enum Incoming {
    /// A message.
    Message(Message),
    /// Bytes that are no message, and why.
    Malformed(String),
}

/// Listens on a thread of its own, so that the editor never has to wait before it may say more. Ends with the input.
pub fn listen(input: impl Read + Send + 'static) -> Receiver<Incoming> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut input = BufReader::new(input);
        while let Ok(Some(it)) = read(&mut input) {
            if sender.send(it).is_err() {
                break;
            }
        }
    });
    receiver
}

/// Reads one message; nothing at the end of the input.
fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let mut length = None;
    let mut is_begun = false;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(MOST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        match line.split_once(':') {
            // An empty line between messages does no harm.
            None if line.is_empty() && !is_begun => {}
            None if line.is_empty() => break,
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse().ok(),
            _ => {}
        }
        is_begun |= !line.is_empty();
    }
    let Some(length) = length else {
        return Ok(Some(Incoming::Malformed("a message needs a header Content-Length with its bytes".to_owned())));
    };
    if MOST < length {
        io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(Some(Incoming::Malformed(format!("a message of {length} bytes is too long"))));
    }
    let mut body = Vec::new();
    if input.by_ref().take(length).read_to_end(&mut body)? as u64 != length {
        return Ok(None);
    }
    Ok(Some(
        serde_json::from_slice(&body)
            .map_or_else(|it| Incoming::Malformed(format!("this is no message: {it}")), Incoming::Message),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<String> {
        let mut input = bytes;
        let mut all = Vec::new();
        while let Some(it) = read(&mut input).unwrap() {
            all.push(match it {
                Incoming::Message(it) => serde_json::to_string(&it).unwrap(),
                Incoming::Malformed(it) => it,
            });
        }
        all
    }

    #[test]
    fn what_is_no_message_ends_nothing() {
        let good = "{\"method\":\"exit\"}";
        let framed = |it: &str| format!("Content-Length: {}\r\n\r\n{it}", it.len());
        let bytes = [&framed(good), "X: y\r\n\r\n", &framed("{\"method\":"), "\r\n", &framed(good)].concat();
        assert_eq!(
            all(bytes.as_bytes()),
            [
                good,
                "a message needs a header Content-Length with its bytes",
                "this is no message: EOF while parsing a value at line 1 column 10",
                good
            ]
        );
        assert!(all(b"Content-Length: 20\r\n\r\n{}").is_empty(), "half a message at the end is none");
    }
}
