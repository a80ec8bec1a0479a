"""The worked solution of a question, one stage after the other."""

from __future__ import annotations

from quizlib.model import Item
from quizlib.taking.explanation import leads_to, mistake_lines, right_answer
from quizlib.taking.screen import BOLD, Screen
from quizlib.taking.session import Work


def stages(item: Item, work: Work, seed: str, screen: Screen) -> list[list[str]]:
    """Return what is shown, stage by stage: each step, the final answer with the quick check, and other mistakes.

    The last stage has the right answer, too, where nothing else says it.
    """
    solution = item.solution
    found = []
    for number, step in enumerate(solution.steps, 1):
        heading = f"Step {number} of {len(solution.steps)}{f': {step.title}' if step.title else ''}"
        found.append(["", *screen.words(heading, BOLD), *screen.markdown(step.text)])
    last: list[str] = []
    if solution.final_answer:
        last += ["", *screen.words("Final answer:", BOLD), *screen.markdown(solution.final_answer)]
    elif work.response is None:
        last += right_answer(item, seed, screen)
    if solution.check:
        last += ["", *screen.words("Quick check:", BOLD), *screen.markdown(solution.check)]
    last += _other_mistakes(item, work, screen)
    return [*found, last] if last else found


def _other_mistakes(item: Item, work: Work, screen: Screen) -> list[str]:
    said = work.response is not None
    others = [
        mistake for mistake in item.common_mistakes if not (said and leads_to(mistake, item.interaction, work.response))
    ]
    lines = [line for mistake in others for line in mistake_lines(mistake, screen)]
    return ["", *screen.words("Common mistakes:", BOLD), *lines] if lines else []
