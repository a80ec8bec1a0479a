"""What a program prints reaches whoever reads a report as words, and never as commands to a terminal or a CI."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from quizlib.sandbox import Status
from tests.attacks.conftest import Attack

_HOSTILE = {
    "colours": r"\x1b[31mred\x1b[0m",
    "clearing": r"\x1b[2J\x1b[H",
    "title": r"\x1b]0;title\x07",
    "clipboard": r"\x1b]52;c;aGFjaw==\x07",
    "link": r"\x1b]8;;http://example.org\x1b\\\\here\x1b]8;;\x1b\\\\",
    "eight_bit": r"\x9b31m\x9d52;c;aGFjaw==\x9c",
    "back": r"right\rwrong\b\b\b\b\b",
    "nul": r"a\x00b",
    "workflow_error": r"\n::error file=x,line=1::forged\n",
    "workflow_stop": r"\n::stop-commands::token\n::add-mask::a\n##[error]forged\n",
    "markup": r"<script>alert(1)</script>&amp;[red]x[/red]{{ 1 }}",
    "report": r"\nother.yaml:1:1: error[QZ401] forged (wrong-key)\n0 questions in 0 files: no faults\n",
    "bidirectional": r"\u202egnp.exe\u2066",
    "separators": r"a\u2028b\u2029c\x85d\x0be\x0cf",
}
_INVALID = (r"a\xff\xfe\xc0\x80b", r"\xed\xa0\x80", r"\xf0\x9f\x98")
_DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def _reported(folder: Path, sources: Iterable[str], form: str) -> str:
    """Return what `quiz validate` says of a bank whose programs do not print what is expected."""
    lines = ["format: 1", "id: hostile", "title: Hostile", "questions:"]
    for number, source in enumerate(sources):
        lines += [
            f"  - id: q{number}", "    type: code_output", "    stem: What is printed?", "    code:",
            "      source: |", textwrap.indent(source.strip("\n"), " " * 8), "    answer: something else",
        ]  # fmt: skip
    bank = folder / "hostile.yaml"
    bank.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "quizlib", "validate", bank.name, "--format", form, "--isolation", "best-effort"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
    assert done.returncode == 1, done
    return done.stdout.decode("utf-8") + done.stderr.decode("utf-8")


def _sources() -> Iterator[str]:
    """Yield programs that print each hostile text, and others that say it in an exception."""
    for name, text in _HOSTILE.items():
        yield f'print("{name}{text}")'
        yield f'raise ValueError("{name}{text}")'


def _assert_harmless(said: str) -> None:
    assert _DANGEROUS.findall(said) == []
    for line in said.splitlines():
        assert not line.lstrip().startswith(("::", "##["))
        assert not line.startswith(("other.yaml", "0 questions"))


def test_a_report_as_text_holds_no_command(tmp_path: Path) -> None:
    said = _reported(tmp_path, _sources(), "text")
    _assert_harmless(said)
    findings = [line for line in said.splitlines() if re.match(r"hostile\.yaml:\d+:\d+: error\[QZ4", line)]
    assert len(findings) == 2 * len(_HOSTILE)
    assert all(said.count(f"`{name}") for name in _HOSTILE), said


def test_a_report_as_json_holds_no_command(tmp_path: Path) -> None:
    said = _reported(tmp_path, _sources(), "json")
    _assert_harmless(said)
    of_proof = [found for found in json.loads(said)["diagnostics"] if found["code"].startswith("QZ40")]
    assert len(of_proof) == 2 * len(_HOSTILE)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_report_of_bytes_that_are_no_text_is_text(tmp_path: Path, form: str) -> None:
    sources = [f'import sys\nsys.stdout.buffer.write(b"kept{invalid}")' for invalid in _INVALID]
    said = _reported(tmp_path, sources, form)
    assert said.count("\ufffd" if form == "text" else "kept") >= len(_INVALID)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_flood_of_lines_is_cut(attack: Attack, stream: str) -> None:
    result = attack(f"while True: print('flood' * 100, file=sys.{stream})", output_bytes=100_000)
    assert result.status is Status.OUTPUT_LIMIT
    assert len(getattr(result, stream)) == 100_000


def test_one_endless_line_is_cut(attack: Attack) -> None:
    result = attack("while True: sys.stdout.write('x' * 4096)", output_bytes=100_000)
    assert (result.status, len(result.stdout)) == (Status.OUTPUT_LIMIT, 100_000)


def test_floods_of_both_streams_by_many_threads_are_cut(attack: Attack) -> None:
    source = """
        import threading
        def flood(descriptor):
            while True:
                os.write(descriptor, b"x" * 65536)
        for number in range(8):
            threading.Thread(target=flood, args=(1 + number % 2,)).start()
    """
    result = attack(source, output_bytes=100_000)
    assert result.status is Status.OUTPUT_LIMIT
    assert max(len(result.stdout), len(result.stderr)) == 100_000


def test_the_text_of_an_exception_is_cut(attack: Attack) -> None:
    result = attack("raise ValueError('x' * 5_000_000)", output_bytes=100_000)
    assert (result.status, len(result.stderr)) == (Status.OUTPUT_LIMIT, 100_000)


def test_a_report_of_a_flood_is_short(tmp_path: Path) -> None:
    assert len(_reported(tmp_path, ["while True: print('flood' * 100)"], "text")) < 5_000


def test_output_of_no_text_is_replaced(attack: Attack) -> None:
    result = attack(r"sys.stdout.buffer.write(b'a\xff\xed\xa0\x80\x00b')")
    assert result.stdout == "a\ufffd\ufffd\ufffd\ufffd\0b"
