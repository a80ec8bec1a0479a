"""Ways to spoil a good question: each yields variants in which one thing is wrong, and says what.

What cannot be wrong by construction is asked of the oracle; a variant that is as true as before is not yielded.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from random import Random

import keys
import oracle
from questions import Question, has_program, is_key, key_is_stated, stated_in
from spoiling import CONSTANT, NUMBER, OPERATOR, Variant, set_at, spoilt

Mutation = Callable[[Question, Random], Iterator[Variant]]


def distractor_is_output(question: Question, random: Random) -> Iterator[Variant]:
    """Let a distractor say what the program prints."""
    if not has_program(question) or not key_is_stated(question):
        return
    options = question.get("options", [])
    for key in filter(is_key, options):
        field = stated_in(question, key)
        for index, option in enumerate(options):
            if not is_key(option) and stated_in(question, option) == field and field is not None:
                changed = copy.deepcopy(question)
                changed["options"][index][field] = key[field]
                changed["common_mistakes"] = []
                yield f"option {index + 1}", changed


def yields_another(question: Question, random: Random) -> Iterator[Variant]:
    """Let a common mistake lead to another option than its program does."""
    if not has_program(question) or not key_is_stated(question):
        return
    for number, mistake in enumerate(question.get("common_mistakes", [])):
        if isinstance(mistake, dict) and ("replace" in mistake or "source" in mistake):
            for option in question.get("options", []):
                if option["text"].split() != mistake["yields"].split() and stated_in(question, option) == "text":
                    changed = copy.deepcopy(question)
                    changed["common_mistakes"][number]["yields"] = option["text"]
                    yield f"mistake {number + 1}", changed


def mistake_changed(question: Question, random: Random) -> Iterator[Variant]:
    """Change a number in the program of a common mistake, so that it prints something else."""
    if not has_program(question) or "source" not in question["code"]:
        return
    for number, mistake in enumerate(question.get("common_mistakes", [])):
        replace = mistake.get("replace", {}) if isinstance(mistake, dict) else {}
        for old, new in replace.items():
            for what, text in spoilt(new, CONSTANT, random):
                changed = copy.deepcopy(question)
                changed["common_mistakes"][number]["replace"][old] = text
                before, after = (_after(question, replaced) for replaced in (replace, {**replace, old: text}))
                if before is not None and after is not None and before != after:
                    yield f"mistake {number + 1}, {what}", changed


def _after(question: Question, replace: dict[str, str]) -> oracle.Outcome | None:
    source = question["code"]["source"]
    for old, new in replace.items():
        source = source.replace(old, new)
    return oracle.outcome(question["code"], source)


def constant_of_program(question: Question, random: Random) -> Iterator[Variant]:
    """Change a number in the program, and leave the key as it was."""
    yield from _program(question, CONSTANT, random)


def operator_of_program(question: Question, random: Random) -> Iterator[Variant]:
    """Change an operator in the program, and leave the key as it was."""
    yield from _program(question, OPERATOR, random)


def _program(question: Question, pattern: re.Pattern[str], random: Random) -> Iterator[Variant]:
    if not has_program(question) or not key_is_stated(question) or "source" not in question["code"]:
        return
    code, source = question["code"], question["code"]["source"]
    for what, text in spoilt(source, pattern, random):
        before, after = oracle.outcome(code, source), oracle.outcome(code, text)
        if before is not None and after is not None and before != after:
            yield what, {**copy.deepcopy(question), "code": {**code, "source": text}, "common_mistakes": []}


def number_of_equation(question: Question, random: Random) -> Iterator[Variant]:
    """Change the last digit of a number in an equation of the solution."""
    yield from _equations(question, NUMBER, random)


def operator_of_equation(question: Question, random: Random) -> Iterator[Variant]:
    """Change an operator in an equation of the solution."""
    yield from _equations(question, re.compile(r"(?<=[\d ])(?:\*\*|[-+*/×·÷−])(?=[\d ])"), random)


def _equations(question: Question, pattern: re.Pattern[str], random: Random) -> Iterator[Variant]:
    for place, text in _texts_of_solution(question):
        for found in oracle.EQUATION.finditer(text):
            if not oracle.holds(found[1], found[2]):
                continue
            for what, equation in spoilt(found[0], pattern, random):
                now = oracle.EQUATION.fullmatch(equation)
                if now is not None and oracle.holds(now[1], now[2]) is False:
                    changed = copy.deepcopy(question)
                    set_at(changed, place, text[: found.start()] + equation + text[found.end() :])
                    yield f"`{found[0]}`, {what}", changed


def _texts_of_solution(question: Question) -> Iterator[tuple[tuple[str | int, ...], str]]:
    solution = question.get("solution", {})
    for index, step in enumerate(solution.get("steps", [])):
        yield ("solution", "steps", index, "text"), step["text"]
    if "check" in solution:
        yield ("solution", "check"), solution["check"]


MUTATIONS: dict[str, Mutation] = {
    "key swapped, program": keys.key_swapped_by_program,
    "key swapped, words": keys.key_swapped_in_words,
    "digit of key, program": keys.digit_of_key_by_program,
    "letter of key, program": keys.letter_of_key_by_program,
    "line of key, program": keys.line_of_key_by_program,
    "digit of key, numeric": keys.digit_of_numeric_key,
    "distractor is output": distractor_is_output,
    "mistake yields another": yields_another,
    "program of mistake": mistake_changed,
    "constant of program": constant_of_program,
    "operator of program": operator_of_program,
    "number of equation": number_of_equation,
    "operator of equation": operator_of_equation,
}
