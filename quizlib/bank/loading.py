"""The files of a bank read one after the other, and their questions lowered."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from quizlib.bank.files import Folder, read_regular_file, reason
from quizlib.bank.findings import WRONG_SHAPE, Findings
from quizlib.bank.head import bank_of, check_part, header
from quizlib.bank.loaded import LoadedBank
from quizlib.bank.lowering import Questions
from quizlib.diagnostics import Diagnostic, Finding, Kind, Place, Severity, Span
from quizlib.discovery import BankFiles
from quizlib.source import Document, read
from quizlib.variants import merged
from quizlib.yaml_events import Node

if TYPE_CHECKING:
    from quizlib.authoring.header import Header

UNREADABLE = Kind("QZ001", "unreadable-file")
NO_QUESTIONS = Kind("QZ504", "no-questions", Severity.WARNING)


def load(files: BankFiles, contents: Mapping[str, bytes] = MappingProxyType({})) -> LoadedBank:
    """Read the files of one bank, check them and lower their questions. Never raises for bad input.

    `contents` are what some files are taken to hold, by the paths as the user knows them, instead of what they hold.
    """
    collecting = gc.isenabled()
    gc.disable()  # a large bank is many small objects, none of them garbage
    try:
        return _Loading(files, contents).run()
    finally:
        if collecting:
            gc.enable()


class _Loading:
    """One bank on its way from files to items."""

    def __init__(self, files: BankFiles, contents: Mapping[str, bytes]) -> None:
        self._files = files
        self._contents = contents
        self._documents: dict[str, Document] = {}
        self._findings = Findings(self._documents)

    def run(self) -> LoadedBank:
        folder = Folder(self._files.root)
        head, written = self._all_read()
        questions = Questions(head, folder, self._documents, self._findings)
        items = tuple(item for place, data in written for item in questions.items(place, data))
        first = self._files.paths[0][0]
        return LoadedBank(
            first,
            bank_of(head, items, Place(first)),
            tuple(merged(self._findings.diagnostics)),
            self._documents,
            folder,
            questions.refused,
            tuple(shown_path for shown_path, _ in self._files.paths),
            questions.variants,
        )

    def _all_read(self) -> tuple[Header | None, list[tuple[Place, Node]]]:
        """Read all files: return the bank's own fields, and each question as it is written."""
        head: Header | None = None
        questions: list[tuple[Place, Node]] = []
        for index, (shown_path, path) in enumerate(self._files.paths):
            document = self._read(shown_path, path)
            mapping = self._mapping(document) if document is not None else None
            if mapping is None:
                continue
            if index == 0:
                head = header(mapping, Place(shown_path), self._findings)
            else:
                check_part(mapping, Place(shown_path), self._findings)
            questions += self._questions(mapping, Place(shown_path))
        return head, questions

    def _read(self, shown_path: str, path: Path) -> Document | None:
        try:
            if not self._files.named and not path.resolve().is_relative_to(self._files.root.resolve()):
                raise OSError("the link leads out of the bank's folder")
            content = self._contents[shown_path] if shown_path in self._contents else read_regular_file(path)
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
            message = f"the file cannot be read: {reason(error)}"
            self._findings.diagnostics.append(Diagnostic.of(UNREADABLE, Span(shown_path), message))
            return None
        document, diagnostics = read(shown_path, content)
        self._findings.diagnostics += diagnostics
        if document is not None:
            self._documents[shown_path] = document
        return document if document is not None and document.data is not None else None

    def _mapping(self, document: Document) -> dict[str, Node] | None:
        if isinstance(document.data, dict):
            return document.data
        found = "a list" if isinstance(document.data, list) else "a text"
        message = f"a bank is a mapping of keys to values, and this file holds {found}"
        self._findings.report(WRONG_SHAPE, Finding(Place(document.path), message, "start with `format: 1`"))
        return None

    def _questions(self, mapping: dict[str, Node], place: Place) -> Iterator[tuple[Place, Node]]:
        questions = mapping.get("questions")
        where = place.at("questions")
        if questions is None or questions == []:
            if "questions" in mapping or len(self._files.paths) == 1:
                there = "questions" in mapping
                help = "write a question below `questions:`" if there else "add `questions:` with a list"
                self._findings.report(
                    NO_QUESTIONS, Finding(where if there else place, "the bank has no questions", help)
                )
        elif isinstance(questions, list):
            yield from ((where.at(index), question) for index, question in enumerate(questions))
        else:
            message = "`questions` must be a list"
            self._findings.report(WRONG_SHAPE, Finding(where, message, "start each question with `- id: …`"))
