"""A character that turns the direction of writing.

Why it matters: text behind it is shown in another order than it is stored in: learners read another program or
another option than the one that is proved and scored.

Source: Boucher and Anderson 2021, “Trojan Source” (CVE-2021-42574); Unicode Standard Annex 9.

Bad:

    - id: admin
      type: true_false
      stem: "The user \u202enimda\u202c may sign in." # <-
      answer: true

Good:

    - id: admin
      type: true_false
      stem: The user admin may sign in.
      answer: true
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Place, Severity
from quizlib.model import Bank, Item, Listing
from quizlib.model.texts import choices
from quizlib.plugins import Files
from quizlib.rules._walk import all_texts

KIND = Kind("QZ209", "bidirectional-override", Severity.WARNING)

_OVERRIDE = re.compile("[\u202d\u202e]")
_ANY = re.compile("[\u202a-\u202e\u2066-\u2069]")  # in programs not even what Arabic prose may need


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each text, title, tag, program or output that holds such a character."""
    for item, text, place in (*all_texts(bank), *_names(bank)):
        if not text.isascii() and (found := _OVERRIDE.search(text)):
            yield item, _finding(found[0], place)
    for program, where in _lesson_programs(bank):
        if found := _ANY.search(program.source):
            yield None, _finding(found[0], where)
    for item in bank.items:
        if item.code is not None and not item.code.source.isascii() and (found := _ANY.search(item.code.source)):
            yield item, _finding(found[0], item.place.at("code"))
        for choice, _ in choices(item):
            for option in choice.options:
                text = option.content.text
                if option.content.format != "markdown" and not text.isascii() and (found := _ANY.search(text)):
                    yield item, _finding(found[0], option.place)


def _names(bank: Bank) -> Iterator[tuple[Item | None, str, Place]]:
    """Yield the titles, tags and objectives of a bank, its lesson and its questions."""
    yield None, bank.title, bank.place.at("title")
    yield from ((None, tag, bank.place.at("tags", index)) for index, tag in enumerate(bank.tags))
    for number, section in enumerate(bank.lesson.sections if bank.lesson else ()):
        yield None, section.title, bank.place.at("lesson", "sections", number, "title")
    for item in bank.items:
        yield item, item.title, item.place.at("title")
        own = [tag for tag in item.tags if tag not in bank.tags]
        yield from ((item, tag, item.place.at("tags", index)) for index, tag in enumerate(own))
        yield from ((item, one, item.place.at("objectives", index)) for index, one in enumerate(item.objectives))


def _lesson_programs(bank: Bank) -> Iterator[tuple[Listing, Place]]:
    for number, section in enumerate(bank.lesson.sections if bank.lesson else ()):
        for key, program in (("before", section.before), ("after", section.after)):
            if program is not None:
                yield program, bank.place.at("lesson", "sections", number, key)


def _finding(character: str, place: Place) -> Finding:
    message = f"the character U+{ord(character):04X} turns the direction of what follows it"
    return Finding(place, message, "take it out")
