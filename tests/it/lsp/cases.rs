//! Each folder below `tests/cases/lsp/` is a project and a script; the snapshot is what came back.

use super::client::Client;
use super::script::{Script, run};
use crate::support::{root, tree, write};
use std::path::Path;

/// Plays the script of a case.
fn conversation(name: &str) -> String {
    let case = root().join("tests/cases/lsp").join(name);
    let folder = tempfile::tempdir().unwrap();
    for (file, bytes) in tree(&case.join("plan")) {
        write(folder.path(), &[(&file, &bytes)]);
    }
    let script: Script = serde_json::from_slice(&std::fs::read(case.join("script.json")).unwrap()).unwrap();
    let mut client = Client::start(&folder.path().canonicalize().unwrap());
    let said = run(&mut client, &script);
    let (status, err) = client.leave(true);
    format!("{said}\nexit {status}{err}\n")
}

fn check(name: &str) {
    let case = root().join("tests/cases/lsp").join(name);
    insta::with_settings!({ snapshot_path => case, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("said", conversation(name));
    });
}

macro_rules! cases {
    ($($name:ident => $folder:literal),* $(,)?) => {
        $(#[test] fn $name() { check($folder); })*
        const ALL: &[&str] = &[$($folder),*];
    };
}

cases! {
    positions_count_as_editors_do => "positions",
    a_line_breaks_and_is_mended => "break-and-mend",
    standup_and_plan_lead_to_each_other => "definition",
    what_may_be_written_is_proposed => "completion",
    what_is_wrong_is_mended => "fixes",
    things_say_what_they_are => "hover",
    files_have_outlines => "symbols",
    settings_are_told_where_they_are_wrong => "settings",
    the_disk_changes_under_the_editor => "disk",
    a_folder_over_several_projects => "several",
}

#[test]
fn every_folder_is_a_test() {
    let folders = std::fs::read_dir(root().join("tests/cases/lsp")).unwrap().map(|it| it.unwrap().file_name());
    let mut names: Vec<String> = folders.map(|it| it.to_string_lossy().into_owned()).collect();
    names.sort();
    let mut all = ALL.to_vec();
    all.sort_unstable();
    assert_eq!(names, all);
    assert!(Path::new(env!("CARGO_BIN_EXE_roadbook")).is_file());
}
