-- Neovim, with its own client, against `roadbook lsp`: each line that is printed is a thing that was seen to work.
-- Needs ROADBOOK (the program) and PLAN (a copy of content/). Works from Neovim 0.7 on.
local plan = os.getenv("PLAN")
local failed = false

local function check(what, ok, seen)
  print((ok and "ok   " or "FAIL ") .. what .. (ok and "" or ": " .. vim.inspect(seen)))
  failed = failed or not ok
end

local function leave()
  vim.cmd(failed and "cquit 1" or "qall!")
end

local function ask(buffer, method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 20000) or {}
  for _, it in pairs(answers) do
    return it.result
  end
end

vim.cmd("edit " .. plan .. "/standups/week-03.md")
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({ name = "roadbook", cmd = { os.getenv("ROADBOOK"), "lsp" }, root_dir = plan })
vim.lsp.buf_attach_client(buffer, client)
check("the server answers", vim.wait(20000, function() return vim.lsp.buf_get_clients(buffer)[client] ~= nil end))

-- Findings, as they come while somebody types.
local function findings()
  return vim.tbl_map(function(it) return it.code or (it.user_data or {}).lsp and it.user_data.lsp.code end, vim.diagnostic.get(buffer))
end
local last = vim.api.nvim_buf_line_count(buffer)
vim.api.nvim_buf_set_lines(buffer, last, last, false, { "", "### Completed This Week", "- [x] 🚀 P2-50: Load tests" })
local function has(rule)
  return vim.tbl_contains(vim.tbl_map(function(it) return it.message:match("P2%-50") and rule end, vim.diagnostic.get(buffer)), rule)
end
check("a wrong ID is told", vim.wait(20000, function() return has("unknown-mention") end), findings())
for _, it in ipairs(vim.diagnostic.get(buffer)) do
  if it.message:match("P2%-50") then
    local line = vim.api.nvim_buf_get_lines(buffer, it.lnum, it.lnum + 1, false)[1]
    check("behind an emoji it is marked where it stands", line:sub(it.col + 1, it.end_col) == "P2-50", { line, it.col, it.end_col })
  end
end

-- The quick fix, applied by Neovim itself.
vim.api.nvim_win_set_cursor(0, { last + 3, #"- [x] 🚀 P2" })
local range = vim.lsp.util.make_range_params()
range.context = { diagnostics = {} }
for _, it in ipairs(ask(buffer, "textDocument/codeAction", range) or {}) do
  if it.title == "Write P2-05 instead of P2-50" then
    vim.lsp.util.apply_workspace_edit(it.edit, vim.lsp.get_client_by_id(client).offset_encoding)
  end
end
local fixed = vim.api.nvim_buf_get_lines(buffer, last + 2, last + 3, false)[1]
check("a quick fix writes the right ID", fixed == "- [x] 🚀 P2-05: Load tests", fixed)
check("and the finding is gone", vim.wait(20000, function() return not has("unknown-mention") end), findings())

-- Hover, definition, completion.
local hover = ask(buffer, "textDocument/hover", vim.lsp.util.make_position_params())
check("hover tells the task", hover and hover.contents.value:match("%*%*Task%*%* `P2%-05`"), hover)
local params = vim.lsp.util.make_position_params()
local links = ask(buffer, "textDocument/definition", params)
vim.lsp.util.jump_to_location(links[1] or links, vim.lsp.get_client_by_id(client).offset_encoding)
check("the definition is in the plan", vim.api.nvim_get_current_line():match("%*%*P2%-05:%*%*"), vim.api.nvim_get_current_line())
check("in roadmap.md", vim.api.nvim_buf_get_name(0):match("roadmap%.md$"), vim.api.nvim_buf_get_name(0))
vim.lsp.buf_attach_client(0, client)
local symbols = ask(0, "textDocument/documentSymbol", { textDocument = vim.lsp.util.make_text_document_params() })
check("the plan has an outline", symbols and 0 < #symbols, symbols)
local references = ask(0, "textDocument/references", vim.tbl_extend("force", params, { context = { includeDeclaration = true } }))
check("references are found", references and 3 < #references, references)
local completion = vim.lsp.util.make_position_params()
completion.context = { triggerKind = 1 }
vim.cmd("buffer " .. buffer)
vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { "- P2-0" })
vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(buffer), 5 })
local here = vim.lsp.util.make_position_params()
here.position.character = 6
here.context = { triggerKind = 1 }
local items = (ask(buffer, "textDocument/completion", here) or {}).items or {}
check("IDs are proposed", items[1] and items[1].label:match("^P2%-0"), items[1])

vim.lsp.stop_client(client)
check("the server leaves when it is told to", vim.wait(20000, function() return vim.lsp.get_client_by_id(client) == nil end))
leave()
