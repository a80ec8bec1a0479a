"""The manual as a site: built strictly, alike on GitHub and here, with nothing asked of anybody else's server."""

from __future__ import annotations

import functools
import http.server
import importlib.util
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import comrak
import pytest

from tests.browser.slowness import slow_down
from tests.browser.test_access import faults
from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = sorted((ROOT / "docs").rglob("*.md"))
COUNTED = ("h1", "h2", "h3", "li", "tr", "pre", "img", "blockquote")
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "use": "href"}
LOOKED_AT = ("index.html", "tutorial.html", "reference/fields.html")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, which builds without a word of warning."""
    if importlib.util.find_spec("mkdocs") is None or not (ROOT / "mkdocs.yml").exists():
        pytest.skip("mkdocs is missing")
    folder = tmp_path_factory.mktemp("site")
    build = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder))
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(build, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    return folder


class _Tags(HTMLParser):
    """The tags of a document, or of its `article`, with their attributes."""

    def __init__(self, text: str, *, article: bool = False) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(re.sub(r"(?s)\A.*?<article[^>]*>|</article>.*\Z", "", text) if article else text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def counts(self) -> dict[str, int]:
        """Return how many there are of each kind that a reader would miss."""
        return {name: sum(tag == name for tag, _ in self.found) for name in COUNTED}


def test_every_page_is_there_and_loads_nothing_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        for tag, attributes in _Tags(path.read_text("utf-8")).found:
            address = attributes.get(LOADED.get(tag, "")) or ""
            elsewhere = re.match(r"[a-z]+:|//", address) and not address.startswith("data:")
            assert not elsewhere or attributes.get("rel") == "canonical", f"{path.name}: {address}"
    for style in site.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()\s*['\"]?(?:https?:)?//", style.read_text("utf-8")), style.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_reads_the_same_on_github(site: Path, page: Path) -> None:
    options = comrak.ExtensionOptions()
    options.table = True
    name = page.relative_to(ROOT / "docs").with_suffix(".html").as_posix()
    built = (site / re.sub(r"README\.html$", "index.html", name)).read_text("utf-8")
    on_github = comrak.render_markdown(page.read_text("utf-8"), extension_options=options)
    assert _Tags(built, article=True).counts() == _Tags(on_github).counts()


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """Serve the site on the loopback; return its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(params=["from a server", "from a disk"])
def address(request: pytest.FixtureRequest, site: Path, served: str) -> str:
    """Return the address of the site, with a slash at its end."""
    return served if request.param == "from a server" else site.as_uri() + "/"


def _opened(browser: Browser, address: str, page: str, troubles: list[str], *, width: int, scheme: str) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    found = context.new_page()
    slow_down(found)
    found.on("console", lambda message: troubles.append(f"console: {message.text}"))
    found.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    allowed = (address, "data:", "blob:", "about:srcdoc")
    found.on("request", lambda request: None if request.url.startswith(allowed) else troubles.append(request.url))
    found.goto(address + page, wait_until="load")
    return found


@pytest.mark.parametrize("page", LOOKED_AT)
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, served: str, page: str, width: int, scheme: str
) -> None:
    troubles: list[str] = []
    found = _opened(browser, served, page, troubles, width=width, scheme=scheme)
    assert faults(found) == []
    assert not found.evaluate("document.documentElement.scrollWidth > innerWidth")
    found.context.close()
    assert troubles == []


def test_the_search_asks_nobody_else(browser: Browser, address: str) -> None:
    troubles: list[str] = []
    found = _opened(browser, address, "index.html", troubles, width=1280, scheme="light")
    found.click(".md-search__input")
    found.keyboard.type("coverage")
    found.wait_for_selector(".md-search-result__item >> text=Key coverage")
    found.context.close()
    assert troubles == []
