"""What is said of a form that was drawn, for people."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.assembly import Assembled
from quizlib.diagnostics import printable
from quizlib.model import BlueprintPart


def shortfalls(made: Assembled) -> Iterator[str]:
    """Yield a line for each part of the blueprint for which there are too few questions."""
    for short in made.shortfalls:
        part = made.form.blueprint.parts[short.part]
        asked = f"{short.asked} question{'' if short.asked == 1 else 's'}{_kind(part)}"
        yield f"part {short.part + 1} of the blueprint asks for {asked}, and {_found(short.found)}"
    if made.missing:
        yield f"of the questions beyond the blueprint {made.missing} {'is' if made.missing == 1 else 'are'} not there"


def drawn(made: Assembled) -> str:
    """Return how many questions were drawn, and by which seed."""
    count = len(made.bank.items)
    return f"{count} question{'' if count == 1 else 's'} drawn by the seed {printable(made.form.seed)}"


def _kind(part: BlueprintPart) -> str:
    words = []
    if part.difficulty:
        words.append(f"of difficulty {part.difficulty}")
    for name, values in (("tag", part.tags), ("objective", part.objectives), ("type", part.question_types)):
        if values:
            words.append(f"with the {name} {' or '.join(f'`{printable(value)}`' for value in values)}")
    return f" {', '.join(words)}" if words else ""


def _found(count: int) -> str:
    return "there is none" if not count else "there is one" if count == 1 else f"there are {count}"
