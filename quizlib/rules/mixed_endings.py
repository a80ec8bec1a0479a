"""One option that ends or begins otherwise than all the others.

Why it matters: a full stop or a capital that one option alone has, or lacks, makes it stand out: an author who comes
back to the key alone leaves such traces.

Source: Haladyna, Downing and Rodriguez 2002, guidelines 12 and 28d (punctuation and capitals; conspicuous correct
choice).

Bad:

    - id: tuple
      type: single_choice
      stem: What is a tuple?
      options:
        - {text: A sequence that cannot be changed., correct: true} # <-
        - {text: A list without any order}
        - {text: A set of pairs of values}

Good:

    - id: tuple
      type: single_choice
      stem: What is a tuple?
      options:
        - {text: A sequence that cannot be changed, correct: true}
        - {text: A list without any order}
        - {text: A set of pairs of values}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item, Option
from quizlib.plugins import Files
from quizlib.rules._walk import written_choices

KIND = Kind("QZ221", "mixed-endings", Severity.WARNING)

_OF_OTHERS = ("all of", "none of", "both ", "neither ")
_CODE = frozenset('(){}[]=;:<>"\n')


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each option that is alone with or without a full stop, or with or without a capital at its start."""
    for item, choice, _ in written_choices(bank):
        if len(choice.options) < 3 or choice is not item.interaction or not _prose(choice):
            continue
        texts = [option.content.text.strip() for option in choice.options]
        stops = _odd(choice, [text.endswith(".") for text in texts])
        if stops is not None:
            has = "ends" if stops.content.text.strip().endswith(".") else "does not end"
            yield item, Finding(stops.place, f"of all options only this one {has} with a full stop", "end all alike")
            continue
        if all(text.split(None, 1)[0].strip(",").isalpha() and text[1:2].islower() for text in texts):
            capital = _odd(choice, [text[0].isupper() for text in texts])
            if capital is not None:
                has = "begins" if capital.content.text.strip()[0].isupper() else "does not begin"
                message = f"of all options only this one {has} with a capital"
                yield item, Finding(capital.place, message, "begin all alike")


def _prose(choice: Choice) -> bool:
    """Whether all options are of several words, on one line, and begin with a letter; those of code are not."""
    texts = [option.content.text.strip() for option in choice.options if option.content.format == "markdown"]
    return len(texts) == len(choice.options) and all(
        text.count(" ") > 2 and text[0].isalpha() and _CODE.isdisjoint(text) for text in texts
    )


def _odd(choice: Choice, marks: list[bool]) -> Option | None:
    """Return the one option that differs from all the others, if there is one that is no `all of the above`."""
    for mark in (True, False):
        if marks.count(mark) == 1:
            option = choice.options[marks.index(mark)]
            return None if option.content.text.casefold().startswith(_OF_OTHERS) else option
    return None
