"""Interactions of every kind with responses that may be meant for them, by hypothesis."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from hypothesis import strategies as st

from quizlib.diagnostics import Place
from quizlib.model import (
    Accepted,
    Associable,
    Choice,
    Content,
    ExtendedText,
    Gap,
    InlineChoice,
    Interaction,
    Match,
    Option,
    Order,
    PartialCredit,
    TextEntry,
    Whitespace,
)

PLACE = Place("bank.yaml", ())
_WORDS = [
    "a", "A", "1", "1,000", "1.000", "12.5", "12,5", "-0", "1e3", "\u22121.5", "don\u2019t", " a\u00a0b ", "a\nb\n", "ß", "ΑΣ", "e\u0301", "__proto__"
]  # fmt: skip
_SIGNS = "aAbB'\u2019\u201d\u02bc\u2212\uff11\uff0c\u066b\u066c\u200f ßſŉİıΣσς\u0301\u0307\u0345é1\u0661_.-,+eE(\t\n\r\x0b\x0c\x1c\x85\u00a0\u200b\u2028\u3000\ufeff\ud800😀"
_assigned = st.characters(exclude_categories=["Cn"])  # the others may be letters to a later Unicode
texts = st.sampled_from(_WORDS) | st.text(_SIGNS, max_size=8) | st.text(_assigned, max_size=8)
_numbers = st.from_regex(r"\s?[+-]?[0-9]{0,3}([.,][0-9]{0,4})?([eE][+-]?[0-9]{1,2})?\s?", fullmatch=True)
_foreign = st.from_regex(
    r"\u200f?[-+\u2212\uff0d]?[1\u0661\uff11]{0,3}([.,\u066b\u066c\uff0c\uff0e][0\u0660\uff10]{3}){0,2}([.,\u066b][0-9]?)?",
    fullmatch=True,
)
_fractions = st.sampled_from([-1.0, -0.5, 0.0, 0.333333, 0.5, 0.9999995, 1.0])
_names = st.sampled_from(["a", "b", "c", "d", "constructor", "__proto__"])
# What can be said in both languages; each with texts that nearly fit.
PATTERNS = [
    r"a+b?", r"a|bc", r"(?P<q>a)(?P=q)", r"\w+", r"\W", r"\d+", r"\D", r"\s", r"\S+", r"a.b", r".", r"[^a]+", r"[\w\s]+",
    r"\ba\b.*", r"\Ba", r"a$", r"^a", r"\Aa\Z", r"[A-F]{2,3}", r"é+", r"(a)\1", r"a{,2}", r"\x41", r"[]a]+", r"(?:a|b)*?",
]  # fmt: skip


def distinct(names: st.SearchStrategy[str], least: int) -> st.SearchStrategy[list[str]]:
    return st.lists(names, min_size=least, max_size=5, unique=True)


@st.composite
def _choices(draw: st.DrawFn) -> Choice:
    options = (
        Option(name, Content(name), draw(_fractions), draw(st.booleans()), PLACE) for name in draw(distinct(_names, 1))
    )
    return Choice(tuple(options), draw(st.sampled_from((0, 1))))


@st.composite
def entries(draw: st.DrawFn) -> TextEntry:
    kinds: tuple[Literal["text", "number", "output"], ...] = ("text", "number", "output")
    kind = draw(st.sampled_from(kinds))
    accepted = draw(st.lists(st.tuples(_numbers if kind == "number" else texts, _fractions), max_size=3))
    return TextEntry(
        tuple(Accepted(text, PLACE, fraction) for text, fraction in accepted),
        kind,
        draw(st.sampled_from([Decimal(0), Decimal("0.05"), Decimal("1E+2")])),
        case_sensitive=draw(st.booleans()),
        whitespace=draw(st.sampled_from(Whitespace)),
        pattern=None if kind == "number" else draw(st.none() | st.sampled_from(PATTERNS)),
        decimal_comma=kind == "number" and draw(st.booleans()),
    )


@st.composite
def parts(draw: st.DrawFn, least: int = 1) -> tuple[Associable, ...]:
    names = draw(distinct(_names, least))
    return tuple(Associable(name, Content(draw(st.sampled_from("xyz"))), PLACE) for name in names)


@st.composite
def _matches(draw: st.DrawFn) -> Match:
    sources, targets = draw(parts()), draw(parts())
    names = st.sampled_from([target.identifier for target in targets])
    return Match(sources, targets, tuple((source.identifier, draw(names)) for source in sources))


@st.composite
def _gaps(draw: st.DrawFn) -> InlineChoice:
    names = draw(distinct(_names, 1))
    return InlineChoice(
        tuple(Gap(name, draw(_choices() | entries()), PLACE, draw(st.integers(1, 3))) for name in names)
    )


def interactions() -> st.SearchStrategy[Interaction]:
    essay = st.builds(ExtendedText, template=st.none() | texts)
    return st.one_of(_choices(), entries(), essay, _matches(), st.builds(Order, parts()), _gaps())


rules = st.none() | st.sampled_from(PartialCredit)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | texts | _names,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_names, inner, max_size=4),
    max_leaves=6,
)


def responses(interaction: Interaction) -> st.SearchStrategy[Any]:
    """Return what may be meant as a response to this very interaction."""
    match interaction:
        case Choice(options=options):
            return st.lists(st.sampled_from([option.identifier for option in options]), max_size=3, unique=True)
        case TextEntry(base_type="number"):
            return _numbers | _foreign
        case TextEntry(accepted=accepted, pattern=None):
            return st.one_of(texts, *(st.just(entry.text) for entry in accepted))
        case TextEntry(pattern=pattern):
            return texts.filter(is_plain) | fitting(str(pattern))
        case ExtendedText():
            return texts
        case Match(sources=sources, targets=targets):
            names = st.sampled_from([target.identifier for target in targets])
            return st.fixed_dictionaries({}, optional={source.identifier: names for source in sources})
        case Order(items=items):
            return st.permutations([item.identifier for item in items])
        case InlineChoice(gaps=gaps):
            return st.fixed_dictionaries({}, optional={gap.identifier: responses(gap.interaction) for gap in gaps})


def fitting(pattern: str) -> st.SearchStrategy[str]:
    near = (st.from_regex(pattern, fullmatch=full, alphabet=_assigned) for full in (False, True))
    return st.one_of(*near).filter(is_plain)


def is_plain(text: str) -> bool:
    """Whether both languages fold the case of the text in patterns alike: Python takes Turkish letters for an i."""
    return not any(sign in text for sign in "İı\u0345")
