"""Keys that are right on one runtime and wrong on another."""

from __future__ import annotations

from collections.abc import Sequence

from quizlib.diagnostics import Kind
from quizlib.model import Ending, Output
from quizlib.proof import words
from quizlib.proof.outcomes import Outcome

KEY_DRIFT = Kind("QZ412", "key-drift")

DRIFT_HELP = "change the program so that it ends alike on all of them, or name only one runtime"


def drift(outcomes: Sequence[Outcome], stated: Output | Ending) -> str | None:
    """Say what a program does on which runtime, such as "prints `A` on python3.11, `B` on python3.13".

    None when all are one and the same to a statement of the kind of `stated`.
    """
    groups: list[list[Outcome]] = []
    for outcome in outcomes:
        like = next((group for group in groups if group[0].agrees(outcome, stated)), None)
        if like is None:
            groups.append([outcome])
        else:
            like.append(outcome)
    if len(groups) < 2:
        return None
    said = [words.happened(group[0].result, group[0].ending) for group in groups]
    if said[0].startswith("prints "):
        said[1:] = [text.removeprefix("prints ") for text in said[1:]]
    return ", ".join(f"{text} on {_names(group)}" for text, group in zip(said, groups, strict=True))


def _names(group: Sequence[Outcome]) -> str:
    names = list(dict.fromkeys(outcome.execution.runtime.name for outcome in group))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
