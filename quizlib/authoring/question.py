"""The fields that every question has, and how they are lowered."""

import dataclasses
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from quizlib.authoring.fields import (
    Field,
    Fields,
    FilledText,
    Identifier,
    Integer,
    Points,
    Share,
    Text,
    TextFields,
    Truth,
)
from quizlib.authoring.listing import Code
from quizlib.authoring.parameters import ParameterFields
from quizlib.authoring.steps import StepFields, reached, step_problems
from quizlib.authoring.verification import NOTHING_TO_VERIFY, ProofProgram, verifications
from quizlib.diagnostics import Key, Place
from quizlib.model import (
    Choice,
    Claim,
    CommonMistake,
    Content,
    Difficulty,
    Equals,
    Feedback,
    Interaction,
    Item,
    Listing,
    Option,
    PartialCredit,
    Solution,
    Step,
    TextEntry,
)

_EQUATES = re.compile("[=≈]")
Difficulties = Literal["easy", "medium", "hard"]


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a question as a whole; `keys` lead to it from the question."""

    keys: tuple[Key, ...]
    message: str
    help: str | None = None
    missing: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Lowering:
    """What a question needs to know of its bank in order to be lowered.

    `files` holds the text of each file that the question's code names.
    """

    place: Place
    tags: tuple[str, ...] = ()
    points: float | None = None
    shuffle: bool = True
    difficulty: Difficulty | None = None
    runtimes: tuple[str, ...] = ()
    files: Mapping[str, str] = dataclasses.field(default_factory=dict)


class SolutionFields(Fields):
    """The stepwise worked solution."""

    steps: Annotated[list[StepFields], Field(description="The steps, in order.")] = []
    final_answer: Annotated[FilledText | None, Field(description="The answer that the steps arrive at: the key.")] = (
        None
    )
    check: Annotated[
        FilledText | None,
        Field(description="A quick check, such as `0.8 * 0.7**3 = 0.2744`. Equations in it are evaluated."),
    ] = None


class MistakeFields(TextFields):
    """A mistake that learners make."""

    text: Annotated[FilledText, Field(description="What the learner does wrong.")]
    yields: Annotated[Text | None, Field(description="The text of the distractor that the mistake leads to.")] = None
    replace: Annotated[
        dict[str, Text] | None,
        Field(
            description="What to replace in the program, so that it makes the mistake. The changed program is"
            " run and must print what `yields` says."
        ),
    ] = None
    source: Annotated[
        Text | None, Field(description="The whole program as changed by the mistake, instead of `replace`.")
    ] = None
    feedback: Annotated[Text | None, Field(description="What to tell a learner who made this mistake.")] = None


class FeedbackFields(Fields):
    """What learners read after they have responded."""

    general: Annotated[Text | None, Field(description="Shown to everybody.")] = None
    correct: Annotated[Text | None, Field(description="Shown after a right response.")] = None
    partially_correct: Annotated[Text | None, Field(description="Shown after a partly right response.")] = None
    incorrect: Annotated[Text | None, Field(description="Shown after a wrong response.")] = None


class OptionFields(TextFields):
    """One option of a choice."""

    text: Annotated[FilledText, Field(description="The option, exactly as typed: `0.270`, `no` and `007` stay so.")]
    correct: Annotated[Truth, Field(description="`true` for the key.")] = False
    fraction: Annotated[
        Share | None,
        Field(description="Share of the full marks, from -1 to 1 or in %, when right or wrong is not enough."),
    ] = None
    feedback: Annotated[Text | None, Field(description="What to tell a learner who chose this option.")] = None
    rationale: Annotated[
        Text | None, Field(description="Why the option is there: for reviewers, never exported to learners.")
    ] = None
    fixed: Annotated[Truth, Field(description="`true` keeps the option in its place when options are shuffled.")] = (
        False
    )


class Question(Fields):
    """Base of all question types: the shared fields, and `lower()` to join the two models.

    A type says its own name in `type`, adds its fields, and defines `interaction` and, where it has any,
    `faults` and `claims`.
    """

    SUMMARY: ClassVar[str] = ""

    id: Annotated[Identifier, Field(description="Identity of the question, in the bank and in every LMS.")]
    stem: Annotated[FilledText, Field(description="The question, in Markdown.")]
    title: Annotated[FilledText | None, Field(description="Name in the LMS's list; the id when absent.")] = None
    difficulty: Annotated[Difficulties | None, Field(description="How hard the question is.")] = None
    objectives: Annotated[list[FilledText], Field(description="What the question tests.")] = []
    tags: Annotated[list[FilledText], Field(description="Words to find the question by.")] = []
    points: Annotated[Points | None, Field(description="Full marks; the bank's default when absent.")] = None
    code: Annotated[Code | None, Field(description="A program shown under the stem.")] = None
    hints: Annotated[list[FilledText], Field(description="Hints, in the order in which they are given.")] = []
    solution: Annotated[SolutionFields, Field(description="The stepwise worked solution.")] = SolutionFields()
    common_mistakes: Annotated[list[MistakeFields], Field(description="Mistakes that learners make.")] = []
    feedback: Annotated[FeedbackFields, Field(description="What learners read afterwards.")] = FeedbackFields()
    verify: Annotated[
        ProofProgram | None,
        Field(description="A program that is run once for each answer, and must pass for the key only."),
    ] = None
    parameters: Annotated[
        dict[str, ParameterFields] | None,
        Field(description="Parameters that make several variants of the question; `{{ name }}` is filled in."),
    ] = None
    variants: Annotated[
        Integer | None, Field(ge=1, le=100, description="How many variants there are; at most 5 when absent.")
    ] = None
    seed: Annotated[Integer | None, Field(description="Another seed gives other variants; 0 when absent.")] = None

    def interaction(self, lowering: Lowering) -> Interaction:
        """Return what the learner does."""
        raise TypeError(f"{type(self).__name__} defines no interaction")

    def faults(self) -> Iterator[Fault]:
        """Yield what no single field shows to be wrong."""
        yield from ()

    def shared_faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the fields that every question has, and no single one of them shows."""
        yield from program_faults("verify", self.verify)
        if self.verify is not None and getattr(self, "type") == "essay":  # noqa: B009 - as in `lower`
            yield Fault(("verify",), NOTHING_TO_VERIFY, "leave it out")
        for name in ("variants", "seed"):  # `parameters` itself has been taken out by then
            if getattr(self, name) is not None:
                yield Fault((name,), f"`{name}` says nothing without `parameters`", "add `parameters`, or leave it out")
        for problem in step_problems(self.solution.steps, self.code):
            yield Fault(*problem)

    def claims(self, lowering: Lowering) -> Iterator[Claim]:
        """Yield the claims of this type, beside those of the fields that every question has."""
        yield from ()

    def natural_points(self) -> float:
        """Return the full marks of a question that does not say, in a bank that does not say either."""
        return 1.0

    def lowered_stem(self) -> str:
        """Return the stem as the item shows it."""
        return self.stem

    def lower(self, lowering: Lowering) -> Item:
        """Return the item that is proved, exported and graded."""
        interaction = self.interaction(lowering)
        shown = _shown_texts(interaction)
        return Item(
            identifier=self.id,
            title=self.title or self.id,
            question_type=getattr(self, "type"),  # noqa: B009 - declared by each type as a literal
            stem=self.lowered_stem(),
            interaction=interaction,
            place=lowering.place,
            code=self._listing(lowering),
            max_score=self.points or lowering.points or self.natural_points(),
            hints=tuple(self.hints),
            solution=Solution(
                tuple(Step(step.text, step.title) for step in self.solution.steps),
                _as_code(self.solution.final_answer, shown),
                self.solution.check,
            ),
            common_mistakes=tuple(self._mistake(mistake, shown, lowering) for mistake in self.common_mistakes),
            feedback=Feedback(**self.feedback.typed()),
            difficulty=self.difficulty or lowering.difficulty,
            tags=tuple(dict.fromkeys((*lowering.tags, *self.tags))),
            objectives=tuple(self.objectives),
            claims=(
                *self.claims(lowering),
                *(verifications(self.verify, interaction, lowering.place) if self.verify else ()),
                *reached(self.solution.steps, self.code, lowering.files, lowering.place),
                *self._equations(lowering.place),
            ),
            partial_credit=_rule(interaction, getattr(self, "partial_credit", None)),
        )

    def _listing(self, lowering: Lowering) -> Listing | None:
        if self.code is None:
            return None
        program = self.code.program(lowering.files)
        return Listing(program.language, program.source, program.stdin, program.arguments, program.files)

    def _mistake(self, mistake: MistakeFields, shown: Mapping[str, Content], lowering: Lowering) -> CommonMistake:
        source = mistake.source
        if source is None and mistake.replace is not None and self.code is not None:
            source = replaced(self.code.program(lowering.files).source, mistake.replace)
        return CommonMistake(mistake.text, _of_option(mistake.yields, shown), mistake.feedback, source)

    def _equations(self, place: Place) -> Iterator[Claim]:
        """Claim that the equations of the solution hold."""
        for index, step in enumerate(self.solution.steps):
            if _EQUATES.search(step.text):
                yield Equals(step.text, place.at("solution", "steps", index, "text"))
        if (check := self.solution.check) is not None and _EQUATES.search(check):
            yield Equals(check, place.at("solution", "check"))
        if (answer := self.solution.final_answer) is not None and _EQUATES.search(answer):
            yield Equals(answer, place.at("solution", "final_answer"))


def program_faults(name: str, program: ProofProgram | None) -> Iterator[Fault]:
    """Yield what is wrong with a program that is run for the proof, and stands under `name`."""
    problem = program.problem() if program else None
    if problem is not None:
        message, missing = problem
        yield Fault((name,), message, "write it as `source`", missing)


def replaced(source: str, replacements: Mapping[str, str]) -> str:
    """Apply replacements in order, each to every occurrence in the result of the one before."""
    for old, new in replacements.items():
        source = source.replace(old, new)
    return source


def _rule(interaction: Interaction, named: str | None) -> PartialCredit | None:
    """Return the rule that an author named, None where it is what holds anyway."""
    default = PartialCredit.SHARES if isinstance(interaction, Choice) else PartialCredit.PARTS
    rule = PartialCredit(named) if named else default
    return None if rule is default else rule


def _shown_texts(interaction: Interaction) -> dict[str, Content]:
    """Return the texts of the options, or of the output to be typed, as they are shown."""
    match interaction:
        case Choice(options=options):
            return {option.content.text.strip(): option.content for option in options}
        case TextEntry(base_type="output", accepted=accepted):
            return {entry.text.strip(): Content(entry.text, "code") for entry in accepted}
        case _:
            return {}


def _of_option(yields: str | None, options: Mapping[str, Content]) -> str | None:
    """Return the text of the option that `yields` names; ends of lines around it do not count."""
    if yields is None or yields.strip() not in options:
        return yields
    return options[yields.strip()].text


def _as_code(answer: str | None, options: Mapping[str, Content]) -> str | None:
    """Return a final answer that is the text of an option shown as code, as Markdown that shows it so."""
    if answer is None or answer.strip() not in options or options[answer.strip()].format != "code":
        return answer
    text = answer.strip("\n")
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    if "\n" in text:
        fence = ticks if len(ticks) >= 3 else "```"
        return f"{fence}\n{text}\n{fence}"
    return f"{ticks} {text} {ticks}" if len(ticks) > 1 or text != text.strip() else f"`{text}`"


def identifiers(question: str, texts: Sequence[str]) -> list[str]:
    """Return an identifier for each text that says nothing of its position.

    It is made from the question's id and the text, so that it stays when options are moved about, and a
    bank delivered without its key gives nothing away by it. Equal texts get a counter.
    """
    seen: dict[str, int] = {}
    found = []
    for text in texts:
        digest = "o" + hashlib.sha256(f"{question}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:10]
        seen[digest] = seen.get(digest, 0) + 1
        found.append(digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")
    return found


def lowered_options(
    question: str,
    options: Sequence[OptionFields],
    place: Place,
    *,
    single: bool,
    format: Literal["markdown", "code"] = "markdown",
    keys: tuple[Key, ...] = ("options",),
) -> tuple[Option, ...]:
    """Lower options: a key earns its share, a distractor nothing (of several, a share is taken off)."""
    right = sum(option.correct for option in options) or 1
    wrong = sum(not option.correct for option in options) or 1

    def fraction(option: OptionFields) -> float:
        if option.fraction is not None:
            return option.fraction
        if single:
            return 1.0 if option.correct else 0.0
        return 1 / right if option.correct else -1 / wrong

    return tuple(
        Option(
            identifier=identifier,
            content=Content(option.text, format),
            fraction=fraction(option),
            correct=option.correct,
            place=place.at(*keys, index, "text"),
            fixed=option.fixed,
            feedback=option.feedback,
            rationale=option.rationale,
        )
        for index, (identifier, option) in enumerate(
            zip(identifiers(question, [option.text for option in options]), options, strict=True)
        )
    )
