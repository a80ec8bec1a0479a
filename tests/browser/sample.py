"""A bank with everything that a page has to show, built by hand."""

from __future__ import annotations

import base64
import dataclasses
from decimal import Decimal

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

PLACE = Place("sample.yaml", ())
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DIAGRAM = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 90" width="320" height="90">'
    b'<rect width="320" height="90" rx="8" fill="#dfe3f5"/>'
    b'<path d="M20 20C80 20 90 70 300 74" fill="none" stroke="#3f4fa3" stroke-width="4"/></svg>'
)
LOOP = "loss = 0.8\nfor epoch in range(3):  # three epochs\n    loss *= 0.7\nprint(round(loss, 2))\n"


def option(
    name: str, text: str, fraction: float = 0.0, feedback: str | None = None, *, fixed: bool = False, code: bool = False
) -> Option:
    """Make an option; a fraction above 0 makes it part of the key."""
    content = Content(text, "code" if code else "markdown")
    return Option(name, content, fraction, fraction > 0, PLACE, fixed=fixed, feedback=feedback, rationale="SECRET")


def entries(*texts: str, code: bool = False) -> tuple[Associable, ...]:
    """Make sources, targets or items to be ordered; each is named by its place."""
    return tuple(
        Associable(f"e{place}", Content(text, "code" if code else "markdown"), PLACE)
        for place, text in enumerate(texts)
    )


SINGLE = Item(
    identifier="single",
    title="The loss after three epochs",
    question_type="code_output",
    stem="A run starts at a loss of 0.8, and each epoch keeps 70 % of it. What does this program print?",
    code=Listing("python", LOOP),
    interaction=Choice(
        (
            option("a", "0.27", 1.0, "Yes. The loss is multiplied three times, and rounded once.", code=True),
            option("b", "0.56", 0.0, "That is the loss after one epoch.", code=True),
            option("c", "0.34", 0.0, code=True),
            option("d", "It ends with an error", 0.0, "Every name is defined before it is used.", fixed=True),
        )
    ),
    place=PLACE,
    hints=("Multiply once per epoch, and round only at the end.", "There are three values to write down."),
    solution=Solution(
        (
            Step("0.8 * 0.7 = 0.56, 0.56 * 0.7 = 0.392, 0.392 * 0.7 = 0.2744", "Follow the loss"),
            Step("To two decimals, 0.2744 is 0.27.", "Round"),
        ),
        "0.27",
        "$0.8 \\cdot 0.7^3 = 0.2744$",
    ),
    common_mistakes=(
        CommonMistake("Forgetting the starting loss", "0.34", "What the factor applies to stands in line 1."),
        CommonMistake("Stopping after one epoch", "0.56", "`range(3)` gives 0, 1 and 2."),
    ),
    feedback=Feedback(general="Trace a loop with a small table.", correct="Well traced.", incorrect="Trace it again."),
    difficulty="medium",
)

MULTIPLE = Item(
    identifier="multiple",
    title="multiple",
    question_type="multiple_response",
    stem="Which of these formulas equal $\\frac{1}{2}$?",
    interaction=Choice(
        (
            option("a", "$\\sqrt{\\frac{1}{4}}$", 0.5, "The root of a quarter is a half."),
            option("b", "$2^{-1}$", 0.5),
            option("c", "$\\sum_{i=1}^{2} i$", -0.5, "That sum is 3."),
            option("d", "A list:\n\n- one\n- two", -0.5),
        ),
        max_choices=0,
    ),
    place=PLACE,
    max_score=2.0,
    feedback=Feedback(partially_correct="There is one more."),
    difficulty="easy",
)

TEXT = Item(
    identifier="text",
    title="The capital",
    question_type="short_answer",
    stem="What is the capital of France? ![A curve that falls](curve.svg) ![A dot](dot.png) ![not there](lost.png)",
    interaction=TextEntry(
        (
            Accepted("Paris", PLACE, 1.0, "Indeed."),
            Accepted("Lutetia", PLACE, 0.5, "That was its name in Roman times."),
        ),
        pattern=r"(?P<city>paris) \w+",
    ),
    place=PLACE,
    hints=("It lies on the Seine.",),
    difficulty="easy",
)

NUMBER = Item(
    identifier="number",
    title="Share of trained weights",
    question_type="numeric",
    stem="How large is the share, in percent?\n\n"
    "| part | weights |\n|:-----|--------:|\n| frozen | 16777216 |\n| trained | 65536 |",
    interaction=TextEntry((Accepted("0.39", PLACE),), "number", Decimal("0.005"), unit="%"),
    place=PLACE,
    solution=Solution((Step("100 * 65536 / 16777216 = 0.390625"),), "0.39", None),
    common_mistakes=(CommonMistake("Giving the fraction", "0.0039", "Multiply by 100."),),
    difficulty="hard",
)

OUTPUT = Item(
    identifier="output",
    title="Two lines",
    question_type="code_output",
    stem="What does it print?",
    code=Listing(
        "python",
        "import sys\nprint(sys.argv[1])\nprint(input())\n",
        stdin="second\n",
        arguments=("first", "other"),
        files=(("data.txt", "1\n2\n"),),
    ),
    interaction=TextEntry(
        (Accepted("first\nsecond\n", PLACE),), "output", case_sensitive=True, whitespace=Whitespace.TRAILING
    ),
    place=PLACE,
    difficulty="medium",
)

ESSAY = Item(
    identifier="essay",
    title="Held-out data",
    question_type="essay",
    stem="Why is a model judged on data that it was not trained on?",
    interaction=ExtendedText(
        6, (RubricRow("Names memorising", 1.0), RubricRow("Says what new data will show", 2.0)), template="Because "
    ),
    place=PLACE,
    solution=Solution((), "On its own data, a model can score well by memorising.", None),
)

MATCH = Item(
    identifier="match",
    title="Words and meanings",
    question_type="matching",
    stem="What belongs together?",
    interaction=Match(
        entries("`train()`", "`evaluate()`", "$x^2$"),
        entries("changes the weights", "measures", "a square", "stores documents"),
        (("e0", "e0"), ("e1", "e1"), ("e2", "e2")),
    ),
    place=PLACE,
    difficulty="medium",
)

ORDER = Item(
    identifier="order",
    title="A program in order",
    question_type="ordering",
    stem="Put the lines in order.",
    interaction=Order(entries("total = 0", "for i in range(3):", "    total += i", "print(total)", code=True)),
    place=PLACE,
    difficulty="hard",
)

CLOZE = Item(
    identifier="cloze",
    title="Gaps",
    question_type="cloze",
    stem="A [[verb]] run changes the [[noun]].\n\n```python\nfor i in range([[count]]):\n    print(i)  # 0 to 4\n```",
    interaction=InlineChoice(
        (
            Gap("verb", TextEntry((Accepted("training", PLACE, 1.0, "Training it is."),)), PLACE),
            Gap("noun", Choice((option("a", "weights", 1.0), option("b", "prompt", 0, "No."))), PLACE, 2),
            Gap("count", TextEntry((Accepted("5", PLACE),), "number"), PLACE),
        )
    ),
    place=PLACE,
    difficulty="easy",
)

LESSON = Lesson(
    "Fine-tuning continues the training of a model that already knows language in general.",
    (
        LessonSection("Letters from a heart clinic", "scenario", "To this model, *MI* may be a US state.\n\n- a\n- b"),
        LessonSection(
            "The same model",
            "before_after",
            "Compare.",
            Listing("python", "answer = general_model.generate(prompt)\n"),
            Listing("python", 'trainer = Trainer(\n    model=general_model,\n    args=arguments("clinic"),\n)\n'),
        ),
    ),
    ("Fine-tuning changes the weights.", "Judge it on data that was held back, as $L(x)$."),
)

BANK = Bank(
    identifier="sample",
    title="Why fine-tuning adapts models",
    description="A short lesson, and questions of **every** kind.",
    items=(SINGLE, MULTIPLE, TEXT, NUMBER, OUTPUT, ESSAY, MATCH, ORDER, CLOZE),
    place=PLACE,
    license="CC-BY-4.0",
    authors=("A. Author",),
    lesson=LESSON,
    images={"dot.png": PIXEL, "curve.svg": DIAGRAM},
)

EVIL = (
    '</script><!--<script>"><svg onload="alert(1)"><img src=x onerror="alert(2)">\'&lt; '
    "$\\text{<img src=x onerror=alert(3)>}$"
)


def hostile() -> Bank:
    """Return a bank in which every text tries to break out of the page."""
    evil = EVIL
    listing = Listing(evil, evil, evil, (evil,), ((evil, evil),))
    common = {
        "title": evil,
        "stem": f"{evil} [[{evil}]]",
        "place": PLACE,
        "code": listing,
        "hints": (evil,),
        "solution": Solution((Step(evil, evil),), evil, evil),
        "common_mistakes": (CommonMistake(evil, evil, evil),),
        "feedback": Feedback(evil, evil, evil, evil),
        "tags": (evil,),
        "objectives": (evil,),
        "question_type": evil,
    }
    choice = Choice((option(evil, evil, 1.0, evil), option("b" + evil, evil, 0.0, evil, code=True)))
    entry = TextEntry((Accepted(evil, PLACE, 1.0, evil),), unit=evil)
    both = (Associable(evil, Content(evil), PLACE), Associable("x", Content(evil, "plain"), PLACE))
    interactions = (
        choice,
        entry,
        dataclasses.replace(entry, base_type="number"),
        ExtendedText(3, (RubricRow(evil, 1.0),), template=evil),
        Match(both, both, ((evil, evil), ("x", "x"))),
        Order(both),
        InlineChoice((Gap(evil, choice, PLACE), Gap("b", entry, PLACE))),
    )
    items = tuple(
        Item(identifier=f"{evil}{number}", interaction=interaction, **common)  # type: ignore[arg-type]
        for number, interaction in enumerate(interactions)
    )
    return Bank(
        identifier="hostile",
        title=evil,
        description=evil,
        items=items,
        place=PLACE,
        language='en"><script>alert(4)</script>',
        license=evil,
        authors=(evil,),
        lesson=Lesson(evil, (LessonSection(evil, evil, evil, listing, listing),), (evil,)),
        images={"x": b"<svg onload=alert(5)>"},
    )
