"""Write at length."""

from typing import Annotated, ClassVar, Literal

from quizlib.authoring.fields import Field, FilledText, Integer, Points, Text, TextFields
from quizlib.authoring.question import Lowering, Question
from quizlib.model import ExtendedText, RubricRow


class RubricFields(TextFields):
    """One row of the rubric."""

    text: Annotated[FilledText, Field(description="What the marker looks for.")]
    points: Annotated[Points | None, Field(description="What it is worth.")] = None


class Essay(Question):
    """Write at length; a person marks it by the rubric."""

    SUMMARY: ClassVar[str] = "Write at length; a person marks it."

    type: Literal["essay"]
    expected_lines: Annotated[Integer, Field(ge=1, le=1000, description="Height of the field, in lines.")] = 15
    rubric: Annotated[list[RubricFields], Field(description="What the marker looks for.")] = []
    response_format: Annotated[Literal["text", "code"], Field(description="Whether learners write text or code.")] = (
        "text"
    )
    template: Annotated[Text | None, Field(description="The text that the learner starts from.")] = None

    def interaction(self, lowering: Lowering) -> ExtendedText:
        """Return the entry of a long text."""
        rows = tuple(RubricRow(row.text, row.points) for row in self.rubric)
        return ExtendedText(self.expected_lines, rows, self.response_format, self.template)


QUESTION = Essay
