"""What callers of the Python API give, checked: an error names the argument, and what it should be."""

from __future__ import annotations

import os
from collections.abc import Iterable

_SHOWN = 80  # characters of a value


def path(name: str, value: object) -> str:
    """Return a path as a text. Raises TypeError, and ValueError for an empty one, which would be the working folder."""
    text = os.fspath(value) if isinstance(value, str | os.PathLike) else value
    if not isinstance(text, str):
        raise _unlike(name, "a text or a pathlib.Path", value)
    if not text:
        raise ValueError(f"{name}: the path is empty")
    return text


def texts(name: str, value: object, *, paths: bool = False) -> tuple[str, ...]:
    """Return a text, or several, as a tuple; with `paths`, paths as texts as well. Raises TypeError."""
    kinds = (str, os.PathLike) if paths else (str,)
    if isinstance(value, kinds):
        value = [value]
    expected = "a text, a pathlib.Path, or several of them" if paths else "a text or several of them"
    if not isinstance(value, Iterable) or isinstance(value, bytes):
        raise _unlike(name, expected, value)
    found = []
    for one in value:
        plain = os.fspath(one) if isinstance(one, kinds) else one
        if not isinstance(plain, str):
            raise _unlike(name, expected, one)
        found.append(plain)
    return tuple(found)


def text(name: str, value: object) -> str | None:
    """Return a text, or None. Raises TypeError."""
    if value is not None and not isinstance(value, str):
        raise _unlike(name, "a text", value)
    return value


def truth(name: str, value: object) -> bool:
    """Return True or False. Raises TypeError for what is neither."""
    if not isinstance(value, bool):
        raise _unlike(name, "True or False", value)
    return value


def count(name: str, value: object) -> int | None:
    """Return a number from 1, or None. Raises TypeError for what is no whole number, ValueError for less than 1."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise _unlike(name, "a whole number", value)
    if value < 1:
        raise ValueError(f"{name}: at least 1")
    return value


def _unlike(name: str, expected: str, value: object) -> TypeError:
    shown = repr(value)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    return TypeError(f"{name}: {expected} is expected, and {shown} is none")
