"""A worked solution that never names the key.

Why it matters: learners follow the solution to its end and still have to guess which response it means. Keys of more
than three words are not looked for, since a solution may put them in other words.

Source: Atkinson, Derry, Renkl and Wortham 2000 (learners study a worked example as an expert's solution of the
problem), Review of Educational Research 70, 181-214.

Bad:

    - id: product
      type: numeric
      stem: What is 12 * 13?
      answer: 156
      solution: # <-
        steps:
          - Take 12 ten times, and add 12 three times.

Good:

    - id: product
      type: numeric
      stem: What is 12 * 13?
      answer: 156
      solution:
        steps:
          - Take 12 ten times, and add 12 three times. That is 156.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item, TextEntry
from quizlib.plugins import Files
from quizlib.rules._bank import tokens
from quizlib.rules._english import content_words, is_english
from quizlib.rules._walk import contains, key_texts, normalized

KIND = Kind("QZ304", "solution-without-key", Severity.WARNING, "pedantic")

_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each solution of steps alone in which a short key does not stand."""
    for item in bank.items:
        solution = item.solution
        if not solution.steps or solution.final_answer is not None or item.question_type == "true_false":
            continue
        told = " ".join(filter(None, (part for step in solution.steps for part in (step.title, step.text))))
        told = f"{told} {solution.check or ''}"
        missing = [key for key in _keys(item) if not _names(item, told, key, is_english(bank))]
        if missing and len(missing) == len(_keys(item)):
            message = f"the solution does not name the key, `{' '.join(missing[0].split())}`"
            help = "end with the key, or state it as `final_answer`"
            yield item, Finding(item.place.at("solution"), message, help)


def _keys(item: Item) -> list[str]:
    """Return the keys, when each of them is short enough to be named as it is."""
    match item.interaction:
        case Choice(max_choices=0):
            return []
        case TextEntry(pattern=pattern) if pattern is not None:
            return []
    keys = [key for key in key_texts(item) if normalized(key)]
    return keys if all(len(key.split()) <= 3 for key in keys) else []


def _names(item: Item, told: str, key: str, english: bool) -> bool:
    found = normalized(told)
    if contains(found, normalized(key)) or key.strip() in told:
        return True
    if isinstance(item.interaction, TextEntry) and item.interaction.base_type == "number":
        return _states_number(told, key, item.interaction.tolerance)
    if normalized(key) in ("yes", "no", "true", "false") or set(tokens(key)) <= set(tokens(told)):
        return True
    roots = content_words(key)
    return english and bool(roots) and roots <= content_words(told)


def _states_number(told: str, key: str, tolerance: Decimal) -> bool:
    try:
        stated = [Decimal(number.replace(",", "")) for number in _NUMBER.findall(told)]
        return any(abs(number - Decimal(key)) <= tolerance for number in stated)
    except InvalidOperation:
        return True
