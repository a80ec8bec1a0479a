"""Starting to run programs: the one place that chooses how they are contained, and what they may not see."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from quizlib.bank import LoadedBank
from quizlib.proof.runs import Progress, Runner
from quizlib.sandbox.levels import GuardedSandbox, Isolation


@contextlib.contextmanager
def runner(
    isolation: Isolation, banks: Sequence[LoadedBank], *, jobs: int | None = None, progress: Progress | None = None
) -> Iterator[Runner]:
    """Give a runner whose programs are contained at least as asked; see `Runner` for the other arguments.

    No program may see the folders of the banks, the working folder, or the user's own.
    """
    folders = (*(bank.folder.root for bank in banks), Path.cwd(), Path.home())
    hidden = list(dict.fromkeys(folder.resolve() for folder in folders))
    with contextlib.closing(GuardedSandbox(isolation, hidden=hidden)) as sandbox:
        yield Runner(sandbox, jobs=jobs, progress=progress)
