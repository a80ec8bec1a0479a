"""Type a short text."""

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from quizlib.authoring.accepted import AcceptedFields, lowered_accepted
from quizlib.authoring.fields import Field, Text, Truth
from quizlib.authoring.question import Fault, Lowering, Question
from quizlib.model import TextEntry, Whitespace


class ShortAnswer(Question):
    """Type a short text; one of several may be accepted."""

    SUMMARY: ClassVar[str] = "Type a short text; one of several may be accepted."

    type: Literal["short_answer"]
    accepted: Annotated[list[AcceptedFields], Field(min_length=1, description="The texts that are accepted.")]
    case_sensitive: Annotated[Truth, Field(description="Whether upper and lower case count.")] = False
    whitespace: Annotated[
        Literal["collapse", "exact"],
        Field(description="`collapse`: a stretch of white space is one blank; `exact`: all of it counts."),
    ] = "collapse"
    pattern: Annotated[
        Text | None, Field(description="A regular expression; a text that matches it in full is accepted too.")
    ] = None

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the question as a whole."""
        if self.pattern is not None:
            if len(self.pattern) > 500:
                yield Fault(("pattern",), "the regular expression is longer than 500 characters")
                return
            try:
                re.compile(self.pattern)
            except (re.error, RecursionError, OverflowError) as error:
                yield Fault(("pattern",), f"the regular expression cannot be read: {error}")

    def interaction(self, lowering: Lowering) -> TextEntry:
        """Return the entry of a text."""
        return TextEntry(
            lowered_accepted(self.accepted, lowering.place.at("accepted")),
            "text",
            case_sensitive=self.case_sensitive,
            whitespace=Whitespace.ANY if self.whitespace == "collapse" else Whitespace.EXACT,
            pattern=self.pattern,
        )


QUESTION = ShortAnswer
