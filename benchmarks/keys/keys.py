"""Ways to spoil the key of a question."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

from questions import Question, has_program, is_key, key_is_stated, stated_in
from spoiling import NUMBER, Spoilt, Variant, make_consistent, set_at, spoilt


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
            make_consistent(changed, options[right]["text"], options[wrong]["text"])
            yield f"option {wrong + 1} for {right + 1}", changed


def digit_of_key_by_program(question: Question, random: Random) -> Iterator[Variant]:
    """Change the last digit of a number in the key, where a program prints it."""
    yield from _key_spoilt(question, lambda text: spoilt(text, NUMBER, random))


def letter_of_key_by_program(question: Question, random: Random) -> Iterator[Variant]:
    """Write a letter of the key in the other case, such as `true` for `True`."""

    def spoil(text: str) -> Iterator[Spoilt]:
        if letters := [index for index, letter in enumerate(text) if letter.swapcase() != letter]:
            at = random.choice(letters)
            yield f"letter {at + 1}", text[:at] + text[at].swapcase() + text[at + 1 :]

    yield from _key_spoilt(question, spoil)


def line_of_key_by_program(question: Question, random: Random) -> Iterator[Variant]:
    """Leave out a line of the key, as when a loop is thought to have one turn less."""

    def spoil(text: str) -> Iterator[Spoilt]:
        lines = text.strip("\n").split("\n")
        for at in range(len(lines)):
            if len(lines) > 1 and lines[at].strip():
                yield f"without line {at + 1}", "\n".join(lines[:at] + lines[at + 1 :])

    yield from _key_spoilt(question, spoil)


def _key_spoilt(question: Question, spoil: Callable[[str], Iterator[Spoilt]]) -> Iterator[Variant]:
    """Yield the question with each text that states its output spoilt, in the key and in the final answer."""
    if not has_program(question) or not key_is_stated(question):
        return
    places: list[tuple[tuple[str | int, ...], str]] = []
    if "answer" in question:
        places.append((("answer",), question["answer"]))
    for index, option in enumerate(question.get("options", [])):
        field = stated_in(question, option)
        if is_key(option) and field in ("text", "output"):
            places.append((("options", index, field), option[field]))
    for keys, old in places:
        if old.lower().startswith("raises "):  # no output, but words that state how the program ends
            continue
        for what, new in spoil(old):
            changed = copy.deepcopy(question)
            set_at(changed, keys, new)
            make_consistent(changed, old, new)
            yield what, changed


def digit_of_numeric_key(question: Question, random: Random) -> Iterator[Variant]:
    """Change the last digit of a number that is to be typed, by more than its tolerance."""
    if question["type"] != "numeric":
        return
    answer = str(question["answer"])
    for what, text in spoilt(answer, NUMBER, random):
        if abs(Fraction(text) - Fraction(answer)) > _tolerance(question, Fraction(answer)):
            changed = {**copy.deepcopy(question), "answer": text}
            make_consistent(changed, answer, text)
            yield what, changed


def _tolerance(question: Question, answer: Fraction) -> Fraction:
    tolerance = str(question.get("tolerance", "0"))
    if tolerance.endswith("%"):
        return abs(answer) * Fraction(tolerance.removesuffix("%")) / 100
    return Fraction(tolerance)
