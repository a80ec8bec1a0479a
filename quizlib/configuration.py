"""What a project asks of its banks, and what the command line says instead."""

from __future__ import annotations

import dataclasses

from quizlib.diagnostics import Persona
from quizlib.selection import Selection


@dataclasses.dataclass(frozen=True, slots=True)
class Overrides:
    """What counts instead of what the configuration of a bank says; None and nothing where that stays as it is.

    A `select` replaces what the configuration selects and ignores; an `ignore` adds to what it ignores.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    persona: Persona | None = None


NO_OVERRIDES = Overrides()
_EVERYTHING = Selection()


@dataclasses.dataclass(frozen=True, slots=True)
class Configuration:
    """What holds for a bank."""

    selection: Selection = _EVERYTHING


def overridden(configuration: Configuration, overrides: Overrides) -> Configuration:
    """Return a configuration as far as nothing else is said."""
    old = configuration.selection
    selection = Selection(
        overrides.select or old.select,
        ((() if overrides.select else old.ignore) + overrides.ignore),
        overrides.persona or old.persona,
    )
    return dataclasses.replace(configuration, selection=selection)
