"""What holds for every exporter that there is."""

from __future__ import annotations

import pytest

from quizlib import plugins
from quizlib.diagnostics import Severity
from quizlib.exporting import export
from quizlib.plugins import Exporter, ExportOptions
from tests.exporters import samples
from tests.property.strategies import loaded
from tests.unit.helpers import KEYED, KEYLESS

_INTERACTIONS = sorted(samples.interactions("x"))


@pytest.fixture(params=plugins.names("quizlib.exporters"))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def exporter(name: str) -> Exporter:
    try:
        found: Exporter = plugins.load("quizlib.exporters", name)
    except plugins.PluginError as error:
        pytest.skip(f"{name} cannot be imported yet: {error}")
    return found


def _options(exporter: Exporter) -> list[ExportOptions]:
    return [KEYED, KEYLESS] if exporter.CAN_OMIT_KEY else [KEYED]


def test_it_describes_itself_in_one_line(exporter: Exporter) -> None:
    assert exporter.SUMMARY.strip()
    assert "\n" not in exporter.SUMMARY
    assert isinstance(exporter.CAN_OMIT_KEY, bool)


@pytest.mark.parametrize("kind", sorted(samples.EXAMPLES))
def test_it_writes_the_examples_of_every_question_type(kind: str, exporter: Exporter, name: str) -> None:
    loaded = samples.of_questions(samples.EXAMPLES[kind])
    assert loaded.diagnostics == ()
    for options in _options(exporter):
        files, losses = export(loaded, name, options)
        assert files
        assert all(files.values())
        assert all(loss.severity is Severity.WARNING and loss.span.line > 0 for loss in losses)


@pytest.mark.parametrize("kind", sorted(samples.EXAMPLES))
def test_it_writes_the_same_bytes_twice(kind: str, exporter: Exporter, name: str) -> None:
    first, second = (export(samples.of_questions(samples.EXAMPLES[kind]), name, KEYED) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("bank", sorted(samples.BANKS))
def test_it_writes_our_banks(bank: str, exporter: Exporter, name: str) -> None:
    files, _ = export(loaded(samples.BANKS[bank]), name, KEYED)
    assert all(file.startswith(bank) for file in files)


@pytest.mark.parametrize("interaction", _INTERACTIONS)
def test_it_writes_every_interaction_or_says_what_is_lost(interaction: str, exporter: Exporter) -> None:
    bank = samples.bank(samples.hostile_item(interaction, "survivor"), lesson=None)
    exported = exporter.export(bank, KEYED)
    written = b"".join(exported.files.values())
    assert b"survivor" in written or [loss for loss in exported.losses if loss.item == "item"]


@pytest.mark.parametrize("hostile", samples.HOSTILE)
def test_it_writes_hostile_texts_in_every_place(hostile: str, exporter: Exporter) -> None:
    text = samples.HOSTILE[hostile]
    items = [samples.hostile_item(interaction, text) for interaction in _INTERACTIONS]
    for options in _options(exporter):
        for content in exporter.export(samples.bank(*items, text=text), options).files.values():
            content.decode("utf-8")
            assert b"\r" not in content


def test_file_names_are_those_of_the_bank(exporter: Exporter) -> None:
    files = exporter.export(samples.bank(samples.hostile_item("order", "x")), KEYED).files
    assert all(file.startswith("sample") and "/" not in file for file in files)


def test_a_bank_without_questions_is_written(exporter: Exporter) -> None:
    assert exporter.export(samples.bank(), KEYED).files
