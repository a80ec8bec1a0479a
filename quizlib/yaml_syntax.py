"""What is wrong with a text that is no YAML, in a teacher's words."""

from __future__ import annotations

import contextlib
import re
from typing import Any

import yaml


def explained(text: str, error: yaml.MarkedYAMLError, loader: Any) -> tuple[int, str, str | None]:
    """Return where a text is no YAML, in characters, what is wrong there, and how to put it right."""
    mark: Any = error.problem_mark or error.context_mark
    index = min(mark.index if mark else 0, len(text))
    line_start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    indentation = re.compile(r"[ \t]*").match(text, line_start)
    if indentation and "\t" in indentation[0]:
        index = line_start + indentation[0].index("\t")
        return index, "a tab indents this line", "YAML is indented with spaces"
    problem = " ".join(filter(None, (error.context, error.problem)))
    if index == len(text) and "while parsing a flow" in problem and (opened := _open_bracket(text, loader)) is not None:
        closing = {"[": "]", "{": "}"}[text[opened]]
        return opened, f"a `{text[opened]}` is opened and never closed", f"close it with `{closing}`"
    return index, *_in_plain_words(problem)


def _open_bracket(text: str, loader: Any) -> int | None:
    """Return where the last `[` or `{` stands of those that are open where the text cannot be read further."""
    opened: list[int] = []
    with contextlib.suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.CollectionStartEvent):
                opened.append(event.start_mark.index)  # type: ignore[union-attr]
            elif isinstance(event, yaml.CollectionEndEvent):
                opened.pop()
    return next((index for index in reversed(opened) if text[index] in "[{"), None)


# What libyaml says, and what a teacher would.
_PLAIN_WORDS = (
    ("mapping values are not allowed", "a `: ` stands where no key can be", "quote a text that contains `: `"),
    ("did not find expected key", "a key is expected here", "check the indentation and the quotes above"),
    ("could not find expected ':'", "a `:` is missing behind a key", "write `key: value`, with a blank"),
    ("did not find expected '-' indicator", "a list item is expected here", "start it with `- `, as the others"),
    ("found unexpected end of stream", "a quote is opened and never closed", "close it with the same quote"),
    ("found character that cannot start any token", "a text cannot start with this character", "quote the text"),
    ("did not find expected ',' or ']'", "a list in [ ] goes on without a comma or an end", "close it with ]"),
    ("did not find expected ',' or '}'", "a mapping in { } goes on without a comma or an end",
     "close it with }, or quote a text that contains a comma, { or }"),
    ("did not find expected node content", "a value is expected here", "quote a text that starts with a sign"),
    ("found unknown escape character", "this escape is not known in a double-quoted text",
     r"write \\ for a backslash, or use single quotes"),
    ("did not find expected alphabetic or numeric character", "a name is missing behind * or &",
     "quote a text that starts with * or &"),
    ("did not find expected <document start>", "the text goes on where the file's data had ended",
     "check the indentation of this line"),
    ("did not find expected the document start", "the text goes on where the file's data had ended",
     "check the indentation of this line"),
    ("block sequence entries are not allowed", "a list item cannot stand here",
     "put the list under its key, on lines of its own"),
    ("exceeded maximum", "lists and mappings are nested too deeply", None),
)  # fmt: skip


def _in_plain_words(problem: str) -> tuple[str, str | None]:
    for phrase, message, help in _PLAIN_WORDS:
        if phrase in problem:
            return message, help
    return f"the YAML cannot be read: {problem}", None
