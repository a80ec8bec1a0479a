"""Result files: what a learner responded, in a test or in practice, and nothing that a program believes of it.

The HTML page and `quiz take` write them, `quiz grade` reads them. They hold no scores: those are worked out anew.
"""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

from quizlib.delivery.checking import DocumentError, Fault, Node, parsed

VERSION = 1
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)", re.ASCII)
_MOST_SECONDS = 1e9


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What was responded to a question; `response` is plain data, None where it was not answered.

    `digest` is that of the question as it was then. `bank` is the identifier of its bank where that is not the
    result's. `seconds` is the time that was spent on it. `seen`: the learner had answered the question before, or seen
    its solution.
    """

    question: str
    digest: str
    response: Any
    hints: int = 0
    gave_up: bool = False
    seconds: float | None = None
    bank: str | None = None
    seen: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The responses of one learner. Times are ISO 8601 in UTC; in a test every question of the form is there.

    `looks` is how often the verdict was looked at: once, and once more each time that questions were added.
    """

    bank: str
    title: str
    mode: str
    responses: tuple[Response, ...]
    seed: str | None = None
    started: str | None = None
    finished: str | None = None
    learner: str | None = None
    looks: int = 1


def read(content: bytes | str) -> Result:
    """Read a result file. Raises DocumentError with all that is wrong with it."""
    faults: list[Fault] = []
    node = Node(parsed(content), faults)
    found = _result(node) if _is_result(node) else None
    if faults or found is None:
        raise DocumentError(faults)
    return found


def write(result: Result) -> bytes:
    """Return the content of a result file. `read` gives the same result back."""
    data = {
        "version": VERSION,
        "bank": result.bank,
        "title": result.title,
        "mode": result.mode,
        "seed": result.seed,
        "started": result.started,
        "finished": result.finished,
        "learner": result.learner,
        **({"looks": result.looks} if result.looks > 1 else {}),
        "responses": list(map(_response_data, result.responses)),
    }
    return (json.dumps(data, ensure_ascii=True, indent=2) + "\n").encode("ascii")


def _is_result(node: Node) -> bool:
    if not node.is_mapping():
        return False
    if node.has("items") and not node.has("responses"):
        node.fault("this is a form or an exported bank, and a result is expected here")
        return False
    return True


def _result(node: Node) -> Result:
    if node.raw("version") != VERSION:
        node.fault(f"this version of quizlib reads version {VERSION} of results", "version")
    return Result(
        bank=node.text("bank"),
        title=node.text("title", ""),
        mode=node.text("mode"),
        seed=node.optional_text("seed"),
        started=_time(node, "started"),
        finished=_time(node, "finished"),
        learner=node.optional_text("learner"),
        looks=max(node.whole("looks", 1), 1),
        responses=tuple(map(_response, node.list("responses"))),
    )


def _response(node: Node) -> Response:
    node.is_mapping()
    return Response(
        question=node.text("question"),
        digest=node.text("digest", ""),
        response=node.raw("response"),
        hints=node.whole("hints", 0),
        gave_up=node.truth("gave_up", False),
        seconds=node.optional_number("seconds", least=0, most=_MOST_SECONDS),
        bank=node.optional_text("bank"),
        seen=node.truth("seen", False),
    )


def _time(node: Node, name: str) -> str | None:
    time = node.optional_text(name)
    if time is not None and not _TIME.fullmatch(time):
        node.fault("a time such as 2026-01-31T18:05:00Z is expected here", name)
        return None
    return time


def _response_data(response: Response) -> dict[str, Any]:
    data = {
        "question": response.question,
        "digest": response.digest,
        "response": response.response,
        "hints": response.hints,
        "gave_up": response.gave_up,
        "seconds": response.seconds,
        **({"seen": True} if response.seen else {}),
    }
    return data if response.bank is None else {"bank": response.bank, **data}
