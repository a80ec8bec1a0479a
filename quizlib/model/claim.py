"""Claims: what must hold for an item to be right, each with the place that states it.

A question type runs nothing. It lowers to an item that carries claims, and `quizlib.proof` settles them.
"""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from quizlib.diagnostics import Place
from quizlib.model.program import Ending, Output, Program


@dataclasses.dataclass(frozen=True, slots=True)
class Prints:
    """This program ends as the key says: it prints the text, or raises the exception."""

    program: Program
    expected: Output | Ending
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class NeverPrints:
    """The same program does not end as this distractor says."""

    program: Program
    excluded: Output | Ending
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Yields:
    """This changed program ends as the distractor says to which the common mistake leads."""

    program: Program
    expected: Output | Ending
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Equals:
    """Every equation in `text` holds, within the digits shown.

    With `key`, the text is about the item's numeric key as well: its value must lie within `tolerance`
    of the key.
    """

    text: str
    place: Place
    key: Decimal | None = None
    tolerance: Decimal = Decimal(0)


@dataclasses.dataclass(frozen=True, slots=True)
class Holds:
    """This check passes for an answer that is the key; `answer` is its text, which the program is given."""

    program: Program
    answer: str
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Fails:
    """This check fails for a distractor, whose text is `answer`."""

    program: Program
    answer: str
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class PrintsNumber:
    """This program prints a number that is the key: at most `tolerance` away, or, without, the same in all digits."""

    program: Program
    key: Decimal
    tolerance: Decimal
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Reaches:
    """This Python program runs a line for the `time`-th time, and then each expression has the value that is stated.

    Lines and times count from 1; `expect` holds expressions and values. `place` is that of the step which says so.
    """

    program: Program
    line: int
    time: int
    expect: tuple[tuple[str, str], ...]
    place: Place


Claim = Prints | NeverPrints | Yields | Equals | Holds | Fails | PrintsNumber | Reaches
