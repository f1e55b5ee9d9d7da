//! All tests at the boundary: whole inputs in, whole outputs compared.
#![expect(clippy::disallowed_methods, reason = "tests make files and run the program")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on has failed"
)]

mod carets;
mod cases;
mod check;
mod determinism;
mod house;
mod look;
mod portfolio;
mod publishing;
mod reading;
mod source_findings;
mod source_roadmap;
mod support;
mod terminal;
