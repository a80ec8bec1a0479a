"""A report in any of its forms, by name."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, assert_never, get_args

from quizlib.report.screen import Screen
from quizlib.validation import Report

Form = Literal["text", "json", "sarif", "junit", "github", "gitlab"]
FORMS: tuple[Form, ...] = get_args(Form)


@dataclasses.dataclass(frozen=True, slots=True)
class Rendering:
    """What is asked of reports besides their form.

    `root` is that of the repository, which services know files by. `strict` says that warnings fail. `tables` are
    added to the text: the key coverage by difficulty and tag. `runs`, what each program did, to the JSON.
    """

    root: Path
    strict: bool = False
    tables: bool = False
    runs: bool = False


def lines(report: Report, form: Form, asked: Rendering, screen: Screen | None = None) -> Iterator[str]:
    """Yield the lines of a report, without line ends; of a form for machines the document as a whole."""
    match form:
        case "text":
            yield from _text(report, asked, screen or Screen())
        case "json":
            from quizlib.report import json

            yield json.render(report, include_runs=asked.runs, root=asked.root)
        case "sarif":
            from quizlib.report import sarif

            yield sarif.render(report, asked.root)
        case "junit":
            from quizlib.report import junit

            yield junit.render(report, asked.root, strict=asked.strict)
        case "github":
            from quizlib.report import github

            yield from github.render(report, asked.root)
        case "gitlab":
            from quizlib.report import gitlab

            yield gitlab.render(report, asked.root)
        case _:
            assert_never(form)


def content(found: Iterable[str]) -> bytes:
    """Return lines as what a file holds. What UTF-8 cannot hold is written as an escape."""
    return "".join(f"{line}\n" for line in found).encode("utf-8", "backslashreplace")


def _text(report: Report, asked: Rendering, screen: Screen) -> Iterator[str]:
    from quizlib.report import coverage, text

    yield from text.render(report, screen=screen)
    if asked.tables:
        for line in coverage.table(report):
            yield from screen.lines(line, "", "  ")
