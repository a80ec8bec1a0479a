"""Choose all right options."""

from typing import Annotated, ClassVar, Literal

from quizlib.authoring.fields import Field, Truth
from quizlib.authoring.question import Lowering, OptionFields, Question, lowered_options
from quizlib.model import Choice


class MultipleResponse(Question):
    """Choose all right options. Each earns its share, and each wrong one takes a share off."""

    SUMMARY: ClassVar[str] = "Choose all right options."

    type: Literal["multiple_response"]
    options: Annotated[
        list[OptionFields], Field(min_length=2, description="The options; the right ones have `correct: true`.")
    ]
    shuffle: Annotated[Truth | None, Field(description="Whether options are shuffled.")] = None
    options_format: Annotated[
        Literal["markdown", "code"], Field(description="Whether options are Markdown, or program text.")
    ] = "markdown"

    def interaction(self, lowering: Lowering) -> Choice:
        """Return the choice."""
        options = lowered_options(self.id, self.options, lowering.place, single=False, format=self.options_format)
        return Choice(options, 0, lowering.shuffle if self.shuffle is None else self.shuffle)


QUESTION = MultipleResponse
