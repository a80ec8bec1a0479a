"""Texts for Moodle: HTML that its filters leave alone, images as files, and plain texts within limits.

Moodle's emoticon filter would make pictures of `f(n)` or `:-)` wherever they stand, tags included, but for
`<pre>` and for spans of the class `nolink`; its maths filter would typeset what stands between `\\(` and
`\\)`, and its importer would link `@@PLUGINFILE@@`. Such characters are written as references, which
browsers show as they are.
"""

from __future__ import annotations

import base64
import html
import posixpath
import re
import urllib.parse

from quizlib.content import Renderer, html_text
from quizlib.diagnostics import Place
from quizlib.model import Bank, Content, Item, Loss, Lost
from quizlib_exporters.moodle_xml.xml import Html

_MAX_FILE_BYTES = 7_000_000  # one text of 10 MB is refused; base64 takes a third more

# Maths stands between these tags until the filters have been guarded against. No text of a bank can make them: raw
# HTML is escaped, or cleaned of tags that are not HTML's.
_MATHS = {"<m-i>": r"\(", "</m-i>": r"\)", "<m-d>": r"\[", "</m-d>": r"\]"}
_MATHS_TAG = re.compile("|".join(_MATHS))

_TAG = re.compile(r"<[^>]*>")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_MATHS_SIGN = re.compile(r"\\(?=[()\[\]])|\$(?=\$)|(?<=\$)\$|@(?=@)")
_EMOTICON = re.compile(r"\((?=[A-Za-z]{0,8} ?\))|:(?=[-()oODPpIX/|])|(?<=[8BVP;^}|])-|-(?=[.)])")
_UNWRITABLE = re.compile("[\x05-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\x00-\x04]")


class Texts:
    """Renders the texts of one item, and gathers what is lost on the way."""

    def __init__(self, bank: Bank, item: Item | None, losses: list[Loss]) -> None:
        self.bank = bank
        self.losses = losses
        self._item = item
        self._files: dict[str, str] = {}
        self._names = _file_names(bank)
        self._renderer = Renderer(
            sanitize_html=bank.sanitize_html, maths=_maths, image=self._image, code_span=_code_span
        )

    def block(self, markdown: str) -> Html:
        """Render a Markdown text to block elements."""
        return self._guarded(self._renderer.block(self._writable(markdown)))

    def inline(self, markdown: str) -> Html:
        """Render a Markdown text, without the tag of a lone paragraph."""
        return self._guarded(self._renderer.inline(self._writable(markdown)))

    def content(self, content: Content) -> Html:
        """Render an option or item; code in `<pre>` where its white space matters, else in a span."""
        text = self._writable(content.text)
        if content.format != "code":
            return self._guarded(self._renderer.content(Content(text, content.format)))
        stripped = text.rstrip("\n")
        if "\n" in stripped or "  " in stripped or stripped != stripped.strip() or not stripped:
            return self._guarded(self._renderer.code(text.rstrip("\n"), None))
        return self._guarded(_code_span(html_text(stripped)))

    def code(self, source: str, language: str | None) -> Html:
        """Render a program, every character of it kept."""
        return self._guarded(self._renderer.code(self._writable(source).rstrip("\n"), language))

    def code_or_text(self, item: Item, text: str) -> Html:
        """Render a text that an item's options hold, in their format."""
        options = getattr(item.interaction, "options", ())
        code = item.question_type == "code_output" or any(option.content.format == "code" for option in options)
        return self.content(Content(text, "code" if code else "markdown"))

    def shown(self, markdown: str) -> str:
        """Return a Markdown text as it is read, for a place that shows no HTML."""
        rendered = self._renderer.inline(self._writable(markdown))
        self._files = {}
        return html.unescape(_TAG.sub("", _MATHS_TAG.sub(lambda tag: _MATHS[tag[0]], rendered)))

    def plain(self, text: str, place: Place, limit: int | None = None) -> str:
        """Return a text that is not HTML, cut to `limit` characters if it must be, which is a loss."""
        text = self._writable(text).strip()
        if limit is not None and len(text) > limit:
            self.lose(Lost.TEXT_TOO_LONG, f"Moodle holds {limit} characters here, and the text is cut", place)
            return text[: limit - 1] + "…"
        return text

    def lose(self, kind: Lost, message: str, place: Place, help: str | None = None) -> None:
        """Report a loss."""
        self.losses.append(Loss(kind, message, place, help, self._item.identifier if self._item else None))

    def _writable(self, text: str) -> str:
        """Replace characters that XML cannot hold by their pictures."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _UNWRITABLE.search(text):
            place = self._item.place if self._item else self.bank.place
            self.lose(Lost.CHARACTER, "XML cannot hold control characters: they are shown as pictures", place)
            text = _UNWRITABLE.sub(_picture, text)
        return text

    def _image(self, path: str) -> str:
        content = self.bank.images.get(path)
        if content is None or len(content) > _MAX_FILE_BYTES:
            if ":" not in path:
                why = "is not there" if content is None else "is larger than Moodle takes in a text"
                self.lose(Lost.IMAGE, f"the image `{path}` {why}", self._item.place if self._item else self.bank.place)
            return path
        name = self._names[path]
        self._files[name] = base64.b64encode(content).decode("ascii")
        return f"@@PLUGINFILE@@/{urllib.parse.quote(name)}"

    def _guarded(self, rendered: str) -> Html:
        files, self._files = tuple(self._files.items()), {}
        rendered = self._writable(rendered)  # Markdown may have made control characters of references
        parts = [
            _MATHS_SIGN.sub(_reference, part) if part.startswith("<pre") else _guarded_outside_pre(part)
            for part in _PRE.split(rendered)
        ]
        text = _MATHS_TAG.sub(lambda tag: _MATHS[tag[0]], "".join(parts))
        for name, _ in files:
            quoted = urllib.parse.quote(name)
            text = text.replace(f"&#64;@PLUGINFILE&#64;@/{quoted}", f"@@PLUGINFILE@@/{quoted}")
        return Html(text, files)


def _safe_file_name(name: str) -> str:
    """Return a name without the characters that Moodle removes from names of files."""
    return re.sub(r'["\':/\\<>|&*?`\x00-\x1f]', "_", name)


def _file_names(bank: Bank) -> dict[str, str]:
    """Return a name for each image, all in one folder: its own where no other has it, else with its path."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(bank.images):
        name = _safe_file_name(posixpath.basename(path))
        if name.casefold() in taken:
            name = _safe_file_name(path)
        while name.casefold() in taken:
            name = f"_{name}"
        taken.add(name.casefold())
        names[path] = name
    return names


def _maths(tex: str, display: bool) -> str:
    """Write maths between tags that become `\\(…\\)` or `\\[…\\]`."""
    tag = "m-d" if display else "m-i"
    return f"<{tag}>{html_text(tex)}</{tag}>"


def _code_span(escaped: str) -> str:
    return f'<span class="nolink"><code>{escaped}</code></span>'


def _guarded_outside_pre(rendered: str) -> str:
    return _EMOTICON.sub(_reference, _MATHS_SIGN.sub(_reference, rendered))


def _reference(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in found[0])


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
