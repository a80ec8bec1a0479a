"""Banks of any size, of the shape that real ones have: about 1.3 kB of YAML to a question.

Two in five questions show a program; each has four options, two steps, a hint and three common mistakes. The
programs are not claimed on, so that reading and writing are measured, and not Python's start.
"""

from __future__ import annotations

from pathlib import Path

QUESTIONS_TO_A_FILE = 50

_CODE = """\
    code:
      language: python
      source: |
        total = {number}
        for step in range({steps}):
            total += step * {factor}
        if total % 2:
            print("odd", total)
"""
_QUESTION = """\
  - id: question-{number}
    type: single_choice
    difficulty: {difficulty}
    tags: [loops, topic-{topic}]
    objectives: [trace-a-loop]
    stem: |
      A learner follows **run {number}** of a small experiment, in which `total` starts at {number} and grows in
      {steps} steps by a multiple of {factor}. Which statement about the state *after* the last step is right?
{code}    options:
      - {{text: "It has grown by {factor} in the last step of run {number}", correct: true, feedback: Yes.}}
      - {{text: "It has shrunk{since}", feedback: Nothing is taken away.}}
      - {{text: "It is unchanged after {steps} steps", feedback: Each step but the first adds something.}}
      - {{text: "Nothing can be said about run {number}", feedback: All the numbers are there.}}
    hints:
      - Write the state after each step into a table, and look at the last two rows.
    solution:
      steps:
        - {{title: Follow the steps, text: "The first step adds nothing: 0 + {factor} = {factor}."}}
        - {{title: Compare, text: "Only the first statement agrees with the table, so the others can be ruled out."}}
      final_answer: It has grown by {factor} in the last step of run {number}
    common_mistakes:
      - {{text: Taking the count of steps for the amount that each of them adds}}
      - {{text: "Starting to count at one, where the program starts at zero"}}
      - {{text: Forgetting that the starting value is kept all the way through}}
"""


def write(folder: Path, questions: int) -> None:
    """Write banks with `questions` questions in all into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, questions, QUESTIONS_TO_A_FILE):
        numbers = range(first, min(first + QUESTIONS_TO_A_FILE, questions))
        body = "".join(map(_question, numbers))
        header = f"format: 1\nid: bank-{first:06}\ntitle: Bank {first}\nquestions:\n"
        (folder / f"bank-{first:06}.yaml").write_text(header + body, "utf-8")


def _question(number: int) -> str:
    values = {"number": number, "steps": number % 7 + 2, "factor": number % 9 + 1, "topic": number % 20}
    code = _CODE.format(**values) if number % 5 < 2 else ""
    # the key is the longest of the four options in one question of four, as chance would have it
    since = f", since run {number} ends early" if number % 4 == 0 else f", since run {number} ends before its last step"
    return _QUESTION.format(**values, code=code, since=since, difficulty=("easy", "medium", "hard")[number % 3])
