"""Type a number."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from quizlib.authoring.fields import DecimalText, Field, Integer, Text
from quizlib.authoring.question import Fault, Lowering, Question, program_faults
from quizlib.authoring.tolerance import ToleranceText, absolute_tolerance
from quizlib.authoring.verification import ProofProgram
from quizlib.model import Accepted, Claim, Equals, PrintsNumber, TextEntry


class Numeric(Question):
    """Type a number, right within a tolerance."""

    SUMMARY: ClassVar[str] = "Type a number, right within a tolerance."

    type: Literal["numeric"]
    answer: Annotated[DecimalText, Field(description="The right number.")]
    tolerance: Annotated[
        ToleranceText | None, Field(description="How far off is still right: a number, or a share of the answer in %.")
    ] = None
    significant_figures: Annotated[
        Integer | None,
        Field(ge=1, le=15, description="Right when it agrees in so many significant figures, instead of a tolerance."),
    ] = None
    unit: Annotated[Text | None, Field(description="Unit shown after the field.")] = None
    computed: Annotated[
        ProofProgram | None, Field(description="A program that is not shown and prints the right number.")
    ] = None

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the question as a whole."""
        if self.tolerance is not None and self.significant_figures is not None:
            yield Fault(("significant_figures",), "the question has both `tolerance` and `significant_figures`")
        yield from program_faults("computed", self.computed)

    def interaction(self, lowering: Lowering) -> TextEntry:
        """Return the entry of a number."""
        accepted = Accepted(self.answer, lowering.place.at("answer"))
        return TextEntry((accepted,), "number", tolerance=self._tolerance(), unit=self.unit)

    def claims(self, lowering: Lowering) -> Iterator[Claim]:
        """Claim that the program, and the check where it computes something, arrive at the answer."""
        if self.computed is not None:
            place = lowering.place.at("answer")
            yield PrintsNumber(self.computed.program(), Decimal(self.answer), self._tolerance(), place)
        if (check := self.solution.check) is not None:
            place = lowering.place.at("solution", "check")
            yield Equals(check, place, key=Decimal(self.answer), tolerance=self._tolerance())

    def _tolerance(self) -> Decimal:
        return absolute_tolerance(Decimal(self.answer), self.tolerance, self.significant_figures)


QUESTION = Numeric
