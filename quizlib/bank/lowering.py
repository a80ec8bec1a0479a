"""The questions of a bank as items: each is checked, and what is sound is lowered, with all its variants."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizlib.bank.checking import Checking
from quizlib.bank.files import Folder, reason
from quizlib.bank.findings import WRONG_SHAPE, Findings
from quizlib.bank.loaded import Documents
from quizlib.diagnostics import Finding, Kind, Place, Variant
from quizlib.model import Item
from quizlib.yaml_events import Node

if TYPE_CHECKING:
    from quizlib.authoring.header import Header
    from quizlib.authoring.question import Lowering, Question

NO_FILE = Kind("QZ018", "missing-file")
DUPLICATE_ID = Kind("QZ501", "duplicate-id")


class Questions:
    """The questions of one bank on their way to items.

    `refused` counts those that could not be lowered, and `variants` tells which items are variants of a question.
    """

    def __init__(self, header: Header | None, folder: Folder, documents: Documents, findings: Findings) -> None:
        self.refused = 0
        self.variants: dict[str, Variant] = {}
        self._header = header
        self._folder = folder
        self._findings = findings
        self._checking = Checking(documents, findings)
        self._seen: dict[str, Place] = {}

    def items(self, place: Place, data: Node) -> Iterator[Item]:
        """Lower a question, or each of its variants."""
        for variant, one in self._variants_of(place, data):
            self._findings.variant = variant
            item = self._lowered(place, one)
            if item is None:
                self.refused += 1
                continue
            if variant is not None:
                self.variants[item.identifier] = variant
                item = dataclasses.replace(item, variant_of=variant.question)
            yield item
        self._findings.variant = None

    def _variants_of(self, place: Place, data: Node) -> list[tuple[Variant | None, Node]]:
        """Return a question as it is, or the variants that its parameters make of it."""
        if not isinstance(data, dict) or data.get("parameters") is None:
            return [(None, data)]
        from quizlib.authoring.variants import expanded

        identifier = _identifier(data)
        found = expanded(data, place, functools.partial(self._report_variant, identifier))
        sound = identifier is None or self._is_first(identifier, place)
        if not found or not sound:
            self.refused += 1
            return []
        return list(found)

    def _report_variant(self, question: str | None, kind: Kind, finding: Finding, variant: Variant | None) -> None:
        self._findings.variant = variant
        self._findings.report(kind, finding, question)
        self._findings.variant = None

    def _lowered(self, place: Place, data: Node) -> Item | None:
        from quizlib.authoring.faults import BAD_VALUE, MISSING_KEY

        if not isinstance(data, dict):
            message = "a question is a mapping of keys to values"
            self._findings.report(WRONG_SHAPE, Finding(place, message, "start it with `- id: …`"))
            return None
        identifier = _identifier(data)
        sound = identifier is None or self._is_first(identifier, place)
        question = self._checking.question(data, place, identifier)
        if question is None:
            return None
        for fault in (*question.faults(), *question.shared_faults()):
            kind = MISSING_KEY if fault.missing else BAD_VALUE
            self._findings.report(kind, Finding(place.at(*fault.keys), fault.message, fault.help), identifier)
            sound = False
        lowering = self._lowering(question, place)
        return question.lower(lowering) if sound and lowering else None

    def _is_first(self, identifier: str, place: Place) -> bool:
        first = self._seen.setdefault(identifier, place)
        if first == place:
            return True
        message = f"the id `{identifier}` is taken by another question of this bank"
        finding = Finding(place.at("id"), message, "give each question an id of its own", (first.at("id"),))
        self._findings.report(DUPLICATE_ID, finding, identifier)
        return False

    def _lowering(self, question: Question, place: Place) -> Lowering | None:
        """Return what the question needs to know of its bank; None where a file that it names cannot be read."""
        from quizlib.authoring.question import Lowering

        files: dict[str, str] = {}
        if question.code is not None and question.code.file is not None:
            source = self._source(question.code.file, place, question.id)
            if source is None:
                return None
            files[question.code.file] = source
        if self._header is None:
            return Lowering(place, files=files)
        defaults = self._header.defaults
        return Lowering(
            place,
            tuple(self._header.tags),
            defaults.points,
            defaults.shuffle,
            defaults.difficulty,
            tuple(self._header.runtimes),
            files,
        )

    def _source(self, path: str, place: Place, identifier: str) -> str | None:
        """Return the text of the file that a program stands in; None where it cannot be read, which is reported."""
        problem = self._folder.problem(path)
        if problem is None:
            try:
                return self._folder.read(path).decode("utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                problem = f"`{path}` cannot be read: {reason(error)}"
        self._findings.report(NO_FILE, Finding(place.at("code", "file"), problem), identifier)
        return None


def _identifier(data: dict[str, Node]) -> str | None:
    name = data.get("id")
    return name if isinstance(name, str) else None
