"""A question with parameters, as it was typed, to the questions that are its variants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from quizlib.authoring.decimals import TemplateFault
from quizlib.authoring.faults import BAD_VALUE, checked
from quizlib.authoring.parameters import Declaration, Parameters, as_typed
from quizlib.authoring.template import Template, template
from quizlib.diagnostics import Finding, Key, Kind, Place, Variant

DECLARATION = ("parameters", "variants", "seed")
_AS_TYPED = ("id", "type")
_MAX_EXPRESSIONS = 5_000  # of a question
_MAX_CHARACTERS = 10_000_000  # of all texts that are filled in, of all variants of a question
_Data = Any  # what `quizlib.source` reads, with templates for texts
_Report = Callable[[Kind, Finding, Variant | None], None]


def expanded(data: Mapping[str, _Data], place: Place, report: _Report) -> list[tuple[Variant, dict[str, _Data]]]:
    """Return the variants of a question that stands at `place`, as data; none when its template is faulty.

    Texts are filled in but for `id`, to which the number of the variant is added, and `type`.
    """
    declared, findings = checked(Declaration, {key: data[key] for key in data if key in DECLARATION}, place)
    for kind, finding in findings:
        report(kind, finding, None)
    if declared is None:
        return []
    parameters = Parameters(declared)
    texts = _Texts(tuple(declared.parameters))
    question = {key: value for key, value in data.items() if key not in DECLARATION}
    compiled = {key: value if key in _AS_TYPED else texts.compiled(value, (key,)) for key, value in question.items()}
    if not parameters.problems and not texts.faults:
        parameters.problems += parameters.unused(frozenset(texts.names))
    for problem in parameters.problems:
        where = place.at(*problem.keys)._replace(excerpt=problem.excerpt)
        report(BAD_VALUE, Finding(where, problem.message, problem.help), None)
    for keys, fault in texts.faults:
        report(BAD_VALUE, _finding(place.at(*keys), fault), None)
    if parameters.problems or texts.faults:
        return []
    return list(_filled(compiled, parameters, place, report))


def _filled(
    compiled: Mapping[str, _Data], parameters: Parameters, place: Place, report: _Report
) -> Iterator[tuple[Variant, dict[str, _Data]]]:
    identifier = compiled.get("id")
    left = _MAX_CHARACTERS
    assignments = list(parameters.assignments())
    for number, free in enumerate(assignments, start=1):
        variant = Variant(str(identifier), number, as_typed(free), parameters.seed, len(assignments))
        try:
            values = parameters.completed(free)
        except TemplateFault as fault:
            where = place.at("parameters", fault.excerpt or "", "value")
            report(BAD_VALUE, Finding(where, fault.message, fault.help), variant)
            continue
        filling = _Filling(values, left)
        data = {key: filling.filled(value, (key,)) for key, value in compiled.items()}
        left = filling.left
        for keys, wrong in filling.faults:
            report(BAD_VALUE, _finding(place.at(*keys), wrong), variant)
        if left < 0:
            report(BAD_VALUE, Finding(place.at("parameters"), "the variants become too long: more than 10 MB"), None)
            return
        if not filling.faults:
            yield variant, {**data, **({"id": f"{identifier}-{number}"} if isinstance(identifier, str) else {})}


class _Texts:
    """Reads the templates in a question."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self._known = known
        self.names: set[str] = set()
        self._left = _MAX_EXPRESSIONS
        self.faults: list[tuple[tuple[Key, ...], TemplateFault]] = []

    def compiled(self, data: _Data, keys: tuple[Key, ...]) -> _Data:
        """Return data with templates instead of texts in which something is to be filled in."""
        match data:
            case str() if "{{" in data or "{%" in data:
                return self._template(data, keys)
            case list():
                return [self.compiled(entry, (*keys, index)) for index, entry in enumerate(data)]
            case dict():
                return _Mapping(
                    [
                        (self.compiled(key, (*keys, key)), self.compiled(value, (*keys, key)))
                        for key, value in data.items()
                    ]
                )
            case _:
                return data

    def _template(self, text: str, keys: tuple[Key, ...]) -> Template | str:
        if self._left < 0:
            return text
        try:
            found = template(text, self._known)
        except TemplateFault as fault:
            self.faults.append((keys, fault))
            return text
        self.names |= found.names
        self._left -= len(found.parts) // 2
        if self._left < 0:
            self.faults.append((keys, TemplateFault(f"the question holds more than {_MAX_EXPRESSIONS:,} expressions")))
        return found


class _Mapping(list[tuple[_Data, _Data]]):
    """A mapping whose keys may be templates."""


class _Filling:
    """Fills in the templates of one variant; `left` is how many characters it may still write."""

    def __init__(self, values: Mapping[str, Any], left: int) -> None:
        self._values = values
        self.left = left
        self.faults: list[tuple[tuple[Key, ...], TemplateFault]] = []

    def filled(self, data: _Data, keys: tuple[Key, ...]) -> _Data:
        """Return data with texts instead of templates."""
        match data:
            case Template():
                return self._text(data, keys)
            case _Mapping():
                return self._mapping(data, keys)
            case list():
                return [self.filled(entry, (*keys, index)) for index, entry in enumerate(data)]
            case _:
                return data

    def _text(self, found: Template, keys: tuple[Key, ...]) -> str:
        if self.left < 0:
            return ""
        try:
            text = found.filled(self._values)
        except TemplateFault as fault:
            self.faults.append((keys, fault))
            return ""
        self.left -= len(text)
        return text

    def _mapping(self, entries: _Mapping, keys: tuple[Key, ...]) -> dict[str, _Data]:
        made: dict[str, _Data] = {}
        for key, value in entries:
            name = self.filled(key, keys)
            if name in made:
                self.faults.append((keys, TemplateFault(f"the key `{name[:60]}` stands here a second time")))
            made[name] = self.filled(value, (*keys, name))
        return made


def _finding(place: Place, fault: TemplateFault) -> Finding:
    return Finding(place._replace(excerpt=fault.excerpt), fault.message, fault.help)
