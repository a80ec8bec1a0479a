"""Fixes of a report applied, in memory, round after round until none is left; files are written at the end.

What has been fixed is validated again, since a fix may bring other faults to light, and two fixes that touch the same
characters are applied one after the other. A bank of which less can be read than before keeps its text.
"""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from quizlib.diagnostics import Applicability, Diagnostic, Edit, Fix
from quizlib.differences import unified
from quizlib.editing import apply, overlap
from quizlib.proved_fixes import Grounds, is_proved
from quizlib.source import Document, read
from quizlib.validation import Report, Settings, validate

if TYPE_CHECKING:
    from quizlib.bank import LoadedBank
    from quizlib.proof.runs import Progress

MAX_ROUNDS = 50


@dataclasses.dataclass(frozen=True)
class Rewrite:
    """A file to be rewritten, as the user knows it, and its text before and after. A byte order `mark` stays."""

    path: str
    before: str
    after: str
    mark: str = ""


@dataclasses.dataclass(frozen=True)
class Fixed:
    """What came of fixing: the report on the texts as they are then, the faults that were fixed, and the new texts.

    `left_alone` are the files of which less could be read with a fix than without it, or in which fixes undo each
    other. `later` is how many of the faults only came to light by fixing. `held` are faults whose fix says what
    programs did, in questions whose programs or options other fixes have changed.
    """

    report: Report
    applied: tuple[Diagnostic, ...]
    rewrites: tuple[Rewrite, ...]
    left_alone: tuple[str, ...] = ()
    later: int = 0
    held: tuple[Diagnostic, ...] = ()

    @property
    def unsafe(self) -> int:
        """The number of faults left for which there is an unsafe fix."""
        return sum(
            diagnostic.fix is not None and diagnostic.fix.applicability is Applicability.UNSAFE
            for diagnostic in self.report.diagnostics
        )


def fixed(
    report: Report,
    paths: Sequence[str],
    settings: Settings,
    *,
    unsafe: bool = False,
    progress: Progress | None = None,
    contents: Mapping[str, bytes] = MappingProxyType({}),
) -> Fixed:
    """Fix what can be fixed of a report on `paths`, which was made with `settings`. Nothing is written.

    `contents` are those with which the report was made. With `unsafe` the unsafe fixes are applied, too; those only for
    display never are. Fixing what was fixed once changes nothing.
    """
    levels = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}

    def checked(texts: Mapping[str, bytes]) -> Report:
        return validate(paths, settings, progress=progress, contents={**contents, **texts})

    rounds = _Rounds(report, levels, checked)
    for _ in range(MAX_ROUNDS):
        if not rounds.go_on():
            break
    return rounds.result(report)


class _Rounds:
    """Texts on their way through the rounds: the report on them as they are, and what has been fixed."""

    def __init__(
        self, report: Report, levels: set[Applicability], checked: Callable[[Mapping[str, bytes]], Report]
    ) -> None:
        self._report = report
        self._levels = levels
        self._checked = checked
        self._grounds = Grounds(report)
        self._texts: dict[str, str] = {}
        self._seen: dict[str, set[str]] = {}
        self._left_alone: set[str] = set()
        self._applied: list[Diagnostic] = []

    def go_on(self) -> bool:
        """Make the fixes of one round, or find files to be left alone; say whether there was anything to do."""
        in_turn = self._grounds.in_turn(filter(self._is_offered, self._report.diagnostics))
        chosen = _Chosen(in_turn, _documents(self._report), self._left_alone)
        new = {path: apply(document.text, chosen.edits[path]) for path, document in chosen.documents.items()}
        if not new:
            return False
        spoilt = {path for path, text in new.items() if not _reads(path, text) or text in self._seen.get(path, ())}
        if not spoilt:
            found = self._checked({path: text.encode("utf-8") for path, text in (self._texts | new).items()})
            spoilt = set(_less_readable(self._report, found)) & set(new)
        if spoilt:
            self._left_alone |= spoilt
            return True
        for path, document in chosen.documents.items():
            self._seen.setdefault(path, set()).add(document.text)
        self._texts |= new
        self._grounds.go_on(found, chosen.applied)
        self._report = found
        self._applied += chosen.applied
        return True

    def result(self, before: Report) -> Fixed:
        """Return what came of fixing what `before` tells of."""
        documents = _documents(before)
        rewrites = (
            Rewrite(path, documents[path].text, text, documents[path].mark) for path, text in self._texts.items()
        )
        offered = sum(map(self._is_offered, before.diagnostics))
        left = filter(self._is_offered, self._report.diagnostics)
        return Fixed(
            self._report,
            tuple(self._applied),
            tuple(one for one in rewrites if one.before != one.after),
            tuple(sorted(self._left_alone)),
            max(0, len(self._applied) - offered),
            tuple(one for one in left if is_proved(one) and self._grounds.is_lost(one)),
        )

    def _is_offered(self, diagnostic: Diagnostic) -> bool:
        return diagnostic.fix is not None and diagnostic.fix.applicability in self._levels


class _Chosen:
    """The fixes of one round: of two that touch the same characters, the first; equal ones count together."""

    def __init__(self, offered: Iterable[Diagnostic], documents: Mapping[str, Document], left_alone: set[str]) -> None:
        self.documents: dict[str, Document] = {}
        self.edits: dict[str, list[Edit]] = {}
        self.applied: list[Diagnostic] = []
        self._sorted: dict[str, list[Edit]] = {}
        self._known = documents
        for diagnostic in offered:
            if diagnostic.fix is not None and self._takes(diagnostic.fix, left_alone):
                self.applied.append(diagnostic)

    def _takes(self, fix: Fix, left_alone: set[str]) -> bool:
        paths = {edit.span.path for edit in fix.edits}
        if len(paths) != 1:
            return False
        (path,) = paths
        if path in left_alone or path not in self._known:
            return False
        taken = self._sorted.setdefault(path, [])
        if all(_is_among(edit, taken) for edit in fix.edits):
            return True
        if any(_clashes(edit, taken) for edit in fix.edits):
            return False
        for edit in fix.edits:
            bisect.insort(taken, edit, key=_place)
        self.edits.setdefault(path, []).extend(fix.edits)
        self.documents[path] = self._known[path]
        return True


def _place(edit: Edit) -> tuple[int, ...]:
    return tuple(edit.span[1:])


def _neighbours(edit: Edit, taken: list[Edit]) -> Sequence[Edit]:
    index = bisect.bisect_left(taken, _place(edit), key=_place)
    return taken[max(0, index - 1) : index + 2]


def _is_among(edit: Edit, taken: list[Edit]) -> bool:
    return edit in _neighbours(edit, taken)


def _clashes(edit: Edit, taken: list[Edit]) -> bool:
    return any(overlap((edit, other)) for other in _neighbours(edit, taken))


def _documents(report: Report) -> dict[str, Document]:
    return {path: document for bank in report.banks for path, document in bank.documents.items()}


def _reads(path: str, text: str) -> bool:
    document, _ = read(path, text.encode("utf-8"))
    return document is not None and document.data is not None


def _less_readable(before: Report, after: Report) -> Iterator[str]:
    """Yield the files of each bank of which fewer questions can be read than before."""
    banks = {bank.name: bank for bank in after.banks}
    for bank in before.banks:
        if _sound(banks.get(bank.name)) < _sound(bank):
            yield from bank.paths


def _sound(bank: LoadedBank | None) -> tuple[bool, int]:
    """Return whether the head of a bank can be read, and how many of its questions."""
    if bank is None or bank.bank is None:
        return False, 0
    return bool(bank.bank.identifier), len(bank.bank.items)


def difference(rewrites: Iterable[Rewrite]) -> Iterator[str]:
    """Yield the lines of a unified diff of all files, as `differences.unified` does."""
    for one in rewrites:
        yield from unified(one.path, one.mark + one.before, one.mark + one.after)
