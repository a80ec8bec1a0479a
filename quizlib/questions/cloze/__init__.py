"""Fill the gaps in a text."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from quizlib.authoring.accepted import AcceptedFields, lowered_accepted
from quizlib.authoring.fields import DecimalText, Field, Fields, Integer, Truth
from quizlib.authoring.question import Fault, Lowering, OptionFields, Question, lowered_options
from quizlib.authoring.tolerance import ToleranceText, absolute_tolerance
from quizlib.diagnostics import Place
from quizlib.model import Accepted, Choice, Claim, Equals, Gap, InlineChoice, TextEntry

GAP = re.compile(r"\[\[([A-Za-z][A-Za-z0-9_-]*)\]\]")


class GapFields(Fields):
    """One gap: typed (`accepted`), chosen (`options`), or a number (`answer`)."""

    accepted: Annotated[list[AcceptedFields] | None, Field(min_length=1, description="Texts that are accepted.")] = None
    case_sensitive: Annotated[Truth, Field(description="Whether upper and lower case count.")] = False
    options: Annotated[list[OptionFields] | None, Field(min_length=2, description="Options to choose from.")] = None
    answer: Annotated[DecimalText | None, Field(description="The right number.")] = None
    tolerance: Annotated[ToleranceText | None, Field(description="How far off is still right.")] = None
    points: Annotated[Integer, Field(ge=1, le=100, description="Weight of the gap, a whole number.")] = 1

    def kinds(self) -> list[str]:
        """Return which of the three kinds the gap says it is; it should be one."""
        return [name for name in ("accepted", "options", "answer") if getattr(self, name) is not None]

    def lower(self, name: str, question: str, place: Place) -> Gap:
        """Return the gap as it is delivered. `place` is that of this mapping."""
        interaction: TextEntry | Choice
        if self.options is not None:
            interaction = Choice(lowered_options(f"{question} {name}", self.options, place, single=True), 1)
        elif self.accepted is not None:
            accepted = lowered_accepted(self.accepted, place.at("accepted"))
            interaction = TextEntry(accepted, "text", case_sensitive=self.case_sensitive)
        else:
            answer = self.answer or "0"
            accepted = (Accepted(answer, place.at("answer")),)
            interaction = TextEntry(accepted, "number", tolerance=self.absolute_tolerance())
        return Gap(name, interaction, place, self.points)

    def absolute_tolerance(self) -> Decimal:
        """Return how far off the number of the gap is still right; nothing for a gap that is no number."""
        return absolute_tolerance(Decimal(self.answer or "0"), self.tolerance, None)


class Cloze(Question):
    """Fill the gaps in a text, typed or chosen."""

    SUMMARY: ClassVar[str] = "Fill the gaps in a text, typed or chosen."

    type: Literal["cloze"]
    gaps: Annotated[
        dict[str, GapFields], Field(min_length=1, description="What belongs into each gap; `[[name]]` in the stem.")
    ]
    partial_credit: Annotated[
        Literal["parts", "all_or_nothing"],
        Field(description="`parts`: each gap that is right earns its share; `all_or_nothing`: full marks or none."),
    ] = "parts"

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the question as a whole."""
        in_stem = GAP.findall(self.stem)
        for name in dict.fromkeys(in_stem):
            if name not in self.gaps:
                yield Fault(("stem",), f"the gap `[[{name}]]` has no entry in `gaps`", f"add `{name}:` to `gaps`")
            if in_stem.count(name) > 1:
                yield Fault(("stem",), f"the gap `[[{name}]]` stands in the stem more than once")
        for name, gap in self.gaps.items():
            if name not in in_stem:
                yield Fault(("gaps", name), f"the gap `{name}` does not stand in the stem", f"write `[[{name}]]` there")
            if len(gap.kinds()) != 1:
                kinds = " and ".join(f"`{kind}`" for kind in gap.kinds()) or "none of them"
                message = f"a gap needs one of `accepted`, `options` and `answer`, and `{name}` has {kinds}"
                yield Fault(("gaps", name), message, missing=not gap.kinds())

    def natural_points(self) -> float:
        """Return the sum of the gaps' weights."""
        return float(sum(gap.points for gap in self.gaps.values()))

    def interaction(self, lowering: Lowering) -> InlineChoice:
        """Return the gaps in the order of the stem."""
        return InlineChoice(
            tuple(
                self.gaps[name].lower(name, self.id, lowering.place.at("gaps", name)) for name in GAP.findall(self.stem)
            )
        )

    def claims(self, lowering: Lowering) -> Iterator[Claim]:
        """Claim that the check arrives at the number of the gap, where that is the only one."""
        check, gaps = self.solution.check, list(self.gaps.values())
        if check is not None and len(gaps) == 1 and (answer := gaps[0].answer) is not None:
            tolerance = gaps[0].absolute_tolerance()
            yield Equals(check, lowering.place.at("solution", "check"), key=Decimal(answer), tolerance=tolerance)


QUESTION = Cloze
