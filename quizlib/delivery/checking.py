"""JSON from anywhere, looked at without trust: every fault is gathered, each with its path into the document."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn, TypeVar

from quizlib.diagnostics import Key, printable

Word = TypeVar("Word", bound=str)
MAX_DEPTH = 100
_NOT_THERE: Any = object()
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_SHOWN = 60
_HUGE = 1e300
_LARGE = 1e9


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a document. `keys` lead to it; `line` and `column` are known where it is no JSON at all."""

    message: str
    keys: tuple[Key, ...] = ()
    line: int = 0
    column: int = 0

    @property
    def path(self) -> str:
        """The keys as one text, such as `items[2].stem`; empty for the whole document."""
        return "".join(map(_step, self.keys)).removeprefix(".")

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.keys else self.message


class DocumentError(ValueError):
    """A document is not what it should be. `faults` are all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)))


def parsed(content: bytes | str) -> Any:
    """Return what a JSON text says. Raises DocumentError for what is none, or nested too deeply to be looked at."""
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        data = json.loads(text, parse_constant=_refused)
    except UnicodeDecodeError as error:
        raise DocumentError([Fault(f"the byte 0x{error.object[error.start]:02x} is not UTF-8")]) from error
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise DocumentError([Fault(message, line=error.lineno, column=error.colno)]) from error
    except (ValueError, RecursionError) as error:
        message = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise DocumentError([Fault(message)]) from error
    if _is_deep(data):
        raise DocumentError([Fault(f"it is nested more than {MAX_DEPTH} levels deep")])
    return data


class Node:
    """A value of a document, where it stands, and the list in which the faults of the whole are gathered.

    What is asked for and is not there, or is of another kind, is a fault, and something harmless takes its place.
    Keys that nobody asks for are ignored, so that a later version may add some.
    """

    def __init__(self, value: Any, faults: list[Fault], keys: tuple[Key, ...] = ()) -> None:
        self.value = value
        self.keys = keys
        self._faults = faults

    def fault(self, message: str, *keys: Key) -> None:
        """Report something wrong with this value, or with one below it."""
        self._faults.append(Fault(message, (*self.keys, *keys)))

    def is_mapping(self) -> bool:
        """Whether this is an object; it is a fault when it is none."""
        if isinstance(self.value, dict):
            return True
        self.fault(f"an object is expected here, and this is {_described(self.value)}")
        return False

    def has(self, name: str) -> bool:
        """Whether there is something under a key; null counts as nothing."""
        return isinstance(self.value, dict) and self.value.get(name) is not None

    def raw(self, name: str) -> Any:
        """Return whatever stands under a key, None when there is nothing."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    def part(self, name: str) -> Node:
        """Return the value under a key, which must be there."""
        if not self.has(name):
            self.fault(f"`{name}` is missing")
            return self._below(name, {})
        return self._below(name, self.value[name])

    def list(self, name: str, *, least: int = 0, most: int | None = None) -> Iterator[Node]:
        """Yield the entries of a list; without `least`, it may be absent."""
        found = self._typed(name, list, "a list", _NOT_THERE if least else [])
        if least and len(found) < least:
            self.fault(f"at least {least} are needed here, and there are {len(found)}", name)
        if most is not None and len(found) > most:
            self.fault(f"at most {most} are allowed here, and there are {len(found)}", name)
            return
        for index, value in enumerate(found):
            yield Node(value, self._faults, (*self.keys, name, index))

    def mapping(self, name: str) -> Iterator[tuple[str, Node]]:
        """Yield the entries of an object that may be absent."""
        for key, value in self._typed(name, dict, "an object", {}).items():
            yield key, Node(value, self._faults, (*self.keys, name, key))

    def text(self, name: str, default: str = _NOT_THERE) -> str:
        """Return a text, which is Unicode throughout."""
        found: str = self._typed(name, str, "a text", default)
        return self._unicode(found, name)

    def optional_text(self, name: str) -> str | None:
        """Return a text, None when it is absent."""
        return self.text(name) if self.has(name) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts that may be absent."""
        return tuple(node.own_text() for node in self.list(name))

    def own_text(self) -> str:
        """Return this value, which must be a text."""
        if isinstance(self.value, str):
            return self._unicode(self.value)
        self.fault(f"a text is expected here, and this is {_described(self.value)}")
        return ""

    def _unicode(self, text: str, *keys: Key) -> str:
        if text.isascii() or not _SURROGATE.search(text):
            return text
        self.fault("half of a surrogate pair stands in this text", *keys)
        return ""

    def truth(self, name: str, default: bool = _NOT_THERE) -> bool:
        """Return a truth value."""
        return bool(self._typed(name, bool, "`true` or `false`", default))

    def whole(self, name: str, default: int = _NOT_THERE, *, least: int = 0, most: int = 10**9) -> int:
        """Return a whole number within limits."""
        found = self.number(name, default, least=least, most=most)
        if found != int(found):
            self.fault("a whole number is expected here", name)
        return int(found)

    def number(self, name: str, default: float = _NOT_THERE, *, least: float = -_HUGE, most: float = _HUGE) -> float:
        """Return a finite number within limits."""
        found = self._typed(name, (int, float), "a number", default)
        if isinstance(found, bool):
            self.fault(f"a number is expected here, and this is {_described(found)}", name)
        elif least <= found <= most:
            return float(found)
        elif self.has(name):
            self.fault(f"a number{_limits(least, most)} is expected here, and this is {_described(found)}", name)
        return float(least if least > -_HUGE else 0)

    def optional_number(self, name: str, *, least: float, most: float) -> float | None:
        """Return a finite number within limits, None when it is absent."""
        return self.number(name, least=least, most=most) if self.has(name) else None

    def word(self, name: str, words: Sequence[Word], default: Word = _NOT_THERE) -> Word:
        """Return one of these words."""
        found = self.text(name, default)
        for word in words:
            if word == found:
                return word
        if self.has(name) and isinstance(self.raw(name), str):
            self.fault(f"one of {', '.join(words)} is expected here, and this is {_described(found)}", name)
        return words[0]

    def _typed(self, name: str, kinds: type | tuple[type, ...], called: str, default: Any) -> Any:
        if not self.has(name):
            if default is not _NOT_THERE:
                return default
            self.fault(f"`{name}` is missing")
        elif isinstance(self.value[name], kinds):
            return self.value[name]
        else:
            self.fault(f"{called} is expected here, and this is {_described(self.value[name])}", name)
        return (kinds[0] if isinstance(kinds, tuple) else kinds)()

    def _below(self, key: Key, value: Any) -> Node:
        return Node(value, self._faults, (*self.keys, key))


def _limits(least: float, most: float) -> str:
    if least == -_HUGE:
        return ""
    return f" from {least:g} to {most:g}" if most < _LARGE else f" of {least:g} or above"


def _described(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case dict():
            return "an object"
        case list():
            return "a list"
        case str():
            return f"the text `{printable(value[:_SHOWN])}{'…' if len(value) > _SHOWN else ''}`"
        case _:
            return f"the number {str(value)[:_SHOWN]}"


def _step(key: Key) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    return f".{key}" if _PLAIN_KEY.fullmatch(key) else f"[{printable(json.dumps(key[:_SHOWN], ensure_ascii=False))}]"


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number in JSON")


def _is_deep(data: Any) -> bool:
    """Whether lists and objects stand in each other too many times."""
    level = [data]
    for _ in range(MAX_DEPTH + 1):
        level = [
            part
            for entry in level
            if isinstance(entry, list | dict)
            for part in (entry.values() if isinstance(entry, dict) else entry)
        ]
        if not level:
            return False
    return True
