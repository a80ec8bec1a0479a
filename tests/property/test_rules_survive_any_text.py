"""No lint rule fails on any text, and none points outside the bank that it reads."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from quizlib.bank import LoadedBank
from quizlib.plugins import Rule
from quizlib.rulebook import rules
from tests.property import strategies

_LONGEST = 20_000
_REPEATED = [
    "a ", "A ", "not ", "Which not ", "every ", "all of the above ", "and it is ", "I ", "II ", "TODO ", "the red line ",
    "(", ")", "[", "](", "{", "<", "<a ", "|a", "!", ", ", "_ ", "__", "*a ", "**", "`", "` ", "```\n", "$", "$a ", ".",
    "1", "1,", "1 to ", "-", "- ", "0x", "1e9", "\t", "\n", " \n", "é", "'", '"', "’", "\\", "&", "#", "# ", "ß", "İ",
    "if x:\n", "f(", "x = 1\n", '{"a":', "[a](b ", "http://", "\u202e", "\u0301", "x\ty\n", "²", "٣", "½",
]  # fmt: skip
_ENGLISH = [
    "Which of these is not ",
    "All of the ",
    "Option A ",
    "The items are shown in red. ",
    "Paris is ",
    "12 %",
    "",
]

_repetitions = st.builds(
    lambda start, piece, times, end: start + (piece * times)[:_LONGEST] + end,
    st.sampled_from(_ENGLISH),
    st.sampled_from(_REPEATED) | st.text(strategies.one_line_characters, min_size=1, max_size=6),
    st.sampled_from([1, 2, 3, 5, 40, 1_000, _LONGEST]),
    st.sampled_from(["", "?", "x", "\n", " is"]),
)
_hostile = strategies.filled(_repetitions).map(lambda text: text[:_LONGEST])


def _options(draw: st.DrawFn, texts: st.SearchStrategy[str], *, several: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"text": draw(texts)} for _ in range(draw(st.integers(2, 5)))]
    for option in found:
        if draw(st.booleans()):
            option["feedback"] = draw(texts)
    for option in found[: 2 if several else 1]:
        option["correct"] = True
    return draw(st.permutations(found))


def _body(draw: st.DrawFn, texts: st.SearchStrategy[str], kind: str) -> dict[str, Any]:
    match kind:
        case "single_choice" | "multiple_response":
            return {"options": _options(draw, texts, several=kind != "single_choice"), "shuffle": draw(st.booleans())}
        case "code_output":
            code = {"language": "python", "source": draw(texts)}
            return {"code": code, "options": _options(draw, texts, several=False)}
        case "true_false":
            return {"answer": draw(st.booleans()), "code": {"language": "python", "source": draw(texts)}}
        case "numeric":
            return {"answer": draw(st.integers(-9, 9)), "tolerance": 1}
        case "short_answer":
            return {"accepted": [draw(texts)], "code": {"language": "json", "source": draw(texts)}}
        case "matching":
            return {"pairs": [{"source": draw(texts), "target": draw(texts)} for _ in range(2)]}
        case "ordering":
            return {"items": [draw(texts) for _ in range(3)]}
        case _:
            return {"rubric": [draw(texts)]}


@st.composite
def _banks(draw: st.DrawFn) -> str:
    """Return a bank with a question of every type, whose texts are hostile; at most two of them are long."""
    pool = draw(st.lists(_hostile, min_size=2, max_size=2))
    texts = st.sampled_from(pool) | strategies.filled(strategies.several_lines)
    questions = [
        {
            "id": f"q-{index}",
            "type": kind,
            "stem": draw(texts),
            **_body(draw, texts, kind),
            "hints": [draw(texts)],
            "solution": {"steps": [draw(texts)], "final_answer": draw(texts)},
            "feedback": {"general": draw(texts)},
        }
        for index, kind in enumerate(strategies.KINDS)
    ]
    bank = {"format": 1, "id": "b", "title": draw(st.just("B") | strategies.one_line), "questions": questions}
    written = json.dumps(bank, ensure_ascii=False)
    for line_end in "\x85\u2028\u2029":  # to YAML
        written = written.replace(line_end, f"\\u{ord(line_end):04x}")
    return written


def _assert_points_into(loaded: LoadedBank, rule: Rule) -> None:
    assert loaded.bank is not None
    lines = 1  # JSON stands on one line
    for item, finding in rule.check(loaded.bank, loaded.folder):
        assert item is None or any(item is one for one in loaded.bank.items)
        for place in (finding.place, *finding.related):
            assert place.path in loaded.documents
            span = loaded.locate(place)
            assert 1 <= span.line <= span.end_line <= lines
            assert _value(loaded.documents[place.path].data, place.keys) is not None


def _value(data: Any, keys: tuple[Any, ...]) -> Any:
    for key in keys:
        data = data if isinstance(data, str) and key == "text" else data[key]  # a text may stand for its mapping
    return data


@settings(max_examples=30)
@given(content=_banks())
def test_a_rule_neither_fails_nor_points_outside_its_bank(content: str) -> None:
    loaded = strategies.loaded(content)
    assert loaded.bank is not None, loaded.diagnostics
    for rule in rules():
        _assert_points_into(loaded, rule)
