"""How a key that programs disprove can be put right: by the option, the text or the number that they really give."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from quizlib.diagnostics import AddKey, Applicability, Place, Remove, Repair, SetText
from quizlib.model import Choice, Ending, Item, NeverPrints, Option, Output, Prints, PrintsNumber
from quizlib.proof.outcomes import Outcome
from quizlib.sandbox import Status

_MAX_CHARACTERS = 2_000  # of an answer that a learner is to type


def marked_instead(item: Item, claim: Prints, found: Sequence[Outcome]) -> Repair | None:
    """Return the repair that marks the one option that says what the program does, in place of the marked one.

    There is none where several options say so, where several are marked, or where shares are written out.
    A program that fails may itself be what is wrong, and what is told about an option may be wrong once it is the key
    or is not any more, so that the repair is then an unsafe one.
    """
    right = _only_option(item, claim, found)
    marked = [option for option in _options(item) if option.correct]
    if right is None or len(marked) != 1 or marked[0].place != claim.place:
        return None
    fails = isinstance(claim.expected, Output) and any(outcome.result.status is not Status.OK for outcome in found)
    number = number_of(right)
    return Repair(
        f"mark option {number}, which is what the program {'does' if fails else 'prints'}, as correct",
        (_mark(right), Remove(_entry(marked[0]).at("correct"))),
        Applicability.UNSAFE if fails or _is_told_about(item, right, marked[0]) else Applicability.SAFE,
        (_entry(right).at("fraction"), _entry(marked[0]).at("fraction")),
    )


def marked(item: Item, claim: NeverPrints, found: Sequence[Outcome]) -> Repair | None:
    """Return the repair that marks an option that is right, where no option is marked and no other one is right.

    It is an unsafe one where the option has feedback or a rationale, which may say that it is wrong.
    """
    right = _only_option(item, claim, found)
    if right is None or right.place != claim.place or any(option.correct for option in _options(item)):
        return None
    message = f"mark option {number_of(right)}, which is what the program prints, as correct"
    applicability = Applicability.UNSAFE if _is_told_about(item, right) else Applicability.SAFE
    return Repair(message, (_mark(right),), applicability, (_entry(right).at("fraction"),))


def printed_instead(claim: Prints, found: Sequence[Outcome]) -> Repair | None:
    """Return the repair that states what the program prints as the answer to be typed, where it can be typed."""
    text = to_be_typed(found, claim.expected)
    return Repair("write what the program prints as the answer", (SetText(claim.place, text),)) if text else None


def to_be_typed(found: Sequence[Outcome], stated: Output | Ending) -> str | None:
    """Return what a program prints in every run, compared as `stated` is, as a text that a learner could type.

    There is none where that is nothing, or holds what nobody can type, or words that mean an exception.
    """
    if not isinstance(stated, Output) or any(outcome.result.status is not Status.OK for outcome in found):
        return None
    text = found[0].result.stdout.removesuffix("\n").removesuffix("\r")
    if not text.strip() or len(text) > _MAX_CHARACTERS or "raises" in text.casefold():
        return None
    if not all(line.isprintable() for line in text.replace("\t", " ").split("\n")):
        return None
    return text if all(outcome.holds(Output(text, stated.whitespace)) for outcome in found) else None


def computed_instead(claim: PrintsNumber, printed: str) -> Repair | None:
    """Return the repair that states the number that a program computes, to as many decimals as the key has now."""
    try:
        value = Decimal(printed.strip())
        if not value.is_finite() or abs(value.adjusted()) > 15:
            return None
        exponent = claim.key.as_tuple().exponent
        if isinstance(exponent, int) and exponent <= 0:
            rounded = value.quantize(Decimal(1).scaleb(exponent))
            loss = abs(Fraction(value) - Fraction(rounded))
            value = rounded if exponent < 0 or loss <= Fraction(claim.tolerance) else value
    except InvalidOperation:
        return None
    return Repair("write the number that the program computes as the answer", (SetText(claim.place, f"{value:f}"),))


def _is_told_about(item: Item, right: Option, *before: Option) -> bool:
    """Whether what is told would be wrong: a mistake that leads to the new key, feedback of it or of the one before."""
    mistaken = any(
        one.yields is not None and one.yields.strip() == right.content.text.strip() for one in item.common_mistakes
    )
    return mistaken or any(one.feedback or one.rationale for one in (right, *before))


def _options(item: Item) -> Sequence[Option]:
    return item.interaction.options if isinstance(item.interaction, Choice) else ()


def _only_option(item: Item, claim: Prints | NeverPrints, found: Sequence[Outcome]) -> Option | None:
    """Return the one option of those not marked that says how the program ended in every run."""
    stated = {
        other.place: other.excluded
        for other in item.claims
        if isinstance(other, NeverPrints) and other.program == claim.program
    }
    right = [
        option
        for option in _options(item)
        if option.place in stated and all(outcome.holds(stated[option.place]) for outcome in found)
    ]
    return right[0] if len(right) == 1 else None


def _mark(option: Option) -> AddKey:
    return AddKey(_entry(option), "correct", "true", scalar_key="text")


def _entry(option: Option) -> Place:
    return option.place._replace(keys=option.place.keys[:-1])


def number_of(option: Option) -> int:
    """Return which option it is, from 1."""
    last = option.place.keys[-2]
    return last + 1 if isinstance(last, int) else 0
