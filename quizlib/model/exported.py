"""What an exporter makes: files, and what its format could not hold."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping

from quizlib.diagnostics import Place


class Lost(enum.Enum):
    """Every kind of loss, with its code. The name in lower case, with hyphens, is its rule."""

    QUESTION = "QZ701"
    TEXT_TOO_LONG = "QZ702"
    FRACTION = "QZ703"
    FIXED_OPTION = "QZ704"
    PATTERN = "QZ705"
    HINT = "QZ706"
    TAG = "QZ707"
    LESSON = "QZ708"
    FEEDBACK = "QZ709"
    CHARACTER = "QZ710"
    WHITESPACE = "QZ712"
    IMAGE = "QZ713"
    POINTS = "QZ714"
    FORMAT = "QZ715"
    SCORING = "QZ716"

    @property
    def rule(self) -> str:
        """The name under which the loss is reported, such as `lost-hint`."""
        return "lost-" + self.name.lower().replace("_", "-")


@dataclasses.dataclass(frozen=True, slots=True)
class Loss:
    """Something that a format cannot hold, at the place in the bank where it stands."""

    kind: Lost
    message: str
    place: Place
    help: str | None = None
    item: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Exported:
    """Files by name, and the losses."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...] = ()
