//! Earlier versions of a project's files: repositories with every oddity, and what is read out of them.

pub mod made;
mod odd;
mod plain;
mod versions;
