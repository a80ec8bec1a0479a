"""A level is granted when the tool has attacked its own sandbox, here and now, and has failed.

Nothing is inferred from versions or settings. What the attacks say of themselves is checked from outside: a secret
that is in no output, a file that is not there, a listener that nobody has called, a process that lives.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from quizlib.home import home
from quizlib.sandbox.contained import ContainedSandbox, Unanswered, Unavailable
from quizlib.sandbox.protocol import Job, Limits, RunResult, Status

_PROGRAM = Path(__file__).with_name("guest") / "attack.py"
_FLAGS = ("-s", "-B", "-X", "utf8")

# Each line is one run: attacks that are answered with an error, and those that may end the program.
_ANSWERED = (
    "read_secret",
    "list_home",
    "read_environment_of_others",
    "connect_to_abstract_socket",
    "signal_others",
    "trace_others",
    "mount",
    "leave_namespaces",
    "become_root",
)
_ALONE = ("connect_to_port", "write_marker", "start_process", "take_memory", "take_time")
_PREFIXES = tuple(dict.fromkeys((sys.prefix, sys.base_prefix, sys.base_exec_prefix)))
_SHORT_SECONDS = 0.1
_GENEROUS_SECONDS = 10.0


def attack(sandbox: ContainedSandbox) -> dict[str, str]:
    """Attack a sandbox. Returns each attack and how it was contained. Raises Unavailable for the first that was not,
    and Unanswered, which is one, for the first that could not be tried.
    """
    with _aims() as (aim, called):
        runs: list[Sequence[str]] = [_ANSWERED, *((name,) for name in _ALONE)]
        if sandbox.isolation == "strict-ns":
            runs.append(("leave_child",))
        try:
            with ThreadPoolExecutor(2) as pool:
                results = list(pool.map(lambda names: _run(sandbox, names, aim), runs))
        except RuntimeError as error:  # the machine is out of processes
            raise Unavailable("threads", str(error)) from error
        found: dict[str, str] = {}
        for names, result in zip(runs, results, strict=True):
            found |= _judged(names, result)
        written = "".join(result.stdout + result.stderr for result in results)
        outside = {
            "read_secret": Path(str(aim["secret"])).read_text(encoding="ascii") in written,
            "write_marker": Path(str(aim["marker"])).exists(),
            "connect_to_port": called(),
            "leave_child": bool(sandbox.leftovers()),
        }
        for name, breached in outside.items():
            if breached:
                raise Unavailable("self-attack", f"`{name}` was not contained")
    return found


def _run(sandbox: ContainedSandbox, names: Sequence[str], aim: dict[str, object]) -> RunResult:
    seconds = _SHORT_SECONDS if "take_time" in names else _GENEROUS_SECONDS
    return sandbox.run(
        Job(
            (sys.executable, *_FLAGS, "attack.py"),
            {"attack.py": _PROGRAM.read_text(encoding="utf-8")},
            (",".join(names), json.dumps(aim)),
            reads=_PREFIXES,
            warm=True,
            limits=Limits(wall_seconds=seconds, processes=2 if "leave_child" in names else 0),
        )
    )


def _judged(names: Sequence[str], result: RunResult) -> dict[str, str]:
    if result.status is Status.INTERNAL:
        raise Unanswered("the runtime", result.detail)
    if "take_time" in names and result.status is Status.TIMEOUT:  # on a busy machine it may not even have begun
        return {"take_time": "contained: ended in time"}
    said = dict(line.partition(" ")[::2] for line in result.stdout.splitlines())
    if "leave_child" in names:
        if "leave_child" not in said:
            raise Unanswered("self-attack", f"`leave_child` did not run: {result.stderr[-300:]}")
        return {"leave_child": "contained: killed with the program"}
    found = {}
    for name in names:
        if name not in said and not (name == names[0] and name in result.stdout.split()):
            raise Unanswered("self-attack", f"`{name}` did not run: {result.status} {result.stderr[-300:]}")
        answer = said.get(name, "").strip()
        ended = result.status in (Status.REFUSED, Status.TIMEOUT, Status.MEMORY)
        if not answer.startswith("contained") and not (ended and not answer):
            raise Unavailable("self-attack", f"`{name}` was not contained: {answer or result.status}")
        found[name] = answer or f"contained: {result.status}"
    return found


@contextlib.contextmanager
def _aims() -> Iterator[tuple[dict[str, object], Callable[[], bool]]]:
    """Give attacks what to aim at, and a function that says whether the listener was called."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quiz-aim-")))
        secret, name = secrets.token_hex(16), f"quiz-{secrets.token_hex(8)}"
        (folder / "secret").write_text(secret, encoding="ascii")
        folder.chmod(0o755)
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        listener.setblocking(False)
        abstract = stack.enter_context(socket.socket(socket.AF_UNIX))
        abstract.bind("\0" + name)
        abstract.listen()
        aim: dict[str, object] = {
            "secret": str(folder / "secret"),
            "marker": str(folder / "marker"),
            "home": str(home() or "/root"),
            "way_to_interpreter": [part for prefix in _PREFIXES for part in Path(prefix).parts],
            "pid": os.getpid(),
            "port": listener.getsockname()[1],
            "abstract": name,
        }

        def called() -> bool:
            try:
                listener.accept()[0].close()
            except BlockingIOError:
                return False
            return True

        yield aim, called
