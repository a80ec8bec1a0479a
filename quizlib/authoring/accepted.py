"""Texts that are accepted when a learner types them."""

from collections.abc import Sequence
from typing import Annotated

from quizlib.authoring.fields import Field, FilledText, Share, Text, TextFields
from quizlib.diagnostics import Place
from quizlib.model import Accepted


class AcceptedFields(TextFields):
    """A text that earns the full marks, or a share of them."""

    text: Annotated[FilledText, Field(description="The text that is accepted.")]
    fraction: Annotated[Share, Field(description="Share of the full marks; 1 when absent.")] = 1.0
    feedback: Annotated[Text | None, Field(description="What to tell a learner who typed it.")] = None


def lowered_accepted(accepted: Sequence[AcceptedFields], place: Place) -> tuple[Accepted, ...]:
    """Lower accepted texts; `place` is that of their list."""
    return tuple(
        Accepted(entry.text, place.at(index, "text"), entry.fraction, entry.feedback)
        for index, entry in enumerate(accepted)
    )
