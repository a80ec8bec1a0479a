"""Which level of isolation can be had here, and what to do where the one asked for cannot.

`strict` is met with namespaces (strict-ns) or without (strict-ro); the first that withstands the tool's own attacks
is taken. `best-effort` takes those too, and where there is neither, a plain process under limits. `none` is that
plain process, asked for by name.
"""

from __future__ import annotations

import dataclasses
import platform
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from quizlib.sandbox.protocol import Job, RunResult, Sandbox

Isolation = Literal["strict", "best-effort", "none"]


@dataclasses.dataclass(frozen=True, slots=True)
class Examined:
    """A level that was tried: the attacks it withstood, or the layer that is missing, why, and the cure."""

    name: str
    withstood: tuple[tuple[str, str], ...] = ()
    layer: str | None = None
    reason: str = ""
    cure: str = ""

    @property
    def granted(self) -> bool:
        """Whether the level can be had."""
        return self.layer is None


class IsolationUnavailable(Exception):
    """The isolation asked for cannot be had. `examined` says of each level what is missing."""

    def __init__(self, isolation: str, examined: Sequence[Examined]) -> None:
        self.isolation = isolation
        self.examined = tuple(examined)
        super().__init__("; ".join(f"{tried.name}: {tried.layer}: {tried.reason}" for tried in examined))


def out_of_threads(isolation: str, error: RuntimeError) -> IsolationUnavailable:
    """Return what to raise where programs cannot be looked after, for want of threads."""
    return IsolationUnavailable(isolation, [Examined(isolation, (), "threads", str(error), _cure("threads"))])


class GuardedSandbox:
    """The strongest sandbox that meets what was asked for, opened when the first program is to be run.

    `run` raises IsolationUnavailable, before any program of a bank has started, when there is none.
    """

    def __init__(self, isolation: Isolation = "strict", *, hidden: Sequence[Path] = ()) -> None:
        self._isolation = isolation
        self._hidden = tuple(hidden)
        self._lock = threading.Lock()
        self._sandbox: Sandbox | None = None
        self._unavailable: IsolationUnavailable | None = None
        self._cancelled = False

    @property
    def isolation(self) -> str:
        """The name of the level, or what was asked for where none is open."""
        return self._sandbox.isolation if self._sandbox else self._isolation

    @property
    def warm(self) -> bool:
        """Whether programs may run in copies of an interpreter that has started, as far as is known."""
        return self._sandbox.warm if self._sandbox else self._isolation != "none"

    def run(self, job: Job) -> RunResult:
        """Run a program; see `Sandbox.run`."""
        return self._opened().run(job)

    def cancel(self) -> None:
        """Kill what runs, and start nothing more."""
        self._cancelled = True
        if self._sandbox is not None:
            self._sandbox.cancel()

    def close(self) -> None:
        """End what waits for further programs."""
        if self._sandbox is not None:
            self._sandbox.close()

    def _opened(self) -> Sandbox:
        with self._lock:
            if self._unavailable is not None:
                raise self._unavailable
            if self._sandbox is None:
                try:
                    self._sandbox = _open(self._isolation, self._hidden)
                except IsolationUnavailable as unavailable:
                    self._unavailable = unavailable
                    raise
                if self._cancelled:
                    self._sandbox.cancel()
            return self._sandbox


def examine(name: str, hidden: Sequence[Path] = ()) -> tuple[Examined, Sandbox | None]:
    """Try a strict level, `strict-ns` or `strict-ro`, by attacking it. Returns it open when it is granted."""
    if sys.platform != "linux":
        return Examined(name, (), "Linux", f"this is {platform.system()}", "run it on Linux, or in WSL 2"), None
    from quizlib.sandbox.contained import ContainedSandbox, Unanswered, Unavailable
    from quizlib.sandbox.self_attack import attack

    sandbox = ContainedSandbox("ns" if name == "strict-ns" else "ro", hidden=hidden)
    for tries_left in (1, 0):
        try:
            sandbox.start()
            return Examined(name, tuple(attack(sandbox).items())), sandbox
        except Unavailable as unavailable:
            sandbox.close()
            if not (tries_left and isinstance(unavailable, Unanswered)):
                return Examined(name, (), unavailable.layer, unavailable.reason, _cure(unavailable.layer)), None
    raise AssertionError("the last try returns")


def _open(isolation: Isolation, hidden: Sequence[Path]) -> Sandbox:
    from quizlib.sandbox.process import ProcessSandbox

    if isolation == "none":
        return ProcessSandbox("none")
    tried = []
    for name in ("strict-ns", "strict-ro"):
        examined, sandbox = examine(name, hidden)
        if sandbox is not None:
            return sandbox
        tried.append(examined)
    if isolation == "best-effort":
        return ProcessSandbox("limited")
    raise IsolationUnavailable(isolation, tried)


def _cure(layer: str) -> str:
    """Return what to install or allow, by the layer that is missing."""
    if layer == "Landlock":
        return "use Linux 5.13 or later with Landlock among its security modules (`lsm=landlock,...`)"
    if layer in ("namespaces", "users of its own", "root folder") or layer.startswith("mounting"):
        return (
            "allow unprivileged user namespaces: `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` on"
            " Ubuntu 23.10 and later, `sudo sysctl -w kernel.unprivileged_userns_clone=1` on older Debian, a"
            " `user.max_user_namespaces` above 0 where there is no space left for them"
        )
    if layer == "threads":
        return "end other processes, or raise the limit on them"
    if layer == "unprivileged user":
        return "run `quiz` as a user other than root"
    if layer == "the machine":
        return "use x86-64 or aarch64"
    if layer == "the view":
        return "move the bank, or the interpreter, so that neither lies within the other"
    if layer == "the runtime":
        return "use an interpreter that every user can read, such as the system's, or one that quizlib's user owns"
    return "report this, with the output of `quiz doctor`"
