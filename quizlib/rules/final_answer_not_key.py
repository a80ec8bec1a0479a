"""A final answer that is not the key.

Why it matters: the worked solution then arrives somewhere else than the marks do. A learner who follows
it is marked wrong. The final answer is the key's text, or holds it.

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

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from quizlib.diagnostics import Finding, Kind
from quizlib.model import Bank, Choice, Item, TextEntry
from quizlib.plugins import Files
from quizlib.rules._walk import contains, key_texts, normalized

KIND = Kind("QZ104", "final-answer-not-key")


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
            return any(found) or any(_within(word, keys, tolerance) for word in stated.split())
        case _:
            return any(found)


def _within(word: str, keys: list[str], tolerance: Decimal) -> bool:
    try:
        return any(abs(Decimal(word.strip("%,;")) - Decimal(key)) <= tolerance for key in keys)
    except InvalidOperation:
        return False
