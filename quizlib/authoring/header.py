"""The fields of a bank beside its questions."""

from typing import Annotated, Literal

from quizlib.authoring.blueprint import BlueprintFields
from quizlib.authoring.fields import Field, Fields, FilledText, Identifier, Points, Text, Truth
from quizlib.authoring.listing import Snippet
from quizlib.authoring.question import Difficulties
from quizlib.model import Lesson, LessonSection, Listing


class Defaults(Fields):
    """What holds for questions that do not say."""

    points: Annotated[Points | None, Field(description="Full marks; 1 when absent, for a cloze one for each gap.")] = (
        None
    )
    shuffle: Annotated[Truth, Field(description="Whether options are shuffled.")] = True
    difficulty: Annotated[Difficulties | None, Field(description="How hard questions are.")] = None


class SectionFields(Fields):
    """A section of the lesson."""

    title: Annotated[FilledText, Field(description="Heading of the section.")]
    kind: Annotated[
        Literal["text", "scenario", "problem", "analogy", "before_after", "enables", "example"],
        Field(description="What the section does."),
    ] = "text"
    text: Annotated[Text | None, Field(description="The section, in Markdown.")] = None
    before: Annotated[Snippet | None, Field(description="A program as it was.")] = None
    after: Annotated[Snippet | None, Field(description="The program as it became.")] = None
    objectives: Annotated[
        list[FilledText],
        Field(description="What is taught; questions with one of these objectives practise it."),
    ] = []

    def lower(self) -> LessonSection:
        """Return the section as it is delivered."""
        before, after = _listing(self.before), _listing(self.after)
        return LessonSection(self.title, self.kind, self.text, before, after, tuple(self.objectives))


class LessonFields(Fields):
    """The page that the quiz belongs to."""

    big_idea: Annotated[Text | None, Field(description="The lesson in one or two sentences.")] = None
    sections: Annotated[list[SectionFields], Field(description="The sections, in order.")] = []
    takeaways: Annotated[list[FilledText], Field(description="What to remember.")] = []

    def lower(self) -> Lesson:
        """Return the lesson as it is delivered."""
        return Lesson(self.big_idea, tuple(section.lower() for section in self.sections), tuple(self.takeaways))


class Header(Fields):
    """A bank: everything but its questions."""

    format: Annotated[Literal["1"], Field(description="Version of the bank format.")]
    id: Annotated[Identifier, Field(description="Identity of the bank.")]
    title: Annotated[FilledText, Field(description="Title shown to learners.")]
    description: Annotated[Text | None, Field(description="One paragraph about the bank, in Markdown.")] = None
    language: Annotated[
        Text,
        Field(
            pattern=r"^([A-Za-z]{2,8}|[xX]-[A-Za-z0-9]{1,8})(-[A-Za-z0-9]{1,8})*$",
            description="Language of the texts, such as `en`.",
        ),
    ] = "en"
    license: Annotated[Text | None, Field(description="SPDX identifier, such as `CC-BY-4.0`.")] = None
    authors: Annotated[list[FilledText], Field(description="Who wrote the bank.")] = []
    category: Annotated[FilledText | None, Field(description="Path in the LMS; the title when absent.")] = None
    tags: Annotated[list[FilledText], Field(description="Tags added to every question.")] = []
    runtimes: Annotated[
        list[FilledText],
        Field(description="Runtimes that programs of their language must end alike on, such as `python3.11`."),
    ] = []
    defaults: Annotated[Defaults, Field(description="What holds for questions that do not say.")] = Defaults()
    raw_html: Annotated[
        Literal["inert", "sanitized"],
        Field(description="`inert`: raw HTML is shown as typed; `sanitized`: harmless HTML is kept."),
    ] = "inert"
    lesson: Annotated[LessonFields | None, Field(description="The page that the quiz belongs to.")] = None
    blueprint: Annotated[
        BlueprintFields | None, Field(description="What a test of the bank is made of; ten questions when absent.")
    ] = None


def _listing(snippet: Snippet | None) -> Listing | None:
    return Listing(snippet.language, snippet.source) if snippet else None
