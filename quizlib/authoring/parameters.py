"""Parameters of a question: what an author may declare, and which values its variants get."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated

from quizlib.authoring.decimals import Number, TemplateFault, Value, printed
from quizlib.authoring.fields import DecimalText, Field, Fields, Integer, Text, shown
from quizlib.authoring.template import Expression, expression
from quizlib.diagnostics import Key

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}", re.ASCII)
_RESERVED = {"and", "or", "not", "if", "else", "in", "is", "true", "false", "none", "True", "False", "None"}
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
_MAX_PARAMETERS = 50
DEFAULT_VARIANTS = 5


class ParameterFields(Fields):
    """One parameter: chosen from values, or taken from a range, or worked out from parameters before it."""

    choose: Annotated[list[Text] | None, Field(min_length=1, description="The values to choose from.")] = None
    range: Annotated[
        list[DecimalText] | None, Field(min_length=2, description="The least and the greatest value, both included.")
    ] = None
    step: Annotated[
        DecimalText | None, Field(description="From one value of the range to the next; 1 when absent.")
    ] = None
    value: Annotated[
        Text | None, Field(description="An expression of parameters before it, such as `start * 0.7 ** epochs`.")
    ] = None


class Declaration(Fields):
    """What makes variants of a question."""

    parameters: Annotated[dict[str, ParameterFields], Field(min_length=1, description="The parameters.")]
    variants: Annotated[Integer, Field(ge=1, le=100, description="How many variants there are.")] = 0
    seed: Annotated[Integer, Field(description="Another seed gives other variants.")] = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a declaration; `keys` lead to it from the question."""

    keys: tuple[Key, ...]
    message: str
    help: str | None = None
    excerpt: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Values:
    """The values that a parameter may take: those that are listed, or `size` of them from `start` on."""

    listed: tuple[Value, ...] = ()
    start: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    decimals: int = 0
    size: int = 0

    @property
    def count(self) -> int:
        """How many values there are."""
        return len(self.listed) or self.size

    def __getitem__(self, index: int) -> Value:
        if self.listed:
            return self.listed[index]
        number = self.start + self.step * index
        return Number(number, format(number, f".{self.decimals}f"))


class Parameters:
    """The parameters of a question, read; `problems` says what is wrong with them."""

    def __init__(self, declared: Declaration) -> None:
        self.problems: list[Problem] = []
        self._free: dict[str, Values] = {}
        self._derived: dict[str, Expression] = {}
        self.seed = declared.seed
        for index, (name, fields) in enumerate(declared.parameters.items()):
            self.problems += self._add(name, fields, tuple(declared.parameters)[:index])
        if len(declared.parameters) > _MAX_PARAMETERS:
            self.problems.append(Problem(("parameters",), f"there are more than {_MAX_PARAMETERS} parameters"))
        self._combinations = 1
        for values in self._free.values():
            self._combinations *= values.count
        self._variants = declared.variants or min(DEFAULT_VARIANTS, self._combinations)
        if not self.problems and self._variants > self._combinations:
            self.problems.append(self._too_few())

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in the order of the declaration."""
        return (*self._free, *self._derived)

    def unused(self, used: frozenset[str]) -> Iterator[Problem]:
        """Yield each parameter that neither `used` nor another parameter speaks of."""
        derived = {name for each in self._derived.values() for name in each.names}
        for name in self.names:
            if name not in used and name not in derived:
                message = f"the parameter `{name}` is used nowhere"
                yield Problem(("parameters", name), message, f"write `{{{{ {name} }}}}` in a text, or leave it out")

    def assignments(self) -> Iterator[dict[str, Value]]:
        """Yield the free parameters of each variant, no two alike; the first ones stay when more are asked for."""
        seen: set[int] = set()
        draw = 0
        while len(seen) < self._variants:
            digest = hashlib.sha256(f"{self.seed} {draw}".encode()).digest()
            number = int.from_bytes(digest, "big") % self._combinations
            draw += 1
            if number not in seen:
                seen.add(number)
                yield dict(self._combination(number))

    def completed(self, free: Mapping[str, Value]) -> dict[str, Value]:
        """Add the parameters that are worked out. Raises TemplateFault, with the parameter as its excerpt."""
        values = dict(free)
        for name, derived in self._derived.items():
            try:
                values[name] = derived.value(values)
            except TemplateFault as fault:
                raise TemplateFault(fault.message, fault.help, name) from None
        return values

    def _combination(self, number: int) -> Iterator[tuple[str, Value]]:
        for name, values in self._free.items():
            number, index = divmod(number, values.count)
            yield name, values[index]

    def _too_few(self) -> Problem:
        there = "is only 1 combination" if self._combinations == 1 else f"are only {self._combinations} combinations"
        message = f"there {there} of the parameters, and {self._variants} variants are asked for"
        return Problem(("variants",), message, f"write `variants: {self._combinations}`, or give more values")

    def _add(self, name: str, fields: ParameterFields, before: tuple[str, ...]) -> Iterator[Problem]:
        keys: tuple[Key, ...] = ("parameters", name)
        if not _NAME.fullmatch(name) or name in _RESERVED:
            message = f"`{shown(name)}` cannot be the name of a parameter"
            yield Problem(keys, message, "use letters, digits and `_`, and no word such as `if`")
        kinds = [kind for kind in ("choose", "range", "value") if getattr(fields, kind) is not None]
        if len(kinds) != 1:
            there = " and ".join(f"`{kind}`" for kind in kinds) or "none of them"
            yield Problem(
                keys, f"a parameter needs one of `choose`, `range` and `value`, and `{shown(name)}` has {there}"
            )
        elif fields.step is not None and fields.range is None:
            yield Problem((*keys, "step"), "a `step` belongs to a `range`")
        else:
            try:
                self._read(name, fields, before)
            except TemplateFault as fault:
                yield Problem((*keys, kinds[0]), fault.message, fault.help, fault.excerpt)

    def _read(self, name: str, fields: ParameterFields, before: tuple[str, ...]) -> None:
        if fields.value is not None:
            self._derived[name] = expression(fields.value, before)
        elif fields.choose is not None:
            self._free[name] = _listed(fields.choose)
        else:
            self._free[name] = _ranging(fields.range or [], fields.step or "1")


def as_typed(values: Mapping[str, Value]) -> str:
    """Return values in words: `epochs=4, start=0.8`."""
    return shown(", ".join(f"{name}={printed(value)}" for name, value in values.items()), 120)


def _listed(texts: list[str]) -> Values:
    for index, text in enumerate(texts):
        if text in texts[:index]:
            raise TemplateFault(f"the value `{shown(text)}` stands here twice")
    return Values(tuple(Number.of(text, typed=True) if _NUMBER.fullmatch(text) else text for text in texts))


def _ranging(ends: list[str], step: str) -> Values:
    if len(ends) != 2:
        raise TemplateFault(f"a range has two ends, and {len(ends)} are given", "write `range: [2, 5]`")
    low, high, by = (Number.of(text).value for text in (*ends, step))
    if by <= 0:
        raise TemplateFault(f"the step of a range must be greater than 0, and is {shown(step)}")
    if high < low:
        raise TemplateFault(f"the range ends before it begins: at {shown(ends[1])}, and begins at {shown(ends[0])}")
    decimals = max(0, *(-int(number.as_tuple().exponent) for number in (low, high, by)))
    if decimals > 15 or max(abs(low), abs(high)) >= 10**12:
        raise TemplateFault("the numbers of a range have 15 decimals and 12 digits before them at most")
    return Values(start=low, step=by, decimals=decimals, size=int((high - low) // by) + 1)
