"""Steps of a worked solution that say what is so at a point of the program."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from quizlib.authoring.fields import Field, Fields, FilledText, Integer, Text, TextFields, shown
from quizlib.authoring.listing import Code
from quizlib.diagnostics import Key, Place
from quizlib.model import Reaches
from quizlib.source import LINE_END

_MAX_CHARACTERS = 100
_FUNCTIONS = ("abs", "len", "list", "max", "min", "round", "sorted", "sum", "tuple")
_HELP = f"write a name, `xs[0]`, `point.x`, or a call of {', '.join(_FUNCTIONS)}"
_Problem = tuple[tuple[Key, ...], str, str | None, bool]


class AtFields(Fields):
    """A point of the program: just after a line has run."""

    line: Annotated[Integer, Field(ge=1, description="The line of the program, from 1.")]
    time: Annotated[
        Integer, Field(ge=1, le=1_000_000, description="Which of the times that the line runs; 1 when absent.")
    ] = 1


class StepFields(TextFields):
    """One step of the worked solution."""

    text: Annotated[FilledText, Field(description="What is done in this step. Equations in it are checked.")]
    title: Annotated[Text | None, Field(description="What the step is called.")] = None
    at: Annotated[AtFields | None, Field(description="The point of the program that the step speaks of.")] = None
    expect: Annotated[
        dict[str, Text], Field(description="Names of the program, or simple expressions, and their values there.")
    ] = {}


def step_problems(steps: Sequence[StepFields], code: Code | None) -> Iterator[_Problem]:
    """Yield what is wrong with the points that steps speak of: keys, message, help, whether something is missing."""
    for index, step in enumerate(steps):
        here: tuple[Key, ...] = ("solution", "steps", index)
        if step.at is None:
            if step.expect:
                yield here, "the step does not say where its values hold", "add `at: {line: …}`", True
        elif code is None:
            yield (*here, "at"), "the question has no program that could be followed", "add `code`", False
        elif code.language != "python":
            message = f"only programs in Python can be followed, and this one is in `{shown(code.language)}`"
            yield (*here, "at"), message, "leave `at` out", False
        elif code.source is not None and step.at.line > (lines := _lines(code.source)):
            message = f"the program has {lines} line{'' if lines == 1 else 's'}, and no line {step.at.line}"
            yield (*here, "at", "line"), message, None, False
        for expression in step.expect:
            if not _is_simple(expression):
                message = f"`{shown(expression)}` cannot be looked up in a program"
                yield (*here, "expect", expression), message, _HELP, False


def reached(
    steps: Sequence[StepFields], code: Code | None, files: Mapping[str, str], place: Place
) -> Iterator[Reaches]:
    """Claim that the program comes to the points that steps speak of. `place` is that of the question."""
    for index, step in enumerate(steps):
        if step.at is not None and code is not None:
            expect = tuple(step.expect.items())
            where = place.at("solution", "steps", index)
            yield Reaches(code.program(files), step.at.line, step.at.time, expect, where)


def _lines(source: str) -> int:
    return len(LINE_END.split(source.rstrip("\r\n")))


def _is_simple(expression: str) -> bool:
    """Whether an expression only looks something up, as far as its form can tell."""
    if len(expression) > _MAX_CHARACTERS:
        return False
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return _looks_up(tree.body)


def _looks_up(node: ast.expr) -> bool:
    match node:
        case ast.Name() | ast.Constant():
            return True
        case ast.Attribute(value=value, attr=name):
            return not name.startswith("_") and _looks_up(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _looks_up(operand)
        case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper, step=step)):
            return _looks_up(value) and all(_looks_up(part) for part in (lower, upper, step) if part)
        case ast.Subscript(value=value, slice=index):
            return _looks_up(value) and _looks_up(index)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            return name in _FUNCTIONS and all(map(_looks_up, arguments))
        case _:
            return False
