"""Programs that are run for the proof of a question and never shown: `verify`, and `computed` of a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from quizlib.authoring.fields import Field, Number, Text, TextFields
from quizlib.authoring.listing import FileName
from quizlib.diagnostics import Key, Place
from quizlib.model import (
    Accepted,
    Choice,
    ExtendedText,
    Fails,
    Holds,
    InlineChoice,
    Interaction,
    Match,
    Option,
    Order,
    Program,
    TextEntry,
)

SAME_PROGRAM = "the program is given both as `source` and as `text`"
NO_PROGRAM = "there is no program"
NOTHING_TO_VERIFY = "an essay has no key that a program could check"


class ProofProgram(TextFields):
    """A program that proves something of the question. A text alone is the source of a Python program."""

    text: Annotated[Text | None, Field(description="The same as `source`.")] = None
    source: Annotated[Text | None, Field(description="The program.")] = None
    language: Annotated[Text, Field(description="Programming language; `python` when absent.")] = "python"
    stdin: Annotated[
        Text | None,
        Field(description="Text on standard input, instead of the answer that is checked."),
    ] = None
    files: Annotated[dict[FileName, Text], Field(description="Files beside the program: name and content.")] = {}
    timeout: Annotated[Number, Field(gt=0, le=60, description="Seconds that the program may take; 5 when absent.")] = (
        5.0
    )

    def problem(self) -> tuple[str, bool] | None:
        """Say what is wrong with it as a whole, and whether that is something missing."""
        if self.text is not None and self.source is not None:
            return SAME_PROGRAM, False
        return (NO_PROGRAM, True) if not (self.text or self.source or "").strip() else None

    def program(self, *arguments: str) -> Program:
        """Return the program with these arguments, of which the first one is its input too, unless it has one."""
        given = self.stdin if self.stdin is not None else "".join(arguments[:1])
        return Program(
            language=self.language,
            source=self.source or self.text or "",
            stdin=given,
            arguments=arguments,
            files=tuple(sorted(self.files.items())),
            timeout=self.timeout,
        )


def verifications(verify: ProofProgram, interaction: Interaction, place: Place) -> Iterator[Holds | Fails]:
    """Claim that a check passes for the key and fails for every distractor. `place` is that of the question."""
    match interaction:
        case Choice() | TextEntry():
            yield from _of_answers(verify, interaction, ())
        case InlineChoice(gaps=gaps):
            for gap in gaps:
                yield from _of_answers(verify, gap.interaction, (gap.identifier,))
        case Match() | Order():
            keys: tuple[Key, ...] = ("pairs",) if isinstance(interaction, Match) else ("items",)
            text = "\n".join(_lines(interaction))
            yield Holds(verify.program(text), text, place.at(*keys))
        case ExtendedText():
            return


def _of_answers(
    verify: ProofProgram, interaction: Choice | TextEntry, arguments: tuple[str, ...]
) -> Iterator[Holds | Fails]:
    answers = interaction.options if isinstance(interaction, Choice) else interaction.accepted
    for answer in answers:
        is_key = _is_key(answer)
        if is_key is not None:
            text = (answer.content.text if isinstance(answer, Option) else answer.text).rstrip("\r\n")
            claim = Holds if is_key else Fails
            yield claim(verify.program(text, *arguments), text, answer.place)


def _is_key(answer: Option | Accepted) -> bool | None:
    """Whether an answer is the key or a distractor; None for a typed text that is half right."""
    if isinstance(answer, Option):
        return answer.correct
    if answer.fraction >= 1:
        return True
    return None if answer.fraction > 0 else False


def _lines(interaction: Match | Order) -> Iterator[str]:
    """Yield the key, one pair or entry after the other."""
    if isinstance(interaction, Order):
        yield from (item.content.text.rstrip("\r\n") for item in interaction.items)
        return
    texts = {part.identifier: part.content.text.rstrip("\r\n") for part in (*interaction.sources, *interaction.targets)}
    yield from (f"{texts[source]}\t{texts[target]}" for source, target in interaction.pairs)
