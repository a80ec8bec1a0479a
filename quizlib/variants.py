"""What is wrong with several variants of a question in the same way is said once."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable
from typing import NamedTuple

from quizlib.diagnostics import Diagnostic, Fix, Span


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
    message = f"{first.variant}{others}: {first.message}"
    return dataclasses.replace(first, message=message, variant=None, fix=functools.partial(_fix_of_all, group))


def _fix_of_all(group: list[Diagnostic]) -> Fix | None:
    """Return the fix of a fault that all variants of a question have, if it is one and the same.

    What is right for one of them is wrong for others where these have no such fault. Nor can a fix hold two braces,
    which the question would take for an expression.
    """
    fix = group[0].fix
    is_of_all = all(one.variant and one.variant.total == len(group) and one.fix == fix for one in group)
    return fix if fix and is_of_all and not any("{{" in edit.text for edit in fix.edits) else None


def _number(diagnostic: Diagnostic) -> int:
    return diagnostic.variant.number if diagnostic.variant else 0
