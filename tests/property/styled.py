"""Documents in all the styles that YAML knows, with remarks between and behind everything that may have one."""

from __future__ import annotations

import dataclasses
import textwrap
from typing import Any

from hypothesis import strategies as st

from tests.property.strategies import double_quoted, may_be_plain, one_line, several_lines, single_quoted

Tree = Any  # dict[str, Tree] | list[Tree] | str | None

KEYS = ["id", "text", "correct", "stem", "a b", "étoile", "日本", "0.5", "no", "- x", "a: b", "🐍", "#", "{{ n }}"]
trees: st.SearchStrategy[Tree] = st.recursive(
    st.none()
    | one_line
    | several_lines
    | st.sampled_from(["5", "0.27", "Lyon", "a, b", "x\n", "a\nb\n", "# no remark"]),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, min_size=1, max_size=4)
    ),
    max_leaves=14,
)
roots = st.dictionaries(st.sampled_from(KEYS), trees, min_size=1, max_size=4)


@dataclasses.dataclass
class _Writing:
    """Draws how each value is written; numbers its remarks, so that each of them is known again."""

    draw: st.DrawFn
    remarks: list[str] = dataclasses.field(default_factory=list)

    def chance(self, of: int) -> bool:
        return self.draw(st.integers(0, of - 1)) == of - 1

    def remark(self, lead: str = "  ") -> str:
        if not self.chance(4):
            return ""
        self.remarks.append(f"#{len(self.remarks)}\tremark: 'é {{")
        return lead + self.remarks[-1]

    def above(self, indent: int) -> list[str]:
        found = self.remark(" " * indent)
        return [found] if found else [""] if self.chance(6) else []

    def key(self, key: str, *, flow: bool) -> str:
        fit = may_be_plain(key) and not (flow and any(c in key for c in ",[]{}"))
        return key if fit and key not in ("- x", "a: b", "#") and self.chance(2) else double_quoted(key)

    def inline(self, text: str | None, *, flow: bool) -> str:
        """Write a scalar on one line."""
        if text is None:
            return ""
        ways = [double_quoted(text)]
        if text.isprintable():
            ways.append(single_quoted(text))
            if may_be_plain(text) and not (flow and any(c in text for c in ",[]{}?:#&*!|>")):
                ways += [text, text]
        return self.draw(st.sampled_from(ways))

    def flow(self, tree: Tree) -> str:
        if isinstance(tree, dict):
            blank = self.draw(st.sampled_from(["", " "]))
            return (
                "{"
                + blank
                + ", ".join(f"{self.key(k, flow=True)}: {self.flow(v)}" for k, v in tree.items())
                + blank
                + "}"
            )
        if isinstance(tree, list):
            return "[" + ", ".join(map(self.flow, tree)) + "]"
        return self.inline(tree, flow=True)

    def block(self, tree: Tree, indent: int) -> list[str]:
        lines: list[str] = []
        for index, (key, value) in enumerate(tree.items() if isinstance(tree, dict) else enumerate(tree)):
            mark = f"{self.key(key, flow=False)}:" if isinstance(tree, dict) else "-"
            lines += self.above(indent) if index else []
            lines += self.entry(" " * indent + mark, value, indent)
        return lines

    def entry(self, lead: str, value: Tree, indent: int) -> list[str]:
        """Write a value behind its key or dash."""
        if isinstance(value, dict | list) and (not _fits_brackets(value) or self.chance(2)):
            inner = indent + self.draw(st.sampled_from([2, 3, 4]))
            block = self.block(value, inner)
            if lead.endswith("-") and self.chance(2):
                return [lead + block[0][indent + 1 :], *block[1:]]
            return [lead + self.remark(), *self.above(inner), *block]
        if isinstance(value, str) and _fits_a_block(value) and self.chance(2):
            style = self.draw(st.sampled_from("|>")) if "\n" not in value.rstrip("\n") else "|"
            chomping = "" if value.endswith("\n") else "-"
            body = textwrap.indent(value.removesuffix("\n"), " " * (indent + self.draw(st.sampled_from([2, 4]))))
            return [f"{lead} {style}{chomping}{self.remark()}", *body.split("\n")]
        written = self.flow(value) if isinstance(value, dict | list) else self.inline(value, flow=False)
        return [f"{lead} {written}".rstrip(" ") + self.remark()]


def _fits_brackets(tree: Tree) -> bool:
    """Whether a value can stand in brackets, where a list has no room for one that is not there."""
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return all(map(_fits_brackets, inner)) and not (isinstance(tree, list) and None in tree)


def _fits_a_block(text: str) -> bool:
    lines = text.removesuffix("\n").split("\n")
    sound = all(line.isprintable() and line.strip() and not line.startswith((" ", "\t")) for line in lines)
    return sound and not text.endswith("\n\n")


def _last_text(tree: Tree) -> str:
    while isinstance(tree, dict | list) and tree:
        tree = list(tree.values())[-1] if isinstance(tree, dict) else tree[-1]
    return tree if isinstance(tree, str) else ""


@dataclasses.dataclass(frozen=True)
class Styled:
    """A text, the data that it holds, and the remarks in it."""

    text: str
    data: Tree
    remarks: tuple[str, ...]


@st.composite
def documents(draw: st.DrawFn, data: st.SearchStrategy[Tree] = roots) -> Styled:
    """Return a document in styles of its own; it may lack its last line end, and have those of other systems."""
    tree = draw(data)
    writing = _Writing(draw)
    lines = [*writing.above(0), *writing.block(tree, 0), *writing.above(0)]
    if draw(st.booleans()):
        lines = ["# yaml-language-server: $schema=x", *lines]
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    last = end if _last_text(tree).endswith("\n") else draw(st.sampled_from([end, end, ""]))
    return Styled(end.join(lines) + last, tree, tuple(writing.remarks))
