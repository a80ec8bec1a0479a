"""The scripts and styles that ship stand inside an element of each page, and may not end it."""

from __future__ import annotations

import base64
import zlib
from importlib import resources

import pytest

BUILT = {path.name: path.read_bytes() for path in resources.files("quizlib_exporters.html").joinpath("built").iterdir()}
SCRIPTS = [name for name in BUILT if name.endswith(".js")]
STYLES = [name for name in BUILT if name.endswith(".css")]


def test_a_page_has_its_script_its_style_and_the_licences_of_what_is_in_them() -> None:
    assert {"page.js", "page.css", "embed.js", "LICENSES.txt"} <= set(BUILT)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_does_not_end_its_element(name: str) -> None:
    script = BUILT[name].lower()
    assert b"</script" not in script
    assert b"<!--" not in script


def test_the_loader_unpacks_the_script_of_the_page() -> None:
    assert zlib.decompress(base64.b64decode(BUILT["page.packed"]), wbits=-15) == BUILT["page.js"]


@pytest.mark.parametrize("name", STYLES)
def test_a_style_does_not_end_its_element(name: str) -> None:
    style = BUILT[name].lower()
    assert b"</style" not in style
    assert b"<!--" not in style


@pytest.mark.parametrize("name", [*SCRIPTS, *STYLES])
def test_nothing_is_loaded_and_nothing_depends_on_how_it_is_read(name: str) -> None:
    assert BUILT[name].isascii()
    assert b"\r" not in BUILT[name]
    assert b"sourceMappingURL" not in BUILT[name]
    assert b"@import" not in BUILT[name]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_holds_the_licences_of_its_libraries(name: str) -> None:
    notices = BUILT[name].decode().partition("/*!\n")[2]
    assert all(line in BUILT["LICENSES.txt"].decode() for line in notices.removesuffix("*/\n").split("\n"))
