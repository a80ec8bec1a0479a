"""Say whether a statement is true."""

from typing import Annotated, ClassVar, Literal

from quizlib.authoring.fields import Field, Truth
from quizlib.authoring.question import Lowering, Question, identifiers
from quizlib.model import Choice, Content, Option


class TrueFalse(Question):
    """Say whether a statement is true."""

    SUMMARY: ClassVar[str] = "Say whether a statement is true."

    type: Literal["true_false"]
    answer: Annotated[Truth, Field(description="`true` when the statement is true.")]

    def interaction(self, lowering: Lowering) -> Choice:
        """Return a choice of two options, True and False, that are never shuffled."""
        texts = ("True", "False")
        names = identifiers(self.id, texts)
        return Choice(
            tuple(
                Option(
                    identifier=name,
                    content=Content(text, "plain"),
                    fraction=1.0 if (text == "True") is self.answer else 0.0,
                    correct=(text == "True") is self.answer,
                    place=lowering.place.at("answer"),
                )
                for name, text in zip(names, texts, strict=True)
            ),
            max_choices=1,
            shuffle=False,
        )


QUESTION = TrueFalse
