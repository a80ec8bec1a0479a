"""Sandboxes to be attacked, each opened by a process of its own, and what there is around them to be hit.

A box is a level and a user. As root there are four: each level opened by root, and by a user who has no rights; as
anyone else, the two that this user can open. What root's programs become is another user than root either way.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import quizlib.sandbox
from quizlib.sandbox import Job, Limits, RunResult, Status

_HERE = Path(__file__).parent
_PACKAGE = Path(quizlib.sandbox.__file__).parent
_FLAGS = ("-s", "-B", "-X", "utf8")
_CANDIDATES = ("/usr/bin/python3", "/usr/local/bin/python3", "/bin/python3")
_IS_RECENT = "import sys; sys.exit(sys.version_info < (3, 11))"
_START_SECONDS = 120

# A user of nobody else, so that what is counted by user is counted for this one alone.
USER = 61_000 + os.getpid() % 4_000

_VICTIM = """
import sys
canary = sys.argv[1]
print("alive", flush=True)
for line in sys.stdin:
    print("untouched" if canary == sys.argv[1] == line.strip() else "touched", flush=True)
"""


class Refused(Exception):
    """A box cannot be had here, and why."""


@dataclasses.dataclass(frozen=True)
class Kind:
    """A level, and whether a user without rights opens it."""

    level: str
    dropped: bool

    def __str__(self) -> str:
        return f"{self.level}-{'user' if self.dropped else 'self'}"


KINDS = [Kind(level, dropped) for level in ("strict-ns", "strict-ro") for dropped in (False, True)]


def interpreter_for(kind: Kind) -> str:
    """Return an interpreter that those who run it in a box can read. Raises Refused."""
    root = os.geteuid() == 0
    if kind.dropped and not root:
        raise Refused("only root can become another user; the same level is tried as the user that there is")
    others_read_it = root and (kind.dropped or kind.level == "strict-ro")
    if not others_read_it:
        return sys.executable
    for candidate in (sys.executable, *_CANDIDATES):
        if _serves(candidate):
            return candidate
    raise Refused("no CPython 3.11 or later that an unprivileged user can read")


@functools.cache
def _serves(candidate: str) -> bool:
    command = [candidate, "-I", "-c", _IS_RECENT]
    try:
        return subprocess.run(command, **_dropped(), cwd="/", capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _dropped() -> dict[str, Any]:
    return {"user": USER, "group": USER, "extra_groups": []}


def _with_groups() -> dict[str, Any]:
    """Let root have groups, as it has on many a machine, so that there is something to be lost."""
    return {"extra_groups": [0, 4]} if os.geteuid() == 0 else {}


def staged(folder: Path) -> Path:
    """Copy what a host needs to where every user can read it."""
    package = folder / "quizlib"
    shutil.copytree(_PACKAGE, package / "sandbox", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(_PACKAGE.with_name("home.py"), package)
    (package / "__init__.py").touch()
    shutil.copy(_HERE / "host.py", folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


class Box:
    """A sandbox in a process of its own, and beside it a victim of the same user."""

    def __init__(self, kind: Kind, stage: Path, hidden: Path, canary: str) -> None:
        self.kind = kind
        self._canary = canary
        self._home = str(hidden)
        interpreter = interpreter_for(kind)
        self._children: list[subprocess.Popen[str]] = []
        self._host = self._child([interpreter, *_FLAGS, str(stage / "host.py"), kind.level, json.dumps([str(hidden)])])
        answer = self._answer()
        if "refused" in answer:
            self.close()
            raise Refused(answer["refused"])
        self.runtime: str = answer["executable"]
        self.prefixes: list[str] = answer["prefixes"]
        self._victim = self._child([interpreter, "-I", "-c", _VICTIM, canary], CANARY=canary)
        assert self._victim.stdout is not None
        assert self._victim.stdout.readline() == "alive\n"
        self._state = self._look_at_victim()

    def _child(self, command: Sequence[str], **environment: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
            env={"PATH": os.defpath, "HOME": self._home, **environment},
            **(_dropped() if self.kind.dropped else _with_groups()),
        )
        self._children.append(child)
        return child

    @property
    def victim(self) -> int:
        """The process beside the sandbox."""
        return self._victim.pid

    @property
    def user(self) -> int:
        """The user who holds the sandbox."""
        return USER if self.kind.dropped else os.geteuid()

    @property
    def host(self) -> int:
        """The process that holds the sandbox."""
        return self._host.pid

    def run(self, job: Job) -> RunResult:
        """Run a program."""
        answer = self._asked({"order": "run", "job": dataclasses.asdict(job)})
        return RunResult(**{**answer, "status": Status(answer["status"])})

    def interrupted(self, job: Job, name: str, how: str) -> dict[str, Any]:
        """Run a program in a further sandbox of the level until a process of this name is seen.

        Then `cancel` the run, or `kill` the process that runs the program.
        """
        return self._asked({"order": "interrupt", "job": dataclasses.asdict(job), "name": name, "how": how})

    def leftovers(self) -> list[int]:
        """Return the processes that programs have left."""
        left: list[int] = self._asked({"order": "look"})["leftovers"]
        return left

    def job(self, source: str, *arguments: str, warm: bool = True, **fields: Any) -> Job:
        """Return a job as the engine would make it, for a Python program."""
        limits = {"wall_seconds": 10.0, **fields.pop("limits", {})}
        return Job(
            (self.runtime, *_FLAGS, "program.py"),
            {"program.py": source, **fields.pop("files", {})},
            arguments,
            environment={"PYTHONHASHSEED": "0", "TZ": "UTC0", "LC_ALL": "C.UTF-8"},
            reads=tuple(self.prefixes),
            warm=warm,
            limits=Limits(**limits),
            **fields,
        )

    def assert_untouched(self) -> None:
        """Look from outside: nothing is left, the victim is as it was, and the next program runs as it should."""
        assert self.leftovers() == []
        assert self._look_at_victim() == self._state
        assert self._victim.stdin is not None
        assert self._victim.stdout is not None
        self._victim.stdin.write(self._canary + "\n")
        self._victim.stdin.flush()
        assert self._victim.stdout.readline() == "untouched\n"
        after = self.run(self.job("print(6 * 7)"))
        assert (after.status, after.stdout, after.stderr) == (Status.OK, "42\n", "")

    def _look_at_victim(self) -> dict[str, str]:
        """Return what others might have changed of the victim."""
        folder = Path("/proc") / str(self.victim)
        fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        status = dict(line.split(":", 1) for line in (folder / "status").read_text(encoding="utf-8").splitlines())
        kept = ("TracerPid", "Cpus_allowed", "Threads", "ShdPnd", "SigPnd")
        return {
            "nice": fields[16],
            "policy": fields[38],
            "limits": (folder / "limits").read_text(encoding="utf-8"),
            **{name: status[name] for name in kept},
        }

    def _asked(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._host.stdin is not None
        self._host.stdin.write(json.dumps(request) + "\n")
        self._host.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._host.stdout is not None
        line = self._host.stdout.readline()
        assert line, "the process that holds the sandbox has ended"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the sandbox and the victim."""
        for child in self._children:
            child.communicate(timeout=_START_SECONDS)
