"""The bank's texts as HTML that the page can hold: images inside, headings in order, no foreign style."""

from __future__ import annotations

import base64
import html
import itertools
import re
import urllib.parse
from collections.abc import Callable, Mapping

from markupsafe import Markup

from quizlib.content import Renderer, html_attribute, html_text, media_type
from quizlib.diagnostics import Place
from quizlib.model import Bank, Content, Loss, Lost
from quizlib_exporters.html import code, directions, maths
from quizlib_exporters.html.messages import Messages, direction_of
from quizlib_exporters.html.plain_maths import plain_maths

_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_HEADING = re.compile(r"<(/?)h([1-6])\b")
_ALIGNED = re.compile(r' align="(left|center|right)"')
_ADAPTED = re.compile(r"<(?:img|h[1-6]|table)\b")
_TAG = re.compile(r'<(?:[^>"]|"[^"]*")*>')
_BLOCK = re.compile(rf"<(?:{directions.BLOCKS})\b")
_ANY_BLOCK = re.compile(rf"</?(?:{directions.BLOCKS}|br|t[drh])\b")
_ALTERNATIVE = re.compile(r' alt="([^"]*)"')
_TABLE = '<table class="content">'
BLANK = "___"


class Texts:
    """Renders the texts of one bank, and gathers the images that are missing.

    `about` says which item the next texts belong to.
    """

    def __init__(self, bank: Bank) -> None:
        self.losses: dict[tuple[str, str | None], Loss] = {}
        self._addresses = _Addresses(bank.images)
        self._place = bank.place
        self._item: str | None = None
        self._right_to_left = direction_of(bank.language) == "rtl"
        self._plain = Renderer(sanitize_html=bank.sanitize_html, maths=maths.mathml, code_block=code.block)
        self._bare = Renderer(
            sanitize_html=bank.sanitize_html, maths=lambda tex, _: html_text(plain_maths(tex)), code_block=code.block
        )
        self._spoken = Renderer(
            sanitize_html=bank.sanitize_html,
            maths=lambda tex, display: maths.mathml(tex, display, True),
            code_block=code.block,
        )

    def about(self, place: Place, item: str | None) -> None:
        """Say where the texts that follow stand, for the losses."""
        self._place, self._item = place, item

    def block(self, text: str, heading: int) -> Markup:
        """Render a text to block elements, its topmost headings at the level `heading`."""
        return self._adapted(self._plain.block(text), heading)

    def inline(self, text: str, heading: int = 5) -> Markup:
        """Render a text without the paragraph around a lone line."""
        return self._adapted(self._plain.inline(text), heading)

    def label(self, content: Content) -> Markup:
        """Render a content for a label or a heading, so that its formulas are read out in words."""
        if content.format == "code":
            return Markup(f'<code class="block">{html_text(content.text)}</code>')
        return self._adapted(self._spoken.content(content), 5)

    def plain(self, content: Content) -> str:
        """Return a content as a line without any mark-up, for names and the options of a `<select>`."""
        if content.format != "markdown":
            return content.text
        return " ".join(html.unescape(_TAG.sub(_words_of, self._bare.inline(content.text))).split())

    def _adapted(self, rendered: str, heading: int) -> Markup:
        if _ADAPTED.search(rendered):
            levels = _heading_levels(heading, rendered)
            rendered = _TAG.sub(lambda found: self._adapted_tag(found[0], levels), rendered)
        return Markup(directions.marked(rendered) if self._right_to_left else rendered)

    def _adapted_tag(self, tag: str, levels: Mapping[str, int]) -> str:
        if tag.startswith("<img"):
            return self._image(tag)
        if tag.startswith("<table"):
            return _TABLE
        if tag.startswith(("<td", "<th")):
            return _ALIGNED.sub(r' class="\1"', tag)
        if found := _HEADING.match(tag):
            return f"<{found[1]}h{levels[found[2]]}>"
        return tag

    def _image(self, tag: str) -> str:
        attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
        path, alternative = urllib.parse.unquote(attributes.get("src", "")), attributes.get("alt", "")
        address = self._addresses.get(path)
        if address is None:
            self._report_missing(path)
            return f'<span class="missing">{html_text(alternative or path)}</span>'
        title = f' title="{html_attribute(attributes["title"])}"' if "title" in attributes else ""
        return f'<img src="{address}" alt="{html_attribute(alternative)}"{title}>'

    def _report_missing(self, path: str) -> None:
        self.losses.setdefault(
            (path, self._item),
            Loss(
                Lost.IMAGE,
                f"the image {path!r} is not in the page, its description is shown instead",
                self._place,
                help="put a png, jpg, gif, svg or webp file beside the bank and give its relative path",
                item=self._item,
            ),
        )


def _words_of(tag: re.Match[str]) -> str:
    """Return the description of an image, and a blank for what begins or ends a block."""
    if tag[0].startswith("<img") and (found := _ALTERNATIVE.search(tag[0])):
        return found[1]
    return " " if _ANY_BLOCK.match(tag[0]) else ""


class _Addresses:
    """The bank's images as `data:` addresses, each encoded once."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        self._images = images
        self._known: dict[str, str | None] = {}

    def get(self, path: str) -> str | None:
        if path not in self._known:
            self._known[path] = self._encoded(path)
        return self._known[path]

    def _encoded(self, path: str) -> str | None:
        image = self._images.get(path)
        kind = media_type(path)
        if image is None or kind is None:
            return None
        return f"data:{kind};base64,{base64.b64encode(image).decode()}"


def is_phrasing(rendered: str) -> bool:
    """Whether HTML may stand in a label or a heading: it has no block in it."""
    return _BLOCK.search(rendered) is None


def replace_in_text(rendered: str, pattern: str, replacement: Callable[[re.Match[str]], str]) -> str:
    """Replace what fits `pattern` between tags, all in one pass.

    Inside a tag, such as in the description of an image, it becomes a blank line.
    """
    token = re.compile(pattern)
    pieces, end = [], 0
    for tag in _TAG.finditer(rendered):
        pieces += [token.sub(replacement, rendered[end : tag.start()]), token.sub(BLANK, tag[0])]
        end = tag.end()
    return "".join([*pieces, token.sub(replacement, rendered[end:])])


def number_regions(body: str, words: Messages) -> str:
    """Give every block that may scroll a name of its own and a place in the tab order."""
    return Regions(words).number(body)


class Regions:
    """Numbers blocks that may scroll, through as many bodies as are given. A table inside another scrolls with it."""

    def __init__(self, words: Messages) -> None:
        self._words = words
        self._blocks, self._tables = itertools.count(1), itertools.count(1)
        self._open: list[str] = []

    def number(self, body: str) -> str:
        """Return the body, its blocks named and in the tab order."""
        return _TAG.sub(self._region, body)

    def _region(self, found: re.Match[str]) -> str:
        tag, outermost = found[0], not self._open
        if tag.startswith("<table"):
            self._open.append(tag)
            if outermost and tag == _TABLE:
                name = html_attribute(self._words("page-table", number=next(self._tables)))
                return f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">{tag}'
        elif tag == "</table>":
            if self._open.pop() == _TABLE and not self._open:
                return f"{tag}</div>"
        elif tag == '<pre class="code">':
            name = html_attribute(self._words("page-code", number=next(self._blocks)))
            return f'<pre class="code" tabindex="0" role="region" aria-label="{name}">'
        return tag


def _heading_levels(top: int, rendered: str) -> dict[str, int]:
    """Renumber headings without gaps, so that the page's outline has none."""
    levels = sorted({level for _, level in _HEADING.findall(rendered)})
    return {level: min(6, top + rank) for rank, level in enumerate(levels)}
