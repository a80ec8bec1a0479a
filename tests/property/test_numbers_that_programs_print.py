"""Whatever a program in `computed` prints, it ends in a proof or a finding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quizlib.diagnostics import Place
from quizlib.model import PrintsNumber, Program
from quizlib.proof.endings import Endings
from quizlib.proof.runs import Runner
from quizlib.proof.verification import wrong_number
from quizlib.sandbox import RunResult, Status
from quizlib.sandbox.process import ProcessSandbox

_ENDINGS = Endings({}, Runner(ProcessSandbox()))
_numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-1000, max_value=1000)


def _is_right(key: Decimal, tolerance: Decimal, printed: str) -> bool:
    claim = PrintsNumber(Program("python", ""), key, tolerance, Place("sample.yaml"))
    return wrong_number(claim, RunResult(Status.OK, printed, exit_code=0), _ENDINGS) is None


@given(st.text(max_size=50) | st.from_regex(r"-?\d{1,9}(\.\d+)?[eE][-+]?\d{1,9}", fullmatch=True))
def test_any_output_is_right_or_wrong(printed: str) -> None:
    assert _is_right(Decimal("0.5"), Decimal(0), printed) in (True, False)


@given(_numbers, _numbers, _numbers.map(abs), st.sampled_from(["", "\n", "  \n\n"]))
def test_a_number_is_right_within_the_tolerance(key: Decimal, printed: Decimal, tolerance: Decimal, end: str) -> None:
    allowed = Fraction(tolerance) or Fraction(1, 2000)
    assert _is_right(key, tolerance, f"{printed}{end}") is (abs(Fraction(key) - Fraction(printed)) <= allowed)
