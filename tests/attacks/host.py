"""Opens a sandbox in a process of its own, and runs in it what is asked for in lines of JSON.

Arguments: the name of a level, and as JSON the folders that no program may see. Started by an interpreter that
its user can read, with quizlib.sandbox, which needs the standard library only, on its path.
"""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from quizlib.sandbox.contained import ContainedSandbox
from quizlib.sandbox.levels import examine
from quizlib.sandbox.protocol import Job, Limits, MemoryLimit, RunResult

# What holds if the sandbox does not: these are inherited, and an unprivileged user cannot raise them.
_PROCESSES, _MEMORY = 400, 6 << 30
_PREFIXES = tuple(dict.fromkeys((sys.prefix, sys.base_prefix, sys.base_exec_prefix)))


def main(level: str, hidden: list[str]) -> None:
    """Answer each line of standard input by a line on standard output."""
    for kind, bound in ((resource.RLIMIT_NPROC, _PROCESSES), (resource.RLIMIT_AS, _MEMORY)):
        resource.setrlimit(kind, (bound, bound))
    examined, sandbox = examine(level, [Path(folder) for folder in hidden])
    if sandbox is None:
        _say({"refused": f"{examined.name}: {examined.layer}: {examined.reason}"})
        return
    assert isinstance(sandbox, ContainedSandbox)
    _say({"executable": sys.executable, "prefixes": _PREFIXES})
    for line in sys.stdin:
        request = json.loads(line)
        if request["order"] == "run":
            _say(dataclasses.asdict(sandbox.run(_job(request["job"]))))
        elif request["order"] == "interrupt":
            _say(_interrupted(level, _job(request["job"]), request["name"], request["how"]))
        else:
            _say({"leftovers": sandbox.leftovers()})
    sandbox.close()


def _job(fields: dict[str, Any]) -> Job:
    limits = fields.pop("limits")
    limits["memory"] = MemoryLimit(limits["memory"])
    lists = {name: tuple(fields[name]) for name in ("command", "arguments", "reads")}
    preparation = tuple(tuple(command) for command in fields["preparation"])
    return Job(**{**fields, **lists, "preparation": preparation, "limits": Limits(**limits)})


def _interrupted(level: str, job: Job, name: str, how: str) -> dict[str, Any]:
    """Cancel a run, or kill the process that runs the program, once a process of this name is there to be seen."""
    sandbox = ContainedSandbox("ns" if level == "strict-ns" else "ro")
    results: list[RunResult] = []
    thread = threading.Thread(target=lambda: results.append(sandbox.run(job)))
    thread.start()
    while not (seen := _parents(name)) and thread.is_alive():
        time.sleep(0.01)
    if how == "kill":
        for pid in seen:
            os.kill(pid, signal.SIGKILL)
    else:
        sandbox.cancel()
    thread.join()
    sandbox.close()
    return {"seen": bool(seen), "status": results[0].status}


def _parents(name: str) -> list[int]:
    """Return the parents of the processes of a name."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            before, _, after = path.read_text(encoding="utf-8", errors="replace").rpartition(")")
        except OSError:
            continue
        if before.endswith(f"({name}"):
            found.append(int(after.split()[1]))
    return found


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
