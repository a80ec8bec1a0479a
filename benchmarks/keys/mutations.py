"""Ways to spoil a good question: each yields variants in which one thing is wrong, and says what.

What cannot be wrong by construction is asked of the oracle; a variant that is as true as before is not yielded.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random
from typing import Any

import oracle
from questions import Question, has_program, is_key, key_is_stated, stated_in

Variant = tuple[str, Question]
Mutation = Callable[[Question, Random], Iterator[Variant]]

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\w)")
_CONSTANT = re.compile(r"(?<![\w.])\d+(?![\w.])")
_OPERATOR = re.compile(r"(?<= )(?:\*\*|//|[<>=!]=|[-+*/%<>]|and|or)(?= )")
_OTHER = {
    "+": "-", "-": "+", "*": "+", "/": "*", "//": "*", "%": "*", "**": "*", "<": "<=", "<=": "<", ">": ">=", ">=": ">",
    "==": "!=", "!=": "==", "and": "or", "or": "and", "×": "+", "·": "+", "÷": "*", "−": "+",
}  # fmt: skip


def key_swapped_by_program(question: Question, random: Random) -> Iterator[Variant]:
    """Mark a distractor as correct, and not the key, where a program says which is."""
    if has_program(question) and key_is_stated(question):
        yield from _swapped(question)


def key_swapped_in_words(question: Question, random: Random) -> Iterator[Variant]:
    """The same where words are chosen, and nothing can be computed."""
    if not has_program(question) and question["type"] in ("single_choice", "multiple_response"):
        yield from _swapped(question)


def _swapped(question: Question) -> Iterator[Variant]:
    options = question.get("options", [])
    for right in (index for index, option in enumerate(options) if is_key(option)):
        for wrong in (index for index, option in enumerate(options) if not is_key(option)):
            changed = copy.deepcopy(question)
            changed["options"][right]["correct"] = False
            changed["options"][wrong]["correct"] = True
            _consistent(changed, options[right]["text"], options[wrong]["text"])
            yield f"option {wrong + 1} for {right + 1}", changed


def digit_of_key_by_program(question: Question, random: Random) -> Iterator[Variant]:
    """Change the last digit of a number in the key, where a program prints it."""
    if not has_program(question) or not key_is_stated(question):
        return
    if "answer" in question:
        for what, text in _nudged(question["answer"], random):
            changed = {**copy.deepcopy(question), "answer": text}
            _consistent(changed, question["answer"], text)
            yield what, changed
    for index, option in enumerate(question.get("options", [])):
        field = stated_in(question, option)
        if is_key(option) and field in ("text", "output"):
            for what, text in _nudged(option[field], random):
                changed = copy.deepcopy(question)
                changed["options"][index][field] = text
                _consistent(changed, option[field], text)
                yield what, changed


def digit_of_numeric_key(question: Question, random: Random) -> Iterator[Variant]:
    """Change the last digit of a number that is to be typed, by more than its tolerance."""
    if question["type"] != "numeric":
        return
    answer = str(question["answer"])
    for what, text in _nudged(answer, random):
        if abs(Fraction(text) - Fraction(answer)) > _tolerance(question, Fraction(answer)):
            changed = {**copy.deepcopy(question), "answer": text}
            _consistent(changed, answer, text)
            yield what, changed


def _tolerance(question: Question, answer: Fraction) -> Fraction:
    tolerance = str(question.get("tolerance", "0"))
    if tolerance.endswith("%"):
        return abs(answer) * Fraction(tolerance.removesuffix("%")) / 100
    return Fraction(tolerance)


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
            for what, text in _spoilt(new, _CONSTANT, random):
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
    yield from _program(question, _CONSTANT, random)


def operator_of_program(question: Question, random: Random) -> Iterator[Variant]:
    """Change an operator in the program, and leave the key as it was."""
    yield from _program(question, _OPERATOR, random)


def _program(question: Question, pattern: re.Pattern[str], random: Random) -> Iterator[Variant]:
    if not has_program(question) or not key_is_stated(question) or "source" not in question["code"]:
        return
    code, source = question["code"], question["code"]["source"]
    for what, text in _spoilt(source, pattern, random):
        before, after = oracle.outcome(code, source), oracle.outcome(code, text)
        if before is not None and after is not None and before != after:
            yield what, {**copy.deepcopy(question), "code": {**code, "source": text}, "common_mistakes": []}


def number_of_equation(question: Question, random: Random) -> Iterator[Variant]:
    """Change the last digit of a number in an equation of the solution."""
    yield from _equations(question, _NUMBER, random)


def operator_of_equation(question: Question, random: Random) -> Iterator[Variant]:
    """Change an operator in an equation of the solution."""
    yield from _equations(question, re.compile(r"(?<=[\d ])(?:\*\*|[-+*/×·÷−])(?=[\d ])"), random)


def _equations(question: Question, pattern: re.Pattern[str], random: Random) -> Iterator[Variant]:
    for keys, text in _texts_of_solution(question):
        for found in oracle.EQUATION.finditer(text):
            if not oracle.holds(found[1], found[2]):
                continue
            for what, equation in _spoilt(found[0], pattern, random):
                spoilt = oracle.EQUATION.fullmatch(equation)
                if spoilt is not None and oracle.holds(spoilt[1], spoilt[2]) is False:
                    changed = copy.deepcopy(question)
                    _set(changed, keys, text[: found.start()] + equation + text[found.end() :])
                    yield f"`{found[0]}`, {what}", changed


def _texts_of_solution(question: Question) -> Iterator[tuple[tuple[str | int, ...], str]]:
    solution = question.get("solution", {})
    for index, step in enumerate(solution.get("steps", [])):
        yield ("solution", "steps", index, "text"), step["text"]
    if "check" in solution:
        yield ("solution", "check"), solution["check"]


def _set(question: Any, keys: tuple[str | int, ...], text: str) -> None:
    for key in keys[:-1]:
        question = question[key]
    question[keys[-1]] = text


def _nudged(text: str, random: Random) -> Iterator[tuple[str, str]]:
    yield from _spoilt(text, _NUMBER, random)


def _spoilt(text: str, pattern: re.Pattern[str], random: Random) -> Iterator[tuple[str, str]]:
    """Yield the text with one match changed: the last digit of a number by one, an operator for another."""
    for found in pattern.finditer(text):
        old = found[0]
        if old[-1].isdigit():
            digit = int(old[-1])
            new = old[:-1] + str(digit + random.choice([1, -1]) if 0 < digit < 9 else abs(digit - 1))
        else:
            new = _OTHER[old]
        yield f"`{old}` to `{new}`", text[: found.start()] + new + text[found.end() :]


def _consistent(question: Question, old: str, new: str) -> None:
    """Let the final answer be as wrong as the key, as it is in books."""
    solution = question.get("solution", {})
    if solution.get("final_answer", "").strip() == old.strip():
        solution["final_answer"] = new


MUTATIONS: dict[str, Mutation] = {
    "key swapped, program": key_swapped_by_program,
    "key swapped, words": key_swapped_in_words,
    "digit of key, program": digit_of_key_by_program,
    "digit of key, numeric": digit_of_numeric_key,
    "distractor is output": distractor_is_output,
    "mistake yields another": yields_another,
    "program of mistake": mistake_changed,
    "constant of program": constant_of_program,
    "operator of program": operator_of_program,
    "number of equation": number_of_equation,
    "operator of equation": operator_of_equation,
}
