"""Where a cursor stands in YAML that may be half written, and so cannot be parsed: told by indentation and brackets.

What begins a line, a dash or a key, *opens* what stands farther in below it. From the column of what is being written
the lines above are looked through upwards: each opener that stands farther out than the last one found holds it, and
these are its ancestors. A dash may stand at the column of the key that holds it. An ancestor whose value is a block
text (`|`, `>`) holds characters and no keys. Braces and brackets are followed from the line on which they begin.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence

from quizlib.diagnostics import Key
from quizlib.language_server.brackets import first_line
from quizlib.language_server.flow import begins_flow, opened, text_of, within
from quizlib.language_server.openers import BLOCK_SCALAR, ITEM, KEY, Opener, openers_of

_WORD = re.compile(r"[^\s{}\[\],:\"']*$")


@dataclasses.dataclass(frozen=True, slots=True)
class Cursor:
    """What a cursor is about to write.

    `keys` leads to the mapping or list around it; an element of a list counts as 0, wherever it stands. `key` is the
    key whose value is being written, None while a key is. `siblings` are the other keys of that mapping. `word` is
    what is written before the cursor. `question_type` is the type of the question around it, if it says one.
    """

    keys: tuple[Key, ...]
    key: str | None
    word: str
    siblings: frozenset[str] = frozenset()
    question_type: str | None = None
    in_question: int | None = None  # the line on which the question begins, from 0


def cursor_at(lines: Sequence[str], line: int, column: int) -> Cursor | None:
    """Return what is written at a place, counted from 0; None inside a text, or where nothing can be said."""
    if line >= len(lines):
        return None
    begun = first_line(lines, line)
    before = "\n".join((*lines[begun:line], lines[line][:column]))
    line = begun
    openers = list(openers_of(before, line))
    own = next((opener for opener in reversed(openers) if opener.name != ITEM), None)
    indentation = own.column if own else _start_of_key(before, openers, column)
    ancestors = _ancestors(lines, line, indentation, openers)
    flow = opened(_value_of(before, openers))
    if ancestors is None or flow is None or flow.is_comment:
        return None
    path = tuple(0 if opener.name == ITEM else opener.name for opener in ancestors)
    keys, key, siblings = within(path, own.name if own else None, flow)
    if not flow.depth:
        siblings = frozenset(_siblings(lines, line, indentation))
    word = _WORD.search(before)
    question = _question(ancestors)
    kind, first = (_type_of(lines, question), question.line) if question else (None, None)
    return Cursor(keys, key, word[0] if word else "", siblings, kind, first)


def _value_of(before: str, openers: Sequence[Opener]) -> str:
    """Return what stands behind the last opener of the line, up to the cursor."""
    if not openers:
        return before.strip()
    last = openers[-1]
    rest = before[last.column :]
    if last.name == ITEM:
        return rest[1:].lstrip()
    found = KEY.match(rest)
    return rest[found.end() :] if found else rest


def _start_of_key(before: str, openers: Sequence[Opener], column: int) -> int:
    """Return the column of a key that is being written."""
    if openers:
        rest = before[openers[-1].column + 1 :]
        return len(before) - len(rest.lstrip(" "))
    return len(before) - len(before.lstrip(" ")) if before.strip() else column


def _ancestors(lines: Sequence[str], line: int, indentation: int, own: Sequence[Opener]) -> list[Opener] | None:
    """Return the dashes and keys that hold what starts at `indentation`, outermost first; None inside a block text."""
    found: list[Opener] = []
    limit, may_equal = indentation, False
    beside = [opener for opener in reversed(own) if opener.column < indentation]
    for opener in itertools.chain(beside, _openers_above(lines, line)):
        is_item = opener.name == ITEM
        if opener.column < limit or (may_equal and not is_item and opener.column == limit):
            if not is_item and BLOCK_SCALAR.match(opener.value):
                return None
            found.append(opener)
            limit, may_equal = opener.column, is_item
    return found[::-1]


def _openers_above(lines: Sequence[str], line: int) -> Iterator[Opener]:
    """Yield the dashes and keys of the lines above one, the nearest and innermost first."""
    for number in range(line - 1, -1, -1):
        if not lines[number].lstrip().startswith("#"):
            yield from reversed(list(openers_of(lines[number], number)))


def _siblings(lines: Sequence[str], line: int, indentation: int) -> Iterator[str]:
    """Yield the keys of the mapping around a place, that of the line itself left out."""
    if not _begins_item(lines[line], indentation):
        for number in range(line - 1, -1, -1):
            if _is_outside(lines[number], indentation) and not _begins_item(lines[number], indentation):
                break
            yield from _keys_at(lines[number], indentation)
            if _begins_item(lines[number], indentation):
                break
    for number in range(line + 1, len(lines)):
        if _is_outside(lines[number], indentation):
            break
        yield from _keys_at(lines[number], indentation)


def _keys_at(text: str, indentation: int) -> Iterator[str]:
    return (one.name for one in openers_of(text, 0) if one.column == indentation and one.name != ITEM)


def _begins_item(text: str, indentation: int) -> bool:
    """Whether a line begins the element of a list that a mapping at `indentation` is."""
    return any(one.name == ITEM and one.column < indentation for one in openers_of(text, 0))


def _is_outside(text: str, indentation: int) -> bool:
    stripped = text.strip()
    return bool(stripped) and not stripped.startswith("#") and len(text) - len(text.lstrip()) < indentation


def _question(ancestors: Sequence[Opener]) -> Opener | None:
    if len(ancestors) >= 2 and ancestors[0].name == "questions" and ancestors[1].name == ITEM:
        return ancestors[1]
    return None


def _type_of(lines: Sequence[str], question: Opener) -> str | None:
    """Return the type that a question says."""
    end = _end_of_question(lines, question)
    if begins_flow(question.value):
        return text_of("type", "\n".join((question.value, *lines[question.line + 1 : end])))
    for number in range(question.line, end):
        for opener in openers_of(lines[number], number):
            if opener.name == "type" and opener.column > question.column:
                return opener.value.split(" #")[0].strip("\"' ") or None
    return None


def _end_of_question(lines: Sequence[str], question: Opener) -> int:
    """Return the first line behind a question on which something begins that does not stand in it."""
    for number in range(question.line + 1, len(lines)):
        opener = next(openers_of(lines[number], number), None)
        if opener and opener.column <= question.column:
            return number
    return len(lines)
