"""Grades: for people as text, for programs as JSON (`quiz schema grades`)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from quizlib.delivery.reading import Delivered
from quizlib.diagnostics import leading, printable
from quizlib.grades import Graded, Grades, QuestionGrade, Remark, SubjectVerdict
from quizlib.grading import Problem, Reason, State
from quizlib.mastery import in_words
from quizlib.model import readable
from quizlib.report.json import diagnostic_data

VERSION = 1
_REASONS = {
    Reason.NOT_A_NUMBER: "not a number",
    Reason.AMBIGUOUS_NUMBER: "a sign that may divide thousands or decimals",
    Reason.UNKNOWN_OPTION: "an option that is not there",
    Reason.TOO_MANY_OPTIONS: "too many options",
    Reason.NOT_A_PERMUTATION: "not all items, each once",
    Reason.UNKNOWN_SOURCE: "a source that is not there",
    Reason.UNKNOWN_TARGET: "a target that is not there",
    Reason.UNKNOWN_GAP: "a gap that is not there",
    Reason.WRONG_KIND: "a response of another kind",
}
_REMARKS = {
    Remark.CHANGED: "changed since it was answered: scored as far as the response still fits, no part of the verdict",
    Remark.NOT_IN_FORM: "not in the form: not scored",
    Remark.MISSING: "not in the result: counted as unanswered",
    Remark.AGAIN: "answered more than once: the first time counts",
}


def text(graded: Iterable[Graded]) -> Iterator[str]:
    """Yield the lines of the report, without line ends; of a file that cannot be read, nothing."""
    for one in graded:
        if one.grades is not None:
            yield f"{leading(one.path)}: {_heading(one.grades)}"
            yield from _lines(one.grades)


def as_json(forms: Iterable[tuple[str, Delivered]], graded: Sequence[Graded]) -> str:
    """Return the report as one JSON document; each form goes with the path by which the user knows it."""
    data = {
        "version": VERSION,
        "forms": [
            {
                "path": path,
                "bank": delivered.bank.identifier,
                "title": delivered.bank.title,
                "seed": delivered.form.seed if delivered.form else None,
            }
            for path, delivered in forms
        ],
        "results": [_result(one.path, one.grades) for one in graded if one.grades is not None],
        "diagnostics": [diagnostic_data(diagnostic) for one in graded for diagnostic in one.diagnostics],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _heading(grades: Grades) -> str:
    result = grades.result
    words = [result.learner, result.title or result.bank, result.mode, result.finished or result.started]
    return ", ".join(printable(word) for word in words if word)


def _lines(grades: Grades) -> Iterator[str]:
    several = len({question.bank.identifier for question in grades.questions} | {grades.result.bank}) > 1
    for question in grades.questions:
        notes = ", ".join(_notes(question))
        earned = f"{question.points:.4g} of {question.item.max_score:g}" if question.is_graded else "to be marked"
        name = _name(question.bank.identifier, question.item.identifier, several)
        line = f"  {question.outcome.state:<10}  {earned:<12}  {name}"
        yield f"{line} ({notes})" if notes else line
    for remark, bank, name in grades.remarks:
        yield f"  {_name(bank, name, several or bank != grades.result.bank)}: {_REMARKS[remark]}"
    yield f"  sum: {_sum(grades)}"
    for found in grades.verdicts:
        yield f"  {_subject(found)}: {in_words(found.verdict)}"


def _name(bank: str, question: str, with_bank: bool) -> str:
    return printable(f"{bank}/{question}" if with_bank else question)


def _notes(question: QuestionGrade) -> Iterator[str]:
    for problem in question.outcome.problems:
        yield _problem(problem)
    hints = question.response.hints
    if hints:
        yield f"{hints} hint{'' if hints == 1 else 's'}"
    if question.response.gave_up:
        yield "gave up"
    if question.response.seen:
        yield "seen before"


def _problem(problem: Problem) -> str:
    where = f"part {problem.part + 1}: " if problem.part is not None else ""
    return f"{where}{_REASONS[problem.reason]}"


def _sum(grades: Grades) -> str:
    share = f" ({100 * grades.points / grades.max_points:.0f} %)" if grades.max_points else ""
    unmarked = f"; {grades.unmarked} to be marked by a person" if grades.unmarked else ""
    return f"{grades.points:.6g} of {grades.max_points:g} points{share}{unmarked}"


def _subject(found: SubjectVerdict) -> str:
    return printable(found.name) if found.of in ("all", "bank") else f"{found.of} {printable(_called(found))}"


def _called(found: SubjectVerdict) -> str:
    return readable(found.name) if found.of == "objective" else found.name


def _result(path: str, grades: Grades) -> dict[str, Any]:
    result = grades.result
    return {
        "path": path,
        "learner": result.learner,
        "mode": result.mode,
        "started": result.started,
        "finished": result.finished,
        "looks": result.looks,
        "points": grades.points,
        "max_points": grades.max_points,
        "to_be_marked": grades.unmarked,
        "questions": list(map(_question, grades.questions)),
        "remarks": [{"remark": str(remark), "bank": bank, "question": name} for remark, bank, name in grades.remarks],
        "verdicts": list(map(_verdict, grades.verdicts)),
    }


def _question(question: QuestionGrade) -> dict[str, Any]:
    outcome, response = question.outcome, question.response
    return {
        "bank": question.bank.identifier,
        "question": question.item.identifier,
        "title": question.item.title,
        "state": str(outcome.state),
        "score": None if outcome.state is State.UNGRADED else outcome.score,
        "points": None if outcome.state is State.UNGRADED else question.points,
        "max_points": question.item.max_score,
        "parts": list(outcome.parts),
        "problems": [{"part": problem.part, "reason": str(problem.reason)} for problem in outcome.problems],
        "hints": response.hints,
        "gave_up": response.gave_up,
        "seconds": response.seconds,
        "seen": response.seen,
    }


def _verdict(found: SubjectVerdict) -> dict[str, Any]:
    return {
        "of": found.of,
        "name": found.name,
        **dataclasses.asdict(found.verdict),
        "in_words": in_words(found.verdict),
    }
