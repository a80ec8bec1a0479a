"""Put items in order."""

from typing import Annotated, ClassVar, Literal

from quizlib.authoring.fields import Field, FilledText, TextFields
from quizlib.authoring.question import Lowering, Question, identifiers
from quizlib.model import Associable, Content, Order


class ItemFields(TextFields):
    """One item of the order."""

    text: Annotated[FilledText, Field(description="The item.")]


class Ordering(Question):
    """Put items in order. With `items_format: code` the items are lines of a program."""

    SUMMARY: ClassVar[str] = "Put items, or the lines of a program, in order."

    type: Literal["ordering"]
    items: Annotated[list[ItemFields], Field(min_length=2, description="The items, in the right order.")]
    items_format: Annotated[
        Literal["markdown", "code"], Field(description="Whether items are Markdown, or lines of a program.")
    ] = "markdown"
    partial_credit: Annotated[
        Literal["parts", "neighbours", "all_or_nothing"],
        Field(
            description="`parts`: each item in its place earns its share; `neighbours`: each two that follow each"
            " other as they should; `all_or_nothing`: full marks or none."
        ),
    ] = "parts"

    def interaction(self, lowering: Lowering) -> Order:
        """Return the items in the right order."""
        names = identifiers(self.id, [item.text for item in self.items])
        return Order(
            tuple(
                Associable(name, Content(item.text, self.items_format), lowering.place.at("items", index, "text"))
                for index, (name, item) in enumerate(zip(names, self.items, strict=True))
            )
        )


QUESTION = Ordering
