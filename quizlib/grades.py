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
from quizlib.model import Bank, Item
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
    """A question of the form and what the response to it has earned. `bank` is the bank that it is of."""

    item: Item
    response: Response
    outcome: Outcome
    bank: Bank

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
        answered = self.outcome.state is not State.UNANSWERED
        return Evidence(self.outcome.score, guess(self.item.interaction), answered, self.response.seen)


@dataclasses.dataclass(frozen=True, slots=True)
class SubjectVerdict:
    """The verdict on a subject: all banks, one of them, the questions of a difficulty, or those of an objective."""

    of: Literal["all", "bank", "difficulty", "objective"]
    name: str
    verdict: Verdict


@dataclasses.dataclass(frozen=True, slots=True)
class Grades:
    """What a result has earned. `remarks` name what is odd, and the bank and the question concerned."""

    result: Result
    questions: tuple[QuestionGrade, ...]
    remarks: tuple[tuple[Remark, str, str], ...]
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


def graded_files(forms: Sequence[Delivered], paths: Sequence[str]) -> list[Graded]:
    """Grade result files, in order; one that cannot be read never stops the others."""
    return [_graded_file(forms, path) for path in paths]


def _graded_file(forms: Sequence[Delivered], path: str) -> Graded:
    try:
        return Graded(path, grade(forms, results.read(read_regular_file(Path(path)))))
    except (OSError, ValueError) as error:
        known = error if isinstance(error, OSError | DocumentError) else OSError(str(error))  # a NUL in the path
        return Graded(path, None, tuple(document_faults(path, known)))


def grade(forms: Sequence[Delivered], result: Result) -> Grades:
    """Score the responses of a result. Of a form, every question counts; of a bank, those that were answered.

    A question that several of the forms and banks have is that of the first of them.
    """
    asked = _questions(forms)
    remarks: list[tuple[Remark, str, str]] = []
    first: dict[tuple[str, str], Response] = {}
    for response in result.responses:
        key = response.bank or result.bank, response.question
        if key not in asked:
            remarks.append((Remark.NOT_IN_FORM, *key))
        elif key in first:
            remarks.append((Remark.AGAIN, *key))
        else:
            first[key] = response
    questions = [_graded(*asked[key], response) for key, response in first.items()]
    remarks += [(Remark.CHANGED, one.bank.identifier, one.item.identifier) for one in questions if one.is_changed]
    required = _required(forms, result)
    missing = [key for key in required if key not in first]
    remarks += [(Remark.MISSING, *key) for key in missing]
    questions += [_graded(*asked[key], Response(question=key[1], digest="", response=None)) for key in missing]
    if required:
        places = {key: place for place, key in enumerate(asked)}
        questions.sort(key=lambda question: places[question.bank.identifier, question.item.identifier])
    return Grades(result, tuple(questions), tuple(remarks), tuple(verdicts(result, questions)))


def verdicts(result: Result, questions: Iterable[QuestionGrade]) -> Iterator[SubjectVerdict]:
    """Yield the verdict on the whole, on each bank, difficulty and objective of which there is evidence."""
    graded = [question for question in questions if question.is_evidence]
    groups: dict[tuple[Literal["all", "bank", "difficulty", "objective"], str], list[Evidence]] = {}
    banks = {question.bank.identifier: question.bank.title for question in graded}
    if len(banks) > 1:
        groups["all", result.title or result.bank] = [question.evidence for question in graded]
    for name, title in banks.items():
        groups["bank", title] = [one.evidence for one in graded if one.bank.identifier == name]
    for level in ("easy", "medium", "hard"):
        groups["difficulty", level] = [one.evidence for one in graded if one.item.difficulty == level]
    for objective in dict.fromkeys(name for one in graded for name in one.item.objectives):
        groups["objective", objective] = [one.evidence for one in graded if objective in one.item.objectives]
    for (of, name), evidence in groups.items():
        if evidence:
            yield SubjectVerdict(of, name, verdict(evidence, result.looks))


def _questions(forms: Iterable[Delivered]) -> dict[tuple[str, str], tuple[Bank, Item]]:
    """Return the questions by the identifiers of bank and question, in order."""
    found: dict[tuple[str, str], tuple[Bank, Item]] = {}
    for form in forms:
        for item in form.bank.items:
            found.setdefault((form.bank.identifier, item.identifier), (form.bank, item))
    return found


def _required(forms: Sequence[Delivered], result: Result) -> list[tuple[str, str]]:
    """Return the questions that a result must have; of several forms, those of the banks that it is of."""
    concerned = {result.bank, *(response.bank for response in result.responses)}
    meant = [form.bank for form in forms if form.form and (len(forms) == 1 or form.bank.identifier in concerned)]
    return list(dict.fromkeys((bank.identifier, item.identifier) for bank in meant for item in bank.items))


def _graded(bank: Bank, item: Item, response: Response) -> QuestionGrade:
    return QuestionGrade(item, response, attempted(item, response.response, gave_up=response.gave_up), bank)
