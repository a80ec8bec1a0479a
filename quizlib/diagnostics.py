"""What the user is told: one frozen value for every message, and the places it points to.

A diagnostic says *what* is wrong in its message (lower case, no final stop, no advice) and *how to put
it right* in its help. Lines and columns count from 1, columns in characters.
"""

from __future__ import annotations

import dataclasses
import enum
import re
from collections.abc import Callable
from itertools import zip_longest
from typing import Literal, NamedTuple

Key = str | int


# What CI services take for an order of the build's, wherever in a line it stands.
ORDER = re.compile(r"##(?:vso|teamcity)?\[", re.IGNORECASE)


def printable(text: str) -> str:
    """Return a text on one line: line ends as ⏎, control and formatting characters as escapes.

    What a bank or a program wrote thus never becomes a command to a terminal or to a CI service, or a line of its own.
    """
    return text if text.isprintable() and "##" not in text else "".join(shown_characters(text))


def leading(text: str) -> str:
    """Return a text as `printable` does, for the start of a line, where `::` begins a command of a CI service."""
    shown = printable(text)
    rest = shown.lstrip()
    return f"{shown[: -len(rest)]}{_escape(':')}{rest[1:]}" if rest.startswith("::") else shown


def without_orders(text: str, bracket: str) -> str:
    """Return a text in which no CI service finds an order; `bracket` is how its language escapes `[`."""
    return ORDER.sub(lambda order: order[0][:-1] + bracket, text)


def shown_characters(text: str) -> list[str]:
    """Return what each character of a text is shown as; nothing for the first of the two that end a line."""
    shown = list(map(_printable, text))
    for order in ORDER.finditer(text):
        shown[order.end() - 1] = _escape("[")
    return ["" if pair == ("\r", "\n") else one for one, pair in zip(shown, zip_longest(text, text[1:]), strict=True)]


def _printable(character: str) -> str:
    import unicodedata  # seldom needed

    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return {"\n": "⏎", "\t": " "}.get(character) or _escape(character)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class Severity(enum.StrEnum):
    """How much a diagnostic weighs: only an error makes the command fail by default."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A stretch of a file, from its first character to just past its last one.

    `line` is 0 where the whole file is meant.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


class Place(NamedTuple):
    """Where something stands in a document, before its line and column were looked up.

    `keys` leads from the top of the document to the value. With `on_key` the last key itself is meant,
    not its value. `excerpt` narrows the place to these characters inside the value.
    """

    path: str
    keys: tuple[Key, ...] = ()
    on_key: bool = False
    excerpt: str | None = None

    def at(self, *keys: Key) -> Place:
        """Return the place of a value below this one."""
        return Place(self.path, self.keys + keys)


class Applicability(enum.StrEnum):
    """How far a fix may be trusted: `--fix` applies safe ones, `--unsafe-fixes` all but those only for display."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


@dataclasses.dataclass(frozen=True, slots=True)
class SetText:
    """Put another text in the place of a scalar, in the style in which it is written where that can hold it."""

    place: Place
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class RenameKey:
    """Put another key in the place of the last key of `place`."""

    place: Place
    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class AddKey:
    """Add a key with a scalar to the mapping at `place`, as its first one or as its last. A scalar becomes a mapping:
    `Lyon` with the key `correct` becomes `{text: Lyon, correct: true}`, when `scalar_key` names the first one.
    Where the key is there already, its value is replaced.
    """

    place: Place
    key: str
    text: str
    first: bool = False
    scalar_key: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Remove:
    """Remove a key with its value from its mapping, or an element from its list."""

    place: Place


@dataclasses.dataclass(frozen=True, slots=True)
class Reorder:
    """Put the elements of the list at `place` into another order: a permutation of their numbers, from 0."""

    place: Place
    order: tuple[int, ...]


Change = SetText | RenameKey | AddKey | Remove | Reorder


@dataclasses.dataclass(frozen=True, slots=True)
class Repair:
    """How a finding can be put right: changes of a document, told as places; `message` is an order ("sort ...").

    All places are those of the document as it stands. Where something stands at one of the places `unless`, or its
    excerpt in one of the texts there, the repair would not be right, and there is none. `proved`: it says what programs
    did, and is right for these alone.
    """

    message: str
    changes: tuple[Change, ...]
    applicability: Applicability = Applicability.SAFE
    unless: tuple[Place, ...] = ()
    proved: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Edit:
    """Other characters in the place of those of a span; an empty span inserts."""

    span: Span
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Fix:
    """A repair as edits of files. Edits of one fix never overlap. `proved` is that of the repair."""

    message: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE
    proved: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """A message whose place has not been looked up yet: what rules, proof and exporters make."""

    place: Place
    message: str
    help: str | None = None
    related: tuple[Place, ...] = ()
    repair: Repair | None = None


Persona = Literal["default", "pedantic"]


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """What a code stands for, the same in every message that has it.

    What is `pedantic` is right less often, and is said only to those who ask for it.
    """

    code: str
    rule: str
    severity: Severity = Severity.ERROR
    persona: Persona = "default"


@dataclasses.dataclass(frozen=True, slots=True)
class Variant:
    """One of the variants of a question with parameters: `number` counts from 1, `values` are its own, in words.

    `total` is how many the question has, and 0 where that is not known.
    """

    question: str
    number: int
    values: str
    seed: int
    total: int = 0

    @property
    def identifier(self) -> str:
        """The identifier of the variant's item."""
        return f"{self.question}-{self.number}"

    def __str__(self) -> str:
        return f"variant {self.number} ({self.values}; seed {self.seed})"


class _FixWhenAsked:
    """The attribute `fix` of a diagnostic: given as a value, or as a function that is called when it is first read.

    To work out edits costs far more than to report a fault, and most readers of a report never ask for them.
    """

    def __get__(self, diagnostic: Diagnostic | None, owner: type[Diagnostic]) -> Fix | None:
        if diagnostic is None:
            return None  # the default
        held = vars(diagnostic)
        if callable(held["fix"]):
            held["fix"] = held["fix"]()
        found: Fix | None = held["fix"]
        return found

    def __set__(self, diagnostic: Diagnostic, fix: Fix | Callable[[], Fix | None] | None) -> None:
        vars(diagnostic)["fix"] = fix


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One thing that the user is told.

    `code` ("QZ401") is stable for ever; `rule` names the bad thing ("wrong-key"). `question` is the
    identifier of the question concerned, where there is one. `variant` is the one concerned, until diagnostics of
    several variants have been merged. `fix` is how the file can be put right, where that is known; it may be given as
    a function, which is called when the fix is first asked for.
    """

    code: str
    rule: str
    severity: Severity
    message: str
    span: Span
    help: str | None = None
    question: str | None = None
    related: tuple[Span, ...] = ()
    variant: Variant | None = None
    fix: _FixWhenAsked = _FixWhenAsked()

    @classmethod
    def of(
        cls,
        kind: Kind,
        span: Span,
        message: str,
        *,
        help: str | None = None,
        question: str | None = None,
        related: tuple[Span, ...] = (),
        variant: Variant | None = None,
        fix: Fix | Callable[[], Fix | None] | None = None,
    ) -> Diagnostic:
        """Make a diagnostic of a kind."""
        return cls(kind.code, kind.rule, kind.severity, message, span, help, question, related, variant, fix)

    @property
    def order(self) -> tuple[Span, str, str]:
        """The key by which diagnostics are sorted: by file, line, column, then code."""
        return (self.span, self.code, self.message)
