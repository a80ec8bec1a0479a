"""Results to grades: each response scored anew, and the verdict by subject, difficulty and objective."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from quizlib import results
from quizlib.bank import read_regular_file
from quizlib.delivery.checking import DocumentError
from quizlib.delivery.digest import digest
from quizlib.delivery.faults import document_faults
from quizlib.delivery.reading import Delivered
from quizlib.diagnostics import Diagnostic
from quizlib.grading import Outcome, State, attempted, guess, is_evidence
from quizlib.mastery import Evidence, Verdict, verdict
from quizlib.model import Item
from quizlib.results import Response, Result


class Remark(enum.StrEnum):
    """What is odd about a response: it is scored all the same where it can be.

    CHANGED: the question is not the one that was answered, and the verdict leaves it out. NOT_IN_FORM: there is no
    such question, and nothing is scored. MISSING: a question of the form that the result does not have counts as
    unanswered. AGAIN: the question was answered before in the same result, and the first time counts.
    """

    CHANGED = "changed"
    NOT_IN_FORM = "not-in-form"
    MISSING = "missing"
    AGAIN = "again"


@dataclasses.dataclass(frozen=True, slots=True)
class QuestionGrade:
    """A question of the form and what the response to it has earned."""

    item: Item
    response: Response
    outcome: Outcome

    @property
    def points(self) -> float:
        """What was earned, of the item's full marks."""
        return self.outcome.score * self.item.max_score

    @property
    def is_graded(self) -> bool:
        """Whether nobody has to mark it."""
        return self.outcome.state is not State.UNGRADED

    @property
    def is_changed(self) -> bool:
        """Whether the question is not the one that was answered."""
        return bool(self.response.digest) and self.response.digest != digest(self.item)

    @property
    def is_evidence(self) -> bool:
        """Whether it says anything about the learner."""
        return is_evidence(self.item, changed=self.is_changed)

    @property
    def evidence(self) -> Evidence:
        """What it says of the learner."""
        return Evidence(self.outcome.score, guess(self.item.interaction))


@dataclasses.dataclass(frozen=True, slots=True)
class SubjectVerdict:
    """The verdict on a subject: the whole bank, the questions of a difficulty, or those of an objective."""

    of: Literal["bank", "difficulty", "objective"]
    name: str
    verdict: Verdict


@dataclasses.dataclass(frozen=True, slots=True)
class Grades:
    """What a result has earned. `remarks` name what is odd, and the question concerned."""

    result: Result
    questions: tuple[QuestionGrade, ...]
    remarks: tuple[tuple[Remark, str], ...]
    verdicts: tuple[SubjectVerdict, ...]

    @property
    def points(self) -> float:
        """The sum of what was earned."""
        return sum(question.points for question in self.questions)

    @property
    def max_points(self) -> float:
        """What could be earned, without what a person has to mark."""
        return sum(question.item.max_score for question in self.questions if question.is_graded)

    @property
    def unmarked(self) -> int:
        """The number of questions that a person has to mark."""
        return sum(not question.is_graded for question in self.questions)


@dataclasses.dataclass(frozen=True, slots=True)
class Graded:
    """A result file; `grades` is None where it could not be read, and `diagnostics` then say why."""

    path: str
    grades: Grades | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether all was graded, and nothing about it is odd."""
        return self.grades is not None and not self.grades.remarks


def graded_files(delivered: Delivered, paths: Sequence[str]) -> list[Graded]:
    """Grade result files, in order; one that cannot be read never stops the others."""
    return [_graded_file(delivered, path) for path in paths]


def _graded_file(delivered: Delivered, path: str) -> Graded:
    try:
        return Graded(path, grade(delivered, results.read(read_regular_file(Path(path)))))
    except (OSError, ValueError) as error:
        known = error if isinstance(error, OSError | DocumentError) else OSError(str(error))  # a NUL in the path
        return Graded(path, None, tuple(document_faults(path, known)))


def grade(delivered: Delivered, result: Result) -> Grades:
    """Score the responses of a result. Of a form, every question counts; of a bank, those that were answered."""
    items = {item.identifier: item for item in delivered.bank.items}
    remarks: list[tuple[Remark, str]] = []
    first: dict[str, Response] = {}
    for response in result.responses:
        is_of_bank = (response.bank or result.bank) == delivered.bank.identifier
        if not is_of_bank or response.question not in items:
            remarks.append((Remark.NOT_IN_FORM, response.question))
        elif response.question in first:
            remarks.append((Remark.AGAIN, response.question))
        else:
            first[response.question] = response
    questions = [_graded(items[name], response) for name, response in first.items()]
    remarks += [(Remark.CHANGED, one.item.identifier) for one in questions if one.is_changed]
    if delivered.form is not None:
        missing = [name for name in items if name not in first]
        remarks += [(Remark.MISSING, name) for name in missing]
        questions += [_graded(items[name], Response(question=name, digest="", response=None)) for name in missing]
        questions.sort(key=lambda question: list(items).index(question.item.identifier))
    return Grades(result, tuple(questions), tuple(remarks), tuple(verdicts(delivered.bank.title, questions)))


def verdicts(title: str, questions: Iterable[QuestionGrade]) -> Iterator[SubjectVerdict]:
    """Yield the verdict on the whole, on each difficulty and on each objective of which there is evidence."""
    graded = [question for question in questions if question.is_evidence]
    if not graded:
        return
    yield SubjectVerdict("bank", title, verdict(question.evidence for question in graded))
    for level in ("easy", "medium", "hard"):
        of_level = [question.evidence for question in graded if question.item.difficulty == level]
        if of_level:
            yield SubjectVerdict("difficulty", level, verdict(of_level))
    for objective in dict.fromkeys(name for question in graded for name in question.item.objectives):
        evidence = [question.evidence for question in graded if objective in question.item.objectives]
        yield SubjectVerdict("objective", objective, verdict(evidence))


def _graded(item: Item, response: Response) -> QuestionGrade:
    return QuestionGrade(item, response, attempted(item, response.response, gave_up=response.gave_up))
