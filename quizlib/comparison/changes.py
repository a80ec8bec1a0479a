"""One difference, and the words for it."""

from __future__ import annotations

import dataclasses
from typing import Literal

from quizlib.diagnostics import printable

_MOST = 60  # characters of a text that are shown
_BEFORE = 15  # of them, those before the first difference

What = Literal["added", "removed", "moved", "renamed", "changed", "faulty"]


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One difference. `question` is None where it is about the bank itself.

    Of what is `changed`, `aspect` names what it is ("key", "hint 2"); `old` or `new` is None where that was not there,
    and both are where they would say nothing, as of a program. `note` says of which variants it is so. `path` and
    `line` are where it stands: in the new state, or in the old one where it was removed.
    """

    what: What
    bank: str
    question: str | None
    aspect: str = ""
    old: str | None = None
    new: str | None = None
    note: str = ""
    path: str = ""
    line: int = 0

    def in_words(self, *, with_bank: bool = False) -> str:
        """Return the difference as a line for people. `with_bank` says of which bank the question is."""
        return printable(f"{self._words(with_bank)}{f' ({self.note})' if self.note else ''}")

    def _words(self, with_bank: bool) -> str:
        name = f"bank {self.bank}" if self.question is None else self.question
        name = f"{self.bank}/{name}" if with_bank and self.question is not None else name
        old, new = shortened(self.old, self.new)
        match self.what:
            case "added" | "removed":
                kind = f" {self.aspect}" if self.aspect else ""
                return f"{self.what}{kind} {name}{f': {new or old}' if new or old else ''}"
            case "moved" | "renamed":
                return f"{self.what} {name} from {old} to {new}"
            case "faulty":
                return f"{name} cannot be compared: it has faults in the {self.aspect} state"
            case _ if self.old is not None and self.new is not None:
                return f"{self.aspect} of {name} changed from {old} to {new}"
            case _ if self.new is not None:
                return f"{self.aspect} added to {name}: {new}"
            case _ if self.old is not None:
                return f"{self.aspect} removed from {name}: {old}"
            case _:
                return f"{self.aspect} of {name} changed"


def shortened(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Return two texts as they are shown: of long ones the stretch in which they begin to differ."""
    if old is None or new is None:
        return (_shown(old, 0) if old is not None else None), (_shown(new, 0) if new is not None else None)
    same = (one == other for one, other in zip(old, new, strict=False))
    common = next((place for place, alike in enumerate(same) if not alike), min(len(old), len(new)))
    start = max(0, common - _BEFORE) if max(len(old), len(new)) > _MOST else 0
    return _shown(old, start), _shown(new, start)


def _shown(text: str, start: int) -> str:
    text = text.strip() if not start else text
    part = text[start : start + _MOST]
    cut = f"{'…' if start else ''}{part}{'…' if start + _MOST < len(text) else ''}"
    plain = cut == text and text and not any(character.isspace() for character in text)
    return cut if plain else f'"{cut}"'
