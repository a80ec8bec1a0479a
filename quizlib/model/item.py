"""Items and banks: what is proved, exported and graded. Frozen, closed, and free of YAML."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from quizlib.diagnostics import Place
from quizlib.model.assessment import Blueprint, Difficulty, PartialCredit
from quizlib.model.claim import Claim
from quizlib.model.interaction import Interaction


@dataclasses.dataclass(frozen=True, slots=True)
class Listing:
    """Program text as it is shown, with what learners must know to follow it."""

    language: str
    source: str
    stdin: str = ""
    arguments: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One step of a worked solution."""

    text: str
    title: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Solution:
    """A stepwise worked solution, its final answer, and a quick check for the learner."""

    steps: tuple[Step, ...] = ()
    final_answer: str | None = None
    check: str | None = None

    def __bool__(self) -> bool:
        return bool(self.steps or self.final_answer or self.check)


@dataclasses.dataclass(frozen=True, slots=True)
class CommonMistake:
    """A mistake that learners make, and the text of the distractor that it leads to.

    `source` is the program as changed by the mistake, when the bank says so.
    """

    text: str
    yields: str | None = None
    feedback: str | None = None
    source: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Feedback:
    """What a learner reads afterwards: always, or by how the response scored."""

    general: str | None = None
    correct: str | None = None
    partially_correct: str | None = None
    incorrect: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question as it is delivered. Texts are Markdown unless they are a `Content`.

    `partial_credit` is None for the default rule of the interaction. `variant_of` is the identifier of the question
    with parameters that this one is a variant of.
    """

    identifier: str
    title: str
    question_type: str
    stem: str
    interaction: Interaction
    place: Place
    code: Listing | None = None
    max_score: float = 1.0
    hints: tuple[str, ...] = ()
    solution: Solution = Solution()
    common_mistakes: tuple[CommonMistake, ...] = ()
    feedback: Feedback = Feedback()
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    partial_credit: PartialCredit | None = None
    variant_of: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class LessonSection:
    """A part of a lesson; `kind` names the well-known ones. Questions with one of its objectives practise it."""

    title: str
    kind: str = "text"
    text: str | None = None
    before: Listing | None = None
    after: Listing | None = None
    objectives: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Lesson:
    """The page that a quiz belongs to."""

    big_idea: str | None = None
    sections: tuple[LessonSection, ...] = ()
    takeaways: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A bank as it is delivered. `images` maps the path written in the texts to the file's bytes.

    `runtimes` are the names of those that its programs must end alike on, unless a question names others. With
    `sanitize_html`, raw HTML in the texts is cleaned and kept; else it is shown as it was typed.
    """

    identifier: str
    title: str
    items: tuple[Item, ...]
    place: Place
    description: str | None = None
    language: str = "en"
    license: str | None = None
    authors: tuple[str, ...] = ()
    category: str | None = None
    tags: tuple[str, ...] = ()
    runtimes: tuple[str, ...] = ()
    lesson: Lesson | None = None
    blueprint: Blueprint | None = None
    sanitize_html: bool = False
    images: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
