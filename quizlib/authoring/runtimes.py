"""Which runtimes the program of a question must end alike on."""

from __future__ import annotations

from collections.abc import Sequence

from quizlib.plugins import is_runtime_of


def asked_for(own: Sequence[str], of_bank: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the names that the question's code gives, or else those of the bank that belong to its language."""
    return tuple(dict.fromkeys(own or [name for name in of_bank if is_runtime_of(language, name)]))
