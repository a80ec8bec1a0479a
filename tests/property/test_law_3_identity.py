"""Law 3: a bank may be a file or a folder; ids are unique over it, and are the identity everywhere."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quizlib.bank import LoadedBank, load
from quizlib.discovery import find
from quizlib.exporting import export
from quizlib.plugins import ExportOptions
from tests.exporters import moodle
from tests.unit.helpers import HEADER

_IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,3}", fullmatch=True)
_FILES = st.lists(st.lists(_IDS, max_size=5), min_size=1, max_size=4)


def _questions(identifiers: list[str]) -> str:
    lines = "".join(f'  - {{id: "{name}", type: essay, stem: Say something.}}\n' for name in identifiers)
    return f"questions:\n{lines}" if lines else "questions: []\n"


def _folder_bank(folder: Path, files: list[list[str]]) -> LoadedBank:
    for index, identifiers in enumerate(files):
        if index == 0:
            (folder / "bank.yaml").write_text(HEADER + _questions(identifiers), encoding="utf-8")
        else:
            below = folder / f"part-{index}"
            below.mkdir()
            (below / "more.yml").write_text(_questions(identifiers), encoding="utf-8")
    banks, diagnostics = find([str(folder)])
    assert diagnostics == []
    (bank,) = banks
    return load(bank)


@given(_FILES)
def test_an_id_that_is_taken_is_reported_in_whichever_file_it_stands(files: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        loaded = _folder_bank(Path(name), files)
    every = [identifier for identifiers in files for identifier in identifiers]
    taken = [found for found in loaded.diagnostics if found.code == "QZ501"]
    assert loaded.bank is not None
    assert [item.identifier for item in loaded.bank.items] == list(dict.fromkeys(every))
    assert [found.question for found in taken] == [
        identifier for index, identifier in enumerate(every) if identifier in every[:index]
    ]
    for found in taken:
        (first,) = found.related
        assert (first.path, first.line) < (found.span.path, found.span.line) or first.path.endswith("bank.yaml")


def test_a_part_of_a_folder_holds_questions_only(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(HEADER + _questions(["a"]), encoding="utf-8")
    (tmp_path / "more.yaml").write_text("format: 1\ntitle: Not here\n" + _questions(["b"]), encoding="utf-8")
    (bank,), _ = find([str(tmp_path)])
    loaded = load(bank)
    (found,) = loaded.diagnostics
    assert (found.code, found.span.path, found.span.line) == ("QZ011", f"{tmp_path}/more.yaml", 2)
    assert loaded.bank is not None
    assert [item.identifier for item in loaded.bank.items] == ["a", "b"]


@given(st.lists(_IDS, min_size=1, max_size=5, unique_by=str.lower))
def test_ids_are_the_identity_in_every_export(identifiers: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        loaded = _folder_bank(Path(name), [identifiers])
    in_json = json.loads(moodle.file_of(export(loaded, "json", ExportOptions())[0]))
    in_moodle = moodle.questions(moodle.file_of(export(loaded, "moodle_xml", ExportOptions())[0]))
    assert [item["id"] for item in in_json["items"]] == identifiers
    assert [question.findtext("idnumber") for question in in_moodle] == identifiers


@given(st.lists(_IDS, min_size=2, max_size=5, unique=True))
def test_moving_options_about_leaves_their_ids(texts: list[str]) -> None:
    def named(order: list[str]) -> dict[str, str]:
        options = "".join(f'      - {{text: "{text}", correct: {str(text == texts[0]).lower()}}}\n' for text in order)
        text = f"{HEADER}questions:\n  - id: a\n    type: single_choice\n    stem: x\n    options:\n{options}"
        with tempfile.TemporaryDirectory() as name:
            (path := Path(name, "a.yaml")).write_text(text, encoding="utf-8")
            (bank,), _ = find([str(path)])
            (content,) = export(load(bank), "json", ExportOptions())[0].values()
        found = json.loads(content)["items"][0]["interaction"]["options"]
        return {option["content"]["text"]: option["id"] for option in found}

    assert named(texts) == named(texts[::-1])
