"""Programs, and what may be said of how they end."""

from __future__ import annotations

import dataclasses
import enum


class Whitespace(enum.StrEnum):
    """How much of the white space counts when an output is compared.

    TRAILING: line ends are alike, and white space at the end of a line and blank lines at the end do
    not count. ANY: every stretch of white space is one blank. EXACT: every character counts, but for
    the end of the last line.
    """

    TRAILING = "trailing"
    ANY = "any"
    EXACT = "exact"


@dataclasses.dataclass(frozen=True, slots=True)
class Program:
    """Everything that decides what a run prints. Equal programs are run once.

    `timeout` is the wall time in seconds; `files` are name and content, beside the program. `runtimes` are
    the names of those on which it must end alike, none for the default one. `processes` is how many it may
    start.
    """

    language: str
    source: str
    stdin: str = ""
    arguments: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    timeout: float = 5.0
    runtimes: tuple[str, ...] = ()
    processes: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Output:
    """The program ends well and has printed `text`."""

    text: str
    whitespace: Whitespace = Whitespace.TRAILING

    def matches(self, printed: str) -> bool:
        """Whether `printed` is this text, as far as white space counts."""
        return self.comparable(self.text) == self.comparable(printed)

    def comparable(self, text: str) -> str:
        """Return `text` as far as its white space counts here: texts that match are then equal."""
        return _comparable(text, self.whitespace)


@dataclasses.dataclass(frozen=True, slots=True)
class Ending:
    """The program ends with this exception, or with this exit status."""

    exception: str | None = None
    exit_status: int | None = None


def _comparable(text: str, whitespace: Whitespace) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    match whitespace:
        case Whitespace.ANY:
            return " ".join(text.split())
        case Whitespace.TRAILING:
            return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")
        case Whitespace.EXACT:
            return text.removesuffix("\n")
