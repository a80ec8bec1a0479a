"""Quiz authoring with proof: banks in YAML, answer keys proved by running them, exports for every LMS.

What `__all__` names is the public API; docs/python-api.md says what is promised of it. Importing this package imports
nothing else: each name is looked up when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizlib.api import BankError, Export, export, load, validate
    from quizlib.changes import ChangesError
    from quizlib.diagnostics import Applicability, Diagnostic, Edit, Fix, Severity, Span
    from quizlib.exporting import WriteError
    from quizlib.model import Bank, Item
    from quizlib.plugins import PluginError
    from quizlib.proof.coverage import Coverage
    from quizlib.validation import Report

__all__ = [
    "Applicability",
    "Bank",
    "BankError",
    "ChangesError",
    "Coverage",
    "Diagnostic",
    "Edit",
    "Export",
    "Fix",
    "Item",
    "PluginError",
    "Report",
    "Severity",
    "Span",
    "WriteError",
    "__version__",
    "export",
    "load",
    "validate",
]

__version__ = "0.1.0"

_MODULES = {
    "quizlib.api": ("BankError", "Export", "export", "load", "validate"),
    "quizlib.changes": ("ChangesError",),
    "quizlib.diagnostics": ("Applicability", "Diagnostic", "Edit", "Fix", "Severity", "Span"),
    "quizlib.exporting": ("WriteError",),
    "quizlib.model": ("Bank", "Item"),
    "quizlib.plugins": ("PluginError",),
    "quizlib.proof.coverage": ("Coverage",),
    "quizlib.validation": ("Report",),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _MODULES.items():
        if name in names:
            value = getattr(import_module(module), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
