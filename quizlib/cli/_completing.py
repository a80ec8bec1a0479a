"""What a shell offers while a command is being typed: question types, formats, rules and the ids of questions."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from quizlib import plugins

if TYPE_CHECKING:
    from quizlib.diagnostics import Kind

_MOST_BYTES = 20_000_000
# A question's id is indented or stands behind the dash of its list, which the bank's own is not and does not.
_ID = re.compile(rb"^(?:[ ]*-[ ]+(?:[{][ ]*)?|[ ]+)id:[ ]*[\"']?([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)


class QuestionType(click.ParamType[str]):
    """The name of a question type, with `-` or `_`."""

    name = "TYPE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as plugins are known by it. Raises click.BadParameter."""
        known = _names("quizlib.questions")
        name = value.replace("-", "_").lower()
        if name not in known:
            self.fail(f"there is no question type {value!r}; {_remedy(name, known)}", param, ctx)
        return name

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the types, each with what it is."""
        return [
            CompletionItem(name, help=plugins.load("quizlib.questions", name).QUESTION.SUMMARY)
            for name in beginning_with(incomplete, _names("quizlib.questions"))
        ]


def formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the formats of exporters."""
    found = beginning_with(incomplete, _names("quizlib.exporters"))
    return [CompletionItem(name, help=plugins.load("quizlib.exporters", name).SUMMARY) for name in found]


def findings(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer whatever has a page, by its code where a code is being typed, else by its name."""
    return _kinds(incomplete, [kind for kind, _ in _known()])


def rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer lint rules, and what else can be selected and ignored, as `findings` does."""
    from quizlib.selection import is_fixed

    found = _known()
    return _kinds(
        incomplete,
        [kind for kind, is_rule in found if is_rule or not is_fixed(kind.code, kind.severity, is_rule=is_rule)],
    )


def _known() -> list[tuple[Kind, bool]]:
    from quizlib import explanations

    try:
        return explanations.known()
    except plugins.PluginError as error:
        raise click.UsageError(str(error)) from None


def _kinds(incomplete: str, kinds: Sequence[Kind]) -> list[CompletionItem]:
    by_code = incomplete[:1] in ("Q", "q")
    pairs = sorted((kind.code, kind.rule) if by_code else (kind.rule, kind.code) for kind in kinds)
    return [CompletionItem(one, help=other) for one, other in pairs if one.lower().startswith(incomplete.lower())]


def questions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the ids in the banks that have been named, or in those of the folder in which one works."""
    named = ctx.params.get("paths") or ctx.params.get("path") or (".",)
    paths = (named,) if isinstance(named, str) else tuple(named)
    found = dict.fromkeys(name for name in _ids(paths) if name.startswith(incomplete))
    return [CompletionItem(name) for name in found]


def _ids(paths: Sequence[str]) -> Iterator[str]:
    """Yield what looks like the id of a question. Banks are not parsed: an answer must come while one types."""
    from quizlib.bank import read_regular_file
    from quizlib.discovery import find

    left = _MOST_BYTES
    files, _ = find([path for path in paths if os.path.exists(path)])
    for path in (path for bank in files for _, path in bank.paths):
        try:
            content = read_regular_file(path, left)
        except OSError:
            continue
        left -= len(content)
        yield from (found[1].decode() for found in _ID.finditer(content))


def beginning_with(incomplete: str, names: Sequence[str]) -> list[str]:
    """Return the names that begin with what has been typed."""
    return [name for name in names if name.startswith(incomplete.replace("-", "_"))]


def _names(group: plugins.Group) -> list[str]:
    try:
        return plugins.names(group)
    except plugins.PluginError as error:
        raise click.UsageError(str(error)) from None


def _remedy(name: str, known: Sequence[str]) -> str:
    import difflib  # slow to import, and seldom needed

    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known)}"
