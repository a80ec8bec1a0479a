"""What a learner typed, as a response: letters, pairs and orders. A text that is none says why."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

_BETWEEN = re.compile(r"[\s,;.:)(&+]+")
_PAIR = re.compile(r"([0-9]{1,6})\s*(?:->|[-=:.)>→])?\s*([a-z]{1,4})(?![a-z])")
_NUMBERS = re.compile(r"[0-9]{1,6}")


@dataclasses.dataclass(frozen=True, slots=True)
class Misread:
    """Why a text cannot be taken for a response, as a sentence for the learner."""

    why: str


def chosen(text: str, options: Mapping[str, str], labels: Mapping[str, str], *, several: bool) -> list[str] | Misread:
    """Return the ids of the options that a text names by their letters, in that order; none for a blank text.

    `options` maps letters to ids, and `labels` texts, such as `true`, to letters: an option may be typed out.
    """
    typed = text.strip().lower()
    whole = labels.get(" ".join(typed.split()))
    words = [whole] if whole and typed not in options else [word for word in _BETWEEN.split(typed) if word]
    if len(words) == 1 and words[0] not in options and several and set(words[0]) <= set(options):
        words = list(words[0])
    for word in words:
        if word not in options:
            return Misread(f"There is no option {_quoted(word)}. {_letters(list(options))}")
    names = list(dict.fromkeys(options[word] for word in words))
    if len(names) > 1 and not several:
        return Misread("Choose one option only.")
    return names


def paired(text: str, sources: Mapping[str, str], targets: Mapping[str, str]) -> dict[str, str] | Misread:
    """Return the target's id for each source's that a text such as `1b 2a` names; nothing for a blank text."""
    typed = text.strip().lower()
    found: dict[str, str] = {}
    for number, letter in _PAIR.findall(typed):
        number = number.lstrip("0") or "0"
        if number not in sources:
            return Misread(f"There is no number {_quoted(number)}. {_numbers(len(sources))}")
        if letter not in targets:
            return Misread(f"There is no letter {_quoted(letter)}. {_letters(list(targets))}")
        if found.setdefault(sources[number], targets[letter]) != targets[letter]:
            return Misread(f"The number {number} has two letters.")
    rest = _BETWEEN.sub("", _PAIR.sub("", typed))
    if rest:
        return Misread(f"{_quoted(rest)} is no pair. Type pairs such as 1b 2a.")
    return found


def ordered(text: str, rows: Mapping[str, str]) -> list[str] | Misread:
    """Return the ids of all rows in the order that a text such as `3 1 2` names; none for a blank text."""
    typed = text.strip()
    if not typed:
        return []
    rest = _BETWEEN.sub("", re.sub(r"->|[-<>→]", " ", _NUMBERS.sub("", typed)))
    if rest:
        return Misread(f"{_quoted(rest)} is no number. {_numbers(len(rows))}")
    words = [word.lstrip("0") or "0" for word in _NUMBERS.findall(typed)]
    if len(words) == 1 and len(words[0]) == len(rows) and len(rows) < 10:
        words = list(words[0])
    unknown = [word for word in words if word not in rows]
    twice = [word for word in words if words.count(word) > 1]
    missing = [number for number in rows if number not in words]
    if unknown:
        return Misread(f"There is no number {_quoted(unknown[0])}. {_numbers(len(rows))}")
    if twice:
        return Misread(f"The number {twice[0]} is there twice.")
    if missing:
        return Misread(
            f"Type all numbers, each once: {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing."
        )
    return [rows[word] for word in words]


def _quoted(text: str) -> str:
    return f"`{text[:20]}{'…' if len(text) > 20 else ''}`"


def _letters(known: Sequence[str]) -> str:
    return f"There {'is' if len(known) == 1 else 'are'}: {', '.join(known)}." if len(known) < 9 else _range(known)


def _numbers(count: int) -> str:
    return _range([str(number) for number in range(1, count + 1)])


def _range(known: Sequence[str]) -> str:
    return f"There are: {known[0]} to {known[-1]}."
