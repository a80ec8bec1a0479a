"""The closed set of interactions to which every question type lowers.

The words are QTI's. A new question type is a folder; a new interaction is rare, and `assert_never` makes
the type checker list every exporter that has to learn it.
"""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Literal

from quizlib.diagnostics import Place
from quizlib.model.program import Whitespace


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """A text and how it is to be shown: as Markdown, as program text or output, or as it is."""

    text: str
    format: Literal["markdown", "code", "plain"] = "markdown"


@dataclasses.dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice, with its share of the full marks, from -1 to 1.

    `correct` marks the key; `feedback` is for learners, `rationale` for reviewers.
    """

    identifier: str
    content: Content
    fraction: float
    correct: bool
    place: Place
    fixed: bool = False
    feedback: str | None = None
    rationale: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """Choose one option (`max_choices` 1) or any number of them (0)."""

    options: tuple[Option, ...]
    max_choices: Literal[0, 1] = 1
    shuffle: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Accepted:
    """A text that earns `fraction` of the full marks."""

    text: str
    place: Place
    fraction: float = 1.0
    feedback: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class TextEntry:
    """Type a text or a number.

    `tolerance` is absolute and inclusive, for numbers only. `whitespace` says how much of the white space
    counts; with ANY, that at both ends does not count either. `pattern` is a regular expression that a text may
    match in full instead. `decimal_comma` says that a comma divides the decimals of a typed number in the language of
    the bank; a point does so elsewhere.
    """

    accepted: tuple[Accepted, ...]
    base_type: Literal["text", "number", "output"] = "text"
    tolerance: Decimal = Decimal(0)
    unit: str | None = None
    case_sensitive: bool = False
    whitespace: Whitespace = Whitespace.ANY
    pattern: str | None = None
    decimal_comma: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class RubricRow:
    """What a marker looks for, and the points it is worth, if they are set."""

    text: str
    points: float | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class ExtendedText:
    """Write at length; a person marks it."""

    expected_lines: int = 15
    rubric: tuple[RubricRow, ...] = ()
    response_format: Literal["text", "code"] = "text"
    template: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Associable:
    """A source or a target of a match, or an item to be put in order."""

    identifier: str
    content: Content
    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """Give each source its target. `pairs` holds a source's and a target's identifier."""

    sources: tuple[Associable, ...]
    targets: tuple[Associable, ...]
    pairs: tuple[tuple[str, str], ...]
    shuffle: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """Put the items in order; they stand here in the right one."""

    items: tuple[Associable, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Gap:
    """One gap of a text: typed or chosen. `weight` is its share in the marks, a whole number."""

    identifier: str
    interaction: TextEntry | Choice
    place: Place
    weight: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class InlineChoice:
    """Fill gaps in a text. `[[name]]` in the item's stem is where the gap `name` stands."""

    gaps: tuple[Gap, ...]


Interaction = Choice | TextEntry | ExtendedText | Match | Order | InlineChoice
