//! From a question as it came in to the one who answers it.

use super::workspace::Workspace;
use super::{actions, completion, definition, hover, references, symbols};
use lsp_server::{ErrorCode, Request, Response, ResponseError};
use lsp_types::request as ask;

/// Answers a question from what is known now.
pub fn answer(workspace: &Workspace, it: Request) -> Response {
    match it.method.as_str() {
        "textDocument/hover" => with::<ask::HoverRequest>(workspace, it, hover::hover),
        "textDocument/definition" => with::<ask::GotoDefinition>(workspace, it, definition::definition),
        "textDocument/references" => with::<ask::References>(workspace, it, references::references),
        "textDocument/documentSymbol" => with::<ask::DocumentSymbolRequest>(workspace, it, symbols::of_document),
        "workspace/symbol" => with::<ask::WorkspaceSymbolRequest>(workspace, it, symbols::of_workspace),
        "textDocument/completion" => with::<ask::Completion>(workspace, it, completion::completion),
        "textDocument/codeAction" => with::<ask::CodeActionRequest>(workspace, it, actions::actions),
        other => {
            let message = format!("roadbook does not answer {other}");
            Response::new_err(it.id, ErrorCode::MethodNotFound as i32, message)
        }
    }
}

fn with<R: ask::Request>(
    workspace: &Workspace,
    it: Request,
    answer: impl FnOnce(&Workspace, &R::Params) -> R::Result,
) -> Response {
    let result = match serde_json::from_value::<R::Params>(it.params) {
        Ok(params) => {
            serde_json::to_value(answer(workspace, &params)).map_err(|it| error(ErrorCode::InternalError, &it))
        }
        Err(it) => Err(error(ErrorCode::InvalidParams, &it)),
    };
    Response { id: it.id, response_result: result }
}

fn error(code: ErrorCode, why: &serde_json::Error) -> ResponseError {
    ResponseError { code: code as i32, message: format!("the question is not understood: {why}"), data: None }
}
