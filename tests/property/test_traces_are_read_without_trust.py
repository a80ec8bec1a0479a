"""Whatever a program writes as its trace is read without an exception, and only in the form that is known."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from quizlib.model import Program
from quizlib.proof.steps import agrees
from quizlib.proof.traces import Shown, read_trace, traced
from quizlib.sandbox import RunResult, Status

_PROGRAM = Program("python", "x = 1")
_MARKER = json.loads(dict(traced(_PROGRAM).files)["trace.json"])["marker"]
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_shown = st.fixed_dictionaries({"text": _json, "plain": _json, "number": _json}) | _json
_record = st.fixed_dictionaries(
    {},
    optional={
        "line": _json,
        "time": _json,
        "values": st.dictionaries(st.text(max_size=4), _shown, max_size=3) | _json,
        "changes": _json,
        "reached": st.dictionaries(st.text(max_size=4), _json, max_size=3) | _json,
        "complete": _json,
    },
)


def _read(stderr: str) -> None:
    trace = read_trace(_PROGRAM, RunResult(Status.OK, "", stderr, 0))
    for moment in trace.moments:
        assert isinstance(moment.line, int)
        for value in moment.values.values():
            assert agrees("1.5", value) in (True, False)


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_any_text(before: str, parts: list[str]) -> None:
    _read(_MARKER.join([before, *parts]))


@given(st.lists(_record, max_size=4))
def test_any_record(records: list[object]) -> None:
    _read("".join(f"noise{_MARKER}{json.dumps(record)}\n" for record in records))


def test_deeply_nested_and_endless_numbers() -> None:
    _read(_MARKER + "[" * 100_000)
    _read(_MARKER + '{"line": ' + "9" * 10_000 + "}")


@given(st.text(max_size=20), st.text(max_size=20), st.booleans())
def test_any_value_agrees_or_not(stated: str, written: str, is_number: bool) -> None:
    assert agrees(stated, Shown(written, written, is_number)) in (True, False)
    assert agrees("1e999999999", Shown("1e999999999 ", "1E999999999", True)) in (True, False)
