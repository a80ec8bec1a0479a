"""Give each source its target."""

from typing import Annotated, ClassVar, Literal

from quizlib.authoring.fields import Field, Fields, FilledText, Truth
from quizlib.authoring.question import Lowering, Question, identifiers
from quizlib.model import Associable, Content, Match


class PairFields(Fields):
    """A source and the target that belongs to it."""

    source: Annotated[FilledText, Field(description="What a target is sought for, in Markdown.")]
    target: Annotated[FilledText, Field(description="What belongs to it: a short plain text.")]


class Matching(Question):
    """Give each source its target. Pairs with the same target text share it."""

    SUMMARY: ClassVar[str] = "Give each source its target."

    type: Literal["matching"]
    pairs: Annotated[list[PairFields], Field(min_length=2, description="Sources and their targets.")]
    extra_targets: Annotated[list[FilledText], Field(description="Targets that belong to no source.")] = []
    shuffle: Annotated[Truth | None, Field(description="Whether sources are shuffled.")] = None
    partial_credit: Annotated[
        Literal["parts", "all_or_nothing"],
        Field(description="`parts`: each pair that is right earns its share; `all_or_nothing`: full marks or none."),
    ] = "parts"

    def interaction(self, lowering: Lowering) -> Match:
        """Return the match; a target that several sources share is there once."""
        place = lowering.place
        sources = tuple(
            Associable(identifier, Content(pair.source), place.at("pairs", index, "source"))
            for index, (identifier, pair) in enumerate(
                zip(identifiers(f"{self.id} source", [pair.source for pair in self.pairs]), self.pairs, strict=True)
            )
        )
        places = {pair.target: place.at("pairs", index, "target") for index, pair in reversed([*enumerate(self.pairs)])}
        wanted = [(text, places[text]) for text in dict.fromkeys(pair.target for pair in self.pairs)]
        wanted += [(text, place.at("extra_targets", index)) for index, text in enumerate(self.extra_targets)]
        targets = tuple(
            Associable(identifier, Content(text, "plain"), where)
            for identifier, (text, where) in zip(
                identifiers(f"{self.id} target", [text for text, _ in wanted]), wanted, strict=True
            )
        )
        by_text = {target.content.text: target.identifier for target in reversed(targets)}
        pairs = tuple(
            (source.identifier, by_text[pair.target]) for source, pair in zip(sources, self.pairs, strict=True)
        )
        return Match(sources, targets, pairs, lowering.shuffle if self.shuffle is None else self.shuffle)


QUESTION = Matching
