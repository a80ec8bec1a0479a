"""One attack is a program that is run in a box; what it may have done is looked at from outside."""

from __future__ import annotations

import json
import secrets
import socket
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quizlib.sandbox import RunResult, Status
from tests.attacks.boxes import KINDS, Box, Kind, Refused, staged

TOOLS = Path(__file__).with_name("tools.py").read_text(encoding="utf-8")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave other systems to other sandboxes."""
    if sys.platform != "linux":
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="namespaces, Landlock and seccomp are Linux's"))


class Aims:
    """What attacks aim at: secrets that anyone could read, a folder that anyone could write, listeners."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o755)
        self.folder = folder
        self.canary = "canary" + secrets.token_hex(16)
        self.secret = folder / "bank.yaml"
        self.secret.write_text(f"answer: {self.canary}\n", encoding="utf-8")
        self.writable = folder / "open"
        self.writable.mkdir()
        self.writable.chmod(0o777)
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", 0))
        self._path = self._unix(str(folder / "socket"))
        (folder / "socket").chmod(0o777)
        self._name = secrets.token_hex(8)
        self._abstract = self._unix("\0" + self._name)
        for listener in (self._tcp, self._udp, self._path, self._abstract):
            listener.setblocking(False)

    def _unix(self, address: str) -> socket.socket:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(address)
        listener.listen()
        return listener

    def of(self, box: Box) -> dict[str, object]:
        """Return what a program is told."""
        return {
            "secret": str(self.secret), "folder": str(self.folder), "writable": str(self.writable),
            "marker": str(self.writable / "marker"), "victim": box.victim, "host": box.host,
            "tcp": self._tcp.getsockname()[1], "udp": self._udp.getsockname()[1],
            "path": str(self.folder / "socket"), "abstract": self._name, "level": box.kind.level,
            "home": str(Path.home()),
        }  # fmt: skip

    def assert_untouched(self) -> None:
        """Look for what is written, changed, or called."""
        assert self.secret.read_text(encoding="utf-8") == f"answer: {self.canary}\n"
        assert list(self.writable.iterdir()) == []
        for listener in (self._tcp, self._path, self._abstract):
            with pytest.raises(BlockingIOError):
                listener.accept()
        with pytest.raises(BlockingIOError):
            self._udp.recv(1)

    def close(self) -> None:
        for listener in (self._tcp, self._udp, self._path, self._abstract):
            listener.close()


@pytest.fixture(scope="session")
def aims() -> Iterator[Aims]:
    with tempfile.TemporaryDirectory(prefix="quiz-attacks-") as folder:
        found = Aims(Path(folder))
        yield found
        found.close()


@pytest.fixture(scope="session")
def boxes(aims: Aims) -> Iterator[Callable[[Kind], Box]]:
    """Open each box once, when it is first attacked."""
    opened: dict[Kind, Box | str] = {}
    with tempfile.TemporaryDirectory(prefix="quiz-host-") as folder:
        stage = staged(Path(folder))

        def get(kind: Kind) -> Box:
            if kind not in opened:
                try:
                    opened[kind] = Box(kind, stage, aims.folder, aims.canary)
                except Refused as refused:
                    opened[kind] = str(refused)
            found = opened[kind]
            if isinstance(found, str):
                pytest.skip(found)
            return found

        yield get
        for box in opened.values():
            if isinstance(box, Box):
                box.close()


@pytest.fixture(params=KINDS, ids=str)
def box(request: pytest.FixtureRequest, boxes: Callable[[Kind], Box]) -> Box:
    """A sandbox: of each level, and opened by each user."""
    return boxes(request.param)


@pytest.fixture
def ns(box: Box) -> Box:
    """A sandbox with namespaces, in which programs may write files and start processes."""
    if box.kind.level != "strict-ns":
        pytest.skip("this level lets no program write files or start processes")
    return box


@pytest.fixture
def bounded(box: Box) -> Box:
    """A sandbox whose user the kernel holds to limits even if the sandbox does not."""
    if box.kind not in [kind for kind in KINDS if kind.dropped] and _is_root():
        pytest.skip("root is not bound by the limits that this attack needs if it succeeds")
    return box


def _is_root() -> bool:
    return Path("/proc/self").stat().st_uid == 0


Attack = Callable[..., RunResult]


@pytest.fixture
def attack(box: Box, aims: Aims) -> Attack:
    """A function that runs an attack and looks at what it may have hit; see `attacked`."""
    return lambda source, **fields: attacked(box, aims, source, **fields)


def attacked(box: Box, aims: Aims, source: str, **fields: Any) -> RunResult:
    """Run a program with `tools` beside it; keyword arguments that `Box.job` does not know are limits."""
    known = {name: fields.pop(name) for name in ("files", "stdin", "preparation", "warm") if name in fields}
    files = {"tools.py": TOOLS, **known.pop("files", {})}
    header = "from tools import *\n"
    job = box.job(header + textwrap.dedent(source), json.dumps(aims.of(box)), files=files, limits=fields, **known)
    result = box.run(job)
    assert aims.canary not in result.stdout + result.stderr + result.detail
    assert result.status is not Status.INTERNAL, result.detail
    box.assert_untouched()
    aims.assert_untouched()
    return result


@pytest.fixture
def contained(attack: Attack) -> Callable[..., RunResult]:
    """A function that runs attempts, one or many, and finds each of them answered with an error, or the program ended.

    The program calls `attempt` of `tools`. Without namespaces the kernel ends a program that would change anything.
    """

    def run(source: str, **fields: Any) -> RunResult:
        result = attack(source, **fields)
        assert_contained(result)
        return result

    return run


def assert_contained(result: RunResult) -> None:
    """Find each attempt of a program without success, and at least one."""
    lines = result.stdout.splitlines()
    assert lines, result
    ended = result.status in (Status.REFUSED, Status.MEMORY, Status.TIMEOUT)
    assert result.status is Status.OK or ended, result
    for line in lines[:-1] if ended else lines:
        assert line.split()[1] == "contained", result
    assert "BREACHED" not in result.stdout, result
