"""Where files stand for a service that knows the repository: relative to its root, however they were named."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

from quizlib.diagnostics import Diagnostic
from quizlib.fingerprints import fingerprints
from quizlib.validation import Report


def root_of(folder: Path) -> Path:
    """Return the root of the repository that `folder` lies in, or the folder itself where there is none."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder)


def relative(path: str, root: Path) -> str | None:
    """Return a path from `root` on, with slashes; None for a file that lies elsewhere."""
    for top, file in ((str(root), os.path.abspath(path)), (os.path.realpath(root), os.path.realpath(path))):
        if Path(file).is_relative_to(top):
            return Path(file).relative_to(top).as_posix()
    return None


def shown(path: str, root: Path) -> str:
    """Return a path from `root` on, or the whole path of a file that lies elsewhere."""
    return relative(path, root) or Path(os.path.abspath(path)).as_posix()


def fingerprinted(report: Report, root: Path) -> list[tuple[Diagnostic, str]]:
    """Return each diagnostic with its fingerprint, which is the same in every clone of the repository."""
    places = {found.span.path: shown(found.span.path, root) for found in report.diagnostics}
    moved = [  # without their fixes, which cost much to work out and say nothing here
        dataclasses.replace(found, span=found.span._replace(path=places[found.span.path]), fix=None)
        for found in report.diagnostics
    ]
    read = {places[path]: document for path, document in report.documents.items() if path in places}
    return list(zip(report.diagnostics, fingerprints(moved, read), strict=True))
