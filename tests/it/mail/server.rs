//! A mail server on this machine that does what it is told to.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// What happens instead of what a server does.
#[derive(Debug, Clone)]
pub enum Fault {
    /// This reply, and nothing is done.
    Say(&'static str),
    /// These bytes, as they are, and nothing is done.
    Raw(Vec<u8>),
    /// The connection is closed.
    Drop,
    /// Nothing comes.
    Silence,
    /// What was asked for is done, and the connection is closed without a reply.
    Lose,
    /// Half of the message is read, and the connection is closed.
    Half,
    /// A byte comes every now and then, without an end.
    Trickle,
}

/// A message that the server has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub to: String,
    pub body: Vec<u8>,
}

#[derive(Default)]
pub struct State {
    pub kept: Vec<Kept>,
    /// Every line, and "connect" for each connection.
    pub seen: Vec<String>,
    faults: VecDeque<(&'static str, Fault)>,
}

pub struct Server {
    pub port: u16,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                // A client that went away is part of the play.
                std::thread::spawn(move || serve(stream.unwrap(), &shared).unwrap_or_default());
            }
        });
        Self { port, state }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The next command of this name meets this fault; "banner" and "dot" are commands, too.
    pub fn fault(&self, command: &'static str, fault: Fault) {
        self.state().faults.push_back((command, fault));
    }

    /// To whom the server has something, sorted.
    pub fn recipients(&self) -> Vec<String> {
        let mut all: Vec<String> = self.state().kept.iter().map(|it| it.to.clone()).collect();
        all.sort();
        all
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    state.lock().unwrap().seen.push("connect".to_owned());
    if !act(&mut stream, state, "banner", "220 mail.example ready\r\n")? {
        return Ok(());
    }
    let mut to = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end().to_owned();
        state.lock().unwrap().seen.push(line.clone());
        let command = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let reply = match command.as_str() {
            "EHLO" => "250-mail.example\r\n250-SIZE 1000000\r\n250 AUTH PLAIN LOGIN\r\n",
            "AUTH" => "235 ok\r\n",
            "DATA" => "354 go on\r\n",
            "QUIT" => "221 bye\r\n",
            _ => "250 ok\r\n",
        };
        if command == "RCPT" {
            line.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut to);
        }
        if !act(&mut stream, state, &command, reply)? {
            return Ok(());
        }
        if command == "DATA" {
            let fault = take(state, "dot");
            if matches!(fault, Some(Fault::Half)) {
                let mut some = [0; 16];
                reader.read_exact(&mut some)?;
                return stream.shutdown(Shutdown::Both);
            }
            let mut body = Vec::new();
            loop {
                let mut line = Vec::new();
                reader.read_until(b'\n', &mut line)?;
                if line == b".\r\n" || line.is_empty() {
                    break;
                }
                body.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            }
            let has_it = fault
                .as_ref()
                .is_none_or(|it| matches!(it, Fault::Lose | Fault::Silence | Fault::Trickle | Fault::Raw(_)));
            if has_it {
                state.lock().unwrap().kept.push(Kept { to: to.clone(), body });
            }
            if !play(&mut stream, fault, "250 queued\r\n")? {
                return Ok(());
            }
        }
        if command == "QUIT" {
            return Ok(());
        }
    }
}

fn take(state: &Mutex<State>, command: &str) -> Option<Fault> {
    let mut state = state.lock().unwrap();
    let at = state.faults.iter().position(|(it, _)| *it == command)?;
    state.faults.remove(at).map(|it| it.1)
}

fn act(stream: &mut TcpStream, state: &Mutex<State>, command: &str, reply: &str) -> std::io::Result<bool> {
    let fault = take(state, command);
    // After a reply of our own a connection goes on, but not into a message.
    let goes_on = fault.is_none() || (command != "DATA" && matches!(fault, Some(Fault::Say(_) | Fault::Raw(_))));
    play(stream, fault, reply)?;
    Ok(goes_on)
}

/// Replies; says whether the connection goes on.
fn play(stream: &mut TcpStream, fault: Option<Fault>, reply: &str) -> std::io::Result<bool> {
    match fault {
        None => stream.write_all(reply.as_bytes())?,
        Some(Fault::Say(it)) => write!(stream, "{it}\r\n")?,
        Some(Fault::Raw(it)) => stream.write_all(&it)?,
        Some(Fault::Drop | Fault::Lose | Fault::Half) => {
            stream.shutdown(Shutdown::Both)?;
            return Ok(false);
        }
        Some(Fault::Silence) => {
            // Until the client has had enough.
            let _ = stream.read(&mut [0; 1]);
            return Ok(false);
        }
        Some(Fault::Trickle) => {
            while stream.write_all(b"2").is_ok() {
                std::thread::sleep(Duration::from_millis(20));
            }
            return Ok(false);
        }
    }
    Ok(true)
}
