"""Which configuration counts for a bank: the nearest one above it. Each folder is asked once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from quizlib.bank import read_regular_file
from quizlib.configuration import DEFAULT, NO_OVERRIDES, Configuration, Overrides, overridden
from quizlib.diagnostics import Diagnostic
from quizlib.source import Document

_OWN_FILE, _SHARED_FILE = "quizlib.toml", "pyproject.toml"
# What a pyproject.toml with a part for quizlib holds: others are not read as TOML, and may be none.
_OUR_PART = re.compile(rb"""\btool["']?\s*(?:\.\s*["']?quizlib|[\]=])""")


def excluding() -> Callable[[Path], bool]:
    """Return what tells whether the configuration of a file or a folder leaves it out, for `discovery.find`."""
    return Configurations(NO_OVERRIDES).excludes


class Configurations:
    """The configurations of a run, what is wrong with their files, and these files' texts."""

    def __init__(self, overrides: Overrides) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.documents: dict[str, Document] = {}
        self._overrides = overrides
        self._default = overridden(DEFAULT, overrides)
        self._found: dict[Path, Configuration] = {}
        self._absolute: dict[Path, Path] = {}
        self._only: Configuration | None = None if overrides.search else self._default
        if overrides.search and overrides.file is not None:
            self._only = self._read(Path(overrides.file), overrides.file) or self._default

    def of(self, folder: Path) -> Configuration:
        """Return the configuration of a folder: its own, or that of the nearest folder above that has one."""
        if self._only is not None:
            return self._only
        if folder not in self._absolute:
            self._absolute[folder] = Path(os.path.abspath(folder))
        return self._nearest(self._absolute[folder])

    def excludes(self, path: Path) -> bool:
        """Whether the configuration of a file or a folder leaves it out."""
        return self.of(path.parent).excludes(path)

    def _nearest(self, folder: Path) -> Configuration:
        passed = []
        found: Configuration | None = None
        for above in (folder, *folder.parents):
            found = self._found.get(above) or self._in(above)
            if found is not None:
                break
            passed.append(above)
        configuration = found or self._default
        self._found |= dict.fromkeys(passed, configuration)
        return configuration

    def _in(self, folder: Path) -> Configuration | None:
        """Return the configuration that stands in a folder itself."""
        for name in (_OWN_FILE, _SHARED_FILE):
            path = folder / name
            if not os.path.lexists(path) or (name == _SHARED_FILE and not _may_be_ours(path)):
                continue
            if (found := self._read(path, _shown(path))) is not None:
                self._found[folder] = found
                return found
        return None

    def _read(self, path: Path, shown: str) -> Configuration | None:
        from quizlib.configuration_file import read  # only where there is one

        file = read(Path(os.path.abspath(path)), shown)
        if file is None:
            return None
        self.diagnostics += file.diagnostics
        if file.document is not None:
            self.documents[shown] = file.document
        return overridden(file.configuration, self._overrides)


def _may_be_ours(path: Path) -> bool:
    """Whether a shared file has a part for quizlib; one that cannot be read may have."""
    try:
        return _OUR_PART.search(read_regular_file(path)) is not None
    except (OSError, RuntimeError):
        return True


def _shown(path: Path) -> str:
    """Return a path as the user would write it, from the folder in which the user works."""
    try:
        relative = Path(os.path.relpath(path)).as_posix()
    except (OSError, ValueError):  # the working folder is gone, or on another drive
        return path.as_posix()
    return relative if not relative.startswith("../../..") else path.as_posix()
