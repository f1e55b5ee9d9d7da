//! What both sides can do, as they say it when they meet.

use super::text::Units;
use super::uri::to_path;
use crate::cli::VERSION;
use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    CompletionOptionsCompletionItem, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern,
    HoverProviderCapability, InitializeParams, InitializeResult, OneOf, PositionEncodingKind, Registration,
    RegistrationParams, SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};
use std::path::PathBuf;

/// The repair of all damaged symbols of a file, for editors that mend on saving.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.roadbook");

/// What the editor can do.
#[derive(Debug, Clone, Copy, Default)]
pub struct Abilities {
    /// What it counts on a line.
    pub units: Units,
    /// Whether it says when files change on the disk, if it is asked to.
    pub watches: bool,
    /// Whether it takes edits that name the version that they are for.
    pub versioned_edits: bool,
    /// Whether a definition may name the words that lead to it.
    pub links: bool,
    /// Whether it shows an outline as a tree.
    pub outline: bool,
    /// Whether a finding may have further places.
    pub related: bool,
    /// Whether it fades what is of no use.
    pub tags: bool,
    /// Whether a finding may name the version that it is for.
    pub versioned_findings: bool,
    /// Whether it reads Markdown.
    pub markdown: bool,
    /// Whether a completion may show words beside its label.
    pub label_details: bool,
    /// Whether it takes code actions, and not only commands.
    pub actions: bool,
}

impl Abilities {
    /// Reads what the editor says of itself.
    pub fn new(all: &ClientCapabilities) -> Self {
        let document = all.text_document.as_ref();
        let findings = document.and_then(|it| it.publish_diagnostics.as_ref());
        let offered = all.general.as_ref().and_then(|it| it.position_encodings.as_deref()).unwrap_or_default();
        // Bytes are what is read here; whoever offers them need not be answered in anything else.
        let units = if offered.contains(&PositionEncodingKind::UTF8) {
            Units::Utf8
        } else if !offered.is_empty()
            && !offered.contains(&PositionEncodingKind::UTF16)
            && offered.contains(&PositionEncodingKind::UTF32)
        {
            Units::Utf32
        } else {
            Units::Utf16
        };
        let watched = all.workspace.as_ref().and_then(|it| it.did_change_watched_files.as_ref());
        let edits = all.workspace.as_ref().and_then(|it| it.workspace_edit.as_ref());
        let hover = document.and_then(|it| it.hover.as_ref()).and_then(|it| it.content_format.as_ref());
        let item = document.and_then(|it| it.completion.as_ref()).and_then(|it| it.completion_item.as_ref());
        Self {
            units,
            watches: watched.and_then(|it| it.dynamic_registration).unwrap_or(false),
            versioned_edits: edits.and_then(|it| it.document_changes).unwrap_or(false),
            links: document.and_then(|it| it.definition.as_ref()).and_then(|it| it.link_support).unwrap_or(false),
            outline: document
                .and_then(|it| it.document_symbol.as_ref())
                .and_then(|it| it.hierarchical_document_symbol_support)
                .unwrap_or(false),
            related: findings.and_then(|it| it.related_information).unwrap_or(false),
            tags: findings.is_some_and(|it| it.tag_support.is_some()),
            versioned_findings: findings.and_then(|it| it.version_support).unwrap_or(false),
            markdown: hover.is_some_and(|it| it.contains(&lsp_types::MarkupKind::Markdown)),
            label_details: item.and_then(|it| it.label_details_support).unwrap_or(false),
            actions: document
                .and_then(|it| it.code_action.as_ref())
                .is_some_and(|it| it.code_action_literal_support.is_some()),
        }
    }
}

/// Returns the folders that the editor works in.
#[expect(deprecated, reason = "older editors name one folder, in one of two ways")]
pub fn folders(it: &InitializeParams) -> Vec<PathBuf> {
    if let Some(all) = &it.workspace_folders {
        return all.iter().filter_map(|it| to_path(&it.uri)).collect();
    }
    let named = it.root_uri.as_ref().and_then(to_path).or_else(|| it.root_path.as_ref().map(PathBuf::from));
    named.into_iter().filter(|it| it.is_absolute()).collect()
}

/// Says what is done here.
pub fn answer(can: Abilities) -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
        ..TextDocumentSyncOptions::default()
    };
    let triggers = ["[", ":", "-", " ", "+", ","];
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
        ..CodeActionOptions::default()
    };
    let folders =
        WorkspaceFoldersServerCapabilities { supported: Some(true), change_notifications: Some(OneOf::Left(true)) };
    let capabilities = ServerCapabilities {
        position_encoding: Some(can.units.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(triggers.map(str::to_owned).to_vec()),
            completion_item: Some(CompletionOptionsCompletionItem { label_details_support: Some(true) }),
            ..CompletionOptions::default()
        }),
        code_action_provider: can.actions.then_some(CodeActionProviderCapability::Options(actions)),
        workspace: Some(WorkspaceServerCapabilities { workspace_folders: Some(folders), file_operations: None }),
        ..ServerCapabilities::default()
    };
    let version = VERSION.to_owned();
    InitializeResult {
        capabilities,
        server_info: Some(ServerInfo { name: "roadbook".to_owned(), version: Some(version) }),
    }
}

/// Asks the editor to say when files change that a project may be made of.
pub fn watch() -> RegistrationParams {
    let globs = ["**/*.{md,markdown,MD}", "**/roadbook.toml", "**/.git/HEAD", "**/.git/logs/HEAD"];
    let watchers = globs.map(|it| FileSystemWatcher { glob_pattern: GlobPattern::String(it.to_owned()), kind: None });
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.to_vec() };
    RegistrationParams {
        registrations: vec![Registration {
            id: "roadbook-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        }],
    }
}
