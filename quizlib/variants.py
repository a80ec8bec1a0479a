"""What is wrong with several variants of a question in the same way is said once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import NamedTuple

from quizlib.diagnostics import Diagnostic, Span


class _Group(NamedTuple):
    """What the same fault of several variants shares; `repeat` tells faults of one variant apart."""

    code: str
    span: Span
    question: str
    repeat: int


def merged(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics in which each fault of variants is named with the first one that has it, and their number."""
    found: list[Diagnostic] = []
    groups: dict[_Group, list[Diagnostic]] = {}
    repeats: dict[tuple[str, Span, str | None], int] = {}
    for diagnostic in diagnostics:
        if diagnostic.variant is None:
            found.append(diagnostic)
            continue
        same = (diagnostic.code, diagnostic.span, diagnostic.variant.identifier)
        repeats[same] = repeats.get(same, 0) + 1
        group = _Group(diagnostic.code, diagnostic.span, diagnostic.variant.question, repeats[same])
        groups.setdefault(group, []).append(diagnostic)
    return found + [_named(group) for group in groups.values()]


def _named(group: list[Diagnostic]) -> Diagnostic:
    first, *more = sorted(group, key=_number)
    others = f" and {len(more)} more variant{'' if len(more) == 1 else 's'}" if more else ""
    return dataclasses.replace(first, message=f"{first.variant}{others}: {first.message}", variant=None)


def _number(diagnostic: Diagnostic) -> int:
    return diagnostic.variant.number if diagnostic.variant else 0
