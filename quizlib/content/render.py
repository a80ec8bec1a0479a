"""From the texts of a bank to HTML, in the dialect that a target wants.

The Markdown engine is comrak: CommonMark with tables and dollar maths. Raw HTML is
escaped, so that it is shown as it was typed; only a bank that says `raw_html: sanitized` has it kept, as
far as nh3 finds it harmless. Since everything else in the engine's output is its own, the places that a
target treats in its own way (maths, images, code) are found in it by exact patterns.
"""

from __future__ import annotations

import functools
import html
import re
import urllib.parse
from collections.abc import Callable, Iterator

import comrak

from quizlib.model import Content

_MATH = re.compile(r'<span data-math-style="(inline|display)">(.*?)</span>', re.DOTALL)
_MATH_BLOCK = re.compile(r'<pre><code class="language-math" data-math-style="display">(.*?)</code></pre>', re.DOTALL)
_IMAGE = re.compile(r'<img\b(?:[^>"]|"[^"]*")*>')
_SOURCE = re.compile(r'(?<= src=")[^"]*(?=")')
_CODE_BLOCK = re.compile(r'<pre><code(?: class="language-([^"]*)")?>(.*?)</code></pre>', re.DOTALL)
_CODE_SPAN = re.compile(r"(?<!<pre>)<code>(.*?)</code>", re.DOTALL)
_MAX_CELLS = 10_000
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")

# What CommonMark takes for a block, or for the definition of a link, where a text of one line means itself.
_BLOCK_START = re.compile(
    r"""[-+*](?:[ \t]|$) | \#{1,6}(?:[ \t]|$) | > | (?:[-*_][ \t]*){3,}$ | `{3,}[^`]*$ | ~{3,}
      | \[(?:[^\\\]]|\\.)*\]: | (?P<digits>\d{1,9})[.)](?:[ \t]|$)""",
    re.VERBOSE,
)


def html_text(text: str) -> str:
    """Escape a plain text for use between tags."""
    return html.escape(text, quote=False)


def html_attribute(text: str) -> str:
    """Escape a plain text for use in an attribute with double quotes."""
    return html.escape(text, quote=True)


def image_paths(text: str, *, sanitize_html: bool = False) -> Iterator[str]:
    """Yield the relative paths of the images in a Markdown text, as they were written."""
    if "![" in text or (sanitize_html and "<img" in text):
        for tag in _IMAGE.findall(_block(text, sanitize_html)):
            source = _SOURCE.search(tag)
            if source and not _ABSOLUTE.match(path := _unescaped_path(source[0])):
                yield path


class Renderer:
    """Renders texts for one target.

    `maths` gets TeX and whether it stands on a line of its own; `image` gets the path as written and
    returns the address to link; `code_block` gets language and source; `code_span` gets escaped text.
    Each returns HTML. What is not given is left as the engine writes it.
    """

    def __init__(
        self,
        *,
        sanitize_html: bool = False,
        maths: Callable[[str, bool], str] | None = None,
        image: Callable[[str], str] | None = None,
        code_block: Callable[[str | None, str], str] | None = None,
        code_span: Callable[[str], str] | None = None,
    ) -> None:
        self._sanitize_html = sanitize_html
        self._maths = maths
        self._image = image
        self._code_block = code_block
        self._code_span = code_span

    def block(self, text: str) -> str:
        """Render a Markdown text to block elements (`<p>…</p>`, `<pre>…`)."""
        return self._adapt(_block(text, self._sanitize_html)).strip()

    def inline(self, text: str) -> str:
        """Render a Markdown text without the `<p>` of a lone paragraph."""
        rendered = self.block(text)
        if rendered.startswith("<p>") and rendered.find("</p>") == len(rendered) - 4:
            return rendered[3:-4]
        return rendered

    def content(self, content: Content) -> str:
        """Render a content: Markdown inline where it can be, code in `<pre>` or `<code>`, else escaped."""
        match content.format:
            case "markdown":
                return self.inline(content.text)
            case "plain":
                return html_text(content.text)
            case "code":
                return self.code(content.text, None)

    def code(self, source: str, language: str | None) -> str:
        """Render a program or an output as a block that keeps every character."""
        if self._code_block is not None:
            return self._code_block(language, source)
        name = f' class="language-{html_attribute(language)}"' if language else ""
        return f"<pre><code{name}>{html_text(source)}</code></pre>"

    def _adapt(self, rendered: str) -> str:
        if (maths := self._maths) is not None and "data-math-style" in rendered:
            rendered = _MATH.sub(lambda found: maths(html.unescape(found[2]).strip(), found[1] == "display"), rendered)
            rendered = _MATH_BLOCK.sub(lambda found: maths(html.unescape(found[1]).strip(), True), rendered)
        if (image := self._image) is not None and "<img " in rendered:
            rendered = _IMAGE.sub(
                lambda tag: _SOURCE.sub(lambda source: _linked(source[0], image), tag[0], 1), rendered
            )
        if (code_span := self._code_span) is not None and "<code>" in rendered:
            rendered = _CODE_SPAN.sub(lambda found: code_span(found[1]), rendered)
        if (code_block := self._code_block) is not None and "<pre>" in rendered:
            rendered = _CODE_BLOCK.sub(
                lambda found: code_block(
                    html.unescape(found[1]) if found[1] else None,
                    html.unescape(found[2]).removesuffix("\n"),
                ),
                rendered,
            )
        return rendered


def _linked(source: str, image: Callable[[str], str]) -> str:
    return html_attribute(image(_unescaped_path(source)))


def _unescaped_path(attribute: str) -> str:
    return urllib.parse.unquote(html.unescape(attribute))


@functools.lru_cache(maxsize=4096)
def _block(text: str, sanitize_html: bool) -> str:
    rendered = comrak.render_markdown(
        _escaped_block_start(text),
        extension_options=_extensions(tables=not _has_huge_table(text)),
        render_options=_options(sanitize_html),
    )
    if sanitize_html and "<" in text:
        rendered = _sanitized(rendered)
    return rendered


def _escaped_block_start(text: str) -> str:
    """Keep a text of one line from being taken for a list, a heading, a rule or a definition."""
    line = text.strip(" \t\n")
    if "\n" in line:
        return text
    found = _BLOCK_START.match(line)
    if found is None:
        return line
    if found["digits"] is not None:
        return f"{found['digits']}\\{line[found.end('digits') :]}"
    return f"\\{line}"


def _has_huge_table(text: str) -> bool:
    """Whether a table may have more cells than fit a page: short rows are filled up to the width of the longest."""
    if len(text) < _MAX_CELLS:
        return False
    lines = text.split("\n")
    return max(line.count("|") for line in lines) * sum("|" in line for line in lines) > _MAX_CELLS


@functools.cache
def _extensions(*, tables: bool) -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    options.table = tables
    options.math_dollars = True
    return options


@functools.cache
def _options(sanitize_html: bool) -> comrak.RenderOptions:
    options = comrak.RenderOptions()
    options.escape = not sanitize_html
    options.unsafe_ = sanitize_html
    return options


def _sanitized(rendered: str) -> str:
    import nh3  # only banks that ask for raw HTML need it

    attributes = {name: set(allowed) for name, allowed in nh3.ALLOWED_ATTRIBUTES.items()}
    attributes.setdefault("span", set()).add("data-math-style")
    attributes.setdefault("code", set()).update({"class", "data-math-style"})
    return nh3.clean(rendered, attributes=attributes, link_rel=None)
