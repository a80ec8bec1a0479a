"""`quiz explain`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from quizlib.cli import _completing

if TYPE_CHECKING:
    from quizlib.explanations import Page

_FAMILY = re.compile(r"[a-z]+\d{0,2}", re.IGNORECASE)  # fewer digits than a code has


@click.command("explain")
@click.argument("name", metavar="CODE|RULE|FAMILY", required=False, shell_complete=_completing.findings)
@click.option("--list", "listed", is_flag=True, help="List every code with its rule, severity and persona.")
def command(name: str | None, listed: bool) -> int:
    """Say what a code or a rule means, why it matters, and how to put it right.

    Every code has a page, such as QZ401, and every rule, such as wrong-key. A family such as QZ2 is listed. Prose is as
    wide as the terminal, and at most 100 characters; examples are never broken.

    Exit status: 0, or 2 for a name that nothing has.
    """
    from quizlib.diagnostics import printable
    from quizlib.explanations import pages

    if listed is (name is not None):
        raise click.UsageError("give one code or rule such as QZ401 or wrong-key, or --list")
    found = pages()
    family = [page for page in found if name and _FAMILY.fullmatch(name) and page.kind.code.startswith(name.upper())]
    for line in _table(family or found) if family or name is None else _page(found, name):
        click.echo(printable(line))
    return 0


def _table(pages: list[Page]) -> Iterator[str]:
    width = max(len(page.kind.rule) for page in pages)
    for page in pages:
        yield f"{page.kind.code}  {page.kind.rule:<{width}}  {_weight(page)}"


def _page(pages: list[Page], name: str) -> Iterator[str]:
    import shutil

    from quizlib.taking.screen import Screen

    page = next((page for page in pages if name.casefold() in (page.kind.rule, page.kind.code.casefold())), None)
    if page is None:
        meant = difflib.get_close_matches(name.replace("_", "-"), [page.kind.rule for page in pages], 1)
        help = f"did you mean {meant[0]}?" if meant else "--list names them all"
        raise click.BadParameter(f"nothing is called {name!r}; {help}", param_hint="CODE|RULE")
    screen = Screen(shutil.get_terminal_size().columns)
    yield from screen.words(f"{page.kind.rule} ({page.kind.code}), {_weight(page)}")
    yield ""
    yield from screen.markdown(page.text or "The authors of this rule have written no page for it.")


def _weight(page: Page) -> str:
    return f"{page.kind.severity}, pedantic" if page.kind.persona == "pedantic" else str(page.kind.severity)
