"""Plugins are found by name, those of other distributions too; a name met twice is an error."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizlib import plugins
from tests.unit.plugin_packages import forget, install

Make = Callable[..., None]


@pytest.fixture
def make_distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Install a distribution whose entry point names a package of modules."""

    monkeypatch.syspath_prepend(str(tmp_path))
    yield functools.partial(install, tmp_path)
    monkeypatch.undo()
    forget()


def test_the_plugins_of_quizlib_are_found_by_name() -> None:
    assert {"single_choice", "cloze", "code_output"} <= set(plugins.names("quizlib.questions"))
    assert {"json", "moodle_xml"} <= set(plugins.names("quizlib.exporters"))
    assert not [name for name in plugins.names("quizlib.rules") if name.startswith("_")]


def test_an_unknown_name_is_an_error_that_tells_the_known_ones() -> None:
    with pytest.raises(plugins.UnknownPluginError) as caught:
        plugins.load("quizlib.exporters", "nope")
    assert "json" in caught.value.known


def test_a_plugin_of_another_distribution_is_found_and_loaded(make_distribution: Make) -> None:
    make_distribution("quiz_extra_one", "quizlib.languages", cobol="SUFFIX = '.cob'\n", _hidden="")
    assert "cobol" in plugins.names("quizlib.languages")
    assert "_hidden" not in plugins.names("quizlib.languages")
    assert plugins.load("quizlib.languages", "cobol").SUFFIX == ".cob"


def test_a_distribution_of_another_group_adds_nothing(make_distribution: Make) -> None:
    make_distribution("quiz_extra_two", "quizlib.exporters", cobol="")
    assert "cobol" not in plugins.names("quizlib.languages")


def test_a_name_that_quizlib_has_is_an_error(make_distribution: Make) -> None:
    make_distribution("quiz_extra_three", "quizlib.languages", python="")
    with pytest.raises(plugins.PluginError, match=r"two plugins of quizlib\.languages are named 'python'"):
        plugins.names("quizlib.languages")


def test_a_name_that_two_distributions_have_is_an_error(make_distribution: Make) -> None:
    make_distribution("quiz_extra_four", "quizlib.languages", cobol="")
    make_distribution("quiz_extra_five", "quizlib.languages", cobol="")
    with pytest.raises(plugins.PluginError, match="'cobol'"):
        plugins.names("quizlib.languages")


def test_a_plugin_that_cannot_be_imported_is_an_error(make_distribution: Make) -> None:
    make_distribution("quiz_extra_six", "quizlib.languages", fortran="import no_such_module_at_all")
    with pytest.raises(plugins.PluginError, match=r"quiz_extra_six\.fortran cannot be imported"):
        plugins.load("quizlib.languages", "fortran")


def test_a_package_that_is_not_there_is_an_error(make_distribution: Make, tmp_path: Path) -> None:
    make_distribution("quiz_extra_seven", "quizlib.languages")
    (tmp_path / "quiz_extra_seven-1.0.dist-info" / "entry_points.txt").write_text(
        "[quizlib.languages]\nm = no_such_package\n"
    )
    forget()
    with pytest.raises(plugins.PluginError, match="no_such_package is not installed"):
        plugins.names("quizlib.languages")
