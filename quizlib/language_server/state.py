"""What the server knows between two messages: the open files, what was found in their banks, and when to look again."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from quizlib import __version__
from quizlib.diagnostics import Diagnostic, Edit, Severity, Span
from quizlib.discovery import SUFFIXES
from quizlib.language_server import navigation
from quizlib.language_server.checking import Checked, Checker
from quizlib.language_server.positions import Positions
from quizlib.source import Document
from quizlib.validation import Settings

_START = Span("", 1, 1, 1, 1)
_PAUSE_SECONDS = 0.25  # in typing, before the text is looked at

_SEVERITIES = {Severity.ERROR: types.DiagnosticSeverity.Error, Severity.WARNING: types.DiagnosticSeverity.Warning}


class BankServer(LanguageServer):
    """A server that knows what was found in the banks of the files that are open."""

    def __init__(self, settings: Settings) -> None:
        super().__init__("quizlib", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self.checker = Checker(settings)
        self.checked: dict[Path, Checked] = {}  # by the file that is open
        self.readable: dict[Path, Document] = {}  # the last text of each file that could be read
        self._waiting: dict[Path, asyncio.Task[None]] = {}
        self._unproved: set[Path] = set()  # files that were opened or saved, and whose programs have not run since
        self._turn = asyncio.Lock()

    def check_soon(self, uri: str, *, prove: bool) -> None:
        """Look at the bank of a file after a pause; a later call takes the place of one that still waits.

        A proof that was asked for is owed until it is done.
        """
        path = file_of(uri)
        if path is None or path.suffix not in SUFFIXES:
            return
        if path in self._waiting:
            self._waiting[path].cancel()
        if prove:
            self._unproved.add(path)
        self._waiting[path] = asyncio.ensure_future(self._check(path, at_once=prove))

    async def _check(self, path: Path, *, at_once: bool) -> None:
        if not at_once:
            await asyncio.sleep(_PAUSE_SECONDS)
        async with self._turn:  # so that no more than one waits in a thread, however fast one types
            check = functools.partial(self.checker.check, path, self.unsaved(), prove=path in self._unproved)
            checked = await asyncio.get_running_loop().run_in_executor(None, check)
            self._unproved.discard(path)
        self.checked[path] = checked
        self.readable |= {each: document for each, document in checked.documents.items() if document.data is not None}
        if path in self.open_files():
            self._publish(checked)

    def _publish(self, checked: Checked) -> None:
        for path, diagnostics in checked.found.items():
            if path.is_dir():
                continue
            positions = self.positions(path, checked)
            parameters = types.PublishDiagnosticsParams(
                uri_of(path), [self.diagnostic(each, positions, checked) for each in diagnostics]
            )
            self.text_document_publish_diagnostics(parameters)

    def diagnostic(self, found: Diagnostic, positions: Positions, checked: Checked) -> types.Diagnostic:
        """Return a diagnostic as the protocol wants it."""
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(uri_of(path), self.positions(path, checked).range(span)), "see here"
            )
            for span in found.related
            for path in [Path(span.path).resolve()]
        ]
        message = found.message if found.help is None else f"{found.message}\nhelp: {found.help}"
        return types.Diagnostic(
            positions.range(found.span),
            message,
            severity=_SEVERITIES[found.severity],
            code=found.code,
            source="quiz",
            related_information=related or None,
            data={"rule": found.rule},
        )

    def positions(self, path: Path, checked: Checked | None = None) -> Positions:
        """Return the positions of a file's text: that in the editor, else that which was read."""
        text = self.open_files().get(path)
        if text is None and checked is not None and path in checked.documents:
            text = checked.documents[path].text
        if text is None:
            with contextlib.suppress(OSError, UnicodeDecodeError):
                text = path.read_text(encoding="utf-8")
        return Positions(text or "", self.workspace.position_codec)

    def open_files(self) -> dict[Path, str]:
        """Return the texts in the editor, by the resolved paths of their files."""
        found = {}
        for uri, document in self.workspace.text_documents.items():
            if path := file_of(uri):
                found[path] = document.source
        return found

    def unsaved(self) -> Mapping[Path, bytes]:
        """Return the texts in the editor as files would hold them."""
        return {path: text.encode("utf-8", "surrogatepass") for path, text in self.open_files().items()}

    def close(self, uri: str) -> None:
        """Forget a file, and take away what was said of it."""
        path = file_of(uri)
        if path is None:
            return
        if task := self._waiting.pop(path, None):
            task.cancel()
        self._unproved.discard(path)
        self.checker.forget(path)
        self.checked.pop(path, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri_of(path), []))

    def edits(self, edits: Iterable[Edit], checked: Checked) -> types.WorkspaceEdit:
        """Return edits of files as the protocol wants them."""
        changes: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            path = Path(edit.span.path).resolve()
            found = types.TextEdit(self.positions(path, checked).range(edit.span), edit.text)
            changes.setdefault(uri_of(path), []).append(found)
        return types.WorkspaceEdit(changes=changes)

    def locations(self, targets: Iterable[navigation.Target]) -> list[types.Location]:
        """Return places in files as the protocol wants them."""
        return [
            types.Location(uri_of(target.path), self.positions(target.path).range(target.span or _START))
            for target in targets
        ]


def file_of(uri: str) -> Path | None:
    """Return the file of a URI; None for what is no file, such as a text that was never saved."""
    if not uri.startswith("file:"):
        return None
    name = to_fs_path(uri)
    return Path(name).resolve() if name else None


def uri_of(path: Path) -> str:
    """Return the URI of a file."""
    return from_fs_path(str(path)) or path.as_uri()
