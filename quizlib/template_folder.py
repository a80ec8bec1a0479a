"""A user's own templates: read from a folder, and told apart from what no exporter knows."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path

from quizlib.plugins import Template, TemplateError
from quizlib.reasons import reason_of


class UnknownTemplateError(Exception):
    """Files in a folder of templates have names that mean nothing; the message says what was probably meant."""


def read_templates(folder: Path, known: Collection[str]) -> tuple[Template, ...]:
    """Read the templates in a folder, sorted by name; hidden files and folders are passed over.

    Raises UnknownTemplateError for names that are not in `known`, all of them at once; TemplateError for a file
    that cannot be read as UTF-8.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise TemplateError(str(folder), 0, _reason(error)) from error
    if unknown := [path for path in paths if path.name not in known]:
        raise UnknownTemplateError("; ".join(_not_known(path.name, known) for path in unknown))
    return tuple(Template(path.name, str(path), _text(path)) for path in paths)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TemplateError(str(path), 0, _reason(error)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise TemplateError(str(path), line, "the file is not UTF-8") from error


def _not_known(name: str, known: Collection[str]) -> str:
    meant = difflib.get_close_matches(name, known, n=1)
    help = f"did you mean {meant[0]!r}?" if meant else f"there are: {', '.join(sorted(known))}"
    return f"{name!r} is no template; {help}"


def _reason(error: OSError) -> str:
    return reason_of(error)
