"""The reference of the manual is made from the code. `pytest --accept` writes it anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import ROOT
from tests.manual.commands_page import commands_page
from tests.manual.exporters_page import exporters_page
from tests.manual.fields_page import fields_page, types_page
from tests.manual.json_page import json_page


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("commands", commands_page),
        ("exporters", exporters_page),
        ("fields", fields_page),
        ("json", json_page),
        ("question-types", types_page),
    ],
)
def test_the_reference_is_what_the_code_says(name: str, page: Callable[[], str], accept: bool) -> None:
    path = ROOT / "docs" / "reference" / f"{name}.md"
    text = page()
    if accept:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text
