"""Progress that is kept, found again, and let go where the bank has changed."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from pathlib import Path

import pytest

from quizlib.model import Bank
from quizlib.taking.plan import Asked
from quizlib.taking.session import Kept, Session
from quizlib.taking.storage import KeptError, Store, default_folder
from tests.exporters.samples import BANKS
from tests.property.strategies import loaded
from tests.unit.helpers import sound
from tests.unit.taking import session_of


@pytest.fixture
def bank() -> Bank:
    return sound(loaded(BANKS["fine-tuning"]))


def answered(bank: Bank, asked: Asked | None = None) -> Session:
    """Return a session with an answer to the first question, two hints and a solution to the second."""
    session = session_of(bank, asked)
    session.spend(12.5)
    session.answer([session.item.interaction.options[0].identifier])  # type: ignore[union-attr]
    session.go_to(1)
    session.hint()
    session.hint()
    session.give_up()
    return session


def kept(session: Session, folder: Path) -> Kept:
    store = Store(folder / "state", ("bank",))
    store.write(session)
    found = store.read()
    assert found is not None
    return found


def test_what_is_kept_is_found_again(bank: Bank, tmp_path: Path) -> None:
    before = answered(bank)
    after = session_of(bank, seed="s", kept=kept(before, tmp_path))
    assert after.result(None) == before.result(None)
    assert (after.elapsed, after.lost, after.place) == (12.5, 0, 2)


def test_a_changed_bank_loses_only_what_changed(bank: Bank, tmp_path: Path) -> None:
    first, second, third, *others = bank.items
    found = kept(answered(bank), tmp_path)
    changed = dataclasses.replace(bank, items=(third, second, dataclasses.replace(first, stem="Another?"), *others))
    after = session_of(changed, kept=found)
    assert after.lost == 1
    assert [response.question for response in after.result(None).responses] == [second.identifier]
    without = session_of(dataclasses.replace(bank, items=(first, *others)), kept=found)
    assert [response.question for response in without.result(None).responses] == [first.identifier]


def test_mended_hints_and_feedback_lose_nothing(bank: Bank, tmp_path: Path) -> None:
    first, second, *others = bank.items
    mended = dataclasses.replace(bank, items=(first, dataclasses.replace(second, hints=("One.",)), *others))
    after = session_of(mended, kept=kept(answered(bank), tmp_path))
    assert after.lost == 0
    assert after.work_on(mended.items[1]).hints == 1


def test_each_that_is_asked_has_a_file_of_its_own(bank: Bank, tmp_path: Path) -> None:
    Store(tmp_path, ("bank", "practice")).write(answered(bank))
    assert Store(tmp_path, ("bank", "test")).read() is None
    Store(tmp_path, ("bank", "test")).clear()
    assert Store(tmp_path, ("bank", "practice")).read() is not None
    Store(tmp_path, ("bank", "practice")).clear()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions")
def test_it_is_nobody_elses_business(bank: Bank, tmp_path: Path) -> None:
    kept(answered(bank), tmp_path)
    (file,) = (tmp_path / "state").iterdir()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o077) == (0o600, 0)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"version": 1, "bank": "b", "mode": "test", "responses": [], "seed": "s", "started": null, "elapsed": 1}',
        '{"version": 1, "bank": "b", "mode": "test", "responses": [], "seed": null, "elapsed": 1}',
        '{"version": 1, "bank": "b", "mode": "test", "responses": [], "seed": "s", "started": "2026-01-31T18:05:00Z"}',
        "\x00",
    ],
)
def test_a_damaged_file_is_said_to_be_so(content: str, bank: Bank, tmp_path: Path) -> None:
    kept(answered(bank), tmp_path)
    (file,) = (tmp_path / "state").iterdir()
    file.write_text(content, "utf-8")
    with pytest.raises(KeptError, match="it is damaged"):
        Store(tmp_path / "state", ("bank",)).read()


def test_a_response_of_another_kind_is_none(bank: Bank, tmp_path: Path) -> None:
    kept(answered(bank), tmp_path)
    (file,) = (tmp_path / "state").iterdir()
    data = json.loads(file.read_text("utf-8"))
    data["responses"][0]["response"] = {"a": 1}
    file.write_text(json.dumps(data), "utf-8")
    found = Store(tmp_path / "state", ("bank",)).read()
    assert session_of(bank, kept=found).work_on(bank.items[0]).response is None


def test_nothing_can_be_kept_without_a_folder(bank: Bank, tmp_path: Path) -> None:
    nowhere = Store(None, ("bank",))
    assert nowhere.read() is None
    nowhere.clear()
    with pytest.raises(KeptError, match="there is no folder"):
        nowhere.write(answered(bank))
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(KeptError):
        Store(tmp_path / "file", ("bank",)).write(answered(bank))


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(bank: Bank, tmp_path: Path) -> None:
    store = Store(tmp_path, ("bank",))
    store.write(answered(bank))
    (file,) = tmp_path.iterdir()
    file.unlink()
    (file / "in the way").mkdir(parents=True)
    with pytest.raises(KeptError):
        store.write(answered(bank))
    assert list(tmp_path.iterdir()) == [file]


def test_where_it_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert default_folder() == Path(os.environ["QUIZ_STATE_DIR"])
    monkeypatch.delenv("QUIZ_STATE_DIR")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "quizlib" / "taking"
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert default_folder() == tmp_path / ".local" / "state" / "quizlib" / "taking"
    monkeypatch.setattr("quizlib.taking.storage.home", lambda: None)
    assert default_folder() is None
