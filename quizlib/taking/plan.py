"""What is asked, in which order, and by which seed."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterable, Iterator
from typing import Literal

from quizlib import assembly
from quizlib.delivery.reading import Delivered
from quizlib.forms import Selection, selected
from quizlib.model import Bank, Blueprint, Form, Item

Mode = Literal["practice", "test"]
ALL = Selection()


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What a user asks for. `minutes` is the time for a test, None for what the blueprint says."""

    mode: Mode = "practice"
    blueprint: Blueprint | None = None
    selection: Selection = ALL
    minutes: float | None = None
    learner: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """A practice or a test: `bank` has the questions that are asked, in order. `minutes` is None without a limit."""

    bank: Bank
    mode: Mode
    form: Form
    minutes: float | None = None
    learner: str | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions, in order."""
        return self.bank.items

    @property
    def seed(self) -> str:
        """What decides the order of options."""
        return self.form.seed


def new_seed() -> str:
    """Return a seed that nobody knows beforehand."""
    return secrets.token_hex(8)


def planned(delivered: Delivered, asked: Asked, seed: str) -> tuple[Plan, assembly.Assembled | None]:
    """Return what is asked, and the draw by which it was found, if there was one: it says what is missing.

    A form is asked as it is, by its own seed. Of a bank a test is drawn, by the blueprint that is given, else by the
    selection, else by the bank's own; in practice all questions are asked that the selection fits, in the order of the
    bank, unless a blueprint or a number is given.
    """
    if delivered.form is not None:
        return _plan(delivered.bank, asked, delivered.form), None
    bank = delivered.bank
    if asked.mode == "practice" and asked.blueprint is None and asked.selection.count is None:
        chosen = dataclasses.replace(bank, items=tuple(_fitting(bank, asked.selection, seed)))
        return _plan(chosen, asked, Form(seed, Blueprint(()))), None
    own = bank.blueprint if asked.selection.is_empty else None
    blueprint = asked.blueprint or own or selected(bank, asked.selection)
    made = assembly.form(bank, blueprint, seed)
    return _plan(made.bank, asked, made.form), made


def _plan(bank: Bank, asked: Asked, form: Form) -> Plan:
    minutes = form.blueprint.time_limit if asked.minutes is None else asked.minutes
    return Plan(bank, asked.mode, form, minutes if asked.mode == "test" else None, asked.learner)


def _fitting(bank: Bank, selection: Selection, seed: str) -> Iterator[Item]:
    """Yield the questions that the selection fits, essays too; of the variants of a question the one of lowest rank."""
    like = selection.like
    items = [
        item
        for item, candidate in zip(bank.items, assembly.candidates(bank), strict=True)
        if dataclasses.replace(candidate, graded=True).fits(like)
    ]
    shown = _of_variants(items, seed)
    return (item for item in items if item.variant_of is None or shown[item.variant_of] == item.identifier)


def _of_variants(items: Iterable[Item], seed: str) -> dict[str, str]:
    ranked = sorted(items, key=lambda item: (assembly.rank(seed, item.identifier), item.identifier), reverse=True)
    return {item.variant_of: item.identifier for item in ranked if item.variant_of is not None}
