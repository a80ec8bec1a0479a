"""Texts, banks and expressions to try laws on, and the writers that put them into YAML."""

from __future__ import annotations

import dataclasses
import io
import tempfile
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from quizlib.bank import LoadedBank, load
from quizlib.diagnostics import Key
from quizlib.discovery import BankFiles

PATH = "sample.yaml"

# Scalars that YAML 1.1 or 1.2 would read as something else than what was typed.
TELLTALE = [
    "no", "No", "NO", "on", "off", "yes", "y", "n", "true", "False", "007", "0o17", "0x1F", "0b101", "1e3", "1E-3",
    "0.270", "1.", ".5", "+1", "-0", "12:30:45", "1_000", "2024-01-01", "2024-01-01T10:00:00Z", "~", "null", "Null",
    ".inf", "-.inf", ".nan", "=", "<<", "1,000", "0.1.2", "None", "1 000",
]  # fmt: skip

# What YAML can hold as it stands: no controls but tab and line feed, no surrogates, no byte order mark.
# NEL and the Unicode line separators are line breaks to YAML 1.1, so that they need double quotes.
_BREAKS = "\n\r\x85\u2028\u2029"
printable = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\t", exclude_characters="\ufeff\ufffe\uffff"
).filter(lambda character: not 0x7F <= ord(character) < 0xA0)
one_line_characters = printable.filter(lambda character: character not in _BREAKS)
YAMLISH = st.sampled_from(" \t-:#?!&*%@`'\"|>[]{},=~\\/.0123456789enoyNULtrfas")
one_line = st.text(one_line_characters | YAMLISH, min_size=1, max_size=30)
several_lines = st.text(one_line_characters | YAMLISH | st.just("\n"), min_size=1, max_size=40)


def filled(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Keep the texts in which something can be seen."""
    return texts.filter(lambda text: bool(text.strip()))


def single_quoted(text: str) -> str:
    """Write a text of one line in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """Write any text in double quotes; what is not ASCII, and every control character, as an escape."""
    return '"' + "".join(map(_escaped, text)) + '"'


def block_scalar(text: str, indent: int) -> str:
    """Write a text as a literal block scalar whose lines are indented by `indent` under their key."""
    keeps_end = text.endswith("\n")
    lines = text.removesuffix("\n").split("\n")
    return f"|2{'+' if keeps_end else '-'}\n" + "\n".join(" " * indent + line for line in lines)


def may_be_plain(text: str) -> bool:
    """Whether YAML allows this text without quotes, as a value in a block: PyYAML's emitter is the judge."""
    analysis: Any = yaml.emitter.Emitter(io.StringIO()).analyze_scalar(text)
    return bool(analysis.allow_block_plain and not analysis.multiline and not text.startswith(("---", "...")))


plain = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "S")) | st.sampled_from("0123456789.:-_,'/()~eE#=@ "),
    min_size=1,
    max_size=20,
).filter(may_be_plain)


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isascii() and character.isprintable():
        return character
    return f"\\U{ord(character):08x}"


def loaded(content: str | bytes) -> LoadedBank:
    """Load a bank from a file of its own, known as PATH."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, PATH)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return load(BankFiles(((PATH, path),), path.parent, named=True))


# Banks as data that remember on which line each key was written ------------------------------------------

Data = Any  # str | list[Data] | Mapping


@dataclasses.dataclass
class Mapping:
    """A mapping that may hold a key twice, as a file may."""

    pairs: list[tuple[str, Data]]

    def __getitem__(self, key: str) -> Data:
        return next(value for name, value in self.pairs if name == key)

    def set(self, key: str, value: Data) -> None:
        """Replace the value of a key, or add it."""
        names = [name for name, _ in self.pairs]
        if key in names:
            self.pairs[names.index(key)] = (key, value)
        else:
            self.pairs.append((key, value))

    def remove(self, key: str) -> None:
        """Take a key out."""
        self.pairs = [pair for pair in self.pairs if pair[0] != key]


@dataclasses.dataclass
class Written:
    """YAML text, and the line of every key and list entry, counted from 1, by the keys that lead there.

    A key that stands twice is found, the second time, as `(…, key, "again")`.
    """

    lines: list[str] = dataclasses.field(default_factory=list)
    line_of: dict[tuple[Key, ...], int] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole file."""
        return "\n".join(self.lines) + "\n"


def written(data: Mapping) -> Written:
    """Write a mapping in block style, one key to a line, texts in double quotes."""
    result = Written()
    _write_mapping(data, 0, (), result, first="")
    return result


def _write_mapping(mapping: Mapping, indent: int, keys: tuple[Key, ...], result: Written, *, first: str) -> None:
    for index, (key, value) in enumerate(mapping.pairs):
        lead = first if index == 0 and first else " " * indent
        here = (*keys, key)
        if here in result.line_of:
            here = (*here, "again")
        result.line_of[here] = len(result.lines) + 1
        _write_value(f"{lead}{key}:", value, indent, here, result)


def _write_value(lead: str, value: Data, indent: int, keys: tuple[Key, ...], result: Written) -> None:
    if isinstance(value, str):
        result.lines.append(f"{lead} {double_quoted(value)}")
    elif isinstance(value, list):
        result.lines.append(lead + (" []" if not value else ""))
        for index, entry in enumerate(value):
            here = (*keys, index)
            result.line_of[here] = len(result.lines) + 1
            bullet = " " * (indent + 2) + "- "
            if isinstance(entry, Mapping):
                _write_mapping(entry, indent + 4, here, result, first=bullet)
            else:
                result.lines.append(f"{bullet}{_flow(entry)}")
    else:
        result.lines.append(lead)
        _write_mapping(value, indent + 2, keys, result, first="")


def _flow(value: Data) -> str:
    """Write a value on one line."""
    if isinstance(value, str):
        return double_quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.pairs) + "}"


def _options(draw: st.DrawFn, *, several: bool) -> list[Data]:
    texts = draw(st.lists(filled(one_line), min_size=2, max_size=4, unique=True))
    right = draw(st.integers(1, len(texts) - 1)) if several else 1
    return [
        Mapping([("text", text), ("correct", "true")]) if index < right else Mapping([("text", text)])
        for index, text in enumerate(texts)
    ]


def _body(draw: st.DrawFn, kind: str) -> list[tuple[str, Data]]:
    match kind:
        case "single_choice" | "multiple_response":
            return [("options", _options(draw, several=kind == "multiple_response"))]
        case "true_false":
            return [("answer", draw(st.sampled_from(["true", "false"])))]
        case "numeric":
            return [("answer", draw(st.sampled_from(["0.5", "-3", "1e3", "12.50"]))), ("tolerance", "0.1")]
        case "short_answer":
            return [("accepted", [Mapping([("text", text)]) for text in draw(st.lists(filled(one_line), min_size=1))])]
        case "matching":
            texts = draw(st.lists(filled(one_line), min_size=2, max_size=3, unique=True))
            return [("pairs", [Mapping([("source", text), ("target", text)]) for text in texts])]
        case "ordering":
            texts = draw(st.lists(filled(one_line), min_size=2, max_size=3, unique=True))
            return [("items", [Mapping([("text", text)]) for text in texts])]
        case "code_output":
            return [("code", Mapping([("source", "print(1)\n")])), ("options", _options(draw, several=False))]
        case _:
            return [("rubric", [Mapping([("text", draw(filled(one_line)))])])]


KINDS = ["single_choice", "multiple_response", "true_false", "numeric", "short_answer", "matching", "ordering", "essay",
         "code_output"]  # fmt: skip


@st.composite
def question_data(draw: st.DrawFn, identifier: str) -> Mapping:
    """Return a sound question."""
    kind = draw(st.sampled_from(KINDS))
    pairs: list[tuple[str, Data]] = [("id", identifier), ("type", kind), ("stem", draw(filled(one_line)))]
    pairs += _body(draw, kind)
    pairs += [("title", draw(filled(one_line))), ("points", "2"), ("difficulty", "easy")]
    pairs += [("hints", draw(st.lists(filled(several_lines), max_size=2)))]
    pairs += [("solution", Mapping([("final_answer", draw(filled(one_line)))]))]
    pairs += [("feedback", Mapping([("general", draw(several_lines))]))]
    return Mapping(pairs)


@st.composite
def bank_data(draw: st.DrawFn, questions: int = 3) -> Mapping:
    """Return a sound bank."""
    found = [draw(question_data(f"question-{index}")) for index in range(draw(st.integers(1, questions)))]
    header: list[tuple[str, Data]] = [("format", "1"), ("id", "sample"), ("title", draw(filled(one_line)))]
    return Mapping([*header, ("tags", ["t"]), ("questions", found)])


# Bytes that are nearly a bank ----------------------------------------------------------------------------

_TOKENS = ["- ", ": ", "\n", "\n  ", "\n    ", "? ", "[", "]", "{", "}", ", ", "&a ", "*a", "!!str ", "! ", "|", ">-",
           "'", '"', "#", "%YAML 1.1\n", "---", "...", "<<: ", "\t", "format: 1", "questions:", "id: a", "type: essay",
           "stem: x", "\r", "\x85", "\u2028", "é", "🐍", "\x00", "\ufeff", "\\", "code:", "file: ../x", "options:",
           "text: ", "correct: true", "gaps:"]  # fmt: skip
token_soup = st.lists(st.sampled_from(_TOKENS), max_size=40).map(lambda tokens: "".join(tokens).encode("utf-8"))


@st.composite
def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """Return a stretch of `content` with a few bytes put in, taken out or written over."""
    start = draw(st.integers(0, max(0, len(content) - 1)))
    found = bytearray(content[: draw(st.integers(start, min(len(content), start + 2000)))])
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(found)))
        piece = draw(st.binary(max_size=4) | st.sampled_from([token.encode() for token in _TOKENS]))
        found[place : place + draw(st.integers(0, 5))] = piece
    return bytes(found)


# Arithmetic ----------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Expression:
    """An expression as it is written, and its exact value."""

    text: str
    value: Fraction


_LARGEST = 10**6


@st.composite
def _leaf(draw: st.DrawFn, decimals: bool) -> Expression:
    if decimals and draw(st.booleans()):
        number = Decimal(draw(st.integers(1, 999))).scaleb(-draw(st.integers(1, 3)))
        return Expression(format(number, "f"), Fraction(number))
    whole = draw(st.integers(0, 99))
    return Expression(str(whole), Fraction(whole))


def _combined(operator: str, left: Expression, right: Expression) -> Fraction | None:
    one, other = left.value, right.value
    match operator:
        case "+":
            return one + other
        case "-":
            return one - other
        case "*":
            return one * other
        case "/" | "//" | "%" if not other:
            return None
        case "/":
            return one / other
        case "//":
            return Fraction(one // other)
        case "%":
            return one % other
        case _:
            small = other.denominator == 1 and 0 <= other <= 4
            return Fraction(one**other.numerator) if small else None


@st.composite
def expressions(draw: st.DrawFn, operators: str = "+ - * / // % **", depth: int = 3) -> Expression:
    """Return a computation whose parts are in brackets. Decimals stand only where floating point agrees."""
    names = operators.split()
    exact = not {"//", "%"} & set(names)
    left, right = (draw(_operand(operators, depth - 1, exact)) for _ in range(2))
    found = [(name, value) for name in names if (value := _combined(name, left, right)) is not None]
    bounded = [(name, value) for name, value in found if _is_small(value)]
    name, value = draw(st.sampled_from(bounded or [("-", left.value - right.value)]))
    return Expression(f"{_bracketed(left)} {name} {_bracketed(right)}", value)


def _operand(operators: str, depth: int, decimals: bool) -> st.SearchStrategy[Expression]:
    leaf = _leaf(decimals)
    return st.one_of(leaf, expressions(operators, depth)) if depth > 0 else leaf


def _is_small(value: Fraction) -> bool:
    return abs(value) <= _LARGEST and value.denominator <= _LARGEST


def _bracketed(expression: Expression) -> str:
    text = expression.text
    return text if text.replace(".", "").isdigit() else f"({text})"


def rounded(value: Fraction, digits: int) -> str:
    """Write a value to `digits` decimals; a whole number is written whole when no digits are asked for."""
    if digits == 0:
        assert value.denominator == 1
        return str(value.numerator)
    scaled = round(value * 10**digits)
    return format(Decimal(scaled).scaleb(-digits).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN), "f")


def changed_in_last_digit(number: str, by: int) -> str:
    """Return a number that is off by `by` units of its last digit."""
    exponent = len(number.partition(".")[2])
    return format(Decimal(number) + Decimal(by).scaleb(-exponent), f".{exponent}f")
