//! A token goes to nobody whose certificate is not to be trusted, and never out in the clear.

use super::server::{Api, TOKEN};
use super::{CHANGED, compare, transcript, web};
use crate::support::root;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::io::Read as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;

/// Accepts one connection, and returns what came through it in the end.
fn once(serve: impl FnOnce(std::net::TcpStream) -> Vec<u8> + Send + 'static) -> (String, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (address, std::thread::spawn(move || serve(listener.accept().unwrap().0)))
}

fn told(name: &str, address: &str) {
    let api = Api::new();
    let mut web = web(&api.url);
    web.api = Some(format!("https://{address}"));
    let said = transcript(&api, CHANGED.as_bytes(), &["--repo", "octo/plan", "--pull", "42"], web, || ());
    compare(name, &api, &said.replace(address, "other"));
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    let (address, server) = once(|mut stream| {
        let read = |name: &str| std::fs::read(root().join("tests/cases/comment/untrusted").join(name)).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(read("key.der")));
        let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(read("certificate.der"))], key)
            .unwrap();
        let mut connection = rustls::ServerConnection::new(Arc::new(config)).unwrap();
        let mut plain = Vec::new();
        // The client breaks off.
        let _ = rustls::Stream::new(&mut connection, &mut stream).read_to_end(&mut plain);
        plain
    });
    told("certificate", &address);
    assert_eq!(server.join().unwrap(), b"");
}

#[test]
fn nothing_is_sent_in_the_clear_where_tls_was_asked_for() {
    let (address, server) = once(|mut stream| {
        use std::io::Write as _;
        let mut bytes = vec![0; 16_384];
        let count = stream.read(&mut bytes).unwrap();
        bytes.truncate(count);
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        let _ = stream.read_to_end(&mut bytes);
        bytes
    });
    told("no-tls", &address);
    let sent = server.join().unwrap();
    let sent = String::from_utf8_lossy(&sent);
    assert!(!sent.is_empty() && !sent.contains(TOKEN) && !sent.contains("octo"), "{sent}");
}
