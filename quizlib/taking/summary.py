"""What is said at the end: of a test the score, the verdict and what to look at again; of practice how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quizlib.delivery.reading import Delivered
from quizlib.diagnostics import printable
from quizlib.grades import Grades, QuestionGrade, grade
from quizlib.grading import Outcome, State
from quizlib.mastery import Word, in_words
from quizlib.model import Bank, Item, readable
from quizlib.taking.responses import key_of, response_lines
from quizlib.taking.screen import BOLD, GREEN, RED, YELLOW, Screen
from quizlib.taking.session import Session

_STATES = {
    State.RIGHT: ("right", GREEN),
    State.PARTIAL: ("partly right", YELLOW),
    State.WRONG: ("not right", RED),
    State.INVALID: ("not right", RED),
    State.UNANSWERED: ("no answer", YELLOW),
    State.UNGRADED: ("to be marked by a person", BOLD),
}
_STYLES = {Word.STRONG: GREEN, Word.NOT_YET: RED, Word.UNDECIDED: YELLOW}


def summary_lines(session: Session, screen: Screen) -> list[str]:
    """Return the closing lines."""
    return _of_test(session, screen) if session.is_test else _of_practice(session, screen)


def _of_test(session: Session, screen: Screen) -> list[str]:
    plan = session.plan
    grades = grade([Delivered(plan.bank, plan.form)], session.result(None))
    lines = ["", *screen.words(_score(grades), BOLD)]
    for number, question in enumerate(grades.questions, 1):
        lines += _question(number, question, plan.seed, screen)
    if grades.verdicts:
        lines += ["", *screen.words("Is it strong?", BOLD)]
    for found in grades.verdicts:
        name = found.name if found.of in ("all", "bank") else f"{found.of} {found.name}"
        lines += screen.words(f"{name}: {in_words(found.verdict)}", _STYLES[found.verdict.word], "- ")
    return lines + _again([one.item for one in grades.questions if _is_missed(one)], plan.bank, screen)


def _of_practice(session: Session, screen: Screen) -> list[str]:
    items = session.plan.items
    outcomes = [(item, session.outcome(item)) for item in items if session.work_on(item).response is not None]
    count = Counter(_STATES[outcome.state][0] for _, outcome in outcomes)
    given_up = sum(session.work_on(item).response is None and session.work_on(item).gave_up for item in items)
    words = [f"{number} {name}" for name, number in count.items()]
    words += [f"{given_up} given up"] if given_up else []
    words += [f"{len(session.open_places)} left out"] if session.open_places else []
    lines = ["", *screen.words(f"Practice is over: {', '.join(words)}.", BOLD)]
    missed = [item for item in items if _is_to_practise(session, item)]
    return lines + _again(missed, session.plan.bank, screen)


def _is_to_practise(session: Session, item: Item) -> bool:
    return session.outcome(item).state not in (State.RIGHT, State.UNGRADED)


def _score(grades: Grades) -> str:
    share = f" ({100 * grades.points / grades.max_points:.0f} %)" if grades.max_points else ""
    unmarked = f", {grades.unmarked} to be marked by a person" if grades.unmarked else ""
    return f"{grades.points:.4g} of {grades.max_points:g} points{share}{unmarked}"


def _question(number: int, question: QuestionGrade, seed: str, screen: Screen) -> list[str]:
    """Return a line for a question, and what was right where the learner was not."""
    item, outcome = question.item, question.outcome
    word, style = _STATES[outcome.state]
    lines = screen.words(f"{item.title}: {word}{_of_points(item, outcome)}", style, f"{number}. ")
    if not _is_missed(question):
        return lines
    given = response_lines(item, question.response.response, seed, screen, "     ")
    lines += [*screen.words("your answer:", first="   "), *given] if given else []
    key = response_lines(item, key_of(item.interaction), seed, screen, "     ")
    return lines + ([*screen.words("right is:", first="   "), *key] if key else [])


def _of_points(item: Item, outcome: Outcome) -> str:
    is_partial = outcome.state is State.PARTIAL
    return f", {outcome.score * item.max_score:.3g} of {item.max_score:g} points" if is_partial else ""


def _is_missed(question: QuestionGrade) -> bool:
    return question.is_graded and question.outcome.state is not State.RIGHT


def _again(missed: list[Item], bank: Bank, screen: Screen) -> list[str]:
    """Say what to look at again: the objectives that were missed, and the sections of the lesson about them."""
    lines: list[str] = []
    for objective in dict.fromkeys(name for item in missed for name in item.objectives):
        titles = list(_sections(bank, objective))
        where = f" (in the lesson: {'; '.join(titles)})" if titles else ""
        lines += screen.words(f"{readable(objective)}{where}", first="- ")
    for item in missed:
        if not item.objectives:
            lines += screen.words(item.title, first="- ")
    return ["", *screen.words("To look at again:", BOLD), *lines] if lines else []


def _sections(bank: Bank, objective: str) -> Iterator[str]:
    sections = bank.lesson.sections if bank.lesson else ()
    return (printable(section.title) for section in sections if objective in section.objectives)
