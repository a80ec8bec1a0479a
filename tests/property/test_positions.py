"""Every value is found again, to the character, where it was written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizlib.diagnostics import Key, Place, Span
from quizlib.source import Document, read

_Tree = dict[str, "_Tree"] | list["_Tree"] | str

_NAMES = st.sampled_from(["a", "b", "key", "étoile", "🐍", "日本"])
_TREES: st.SearchStrategy[_Tree] = st.recursive(
    st.just(""),
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(_NAMES, inner, min_size=1, max_size=3),
    max_leaves=12,
)


class _Writer:
    """Writes a tree, with a text of its own for each leaf, and remembers which text stands where."""

    def __init__(self) -> None:
        self.leaves: dict[tuple[Key, ...], str] = {}

    def _leaf(self, keys: tuple[Key, ...]) -> str:
        self.leaves[keys] = f"v{len(self.leaves):04}é"
        return self.leaves[keys]

    def block(self, tree: _Tree, keys: tuple[Key, ...] = (), indent: int = 0) -> list[str]:
        """Return the lines of a tree in block style."""
        lead = " " * indent
        if isinstance(tree, str):
            return [lead + self._leaf(keys)]
        lines = []
        entries = tree.items() if isinstance(tree, dict) else enumerate(tree)
        for key, value in entries:
            mark = f"{key}:" if isinstance(tree, dict) else "-"
            if isinstance(value, str):
                lines.append(f"{lead}{mark} {self._leaf((*keys, key))}  # {mark}")
            else:
                lines += [f"{lead}{mark}", *self.block(value, (*keys, key), indent + 2)]
        return lines

    def flow(self, tree: _Tree, keys: tuple[Key, ...] = ()) -> str:
        """Return a tree on one line."""
        if isinstance(tree, str):
            return self._leaf(keys)
        if isinstance(tree, dict):
            return "{" + ", ".join(f"{key}: {self.flow(value, (*keys, key))}" for key, value in tree.items()) + "}"
        return "[" + ", ".join(self.flow(value, (*keys, index)) for index, value in enumerate(tree)) + "]"


def _document(text: str) -> Document:
    document, diagnostics = read("x", text.encode("utf-8"))
    assert diagnostics == []
    assert document is not None
    return document


def _pointed_to(text: str, span: Span) -> str:
    assert span.line == span.end_line
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[span.line - 1][span.column - 1 : span.end_column - 1]


def _assert_all_are_found(text: str, leaves: dict[tuple[Key, ...], str]) -> None:
    document = _document(text)
    for keys, leaf in leaves.items():
        assert _pointed_to(text, document.span(Place("x", keys))) == leaf
        if keys and isinstance(keys[-1], str):
            assert _pointed_to(text, document.span(Place("x", keys, on_key=True))) == keys[-1]


@given(_TREES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff", "# a remark\n", "---\n"]))
def test_plain_values_are_found_in_block_style(tree: _Tree, end: str, start: str) -> None:
    writer = _Writer()
    text = start + end.join(writer.block(tree)) + end
    _assert_all_are_found(text, writer.leaves)


@given(_TREES)
def test_plain_values_are_found_on_one_line(tree: _Tree) -> None:
    writer = _Writer()
    _assert_all_are_found(writer.flow(tree), writer.leaves)


@given(_TREES, st.lists(st.sampled_from(["a", "b", "missing"]) | st.integers(0, 3), max_size=4))
def test_a_value_that_is_not_there_is_found_in_what_is_around_it(tree: _Tree, keys: list[Key]) -> None:
    text = "\n".join(_Writer().block(tree)) + "\n"
    span = _document(text).span(Place("x", tuple(keys)))
    assert 1 <= span.line <= text.count("\n")


def test_an_excerpt_is_found_inside_its_value() -> None:
    text = 'a: "x = 1"\nb: 1 + 1 = 3, and x = 1\n'
    assert _document(text).span(Place("x", ("b",), excerpt="x = 1")) == Span("x", 2, 19, 2, 24)


def test_a_mapping_is_found_at_its_first_line_and_a_list_at_its_key() -> None:
    document = _document("questions:\n  - id: a\n    options:\n      - x\n")
    assert document.span(Place("x", ("questions", 0))) == Span("x", 2, 5, 2, 10)
    assert document.span(Place("x", ("questions", 0, "options"))) == Span("x", 3, 5, 3, 12)


def test_a_text_in_quotes_is_found_with_its_quotes() -> None:
    document = _document("a: 'it''s'\nb: |\n  x\n  y\nc: z\n")
    assert document.span(Place("x", ("a",))) == Span("x", 1, 4, 1, 11)
    assert document.span(Place("x", ("b",)))[:3] == ("x", 2, 4)


@given(_TREES)
def test_the_data_are_those_that_were_written(tree: _Tree) -> None:
    writer = _Writer()
    data = _document("\n".join(writer.block(tree)) + "\n").data
    for keys, leaf in writer.leaves.items():
        found = data
        for key in keys:
            found = found[key]  # type: ignore[index]
        assert found == leaf
