"""A question against the schema of its type."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from quizlib import plugins, written
from quizlib.bank.findings import Findings
from quizlib.bank.loaded import Documents
from quizlib.diagnostics import Finding, Kind, Place
from quizlib.yaml_events import Node

if TYPE_CHECKING:
    from quizlib.authoring.question import Question
    from quizlib.authoring.repairs import Identifiers

UNKNOWN_TYPE = Kind("QZ015", "unknown-question-type")


class Checking:
    """The questions of one bank, checked one after the other; `documents` are all its files."""

    def __init__(self, documents: Documents, findings: Findings) -> None:
        self._documents = documents
        self._findings = findings

    def question(self, data: dict[str, Node], place: Place, identifier: str | None) -> Question | None:
        """Return a question of which each field is sound; it may have unknown keys. What is wrong is reported."""
        schema = self._schema(data, place, identifier)
        if schema is None:
            self._common_fields(data, place, identifier)
            return None
        from quizlib.authoring.faults import checked, without_unknown_keys

        question, findings = checked(schema, data, place)
        named = ((kind, self._named(kind, finding, place)) for kind, finding in findings)
        self._findings.report_all(named, identifier)
        if question is None and (pruned := without_unknown_keys(data, place, findings)) is not None:
            question, _ = checked(schema, pruned, place)
        return question

    def _schema(self, data: dict[str, Node], place: Place, identifier: str | None) -> type[Question] | None:
        from quizlib.authoring.faults import MISSING_KEY, did_you_mean, respelt

        name = data.get("type")
        if name is None:
            finding = Finding(place, "the key `type` is missing", f"one of: {', '.join(_question_types())}")
            self._findings.report(MISSING_KEY, finding, identifier)
            return None
        if isinstance(name, str) and name in _question_types():
            return _schema_of(name)
        known = _question_types()
        meant = did_you_mean(name, known) if isinstance(name, str) else None
        help = f"did you mean `{meant}`?" if meant else f"one of: {', '.join(known)}"
        shown = f"`{name[:60]}`" if isinstance(name, str) else "that is a list or a mapping"
        repair = respelt(place.at("type"), name, known) if isinstance(name, str) else None
        message = f"there is no question type {shown}"
        self._findings.report(UNKNOWN_TYPE, Finding(place.at("type"), message, help, repair=repair), identifier)
        return None

    def _common_fields(self, data: dict[str, Node], place: Place, identifier: str | None) -> None:
        """Check what every question has, of one whose type is not known."""
        from quizlib.authoring.faults import checked
        from quizlib.authoring.question import Question
        from quizlib.authoring.reading import fields

        _, findings = checked(Question, {key: data[key] for key in data if key in fields(Question)}, place)
        self._findings.report_all(findings, identifier)

    def _named(self, kind: Kind, finding: Finding, place: Place) -> Finding:
        """Return a finding of a question with the repair of its identifier, as the file has it, if it is about that."""
        try:
            typed = self._documents[place.path].value(place.keys)
        except (LookupError, TypeError):
            return finding
        return self._identifiers.repaired(kind, finding, typed, place)

    @functools.cached_property
    def _identifiers(self) -> Identifiers:
        """The names that are taken in the bank."""
        from quizlib.authoring.repairs import Identifiers

        files = self._documents.values()
        return Identifiers(question for document in files for question in written.questions(document))


@functools.cache
def _question_types() -> list[str]:
    return plugins.names("quizlib.questions")


@functools.cache
def _schema_of(name: str) -> type[Question]:
    schema: type[Question] = plugins.load("quizlib.questions", name).QUESTION
    return schema
