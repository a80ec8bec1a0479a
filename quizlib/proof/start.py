"""Starting to run programs: the one place that chooses how they are contained, and what they may not see."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from quizlib.bank import LoadedBank
from quizlib.home import private_folders
from quizlib.proof.cache import Cache, default_path
from quizlib.proof.runs import Progress, Runner
from quizlib.sandbox.levels import GuardedSandbox, Isolation


@contextlib.contextmanager
def runner(
    isolation: Isolation,
    banks: Sequence[LoadedBank],
    *,
    cache: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Runner]:
    """Give a runner whose programs are contained at least as asked; see `Runner` for the other arguments.

    With `cache` it uses the user's own.

    No program may see the folders of the banks, the working folder, or the user's own.
    """
    folders = (*(bank.folder.root for bank in banks), *private_folders())
    hidden = list(dict.fromkeys(folder.resolve() for folder in folders))
    with contextlib.closing(GuardedSandbox(isolation, hidden=hidden)) as sandbox:
        path = default_path() if cache else None
        kept = Cache(path, isolation) if path else None
        yield Runner(sandbox, cache=kept, jobs=jobs, progress=progress)
