"""A final answer that is not the key.

Why it matters: the worked solution then arrives somewhere else than the marks do. A learner who follows
it is marked wrong. The final answer is the key's text, or holds it.

Source: Haladyna, Downing and Rodriguez 2002, guideline 11 (edit and proof items); Atkinson, Derry, Renkl and Wortham
2000 (learners study a worked example as an expert's solution of the problem), Review of Educational Research 70,
181-214.

Bad:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - Lyon
      solution:
        final_answer: Lyon # <-

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - Lyon
      solution:
        final_answer: It is Paris.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quizlib.diagnostics import Finding, Kind
from quizlib.model import Bank, Choice, Item, TextEntry
from quizlib.plugins import Files
from quizlib.rules._walk import contains, key_texts, normalized

KIND = Kind("QZ104", "final-answer-not-key")

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?")
_CALCULATES = re.compile(r"[×*/^√%=·]|\bk\w\b")  # a number that is written in another way


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each final answer that states something else than the key."""
    for item in bank.items:
        answer = item.solution.final_answer
        keys = key_texts(item)
        if answer is None or not keys or _states_key(item, answer, keys):
            continue
        key = " and ".join(f"`{' '.join(text.split())}`" for text in keys)
        message = f"the final answer does not state the key, {key}"
        yield item, Finding(item.place.at("solution", "final_answer"), message, "state the key's text in it")


def _states_key(item: Item, answer: str, keys: list[str]) -> bool:
    stated = normalized(answer)
    found = [contains(stated, normalized(key)) or stated == normalized(key) or key.strip() in answer for key in keys]
    match item.interaction:
        case Choice() if item.question_type == "true_false":
            return any(found) or " not " in f" {stated} " or not {"true", "false"} & set(stated.split())
        case Choice(options=options, max_choices=1):
            wrong = [option.content.text for option in options if not option.correct]
            if any(stated == normalized(text) for text in wrong) and not any(stated == normalized(key) for key in keys):
                return False
            if any(found):
                return True
            # Words may be put in another way; what names a distractor, or is short, may not.
            wordy = all(len(key.split()) > 3 for key in keys) and options[0].content.format == "markdown"
            return wordy and not any(contains(stated, normalized(text)) for text in wrong)
        case Choice():
            return all(found) or all(len(key.split()) > 3 for key in keys)
        case TextEntry(base_type="number", tolerance=tolerance):
            numbers = _NUMBER.findall(answer)
            within = any(_within(number, keys, tolerance) for number in numbers)
            return any(found) or within or len(numbers) != 1 or _CALCULATES.search(answer) is not None
        case _:
            return any(found)


def _within(number: str, keys: list[str], tolerance: Decimal) -> bool:
    return any(abs(Decimal(number.replace(",", "")) - Decimal(key)) <= tolerance for key in keys)
