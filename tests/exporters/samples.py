"""Banks to export: the examples of every type, and items whose every text is hostile."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from pathlib import Path

import quizlib.questions
from quizlib.bank import LoadedBank
from quizlib.diagnostics import Place
from quizlib.model import (
    Accepted,
    Associable,
    Bank,
    Choice,
    CommonMistake,
    Content,
    ExtendedText,
    Feedback,
    Gap,
    InlineChoice,
    Interaction,
    Item,
    Lesson,
    LessonSection,
    Listing,
    Match,
    Option,
    Order,
    RubricRow,
    Solution,
    Step,
    TextEntry,
    Whitespace,
)
from tests.property.strategies import loaded
from tests.unit.helpers import HEADER

_ROOT = Path(__file__).resolve().parents[2]
_PLACE = Place("sample.yaml")
EXAMPLES = {
    path.parent.name: path.read_text(encoding="utf-8")
    for path in sorted(Path(quizlib.questions.__file__).parent.glob("*/examples.yaml"))
}
BANKS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((_ROOT / "banks").glob("*.yaml"))}

HOSTILE = {
    "end tag": "a</text>b</question></quiz>",
    "end of cdata": "a]]>b]]]]>c<![CDATA[d",
    "script": "<script>alert(1)</script>",
    "handler": '"><img src=x onerror=alert(1)>',
    "ampersand": "a & b &amp; c &#35; d &nbsp; e",
    "emoji": "👩‍💻 🐍 é e\u0301",
    "right to left": "שלום \u200fעולם\u200e العربية",
    "line separator": "a\u2028b\u2029c",
    "tabs": "a\tb",
    "maths": r"\(x\) \[y\] $$z$$",
    "emoticons": ":-) 8-) ;-) :-D (n) (y) B-) :P",
    "call": "f(n), a[i:(j)], g(x:-)",
    "file": "@@PLUGINFILE@@/x.png",
    "cloze": "{1:SHORTANSWER:=x} {#1} {2:MULTICHOICE:=a~b}",
    "signs": "= ~ % } { # \\ \" ' * | / <b",
    "entity": "&lt;b&gt; &#60;",
    "template": "{{ 7 * 7 }} {% raw %} ${x} %s {0}",
    "json": '\\u0041 \\n "x": [1]',
    "processing": "<?xml version='1.0'?><!-- x --><!DOCTYPE a>",
}


def of_questions(*questions: str, header: str = HEADER) -> LoadedBank:
    """Load questions that are written as the entries of a list."""
    written = "".join(textwrap.indent(textwrap.dedent(question).strip("\n"), "  ") + "\n" for question in questions)
    return loaded(f"{header}questions:\n{written}")


def item(interaction: Interaction, text: str = "text", kind: str = "sample", **fields: object) -> Item:
    """Return an item that says `text` wherever there is something to say."""
    known: dict[str, object] = {
        "identifier": "item",
        "title": text,
        "question_type": kind,
        "stem": text,
        "interaction": interaction,
        "place": _PLACE,
        "code": Listing("python", text, text, (text,), (("data.txt", text),)),
        "hints": (text,),
        "solution": Solution((Step(text, text),), text, text),
        "common_mistakes": (CommonMistake(text, text, text),),
        "feedback": Feedback(text, text, text, text),
        "tags": (text,),
        "objectives": (text,),
    }
    return Item(**{**known, **fields})  # type: ignore[arg-type]


def bank(*items: Item, text: str = "text", **fields: object) -> Bank:
    """Return a bank of items that says `text` wherever there is something to say."""
    known: dict[str, object] = {
        "identifier": "sample",
        "title": text,
        "items": items,
        "place": _PLACE,
        "description": text,
        "license": text,
        "authors": (text,),
        "lesson": Lesson(text, (LessonSection(text, "text", text, Listing("python", text)),), (text,)),
    }
    return Bank(**{**known, **fields})  # type: ignore[arg-type]


def choice(*contents: Content, several: bool = False, feedback: str | None = None) -> Choice:
    """Return a choice of which the first option is the key."""
    options = tuple(
        Option(
            f"o{index}", content, 1.0 if not index else 0.0, not index, _PLACE, feedback=feedback, rationale=feedback
        )
        for index, content in enumerate(contents)
    )
    return Choice(options, 0 if several else 1)


def interactions(text: str) -> dict[str, Interaction]:
    """Return every interaction, in every form that changes how it is written, with `text` in its places."""
    part, other = Associable("a", Content(text), _PLACE), Associable("b", Content("other"), _PLACE)
    target, extra = Associable("t", Content(text, "plain"), _PLACE), Associable("u", Content("other", "plain"), _PLACE)
    lines = tuple(Associable(name, Content(shown, "code"), _PLACE) for name, shown in (("a", text), ("b", "other")))
    accepted = (Accepted(text, _PLACE, 1.0, text), Accepted("other", _PLACE, 0.5))
    gaps = (
        Gap("typed", TextEntry(accepted), _PLACE, 2),
        Gap("chosen", choice(Content(text), Content("other"), feedback=text), _PLACE),
        Gap("number", TextEntry((Accepted("-1e-3", _PLACE),), "number", Decimal("0.1")), _PLACE),
    )
    return {
        "choice of markdown": choice(Content(text), Content("other"), feedback=text),
        "choice of code": choice(Content(text, "code"), Content("other", "code"), feedback=text),
        "choice of plain texts": choice(Content(text, "plain"), Content("other", "plain"), several=True),
        "text": TextEntry(accepted, "text", pattern=text),
        "number": TextEntry((Accepted("1e3", _PLACE, 1.0, text),), "number", Decimal("0.5"), unit=text),
        "output": TextEntry(
            (Accepted(f"{text}\nb", _PLACE),), "output", case_sensitive=True, whitespace=Whitespace.TRAILING
        ),
        "long text": ExtendedText(5, (RubricRow(text, 2), RubricRow(text)), "text", text),
        "long code": ExtendedText(5, (), "code", text),
        "match": Match((part, other), (target, extra), (("a", "t"), ("b", "u"))),
        "match with an extra target": Match((part, other), (extra, target), (("a", "u"), ("b", "u"))),
        "order": Order((part, other)),
        "order of code": Order(lines),
        "gaps": InlineChoice(gaps),
    }


def hostile_item(name: str, text: str) -> Item:
    """Return an item of the interaction `name` that is hostile in all its texts."""
    stem = f"{text} [[typed]] [[chosen]] [[number]]" if name == "gaps" else text
    kinds = {"long text": "essay", "long code": "essay", "output": "code_output", "choice of code": "code_output"}
    return item(interactions(text)[name], text, kinds.get(name, "sample"), stem=stem)
