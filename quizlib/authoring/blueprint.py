"""The blueprint of a test, as an author writes it."""

from typing import Annotated, Literal

from quizlib.authoring.fields import Field, Fields, FilledText, Integer, Number
from quizlib.model import Blueprint, BlueprintPart


class PartFields(Fields):
    """So many questions of a kind."""

    count: Annotated[Integer, Field(ge=1, le=1000, description="How many questions.")]
    difficulty: Annotated[
        Literal["easy", "medium", "hard"] | None, Field(description="How hard they are; any when absent.")
    ] = None
    tags: Annotated[list[FilledText], Field(description="Each has one of these tags.")] = []
    objectives: Annotated[list[FilledText], Field(description="Each has one of these objectives.")] = []
    question_types: Annotated[
        list[FilledText],
        Field(description="Each is of one of these types; essays are drawn only where they are named."),
    ] = []

    def lower(self) -> BlueprintPart:
        """Return the part as it is delivered."""
        return BlueprintPart(
            self.count, self.difficulty, tuple(self.tags), tuple(self.objectives), tuple(self.question_types)
        )


class BlueprintFields(Fields):
    """What a test is made of."""

    parts: Annotated[
        list[PartFields], Field(min_length=1, max_length=100, description="What the test is made of, in order.")
    ]
    time_limit: Annotated[
        Number | None, Field(gt=0, le=1440, description="Minutes that the test may take; no limit when absent.")
    ] = None

    def lower(self) -> Blueprint:
        """Return the blueprint as it is delivered."""
        return Blueprint(tuple(part.lower() for part in self.parts), self.time_limit)
