"""What rules on stems and options are silent about, or find, where the examples on their pages do not tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizlib import plugins
from quizlib.bank import load
from quizlib.diagnostics import Finding, Reorder
from quizlib.discovery import find

SILENT = [
    ("negative_stem", "Which of these types is NOT mutable?", ["*tuple", "list"]),
    ("negative_stem", "Which of these is *not mutable*?", ["*tuple", "list"]),
    ("negative_stem", "What happens when the file does not exist?", ["*an error", "nothing"]),
    ("negative_stem", "What is one reason not to sort twice?", ["*time", "space"]),
    ("negative_stem", "What does `x is not None` mean?", ["*x is there", "x is absent"]),
    ("unfocused_stem", "Which statement about tuples is true?", ["*They are hashable", "They grow"]),
    ("unfocused_stem", "Which is true?\n\n```python\nx = 1\n```", ["*x is 1", "x is 2"]),
    ("blank_in_the_middle", "A loop with a condition is written with ____.", ["*while", "for"]),
    ("blank_in_the_middle", "What is the missing word: All is ____ that ends well.", ["*well", "good"]),
    ("overlapping_ranges", "In which period did it happen?", ["1800-1850", "*1850-1900"]),
    ("overlapping_ranges", "How many pages?", ["1 to 10", "*11 to 20", "more than 20"]),
    ("overlapping_ranges", "Which wavelengths are seen?", ["240 to 680 nm", "*380 to 740 nm", "420 to 810 nm"]),
    ("overlapping_ranges", "For which `x`?", ["5 to 20", "6 to 20", "*5 to 19", "6 to 19"]),
    ("overlapping_ranges", "How warm?", ["below 5 °C", "5 °C to 10 °C", "*11 °C to 20 °C"]),
    ("overlapping_ranges", "How warm?", ["0 to 10 °C", "*10 to 50 °F"]),
    ("overlapping_ranges", "What was the final score?", ["*2-1", "1-2", "1-3", "0-1"]),
    ("overlapping_ranges", "How did the match end?", ["1-2", "*2-3", "0-3"]),
    ("overlapping_ranges", "How did it end?", ["*2-1", "1-2", "2-3"]),
    ("overlapping_ranges", "How did it end?", ["*2–2", "1–2", "2–3"]),
    ("longest_option_is_key", "What for?", ["*To follow the values of all the fields of a form", "Speed", "To add"]),
    ("unordered_numbers", "What is 2 * 5?", ["*10", "7", "25 cm"]),
    ("unordered_numbers", "What is 2 * 5?", ["25", "*10", "7"]),
    ("complex_options", "Which blood groups?", ["A and O", "*A and B", "O and O"]),
    ("longest_option_is_key", "What is printed?", ["12", "33", "*There is an error in the code, so nothing"]),
    ("duplicate_options", "What is printed?", ["*HELLO THERE", "Hello There"]),
    ("implausible_option", "Which operator?", ["*&", "!", "?"]),
    ("mixed_endings", "Why?", ["*It saves some time.", "It saves some room.", "All of the above ones"]),
    ("duplicate_options", "Which word is capitalised as English wants it?", ["german", "*German", "french"]),
    ("duplicate_options", "How is the title of a film printed?", ["*_Vertigo_", "Vertigo", "VERTIGO"]),
    ("duplicate_options", "Which flag deletes a branch?", ["*git branch -D", "git branch -d"]),
    ("duplicate_options", "Which class is a list?", ["*ArrayList", "Arraylist", "array"]),
    ("duplicate_options", "What is `s.upper()`?", ["*SAN DIEGO", "San Diego"]),
    ("negative_stem", 'What does "not in" test for in Python?', ["*membership", "identity"]),
    ("negative_stem", "What does 'not in' test for in Python?", ["*membership", "identity"]),
    ("negative_stem", "What does “is not” compare?", ["*identity", "equality"]),
    ("longest_option_is_key", "What is printed?", ["*0 a b c 1 a b c 2 a b c 3 a b c 4", "a 1 b", "a b c"]),
    ("unfocused_stem", "An algorithm is:", ["*a list of steps", "a program", "a notation"]),
    ("unfocused_stem", "What is Paris?", ["*in France", "older than Rome"]),
    ("unfocused_stem", "The print function:", ["*displays a value", "sends it to paper"]),
    ("unfocused_stem", "Python", ["*a language", "a snake in a box"]),
    ("unfocused_stem", "HTML", ["*hypertext markup language", "has text markup lists"]),
    ("unfocused_stem", "Python", ["*runs", "needs"]),
    (
        "unfocused_stem",
        "Git rebase",
        ["*rewrites the history of a branch", "deletes a remote branch", "creates a merge commit"],
    ),
    ("unfocused_stem", "Git rebase", ["*can rewrite history", "can delete a branch", "can sign a commit"]),
    ("unfocused_stem", "Git rebase", ["*is a way to rewrite history", "is the opposite of a merge", "is a branch"]),
    ("unfocused_stem", "Animals", ["*cats", "class struggles"]),
    ("implausible_option", "Which cartoon character is a duck?", ["*Donald", "Mickey Mouse"]),
    ("implausible_option", "Who flies?", ["*Superman", "Alan Turing"]),
    ("repeated_opening", "Which?", ["*x = x + 1 is", "x = x + 1 was", "x = x + 1 has"]),
]
FOUND = [
    ("negative_stem", "All of these are mutable except", ["*tuple", "list"]),
    ("negative_stem", "Which type isn't mutable?", ["*tuple", "list"]),
    ("overlapping_ranges", "How many pages?", ["less than 10", "*5 to 20"]),
    ("overlapping_ranges", "How many pages?", ["0-10", "*5-15", "16-20"]),
    ("overlapping_ranges", "How many words matched?", ["1-2", "*2-3", "4-5"]),
    ("overlapping_ranges", "Which score is a pass?", ["0-50", "*50-100"]),
    ("overlapping_ranges", "How many minutes does a game take?", ["1 to 2", "*2 to 3"]),
    ("overlapping_ranges", "How long?", ["*0.1 to 0.5 s", "0.6 to 1.0 s", "0.8 to 1.5 s"]),
    ("overlapping_ranges", "How warm?", ["0-10 °C", "*10-20 °C"]),
    ("overlapping_ranges", "How warm?", ["0° to 10°", "*10° to 20°"]),
    ("overlapping_ranges", "How warm?", ["below 10 °C", "*5 °C to 15 °C"]),
    (
        "longest_option_is_key",
        "What for?",
        ["*To follow the values of all the fields of a form", "To save time", "To add"],
    ),
    ("overlapping_ranges", "How many pages?", ["between 1 and 10", "*between 10 and 20"]),
    ("duplicate_options", "How much?", ["*0.50", ".50"]),
    ("complex_options", "I. x is 1\nII. x is 2\n\nWhich is true?", ["*I only", "I and II", "II only"]),
    ("all_of_the_above", "Which?", ["*this", "that", "All of these answers are correct."]),
    ("all_of_the_above", "Which lines are correct?", ["the first", "the second", "*All are correct."]),
    ("none_of_the_above", "Which lines are correct?", ["*the first", "the second", "None are correct"]),
    ("duplicate_options", "What is the capital of France?", ["*Paris", "Lyon", "PARIS"]),
    ("duplicate_options", "What is the capital of Norway?", ["*Oslo", "Bergen", "OSLO"]),
    ("duplicate_options", "How is the title of a film printed?", ["*_Vertigo_", "Vertigo", "_Vertigo_"]),
    ("negative_stem", "Which type isn't called 'mutable'?", ["*tuple", "list"]),
    (
        "longest_option_is_key",
        "What is a closure?",
        ["*A function together with the variables of the scope in which it was defined", "A class", "A loop"],
    ),
    ("unfocused_stem", "Paris is", ["*in France", "older than Rome", "larger than London"]),
    ("unfocused_stem", "Python", ["*runs bytecode", "needs semicolons", "forbids loops"]),
    ("unfocused_stem", "Git rebase", ["*rewrites history", "is faster than a merge", "deletes branches"]),
    ("unfocused_stem", "Python lists:", ["*can be sorted", "are hashable", "have no end"]),
    ("color_only_cue", "The correct items are shown in red. Which ones?", ["*this", "that"]),
    ("implausible_option", "Who wrote the first compiler?", ["*Grace Hopper", "Alan Turing", "Mickey Mouse"]),
    ("none_of_the_above", "Which?", ["*this", "that", "**None of the above**"]),
    ("all_of_the_above", "Which?", ["*this", "that", "All of the Above"]),
    ("all_of_the_above", "Which?", ["*this", "that", "ALL OF THE ABOVE"]),
    ("all_of_the_above", "Which?", ["*this", "that", "All of These"]),
    ("none_of_the_above", "Which?", ["*this", "that", "NONE OF THE ABOVE"]),
]


def _found(tmp_path: Path, rule: str, stem: str, options: list[str], language: str = "en") -> list[Finding]:
    written = [{"text": text.removeprefix("*"), "correct": text.startswith("*")} for text in options]
    question = {"id": "q", "type": "single_choice", "shuffle": False, "stem": stem, "options": written}
    return _checked(tmp_path, rule, question, language)


def _checked(tmp_path: Path, rule: str, question: dict[str, object], language: str = "en") -> list[Finding]:
    bank = {"format": 1, "id": "b", "title": "B", "language": language, "questions": [question]}
    path = tmp_path / "bank.yaml"
    path.write_text(json.dumps(bank), "utf-8")
    files, _ = find([str(path)], ())
    loaded = load(files[0])
    assert loaded.bank is not None
    return [finding for _, finding in plugins.load("quizlib.rules", rule).check(loaded.bank, loaded.folder)]


@pytest.mark.parametrize(("rule", "stem", "options"), SILENT)
def test_no_false_alarm(rule: str, stem: str, options: list[str], tmp_path: Path) -> None:
    assert _found(tmp_path, rule, stem, options) == []


@pytest.mark.parametrize(("rule", "stem", "options"), FOUND)
def test_found(rule: str, stem: str, options: list[str], tmp_path: Path) -> None:
    assert len(_found(tmp_path, rule, stem, options)) == 1


@pytest.mark.parametrize(
    ("statement", "count"),
    [
        ("Paris is not the capital of Italy and Rome is not the capital of France.", 1),
        ("It is stated in the book that Hosea, Jonah and Job were prophets.", 0),
        ("A fire was started when a skillet of ham and eggs was left burning.", 0),
        ("Apples and pears are fruit that grow on trees.", 0),
    ],
)
def test_statements_of_two_things(statement: str, count: int, tmp_path: Path) -> None:
    question = {"id": "q", "type": "true_false", "stem": statement, "answer": True}
    assert len(_checked(tmp_path, "compound_statement", question)) == count


def test_english_rules_are_silent_about_other_languages(tmp_path: Path) -> None:
    assert _found(tmp_path, "all_of_the_above", "Which?", ["*this", "All of the above"], "de") == []


def test_numbers_are_put_into_rising_order(tmp_path: Path) -> None:
    (finding,) = _found(tmp_path, "unordered_numbers", "How much?", ["14 %", "*-3 %", "1,000 %", "0.5 %"])
    assert finding.repair is not None
    (change,) = finding.repair.changes
    assert isinstance(change, Reorder)
    assert change.order == (1, 3, 0, 2)
