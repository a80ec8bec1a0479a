"""What a project asks of its banks, and what the command line says instead."""

from __future__ import annotations

import dataclasses
import fnmatch
import os
from collections.abc import Sequence
from pathlib import Path

from quizlib.diagnostics import Kind, Persona
from quizlib.selection import Selection, matches


@dataclasses.dataclass(frozen=True, slots=True)
class Overrides:
    """What counts instead of what the configuration of a bank says; None and nothing where that stays as it is.

    A `select` replaces what the configuration selects and ignores; an `ignore` adds to what it ignores. `file` is read
    instead of the nearest configuration of each bank; with `search` False none is read. `baseline` is a file of
    findings that are known, and empty for none.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    persona: Persona | None = None
    file: str | None = None
    search: bool = True
    baseline: str | None = None


NO_OVERRIDES = Overrides()
_DEFAULT_RULES = Selection()


@dataclasses.dataclass(frozen=True, slots=True)
class Configuration:
    """What holds for a bank.

    `shown` is how the user knows its file, `folder` what paths and patterns are relative to. With `strict` warnings
    fail as errors do. `min_coverage` is the share of keys that must be proved, in percent. `per_file_ignores` are
    patterns of files, and what is ignored there.
    """

    shown: str = ""
    folder: Path = Path()
    selection: Selection = _DEFAULT_RULES
    strict: bool = False
    exclude: tuple[str, ...] = ()
    min_coverage: float | None = None
    baseline: str | None = None
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def excludes(self, path: str | Path) -> bool:
        """Whether a file or a folder is to be left out."""
        return bool(self.exclude) and _is_matched(self._relative(path), self.exclude)

    def ignores(self, path: str, kind: Kind) -> bool:
        """Whether a kind is ignored in a file in particular."""
        if not self.per_file_ignores:
            return False
        relative = self._relative(path)
        return any(
            _is_matched(relative, [pattern]) and any(matches(name, kind) for name in names)
            for pattern, names in self.per_file_ignores
        )

    def _relative(self, path: str | Path) -> str:
        try:
            return Path(os.path.relpath(path, self.folder)).as_posix()
        except ValueError:  # on another drive
            return Path(path).as_posix()


DEFAULT = Configuration()


def overridden(configuration: Configuration, overrides: Overrides) -> Configuration:
    """Return a configuration as far as nothing else is said."""
    old = configuration.selection
    selection = Selection(
        overrides.select or old.select,
        (() if overrides.select else old.ignore) + overrides.ignore,
        overrides.persona or old.persona,
    )
    baseline = configuration.baseline
    if overrides.baseline is not None:
        baseline = os.path.abspath(overrides.baseline) if overrides.baseline else None
    return dataclasses.replace(configuration, selection=selection, baseline=baseline)


def _is_matched(relative: str, patterns: Sequence[str]) -> bool:
    """Whether a pattern matches a path, a folder that it lies in, or the name of one of them."""
    parts = relative.split("/")
    paths = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return any(
        fnmatch.fnmatch(one, pattern.removeprefix("./").rstrip("/")) for pattern in patterns for one in (*paths, *parts)
    )
