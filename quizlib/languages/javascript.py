"""JavaScript: run by Node.js.

A program is a script in CommonJS (`require`), unless a `package.json` among its files says otherwise. The
default locale of `toLocaleString` and the like is one of those things on which a key must not hang.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from quizlib.home import home
from quizlib.languages import _tools
from quizlib.plugins import Runtime, Variation

RUNTIMES = r"node-?[\d.]*"
SUFFIX = ".js"
PROBE = "console.log(6 * 7);\n"
PROBE_OUTPUT = "42"
INSTALL = "install Node.js, so that `node` is a command"
PROCESSES = 0
MEMORY: Literal["address_space", "data"] = "data"  # V8 reserves far more address space than it uses
WARM = False

_DESCRIBE = "process.versions.node + '\\n' + process.execPath"
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_HEAP_MEGABYTES = 256  # threads, stacks and the program text of Node itself need their share of the limit as well

# Behind the line that marks the place: the name of an error, in square brackets a code of Node's own, the message.
_UNCAUGHT = re.compile(r"^ *\^+\n\n(?:Uncaught )?([A-Za-z_$][\w$.]*)(?: \[\w+\])?(: .*)?$", re.MULTILINE)
_OUT_OF_MEMORY = re.compile(r"^FATAL ERROR: .*(JavaScript heap out of memory)$", re.MULTILINE)


def runtime(name: str | None) -> Runtime | None:
    """Return the Node.js of this name, `node` or, by its major version, `node20`; the default one is `node`.

    Node.js is looked for as a command, and where nvm keeps its versions.
    """
    asked = _tools.version_asked("node" if name is None else name, "node")
    if asked is None:
        return None
    described = (_described(candidate) for candidate in _candidates(asked))
    return next((found for found in described if found and _tools.is_asked(found.version, asked)), None)


def _described(candidate: str) -> Runtime | None:
    lines = (_tools.answer(candidate, "-p", _DESCRIBE) or "").splitlines()
    if len(lines) != 2 or not _VERSION.fullmatch(lines[0]) or not os.path.isabs(lines[1]):
        return None
    version, executable = lines[0], os.path.realpath(lines[1])
    return Runtime(f"node{_tools.first_parts(version, 1)}", version, executable, _tools.reads(executable))


def _candidates(asked: str) -> Iterator[str]:
    for command in (f"node{asked}", f"node-{asked}", "node", "nodejs"):
        if path := _tools.found(command):
            yield path
    if asked:
        versions = Path(os.environ.get("NVM_DIR") or (home() or Path("/")) / ".nvm", "versions", "node")
        for folder in sorted(versions.glob(f"v{asked}.*")):
            yield str(folder / "bin" / "node")


def preparation(runtime: Runtime, program_file: str) -> tuple[tuple[str, ...], ...]:
    """Return nothing: a program is run as it is."""
    return ()


def command(runtime: Runtime, program_file: str) -> tuple[str, ...]:
    """Return the command: as `node program.js`, with a heap that fits the limit on memory."""
    return (runtime.executable, f"--max-old-space-size={_HEAP_MEGABYTES}", program_file)


def environment(variation: Variation) -> dict[str, str]:
    """Return a fixed environment; io_uring, which sandboxes refuse, is not tried.

    Nor is the system's configuration of OpenSSL: Node stops where it is there and may not be read.
    """
    return _tools.environment(variation, UV_USE_IO_URING="0", OPENSSL_CONF="/dev/null")


def ending(stderr: str) -> str | None:
    """Return the uncaught error, such as `TypeError: x is not a function`; None for a thrown text or number."""
    if uncaught := list(_UNCAUGHT.finditer(stderr)):
        return f"{uncaught[-1][1]}{uncaught[-1][2] or ''}"
    exhausted = _OUT_OF_MEMORY.search(stderr)
    return exhausted[1] if exhausted else None
