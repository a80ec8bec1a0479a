"""Choose all right options."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from quizlib.authoring.fields import Field, Truth
from quizlib.authoring.question import Fault, Lowering, OptionFields, Question, lowered_options
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
    partial_credit: Annotated[
        Literal["shares", "every_decision", "all_or_nothing"],
        Field(
            description="`shares`: each chosen option earns or costs its share; `every_decision`: each option counts,"
            " rightly chosen or rightly left; `all_or_nothing`: full marks or none."
        ),
    ] = "shares"

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the question as a whole."""
        for index, option in enumerate(self.options):
            if self.partial_credit == "every_decision" and option.fraction is not None:
                message = "`fraction` says nothing where every decision counts the same"
                yield Fault(("options", index, "fraction"), message, "leave it out, or write `partial_credit: shares`")

    def interaction(self, lowering: Lowering) -> Choice:
        """Return the choice."""
        options = lowered_options(self.id, self.options, lowering.place, single=False, format=self.options_format)
        return Choice(options, 0, lowering.shuffle if self.shuffle is None else self.shuffle)


QUESTION = MultipleResponse
