"""A variable that the program never uses.

Why it matters: learners trace each line, and look for the meaning of one that has none. Where it is meant as a trap,
it tests patience. Only Python programs whose output is asked for are looked at; names that begin with `_`, loop
variables and names that the question speaks of are left alone.

Source: Haladyna, Downing and Rodriguez 2002, guidelines 7 (avoid trick items) and 16 (avoid window dressing).

Bad:

    - id: sum
      type: code_output
      stem: What does this program print?
      code:
        source: |
          price = 3
          discount = 1 # <-
          print(price * 2)
      answer: "6"

Good:

    - id: sum
      type: code_output
      stem: What does this program print?
      code:
        source: |
          price = 3
          print(price * 2)
      answer: "6"
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item
from quizlib.plugins import Files
from quizlib.rules._code import listings, python

KIND = Kind("QZ424", "unused-variable", Severity.WARNING, "pedantic")

_LOOKS_UP_NAMES = {"eval", "exec", "globals", "locals", "vars", "dir"}


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each variable of a Python program that is given a value and never read."""
    for listing in listings(bank):
        if listing.item is None or listing.item.question_type != "code_output" or listing.language != "python":
            continue
        tree = python(listing.source)
        if isinstance(tree, ast.Module):
            spoken = _words(listing.item)
            for target in _unused(tree):
                if target.id not in spoken:
                    excerpt = listing.source.split("\n")[target.lineno - 1].strip()
                    message = f"the program never uses the variable `{target.id}`"
                    yield listing.item, Finding(listing.place._replace(excerpt=excerpt), message, "remove it")


def _unused(tree: ast.Module) -> Iterator[ast.Name]:
    """Yield the first plain assignment to each name that is never read."""
    nodes = list(ast.walk(tree))
    read = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)}
    shared = {name for node in nodes if isinstance(node, ast.Global | ast.Nonlocal) for name in node.names}
    fields = {id(part) for node in nodes if isinstance(node, ast.ClassDef) for part in node.body}
    if read & _LOOKS_UP_NAMES:
        return
    seen: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign) and id(node) not in fields:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name) and target.id not in read | shared | seen and target.id[0] != "_":
                    seen.add(target.id)
                    yield target


def _words(item: Item) -> set[str]:
    """Return the words of what the question asks and offers."""
    options = item.interaction.options if isinstance(item.interaction, Choice) else ()
    return set(re.findall(r"\w+", " ".join([item.stem, *(option.content.text for option in options)])))
