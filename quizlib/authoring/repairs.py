"""Repairs that need to know the whole bank: identifiers that are missing or misformed, and must be free."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from quizlib.authoring.faults import BAD_VALUE, MISSING_KEY
from quizlib.authoring.identifiers import free, named_after, normalized
from quizlib.diagnostics import AddKey, Finding, Kind, Place, Repair, SetText
from quizlib.yaml_events import Node

_UNNAMED = "question"


class Identifiers:
    """Names for the questions of one bank that have none, or one that cannot be an identifier.

    No name is given twice, nor one that a question has. The names depend on nothing but the bank.
    """

    def __init__(self, questions: Iterable[Node]) -> None:
        self._taken = {str(question["id"]) for question in questions if isinstance(question, dict) and "id" in question}
        self._given: dict[Place, str] = {}

    def repaired(self, kind: Kind, finding: Finding, data: Node, place: Place) -> Finding:
        """Return a finding of a question, or of a bank's head, with the repair of its identifier if it is about it."""
        if not isinstance(data, dict) or finding.repair is not None:
            return finding
        if kind is BAD_VALUE and finding.place == place.at("id"):
            name = normalized(str(data.get("id")))
            return self._with(finding, place, name, "write the id as `{}`", add=False) if name else finding
        if kind is MISSING_KEY and finding.place == place and finding.message == "the key `id` is missing":
            words = (data.get("title"), data.get("stem"))
            names = (named_after(text) for text in words if isinstance(text, str))
            name = next(filter(None, names), _UNNAMED)
            return self._with(finding, place, name, "add `id: {}`", add=data.get("id", "") is not None)
        return finding

    def _with(self, finding: Finding, place: Place, name: str, message: str, *, add: bool) -> Finding:
        if place not in self._given:
            self._given[place] = free(name, self._taken)
            self._taken.add(self._given[place])
        name = self._given[place]
        change = AddKey(place, "id", name, first=True) if add else SetText(place.at("id"), name)
        return dataclasses.replace(finding, repair=Repair(message.format(name), (change,)))


def format_added(kind: Kind, finding: Finding, place: Place) -> Finding:
    """Return a finding of a bank's head with the repair that says its format, if it is about that."""
    if kind is MISSING_KEY and finding.place == place and finding.message == "the key `format` is missing":
        repair = Repair("add `format: 1`", (AddKey(place, "format", "1", first=True),))
        return dataclasses.replace(finding, repair=repair)
    return finding
