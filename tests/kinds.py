"""Every kind of diagnostic that the code has, wherever it stands."""

from __future__ import annotations

import importlib
import pkgutil

import quizlib
from quizlib.diagnostics import Kind, Severity
from quizlib.model import Lost


def kinds() -> set[Kind]:
    """Return all kinds: those of the modules, and those of losses."""
    found = {Kind(lost.value, lost.rule, Severity.WARNING) for lost in Lost}
    for module in pkgutil.walk_packages(quizlib.__path__, "quizlib."):
        if module.name != "quizlib.__main__":
            values = vars(importlib.import_module(module.name)).values()
            found |= {value for value in values if isinstance(value, Kind)}
    return found
