"""The page of every code: those of rules are their docstrings, those of all others stand in `explanations.md`."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from quizlib import rulebook
from quizlib.diagnostics import Kind, Severity
from quizlib.plugins import Rule

_HEADING = re.compile(r"^# ([a-z0-9-]+) \((QZ\d{3}), (error|warning)\)$", re.MULTILINE)


class Page(NamedTuple):
    """What a code means, why it matters, and how to put it right, in plain text; examples are indented by four."""

    kind: Kind
    text: str
    is_rule: bool


def pages() -> list[Page]:
    """Return the pages of all codes, in their order; rules are imported. Raises PluginError."""
    import inspect

    rules = rulebook.read().rules
    refuse_taken_names(rules)
    of_rules = [Page(rule.KIND, inspect.cleandoc(rule.__doc__ or ""), True) for rule in rules]
    return sorted([*of_rules, *_shipped()], key=lambda page: page.kind.code)


def known() -> list[tuple[Kind, bool]]:
    """Return every kind, and whether it is a lint rule's. Raises PluginError."""
    return [(page.kind, page.is_rule) for page in pages()]


def page(name: str) -> Page | None:
    """Return the page of a code or a rule; None where there is none. Raises PluginError."""
    return next((page for page in pages() if name in (page.kind.rule, page.kind.code)), None)


def refuse_taken_names(rules: Sequence[Rule]) -> None:
    """Raise PluginError where a rule of a plugin has a code or a name of what is no rule."""
    if any(not rulebook.module(rule).startswith("quizlib.rules.") for rule in rules):
        rulebook.refuse_shared_names(rules, [page.kind for page in _shipped()])


@functools.cache
def _shipped() -> tuple[Page, ...]:
    from importlib import resources  # slow to import, and seldom needed

    text = resources.files("quizlib").joinpath("explanations.md").read_text(encoding="utf-8")
    _, *parts = _HEADING.split(text)
    return tuple(
        Page(Kind(code, rule, Severity(severity)), body.strip(), False)
        for rule, code, severity, body in zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=True)
    )
