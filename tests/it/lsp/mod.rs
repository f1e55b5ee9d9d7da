//! The program as an editor speaks to it: whole conversations in folders, and what only a program can say.

mod cases;
mod client;
mod faults;
mod script;
