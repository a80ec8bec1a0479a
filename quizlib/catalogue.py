"""What banks hold: one entry for each question, and those of them that are looked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from quizlib.bank import LoadedBank, load
from quizlib.configurations import excluding
from quizlib.diagnostics import Diagnostic, Severity
from quizlib.discovery import find
from quizlib.model import Item


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A question as it is listed. `variants` is their number, 0 where it has no parameters.

    `stem` is Markdown; `title` is None where the bank gives none; `line` counts from 1. Of a question with parameters
    it is what its first variant has.
    """

    identifier: str
    question_type: str
    title: str | None
    stem: str
    difficulty: str | None
    points: float
    tags: tuple[str, ...]
    objectives: tuple[str, ...]
    bank: str
    path: str
    line: int
    variants: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions are looked for: in each respect any of the words, all of them where there are none."""

    difficulties: Sequence[str] = ()
    tags: Sequence[str] = ()
    question_types: Sequence[str] = ()
    objectives: Sequence[str] = ()

    def includes(self, item: Item) -> bool:
        """Whether a question is looked for."""
        respects = (
            (self.difficulties, [item.difficulty or ""]),
            (self.tags, item.tags),
            (self.question_types, [item.question_type]),
            (self.objectives, item.objectives),
        )
        return all(not wanted or set(wanted) & set(found) for wanted, found in respects)


@dataclasses.dataclass(frozen=True, slots=True)
class Catalogue:
    """The questions that were found, in the order of files and lines, and what keeps others from being read."""

    entries: tuple[Entry, ...]
    errors: tuple[Diagnostic, ...]


def catalogue(paths: Sequence[str], wanted: Wanted, exclude: Sequence[str] = ()) -> Catalogue:
    """List the questions of all banks under `paths`; no program is run. Raises nothing for what the banks hold."""
    files, diagnostics = find(paths, exclude, excluding())
    banks = list(map(load, files))
    diagnostics += [diagnostic for bank in banks for diagnostic in bank.diagnostics]
    entries = tuple(entry for bank in banks for entry in entries_of(bank, wanted))
    return Catalogue(entries, tuple(found for found in diagnostics if found.severity is Severity.ERROR))


def entries_of(loaded: LoadedBank, wanted: Wanted) -> Iterator[Entry]:
    """Yield the entries of one bank."""
    if loaded.bank is None:
        return
    for name, items in questions(loaded.bank.items):
        item = items[0]
        if wanted.includes(item):
            yield Entry(
                name,
                item.question_type,
                item.title if item.title != item.identifier else None,
                item.stem,
                item.difficulty,
                item.max_score,
                item.tags,
                item.objectives,
                loaded.bank.identifier,
                item.place.path,
                loaded.locate(item.place).line,
                len(items) if item.variant_of else 0,
            )


def questions(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """Return questions by their identifiers: each is one item, or all variants of a question with parameters."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.variant_of or item.identifier, []).append(item)
    return list(found.items())
