"""What all mutations are made of: a text with one thing changed, put into a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from questions import Question

Variant = tuple[str, Question]
Spoilt = tuple[str, str]  # what was changed, and the text as changed

NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\w)")
CONSTANT = re.compile(r"(?<![\w.])\d+(?![\w.])")
OPERATOR = re.compile(r"(?<= )(?:\*\*|//|[<>=!]=|[-+*/%<>]|and|or)(?= )")
_OTHER = {
    "+": "-", "-": "+", "*": "+", "/": "*", "//": "*", "%": "*", "**": "*", "<": "<=", "<=": "<", ">": ">=", ">=": ">",
    "==": "!=", "!=": "==", "and": "or", "or": "and", "×": "+", "·": "+", "÷": "*", "−": "+",
}  # fmt: skip


def spoilt(text: str, pattern: re.Pattern[str], random: Random) -> Iterator[Spoilt]:
    """Yield the text with one match changed: the last digit of a number by one, an operator for another."""
    for found in pattern.finditer(text):
        old = found[0]
        if old[-1].isdigit():
            digit = int(old[-1])
            new = old[:-1] + str(digit + random.choice([1, -1]) if 0 < digit < 9 else abs(digit - 1))
        else:
            new = _OTHER[old]
        yield f"`{old}` to `{new}`", text[: found.start()] + new + text[found.end() :]


def set_at(question: Any, keys: tuple[str | int, ...], text: str) -> None:
    """Put a text in the place to which keys lead."""
    for key in keys[:-1]:
        question = question[key]
    question[keys[-1]] = text


def make_consistent(question: Question, old: str, new: str) -> None:
    """Let the final answer be as wrong as the key, as it is in books."""
    solution = question.get("solution", {})
    if solution.get("final_answer", "").strip() == old.strip():
        solution["final_answer"] = new
