"""The filter of system calls, run here instead of in the kernel, against the policy in plain Python."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizlib.sandbox._numbers import AARCH64, X86_64
from quizlib.sandbox.seccomp import OWN_PID, Policy, filter_for, machines
from tests.attacks import policy

_TABLES = {"x86_64": X86_64, "aarch64": AARCH64}
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_HEADERS = {
    "x86_64": ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "/usr/include/asm/unistd_64.h"),
    "aarch64": ("/usr/include/asm-generic/unistd.h",),
}
_POLICIES = [Policy(read_only, processes) for read_only, processes in itertools.product((False, True), repeat=2)]
_HIGHEST_OF_A_PROGRAM = 4096  # BPF_MAXINSNS

# Values of arguments at which some decision changes, and their neighbours; high halves that must not matter.
_FIRSTS = [0, 1, 2, 3, 4, 8, 15, 16, 22, 23, 29, 30, 36, 38, 39, 55, OWN_PID, 0x53564D41, 0x59616D61, 0x8000, 0x10000,
           0x4111, 0x50F00, 0x20000, 0x02000000, 0x10000000, 0x7E020000, (1 << 64) - 1, (1 << 64) - 100]  # fmt: skip
_SECONDS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 36, 37, 38, 39, 1024, 1026, 1030, 1031, 1032, 1033, 1034, 0x801,
            0x80801, 0o100, 0o1000, 0o2000, 0o2000000, 0o20000000, 0x5401, 0x5412, 0x541B, 0x541C, 0x5421, 0x5450,
            0x5451, 0x5452, 0x8901, (1 << 64) - 1]  # fmt: skip
_THIRDS = [0, 1, 2, 0o100, 0o1000, 0o2000000, 0o20200000]
_FOURTHS = [0, 1, 2, 3, 0x20, 0x21, 0x22, 0x23, 0x40021]


def _arguments() -> Iterator[tuple[int, ...]]:
    yield from itertools.product(_FIRSTS, [0, 1])
    yield from itertools.product([0, 1], _SECONDS)
    yield from itertools.product([0], [0], _THIRDS, _FOURTHS)


_CASES = sorted(set(_arguments()))


@pytest.fixture(params=_TABLES)
def machine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.mark.parametrize("of", _POLICIES, ids=str)
def test_the_filter_decides_as_the_policy_says(machine: str, of: Policy) -> None:
    program = filter_for(of, machine)
    names = {number: name for name, number in _TABLES[machine].items()}
    for number in range(601):
        # Calls whose arguments decide are tried with all; of the others one case says it all.
        name = names.get(number, "")
        telling = policy.decided(name, (), read_only=of.read_only, processes=of.processes, own=OWN_PID)
        for arguments in _CASES if telling else [(), (1, 1, 1, 1)]:
            found = policy.run(program, _ARCHITECTURES[machine], number, arguments)
            if not name:
                assert found == ("ENOSYS" if number >= 424 else "EPERM"), number
                continue
            expected = policy.decided(name, arguments, read_only=of.read_only, processes=of.processes, own=OWN_PID)
            assert found == (expected or policy.ALLOW), (name, arguments)


def test_no_call_that_reaches_beyond_the_program_is_in_the_table(machine: str) -> None:
    """A call without a number there cannot be let in by mistake: the rest is refused, see above."""
    assert set(policy.NEVER) & set(_TABLES[machine]) <= {"clone3"}


@pytest.mark.parametrize("of", _POLICIES, ids=str)
def test_calls_of_another_machine_or_convention_end_the_program(machine: str, of: Policy) -> None:
    program = filter_for(of, machine)
    for number in range(601):
        for architecture in {0x40000003, 0xC000003E, 0xC00000B7, 0x40000028} - {_ARCHITECTURES[machine]}:
            assert policy.run(program, architecture, number, ()) == policy.KILL
        assert policy.run(program, _ARCHITECTURES[machine], 0x40000000 + number, ()) == policy.KILL
    assert policy.run(program, _ARCHITECTURES[machine], -1, ()) == policy.KILL


def test_the_filter_is_one_that_the_kernel_loads(machine: str) -> None:
    assert machine in machines()
    for of in _POLICIES:
        program = filter_for(of, machine)
        assert len(program) % 8 == 0
        assert len(program) // 8 <= _HIGHEST_OF_A_PROGRAM


def test_the_place_of_the_own_process_occurs_only_where_it_is_compared(machine: str) -> None:
    """The guest replaces these bytes wherever they stand."""
    for of in _POLICIES:
        program = filter_for(of, machine)
        places = [at for at in range(len(program)) if program.startswith(OWN_PID.to_bytes(4, "little"), at)]
        assert all(at % 8 == 4 for at in places)
        assert len(places) == (2 if of.read_only else 0)


def test_the_numbers_are_those_of_the_headers(machine: str) -> None:
    headers = [path for path in map(Path, _HEADERS[machine]) if path.exists()]
    if not headers:
        pytest.skip(f"no headers of the kernel for {machine}")
    text = headers[0].read_text(encoding="utf-8")
    known = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    assert len(known) > 200
    differing = {
        name: (number, known[name])
        for name, number in _TABLES[machine].items()
        if name in known and known[name] != number
    }
    assert differing == {}
    # The headers may be older than the list; what they do not know is new.
    newest = max(known.values())
    assert {name for name, number in _TABLES[machine].items() if name not in known and number <= newest} <= {
        "newfstatat"  # called fstatat on some machines
    }
