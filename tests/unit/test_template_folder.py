"""A folder of templates: what is read of it, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib.plugins import Template, TemplateError
from quizlib.template_folder import UnknownTemplateError, read_templates

KNOWN = ["body.html.j2", "page.html.j2", "theme.css"]


def test_files_are_read_by_name_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "theme.css").write_bytes(b"\xef\xbb\xbfa{}\r\nb{}")
    (tmp_path / "body.html.j2").write_text("ü", "utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"\xff")
    assert read_templates(tmp_path, KNOWN) == (
        Template("body.html.j2", str(tmp_path / "body.html.j2"), "ü"),
        Template("theme.css", str(tmp_path / "theme.css"), "a{}\nb{}"),
    )


def test_an_empty_folder_replaces_nothing(tmp_path: Path) -> None:
    assert read_templates(tmp_path, KNOWN) == ()


def test_all_names_that_mean_nothing_are_reported_with_what_was_meant(tmp_path: Path) -> None:
    for name in ("page.html", "xyz"):
        (tmp_path / name).touch()
    with pytest.raises(UnknownTemplateError) as caught:
        read_templates(tmp_path, KNOWN)
    assert str(caught.value) == (
        "'page.html' is no template; did you mean 'page.html.j2'?; "
        "'xyz' is no template; there are: body.html.j2, page.html.j2, theme.css"
    )


def test_a_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "theme.css").write_bytes(b"a{}\nb{}\n/* \xe9 */")
    with pytest.raises(TemplateError) as caught:
        read_templates(tmp_path, KNOWN)
    assert str(caught.value) == f"{tmp_path / 'theme.css'}:3: the file is not UTF-8"


def test_a_folder_in_place_of_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "theme.css").mkdir()
    with pytest.raises(TemplateError) as caught:
        read_templates(tmp_path, KNOWN)
    assert caught.value.path == str(tmp_path / "theme.css")


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TemplateError):
        read_templates(tmp_path / "none", KNOWN)
