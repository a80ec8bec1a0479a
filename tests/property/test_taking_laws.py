"""Laws of typing: no line is an error, none commands the terminal, and whatever was done can be kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizlib.results import read, write
from quizlib.taking.plan import Asked
from quizlib.taking.screen import Screen
from quizlib.taking.summary import summary_lines
from tests.exporters.samples import bank, interactions, item
from tests.unit.taking import STARTED, dialogue_of, is_harmless, session_of

_BANK = bank(
    *(
        item(interaction, identifier=f"q{number}", stem="[[typed]] [[chosen]] [[number]]")
        for number, interaction in enumerate(interactions("*x*").values())
    )
)
_KNOWN = ("a", "b", "a b", "1a 2b", "2 1", "1", "x", "*x*", ".", "", ":hint", ":solution", ":skip", ":back", "?", "yes")
_lines = st.lists(st.sampled_from(_KNOWN) | st.text(max_size=20) | st.text("ab12 .,:?-", max_size=8), max_size=40)


@given(_lines, st.sampled_from(["practice", "test"]), st.integers(0, 100))
def test_no_line_is_an_error(lines: list[str], mode: str, width: int) -> None:
    session = session_of(_BANK, Asked("test" if mode == "test" else "practice"))
    dialogue = dialogue_of(session, width=width)
    shown = dialogue.opening()
    for line in lines:
        if dialogue.is_finished or dialogue.is_left:
            break
        assert is_harmless(dialogue.prompt)
        shown += dialogue.feed(line)
    shown += summary_lines(session, Screen(width))
    assert all(map(is_harmless, shown))
    result = session.result(STARTED)
    assert read(write(result)) == result
