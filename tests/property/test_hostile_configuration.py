"""Whatever a configuration or a baseline holds: diagnostics at places of the file, never a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from quizlib import toml_places
from quizlib.baseline import BaselineError
from quizlib.baseline import read as read_baseline
from quizlib.configuration_file import read
from quizlib.configuration_keys import KEYS

_words = st.sampled_from(
    ["tool", "quizlib", ".", "[", "]", "=", "\n", '"', "'", "{", "}", ",", '"""', "'''", "#", " ", "select", "ignore",
     "per-file-ignores", "QZ1", "true", "3", "\\", "é", "\r", "\0", "\u2028", "1979-05-27", *KEYS]
)  # fmt: skip
_soup = st.lists(_words, max_size=40).map("".join)
_values = st.recursive(
    st.sampled_from(['"a"', "'QZ1'", "3", "-0.5", "nan", "true", "07:32:00", '"""x\ny"""', "'''\n[x]\ny = 1'''"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda found: "[" + ",\n ".join(found) + "]")
        | st.lists(inner, max_size=3).map(
            lambda found: "{" + ", ".join(f'"k{i}" = {x}' for i, x in enumerate(found)) + "}"
        )
    ),
    max_leaves=6,
)
_keys = st.sampled_from([*KEYS, "selct", '"quoted key"', "'é'"])
_documents = st.dictionaries(_keys, _values, max_size=5).map(
    lambda found: "# a remark\n" + "".join(f"{key} = {value} # {key} = 1\n" for key, value in found.items())
)


def _is_in(text: str, line: int, column: int) -> bool:
    lines = (text + "\n").split("\n")
    return line == 0 or (1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1)


@given(st.one_of(_soup, st.text(max_size=50), _documents))
@example("[" * 50_000)
@example("a" + ".a" * 20_000 + " = 1")
def test_any_text_ends_in_diagnostics_at_places_of_the_file(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("quizlib.toml", "pyproject.toml"):
            path = Path(folder, name)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
            found = read(path, name)
            assert name == "pyproject.toml" or found is not None
            for diagnostic in found.diagnostics if found else ():
                assert _is_in(text.replace("\r\n", "\n"), diagnostic.span.line, diagnostic.span.column)


@given(st.binary(max_size=60))
def test_any_bytes_end_in_diagnostics(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "quizlib.toml")
        path.write_bytes(content)
        assert read(path, "quizlib.toml") is not None
        try:
            read_baseline(path)
        except BaselineError as error:
            assert str(error)


@given(_documents)
def test_a_key_is_found_on_the_line_where_it_is_written(text: str) -> None:
    lines = text.split("\n")
    for key in toml_places.read(text):
        span = toml_places.span("x", text, (key,))
        written = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        assert written.strip("\"'") == key
        assert lines[span.line - 1].startswith(f"{written} = ")
