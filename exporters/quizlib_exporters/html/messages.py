"""The words of the interface, in several languages: one file for each in `messages/`, keys to texts.

A text may have the placeholders `{name}`; one that depends on a number is a mapping from the plural categories
of CLDR (`one`, `other`, …) to texts, and is for the scripts. English is the source: what another language lacks,
it says in English.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from importlib import resources

Text = str | dict[str, str]

SOURCE = "en"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# By CLDR's likely scripts; a tag that names its script, such as `az-Arab`, says more than its language.
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "glk", "he", "iw", "ks", "lrc", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"))
_SCRIPT = re.compile(r"[a-z]{2,3}(?:-[a-z]{3}){0,3}-([a-z]{4})(?![a-z0-9])")


class Messages:
    """The words in one language. An unknown language is English; `de-AT` is `de` unless it has a file of its own.

    `language` is the tag of the words that are given, `direction` the way they are written, `ltr` or `rtl`.
    """

    def __init__(self, language: str) -> None:
        self.language = next((tag for tag in _ever_shorter(language) if tag in languages()), SOURCE)
        self.direction = direction_of(self.language)
        self._texts = {**_catalogue(SOURCE), **_catalogue(self.language)}

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its placeholders filled in. Raises KeyError for what is not there; escapes nothing."""
        text = self._texts[key]
        if isinstance(text, dict):
            raise TypeError(f"{key} depends on a number and is for the scripts")
        return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)

    def beginning_with(self, *prefixes: str) -> dict[str, Text]:
        """Return the texts for a script, by key, their placeholders left as they are."""
        return {key: text for key, text in self._texts.items() if key.startswith(prefixes)}


@functools.cache
def languages() -> frozenset[str]:
    """Return the tags of the languages that there are words in."""
    files = resources.files(__package__).joinpath("messages").iterdir()
    return frozenset(file.name.removesuffix(".json") for file in files if file.name.endswith(".json"))


def direction_of(language: str) -> str:
    """Return the way a language is written: `ltr` or `rtl`."""
    tag = language.lower()
    named = _SCRIPT.match(tag)
    right_to_left = named[1] in _RIGHT_TO_LEFT_SCRIPTS if named else tag.partition("-")[0] in _RIGHT_TO_LEFT
    return "rtl" if right_to_left else "ltr"


def _ever_shorter(language: str) -> Iterator[str]:
    """Yield a tag in lower case, then what is left without its last parts: `zh-hant-tw`, `zh-hant`, `zh`."""
    tag = language.lower()
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


@functools.cache
def _catalogue(language: str) -> Mapping[str, Text]:
    file = resources.files(__package__).joinpath("messages", f"{language}.json")
    texts: dict[str, Text] = json.loads(file.read_text(encoding="utf-8"))
    return texts
