"""The server: messages of the protocol in, answers out."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from quizlib.formatting import CannotFormatError, formatted
from quizlib.language_server import acting, completing, hovering, navigation
from quizlib.language_server.checking import Checked
from quizlib.language_server.cursor import cursor_at
from quizlib.language_server.outline import outlined
from quizlib.language_server.positions import BYTE_ORDER_MARK, Positions
from quizlib.language_server.state import BankServer, file_of
from quizlib.source import Document, read
from quizlib.validation import Settings

_KINDS = {
    "key": types.CompletionItemKind.Property,
    "word": types.CompletionItemKind.EnumMember,
    "name": types.CompletionItemKind.Reference,
}


def make_server(settings: Settings) -> BankServer:
    """Make a server; its `start_io` serves until the client is gone."""
    server = BankServer(settings)
    _follow_files(server)
    _answer_about_words(server)
    _answer_about_places(server)
    _offer_changes(server)
    return server


def _follow_files(server: BankServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(parameters: types.DidOpenTextDocumentParams) -> None:
        server.open(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(parameters: types.DidChangeTextDocumentParams) -> None:
        server.check_soon(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(parameters: types.DidSaveTextDocumentParams) -> None:
        server.prove_soon(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(parameters: types.DidCloseTextDocumentParams) -> None:
        server.close(parameters.text_document.uri)


def _answer_about_words(server: BankServer) -> None:
    options = types.CompletionOptions(trigger_characters=[" ", "-", "{", "["])

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    def complete(parameters: types.CompletionParams) -> types.CompletionList:
        path = file_of(parameters.text_document.uri)
        positions = server.positions(path) if path else Positions("", server.workspace.position_codec)
        line, column = positions.place(parameters.position)
        cursor = cursor_at(positions.lines, line, column)
        begins = not any(text.strip() for number, text in enumerate(positions.lines) if number != line)
        if cursor is None or path is None or not (begins or server.bank_file(parameters.text_document.uri)):
            return types.CompletionList(is_incomplete=False, items=[])
        start = types.Position(line, parameters.position.character - positions.units(cursor.word))
        replaced = types.Range(start, parameters.position)
        found = completing.suggestions(cursor, server.readable.get(path))
        items = [_completion(each, number, replaced) for number, each in enumerate(found)]
        return types.CompletionList(is_incomplete=False, items=items)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(parameters: types.HoverParams) -> types.Hover | None:
        path = file_of(parameters.text_document.uri)
        if path is None:
            return None
        positions = server.positions(path)
        line, column = positions.place(parameters.position)
        checked = server.checked.get(path)
        text = hovering.hover(positions.lines, line, column, checked, server.readable.get(path))
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None


def _completion(found: completing.Suggestion, number: int, replaced: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        found.label,
        kind=_KINDS[found.kind],
        detail="required" if found.is_required else None,
        documentation=found.meaning or None,
        sort_text=f"{0 if found.is_required else 1}{number:04}",
        filter_text=found.label,
        text_edit=types.TextEdit(replaced, found.inserted),
    )


def _answer_about_places(server: BankServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def define(parameters: types.DefinitionParams) -> list[types.Location]:
        return _led_to(server, parameters, navigation.definitions)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def refer(parameters: types.ReferenceParams) -> list[types.Location]:
        return _led_to(server, parameters, navigation.references)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(parameters: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        path = file_of(parameters.text_document.uri)
        document = server.readable.get(path) if path else None
        if path is None or document is None:
            return []
        positions = server.positions(path)
        return [
            types.DocumentSymbol(
                name=each.identifier,
                kind=types.SymbolKind.Field,
                range=positions.lines_range(*each.lines),
                selection_range=positions.range(each.name),
                detail=f"{each.question_type} · {each.stem}",
            )
            for each in outlined(document)
        ]

    @server.feature(types.WORKSPACE_SYMBOL)
    def search(parameters: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        found = navigation.questions_named(parameters.query, server.readable)
        return [
            types.WorkspaceSymbol(location, identifier, types.SymbolKind.Field, container_name=stem)
            for identifier, stem, target in found
            for location in server.locations([target])
        ]


def _led_to(
    server: BankServer,
    parameters: types.DefinitionParams | types.ReferenceParams,
    lead: navigation.Lead,
) -> list[types.Location]:
    path = file_of(parameters.text_document.uri)
    if path is None or path not in server.readable:
        return []
    line, column = server.positions(path).place(parameters.position)
    return server.locations(lead(path, line + 1, column + 1, server.readable))


def _offer_changes(server: BankServer) -> None:
    kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def lay_out(parameters: types.DocumentFormattingParams) -> list[types.TextEdit]:
        path = file_of(parameters.text_document.uri)
        return _layout(server, path) if path else []

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
    async def offer(parameters: types.CodeActionParams) -> list[types.CodeAction]:
        path = file_of(parameters.text_document.uri)
        checked = server.checked.get(path) if path else None
        document = checked.documents.get(path) if checked and path else None
        if path is None or checked is None or document is None:
            return []
        wanted = parameters.context.only or kinds
        all_wanted = any(types.CodeActionKind.SourceFixAll.startswith(kind) for kind in wanted)
        everything = await _all_fixes(server, path, checked, document) if all_wanted else None
        if server.open_files().get(path, "").removeprefix(BYTE_ORDER_MARK) != document.text:
            return []  # edits are of a text that is no more; the next look will tell
        positions = server.positions(path)
        here = [each for each in checked.found[path] if _meet(positions.range(each.span), parameters.range)]
        found = []
        if types.CodeActionKind.QuickFix in wanted:
            found += [(each, types.CodeActionKind.QuickFix) for each in acting.actions(here, document)]
        if everything:
            found.append((everything, types.CodeActionKind.SourceFixAll))
        return [
            types.CodeAction(
                title=action.title,
                kind=kind,
                diagnostics=[server.diagnostic(each, positions, checked) for each in action.of],
                is_preferred=action.is_preferred or None,
                edit=server.edits(action.edits, checked),
            )
            for action, kind in found
        ]


async def _all_fixes(server: BankServer, path: Path, checked: Checked, document: Document) -> acting.Action | None:
    """Return the action that makes all safe fixes of a file; None where there are none."""
    first = acting.first_fixes(checked.found[path])
    text = await server.fixed(path, checked) if first else None
    return acting.fix_all(first, document, text) if first and text is not None else None


def _layout(server: BankServer, path: Path) -> list[types.TextEdit]:
    """Return the edit that lays a file out as `quiz fmt` does; none where that cannot be done, or changes nothing."""
    document, faults = read(str(path), server.open_files().get(path, "").encode("utf-8", "surrogatepass"))
    if document is None or document.data is None or faults:
        return []
    try:
        text = formatted(document)
    except CannotFormatError:
        return []
    positions = server.positions(path)
    return [types.TextEdit(positions.lines_range(1, len(positions.lines)), text)] if text != document.text else []


def _meet(one: types.Range, other: types.Range) -> bool:
    return not (_pair(one.end) < _pair(other.start) or _pair(other.end) < _pair(one.start))


def _pair(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
