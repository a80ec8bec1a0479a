"""XML as Moodle's importer wants it: every text in CDATA, no element without content."""

from __future__ import annotations

import dataclasses
import html


@dataclasses.dataclass(frozen=True, slots=True)
class Html:
    """A piece of HTML, and the files that it links: name and content in base64."""

    text: str
    files: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: Html) -> Html:
        return Html(self.text + other.text, tuple(dict.fromkeys((*self.files, *other.files))))


def cdata(text: str) -> str:
    """Wrap a text. Moodle drops a piece of white space only, so none is made by splitting `]]>`."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""


def element(name: str, content: str | float, **attributes: str) -> str:
    """Return an element. `content` is XML already; attributes are escaped."""
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>\n"


def text_element(name: str, content: Html, extra: str = "", **attributes: str) -> str:
    """Return an element that holds an HTML text, its files, and `extra` XML behind them."""
    files = "".join(
        f'<file name="{html.escape(file)}" path="/" encoding="base64">{data}</file>' for file, data in content.files
    )
    return element(name, f"<text>{cdata(content.text)}</text>{files}{extra}", **attributes, format="html")


def plain_element(name: str, text: str) -> str:
    """Return an element that holds a plain text."""
    return element(name, f"<text>{cdata(text)}</text>")
