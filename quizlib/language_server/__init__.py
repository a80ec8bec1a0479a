"""The language server, `quiz lsp`: what the commands know, in any editor that speaks the Language Server Protocol.

`server` joins the protocol, through pygls, with functions that know nothing of it: `checking` for diagnostics,
`completing`, `hovering`, `navigation` and `acting`. Places are those of `quizlib.diagnostics`; `positions` translates.
"""
