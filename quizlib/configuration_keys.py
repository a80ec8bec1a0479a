"""The keys of a configuration: what each may hold, and what is said where it holds something else."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from quizlib.explanations import known
from quizlib.selection import is_fixed, is_one, unknown


class Fault(NamedTuple):
    """What is wrong with a key, or with a text in its value."""

    message: str
    help: str | None = None
    value: str | None = None
    keys: tuple[str, ...] = ()


def faults_of(table: Any) -> tuple[dict[str, Any], list[Fault]]:
    """Return the keys of a configuration that are sound, with their values, and what is wrong with the others."""
    if not isinstance(table, dict):
        return {}, [_expected("quizlib", table, "a table")]
    faults: list[Fault] = []
    sound: dict[str, Any] = {}
    for key, value in table.items():
        found = list(KEYS[key](key, value)) if key in KEYS else [_unknown_key(key, value)]
        faults += [fault._replace(keys=fault.keys or (key,)) for fault in found]
        if not found:
            sound[key] = value
    if sound.get("strict") is True and sound.get("fail-on") == "error":
        del sound["fail-on"]
        faults.append(
            Fault(
                "`fail-on` contradicts `strict`",
                'leave one out; `strict = true` is `fail-on = "warning"`',
                None,
                ("fail-on",),
            )
        )
    return sound, faults


def not_selectable(name: str) -> tuple[str, str] | None:
    """Say that nothing has this name, and what was probably meant; None where something has."""
    return unknown(name, (kind for kind, _ in known()))


def not_ignorable(name: str) -> tuple[str, str] | None:
    """Say that nothing has this name, or that what has it is never left out; None where it may be."""
    for kind, is_rule in known():
        if is_one(name, kind) and is_fixed(kind.code, kind.severity, is_rule=is_rule):
            return f"`{name}` cannot be ignored", "only lint rules and warnings can be, and none that guards the key"
    return not_selectable(name)


def _unknown_key(key: str, value: Any) -> Fault:
    if key == "tool" and isinstance(value, dict) and "quizlib" in value:
        return Fault(
            "the heading `[tool.quizlib]` is for a pyproject.toml", "leave the heading out", None, (key, "quizlib")
        )
    meant = difflib.get_close_matches(key.replace("_", "-"), KEYS, 1)
    help = f"did you mean `{meant[0]}`?" if meant else f"there are: {', '.join(sorted(KEYS))}"
    return Fault(f"the key `{key[:60]}` is not known here", help)


def _texts(key: str, value: Any) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield _expected(key, value, "a list of texts")
        return
    for element in value:
        if not isinstance(element, str) or not element:
            yield _expected(f"an element of `{key}`", element, "a text that is not empty", quoted=False)


def _names(refused: Callable[[str], tuple[str, str] | None]) -> Callable[[str, Any], Iterator[Fault]]:
    def check(key: str, value: Any) -> Iterator[Fault]:
        faults = list(_texts(key, value))
        yield from faults
        for name in () if faults else value:
            if problem := refused(name):
                yield Fault(*problem, name)

    return check


def _ignored_in_files(key: str, value: Any) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield _expected(key, value, "a table of patterns and lists")
        return
    for pattern, names in value.items():
        for fault in _names(not_ignorable)(pattern, names):
            yield fault._replace(keys=(key, pattern))


def _one_of(*words: str) -> Callable[[str, Any], Iterator[Fault]]:
    def check(key: str, value: Any) -> Iterator[Fault]:
        if value not in words:
            meant = difflib.get_close_matches(str(value), words, 1)
            help = f"did you mean `{meant[0]}`?" if meant else None
            yield _expected(key, value, " or ".join(f'"{word}"' for word in words))._replace(help=help)

    return check


def _truth(key: str, value: Any) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield _expected(key, value, "true or false")


def _share(key: str, value: Any) -> Iterator[Fault]:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or not 0 <= value <= 100:
        yield _expected(key, value, "a number from 0 to 100")


def _path(key: str, value: Any) -> Iterator[Fault]:
    if not isinstance(value, str) or not value or "\0" in value:
        yield _expected(key, value, "the path of a file")


def _expected(name: str, value: Any, wanted: str, *, quoted: bool = True) -> Fault:
    subject = f"`{name}`" if quoted else name
    help = (
        f"write `{_toml_key(name)} = [{json.dumps(value[:40], ensure_ascii=False)}]`"
        if wanted == "a list of texts" and isinstance(value, str)
        else None
    )
    return Fault(f"{subject} is {_shown(value)}, and {wanted} is expected", help)


def _toml_key(name: str) -> str:
    """Return a key as TOML wants it: in quotes where it holds more than letters, digits, `_` and `-`."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f"'{name}'" if "'" not in name else json.dumps(name)


def _shown(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() if abs(value) >= 10**20:
            return "a huge number"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text `{value[:60]}`"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or a time"


KEYS: dict[str, Callable[[str, Any], Iterator[Fault]]] = {
    "select": _names(not_selectable),
    "ignore": _names(not_ignorable),
    "persona": _one_of("default", "pedantic"),
    "strict": _truth,
    "fail-on": _one_of("error", "warning"),
    "exclude": _texts,
    "min-coverage": _share,
    "baseline": _path,
    "per-file-ignores": _ignored_in_files,
}
