"""Whole sessions with the server over standard input and output: what an author meets in an editor."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.language_server.session import Session, session

_BANK = """\
format: 1
id: loops
title: Loops 🐍 and more
lesson:
  sections:
    - {title: Tracing, text: Follow it., objectives: [trace]}
questions:
  - id: loss
    type: code_output
    objectives: [trace]
    stem: 🐍 What does it print?
    code:
      source: |
        loss = 0.8
        for epoch in range(3):
            loss *= 0.7
        print(round(loss, 2))
    options:
      - {text: 0.41, correct: true}
      - {text: 0.27}
    common_mistakes:
      - {text: One epoch only, yields: 0.27}
  - id: other
    type: true_false
    difficulty: easy  # quiz: ignore[hint-contains-answer]
    stem: A loop may run no time at all.
    answer: true
"""

Play = Callable[[LanguageClient, Session], Awaitable[None]]


def _played(folder: Path, play: Play, text: str = _BANK, *options: str) -> None:
    path = folder.resolve() / "bänk one.yaml"
    path.write_text(text, "utf-8")

    async def run() -> None:
        async with session(path, *options) as (client, found):
            found.open()
            await play(client, found)

    _run(run())


def test_a_symbolic_link_is_known_by_the_name_it_was_opened_by(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "a.yaml").write_text(_BANK.replace("easy", "eesy"), "utf-8")
    (tmp_path / "link").symlink_to(real)

    async def run() -> None:
        async with session(tmp_path / "link" / "a.yaml", "--no-verify") as (_, editor):
            editor.open()
            await editor.told(lambda told: "QZ014" in _codes(told))

    _run(run())


@pytest.mark.parametrize("text", ["services: {a: b}\n", "- x\n", "a: b\n"])
def test_a_file_that_is_no_bank_is_left_alone_until_it_is_one(text: str, tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        answer = await client.text_document_completion_async(
            types.CompletionParams(editor.document, types.Position(1, 0))
        )
        assert isinstance(answer, types.CompletionList)
        assert not answer.items
        editor.type("format: 1\nnope: 1\n")
        await editor.told(lambda told: "QZ011" in _codes(told))
        editor.type(text)
        await editor.told(lambda told: not told)

    _played(tmp_path, play, text, "--no-verify")


@pytest.mark.parametrize("broken", ["format: 1\nquestions: [", "format: 1\n\tx", "format: 1\nquestions: 3\n"])
def test_whatever_is_typed_is_told_at_once_after_a_proof(broken: str, tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        await editor.told(lambda told: "QZ401" in _codes(told))
        editor.type(broken)
        await editor.told(lambda told: bool(told) and "QZ401" not in _codes(told))
        assert await client.workspace_symbol_async(types.WorkspaceSymbolParams("lo")) is not None

    _played(tmp_path, play)


def test_a_file_that_was_never_saved_is_checked_as_it_stands(tmp_path: Path) -> None:
    async def run() -> None:
        async with session(tmp_path / "new.yaml", "--no-verify") as (client, editor):
            item = types.TextDocumentItem(editor.uri, "yaml", 0, "format: 1\nid: a\ntitle: b\nnope: c\nquestions: []\n")
            client.text_document_did_open(types.DidOpenTextDocumentParams(item))
            found = await editor.told(lambda told: "QZ011" in _codes(told))
            assert "QZ001" not in _codes(found)

    _run(run())


def test_an_editor_that_ends_is_not_kept_waiting_by_programs(tmp_path: Path) -> None:
    forever = _BANK.replace("loss = 0.8", "import time; time.sleep(600); loss = 0.8").replace(
        "    code:\n", "    code:\n      timeout: 60\n"
    )
    path = tmp_path / "slow.yaml"
    path.write_text(forever, "utf-8")
    ended: list[int | None] = []

    async def run() -> None:
        async with session(path, status=ended.append) as (_, editor):
            editor.open()
            await editor.told(lambda told: True)  # while its program runs

    _run(run())
    assert ended == [0]


def _run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread of its own: this one may have a loop already, of a browser's."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()


def _codes(diagnostics: Any) -> list[str]:
    return [each.code for each in diagnostics]


def test_a_wrong_key_is_told_when_the_file_is_opened_and_is_gone_when_it_is_saved_mended(tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        found = await editor.told(lambda told: "QZ401" in _codes(told))
        wrong = next(each for each in found if each.code == "QZ401")
        assert (editor.shown(wrong.range), wrong.severity, wrong.source) == (
            "0.41", types.DiagnosticSeverity.Error, "quiz",
        )  # fmt: skip
        editor.type(editor.text.replace("0.41, correct: true", "0.27, correct: true").replace("{text: 0.27}", "0.41"))
        editor.save()
        await editor.told(lambda told: not {"QZ401", "QZ403"} & set(_codes(told)))

    _played(tmp_path, play)


def test_what_is_typed_is_checked_before_it_is_saved_and_what_was_proved_stays(tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        await editor.told(lambda told: "QZ401" in _codes(told))
        editor.type("# a line more\n" + editor.text.replace("difficulty: easy", "difficulty: eesy"))
        found = await editor.told(lambda told: "QZ014" in _codes(told))
        assert editor.shown(next(each.range for each in found if each.code == "QZ014")) == "eesy"
        assert editor.shown(next(each.range for each in found if each.code == "QZ401")) == "0.41"
        editor.type(editor.text.replace("range(3)", "range(4)"))
        await editor.told(lambda told: bool(told) and "QZ401" not in _codes(told))  # not run yet

    _played(tmp_path, play)


def test_a_text_that_is_broken_in_the_middle_of_typing_upsets_nothing(tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        await editor.told(lambda told: True)
        editor.type(editor.text + '  - {id: "half')
        await editor.told(lambda told: _codes(told) == ["QZ003"])
        symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(editor.document))
        assert [each.name for each in symbols or ()] == ["loss", "other"]
        editor.type("")
        await editor.told(lambda told: not told)
        editor.type("format: 1\n")
        await editor.told(lambda told: bool(told))
        editor.close()
        await editor.told(lambda told: not told)

    _played(tmp_path, play, _BANK, "--no-verify")


@pytest.mark.parametrize(
    ("typed", "at", "labels"),
    [
        ("    di\n", "    di", {"difficulty"}),
        ("    difficulty: \n", "difficulty: ", {"easy", "medium", "hard"}),
        ("    type: \n", "    type: ", {"code_output", "essay"}),
        ("    objectives: [t]\n", "objectives: [t", {"trace"}),
        ("    options: [{text: a, }]\n", "a, ", {"correct", "feedback"}),
    ],
)
def test_what_may_be_written_is_offered(typed: str, at: str, labels: set[str], tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        await editor.told(lambda told: True)
        editor.type(editor.text + "  - id: third\n" + typed)
        last = editor.text.rindex(at) + len(at)
        line = editor.text.count("\n", 0, last)
        column = last - editor.text.rfind("\n", 0, last) - 1
        answer = await client.text_document_completion_async(
            types.CompletionParams(editor.document, types.Position(line, column))
        )
        assert isinstance(answer, types.CompletionList)
        assert labels <= {item.label for item in answer.items}
        assert "id" not in {item.label for item in answer.items}

    _played(tmp_path, play, _BANK, "--no-verify")


def test_words_are_explained(tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        await editor.told(lambda told: "QZ401" in _codes(told))

        async def hover(marked: str) -> str:
            parameters = types.HoverParams(editor.document, editor.position(marked, 1))
            answer = await client.text_document_hover_async(parameters)
            return answer.contents.value if answer and isinstance(answer.contents, types.MarkupContent) else ""

        assert "How hard the question is" in await hover("difficulty")
        assert "true_false" in await hover("true_false")
        assert "key not proved" in await hover("loss\n")
        assert await hover("Loops") == ""
        assert "Why it matters" in await hover("hint-contains-answer")

    _played(tmp_path, play)


def test_a_file_is_laid_out_and_fixed(tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        found = await editor.told(lambda told: "QZ401" in _codes(told))
        wrong = next(each for each in found if each.code == "QZ401")
        context = types.CodeActionContext([wrong])
        actions = await client.text_document_code_action_async(
            types.CodeActionParams(editor.document, wrong.range, context)
        )
        preferred = next(each for each in actions or () if isinstance(each, types.CodeAction) and each.is_preferred)
        assert preferred.edit is not None
        assert preferred.edit.changes is not None
        editor.type(_edited(editor.text, preferred.edit.changes[editor.uri]))
        editor.save()
        await editor.told(lambda told: not {"QZ401", "QZ403"} & set(_codes(told)))
        editor.type(editor.text.replace("    type: true_false", "    type: true_false   "))
        options = types.FormattingOptions(tab_size=2, insert_spaces=True)
        edits = await client.text_document_formatting_async(types.DocumentFormattingParams(editor.document, options))
        assert "    type: true_false\n" in _edited(editor.text, edits or [])

    _played(tmp_path, play, _BANK.replace("yields: 0.27", "yields: 0.41"))


_TWO_ROUNDS = """\
format: 1
id: a
title: A
defaults: {shuffle: false}
questions:
  - type: single_choice
    stem: How many bits has a byte?
    options: [{text: "8", correct: true}, "4", "16", "2"]
    solution: {steps: [{text: A byte has eight bits.}]}
"""


def test_all_safe_fixes_are_those_too_that_only_come_to_light_by_others(tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        found = await editor.told(lambda told: "QZ012" in _codes(told))
        for _ in range(2):  # the second time it is known
            actions = await client.text_document_code_action_async(
                types.CodeActionParams(editor.document, found[0].range, types.CodeActionContext(found))
            )
            every = next(each for each in actions or () if each.title == "apply all safe fixes")
        assert isinstance(every, types.CodeAction)
        assert every.edit is not None
        assert every.edit.changes is not None
        text = _edited(editor.text, every.edit.changes[editor.uri])
        assert "id: how-many-bits-has-a-byte" in text
        assert 'options: ["2", "4", {text: "8", correct: true}, "16"]' in text
        editor.type(text)
        await editor.told(lambda told: not told)

    _played(tmp_path, play, _TWO_ROUNDS, "--no-verify")


def test_a_text_with_a_byte_order_mark_is_fixed_and_laid_out_and_keeps_it(tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        found = await editor.told(lambda told: "QZ012" in _codes(told))
        actions = await client.text_document_code_action_async(
            types.CodeActionParams(editor.document, found[0].range, types.CodeActionContext(found))
        )
        every = next((each for each in actions or () if each.title == "apply all safe fixes"), None)
        assert isinstance(every, types.CodeAction)
        assert every.edit is not None
        assert every.edit.changes is not None
        text = _edited(editor.text, every.edit.changes[editor.uri])
        assert text.startswith("\ufeffformat: 1\n")
        assert "id: how-many-bits-has-a-byte" in text
        options = types.FormattingOptions(tab_size=2, insert_spaces=True)
        edits = await client.text_document_formatting_async(types.DocumentFormattingParams(editor.document, options))
        assert _edited(editor.text, edits or []).startswith("\ufeffformat: 1\n")

    _played(tmp_path, play, "\ufeff" + _TWO_ROUNDS.replace("title: A", "title:   A"), "--no-verify")


def _edited(text: str, edits: Any) -> str:
    """Apply edits as an editor does, the last first."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
        start, end = edit.range.start, edit.range.end
        before = lines[start.line].encode("utf-16-le")[: 2 * start.character].decode("utf-16-le")
        after = lines[end.line].encode("utf-16-le")[2 * end.character :].decode("utf-16-le")
        lines[start.line : end.line + 1] = (before + edit.new_text + after).split("\n")
    return "\n".join(lines)


def test_words_lead_to_what_they_name(tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        await editor.told(lambda told: True)

        async def led(marked: str, offset: int = 0) -> list[tuple[int, str]]:
            parameters = types.DefinitionParams(editor.document, editor.position(marked, offset))
            answer = await client.text_document_definition_async(parameters)
            assert isinstance(answer, list)
            places = [each for each in answer if isinstance(each, types.Location)]
            return [(each.range.start.line, editor.shown(each.range)) for each in places]

        assert await led("yields: 0.27", 9) == [(19, "0.27")]
        assert await led("trace]}") == [(9, "trace")]
        assert await led("[trace]\n", 1) == [(5, "trace")]
        assert await led("format") == []
        symbols = await client.workspace_symbol_async(types.WorkspaceSymbolParams("othr"))
        assert [each.name for each in symbols or ()] == ["other"]
        references = await client.text_document_references_async(
            types.ReferenceParams(
                types.ReferenceContext(include_declaration=True), editor.document, editor.position("trace]}")
            )
        )
        assert [each.range.start.line for each in references or ()] == [5, 9]

    _played(tmp_path, play, _BANK, "--no-verify")


def test_a_file_that_is_no_bank_or_was_never_saved_is_left_alone(tmp_path: Path) -> None:
    async def play(client: LanguageClient, editor: Session) -> None:
        item = types.TextDocumentItem("untitled:one", "yaml", 0, "format: 1")
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        other = types.TextDocumentIdentifier("untitled:one")
        parameters = types.HoverParams(other, types.Position(0, 0))
        assert await client.text_document_hover_async(parameters) is None
        await editor.told(lambda told: True)

    _played(tmp_path, play, _BANK, "--no-verify")
