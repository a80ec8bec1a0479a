"""Lines that a learner types, until they make a response to a question."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, assert_never

from quizlib.diagnostics import printable
from quizlib.grading import Reason, State, score_interaction
from quizlib.model import Choice, ExtendedText, InlineChoice, Interaction, Item, Match, Option, Order, TextEntry
from quizlib.taking import arrangement
from quizlib.taking.markdown import plain_line
from quizlib.taking.parsing import Misread, chosen, ordered, paired

END = "."
_REASONS = {
    Reason.NOT_A_NUMBER: "This is not a number. Type digits, such as 12 or 0.5, and no unit.",
    Reason.AMBIGUOUS_NUMBER: "This comma may divide thousands or decimals. Type 1000 or 1.0 in place of 1,000.",
}
_AMBIGUOUS_POINT = "This point may divide thousands or decimals. Type 1000 or 1,0 in place of 1.000."


@dataclasses.dataclass(frozen=True, slots=True)
class Given:
    """A response, complete, as grading takes it."""

    response: Any


class Reply:
    """The response to a question while it is being typed."""

    def __init__(self, item: Item, seed: str) -> None:
        self._item = item
        self._seed = seed
        self._lines: list[str] = []
        self._gaps: dict[str, Any] = {}
        self._gap = 0

    @property
    def is_begun(self) -> bool:
        """Whether something was typed that is not yet a response."""
        return bool(self._lines or self._gap)

    @property
    def several_lines(self) -> bool:
        """Whether a line with a single dot ends the response."""
        return has_several_lines(self._item.interaction)

    @property
    def is_text(self) -> bool:
        """Whether the next line may be any text."""
        return isinstance(self._asked, TextEntry | ExtendedText)

    @property
    def prompt(self) -> str:
        """What is asked for next."""
        interaction = self._item.interaction
        if isinstance(interaction, InlineChoice):
            gap = interaction.gaps[self._gap].interaction
            return f"Gap {self._gap + 1} of {len(interaction.gaps)}{_of_unit(gap)}"
        return "" if self._lines else f"{_asking(interaction)}{_of_unit(interaction)}"

    @property
    def options(self) -> dict[str, Option]:
        """The options of the gap that is asked for, by their letters; none elsewhere."""
        interaction = self._item.interaction
        if isinstance(interaction, InlineChoice) and isinstance(gap := self._asked, Choice):
            return arrangement.options(gap, self._item.identifier, self._seed)
        return {}

    @property
    def _asked(self) -> Interaction:
        interaction = self._item.interaction
        return interaction.gaps[self._gap].interaction if isinstance(interaction, InlineChoice) else interaction

    def feed(self, line: str) -> Given | Misread | None:
        """Take a line. Returns the response, why it is none, or None where more is to be typed."""
        if self.several_lines:
            if line != END:
                self._lines.append(line[1:] if line.startswith(END) and not line.strip(END) else line)
                return None
            text, self._lines = "\n".join(self._lines), []
            return Given(text)
        response = self._read(self._asked, line)
        if isinstance(response, Misread) or not isinstance(self._item.interaction, InlineChoice):
            return response if isinstance(response, Misread) else Given(response)
        return self._filled(self._item.interaction, response)

    def _filled(self, interaction: InlineChoice, response: Any) -> Given | None:
        gap = interaction.gaps[self._gap]
        if score_interaction(gap.interaction, response).state is not State.UNANSWERED:
            self._gaps[gap.identifier] = response
        self._gap += 1
        if self._gap < len(interaction.gaps):
            return None
        response, self._gaps, self._gap = self._gaps, {}, 0
        return Given(response)

    def _read(self, interaction: Interaction, line: str) -> Any:
        """Return the response that a line is, or a Misread."""
        name, seed = self._item.identifier, self._seed
        match interaction:
            case Choice(max_choices=most):
                options = arrangement.options(interaction, name, seed)
                by_text = {_typed_out(option): letter for letter, option in reversed(options.items())}
                ids = {letter: option.identifier for letter, option in options.items()}
                return chosen(line, ids, by_text, several=most != 1)
            case TextEntry():
                reason = unreadable(interaction, line)
                return line if reason is None else Misread(reason)
            case Match():
                return paired(
                    line, _ids(arrangement.sources(interaction, name, seed)), _ids(arrangement.targets(interaction))
                )
            case Order():
                return ordered(line, _ids(arrangement.rows(interaction, name, seed)))
            case ExtendedText() | InlineChoice():
                return line
            case _:
                assert_never(interaction)


def has_several_lines(interaction: Interaction) -> bool:
    """Whether a response may have several lines: an essay, or what a program prints on more than one."""
    if isinstance(interaction, TextEntry):
        texts = (accepted.text.rstrip("\n") for accepted in interaction.accepted)
        return interaction.base_type == "output" and any("\n" in text for text in texts)
    return isinstance(interaction, ExtendedText)


def unreadable(entry: TextEntry, text: str) -> str | None:
    """Return why a text cannot be taken for a response, as a sentence; None where it can."""
    problems = score_interaction(entry, text).problems
    if not problems:
        return None
    if entry.decimal_comma and problems[0].reason is Reason.AMBIGUOUS_NUMBER:
        return _AMBIGUOUS_POINT
    return _REASONS.get(problems[0].reason, "This cannot be read.")


def _typed_out(option: Option) -> str:
    text = plain_line(option.content.text) if option.content.format == "markdown" else option.content.text
    return " ".join(re.sub("`", "", text).lower().split())


def _ids(parts: dict[str, Any]) -> dict[str, str]:
    return {label: part.identifier for label, part in parts.items()}


def _of_unit(interaction: Interaction) -> str:
    return f" in {printable(interaction.unit)}" if isinstance(interaction, TextEntry) and interaction.unit else ""


def _asking(interaction: Interaction) -> str:
    match interaction:
        case Choice(max_choices=1):
            return "Letter"
        case Choice():
            return "Letters of all that are right, such as a c"
        case TextEntry(base_type="number"):
            return "Number"
        case Match():
            return "Pairs, such as 1b 2a"
        case Order():
            return "Numbers in the right order, such as 3 1 2"
        case TextEntry() | ExtendedText() if has_several_lines(interaction):
            return "Answer, ended by a line with a single dot"
        case TextEntry(base_type="output"):
            return "What is printed"
        case _:
            return "Answer"
