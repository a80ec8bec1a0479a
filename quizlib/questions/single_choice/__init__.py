"""Choose the one right option."""

from typing import Annotated, ClassVar, Literal

from quizlib.authoring.fields import Field, Truth
from quizlib.authoring.question import Lowering, OptionFields, Question, lowered_options
from quizlib.model import Choice


class SingleChoice(Question):
    """Choose the one right option."""

    SUMMARY: ClassVar[str] = "Choose the one right option."

    type: Literal["single_choice"]
    options: Annotated[list[OptionFields], Field(min_length=2, description="The options; one has `correct: true`.")]
    shuffle: Annotated[Truth | None, Field(description="Whether options are shuffled.")] = None
    options_format: Annotated[
        Literal["markdown", "code"], Field(description="Whether options are Markdown, or program text.")
    ] = "markdown"

    def interaction(self, lowering: Lowering) -> Choice:
        """Return the choice."""
        options = lowered_options(self.id, self.options, lowering.place, single=True, format=self.options_format)
        return Choice(options, 1, lowering.shuffle if self.shuffle is None else self.shuffle)


QUESTION = SingleChoice
