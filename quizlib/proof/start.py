"""Starting to run programs: the one place that chooses how they are contained."""

from __future__ import annotations

from quizlib.proof.runs import Progress, Runner
from quizlib.sandbox.process import ProcessSandbox


def runner(*, jobs: int | None = None, progress: Progress | None = None) -> Runner:
    """Return a runner with the sandbox of this machine; see `Runner` for what the arguments mean."""
    return Runner(ProcessSandbox(), jobs=jobs, progress=progress)
