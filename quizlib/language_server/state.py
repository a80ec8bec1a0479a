"""What the server knows between two messages: the open files, what was found in their banks, and when to look again."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import threading
from collections.abc import Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from quizlib import __version__
from quizlib.diagnostics import Diagnostic, Edit, Severity, Span
from quizlib.discovery import HEADER_FILE, SUFFIXES, has_a_key_of_banks
from quizlib.language_server import navigation
from quizlib.language_server.checking import Checked, Checker, OutdatedError
from quizlib.language_server.positions import Positions
from quizlib.source import Document
from quizlib.validation import Settings

_START = Span("", 1, 1, 1, 1)
_THREADS = 5  # proofs of several files, one look, and the fixes of one file
_PAUSE_SECONDS = 0.25  # in typing, before the text is looked at

_SEVERITIES = {Severity.ERROR: types.DiagnosticSeverity.Error, Severity.WARNING: types.DiagnosticSeverity.Warning}


class BankServer(LanguageServer):
    """A server that knows what was found in the banks of the files that are open."""

    def __init__(self, settings: Settings) -> None:
        super().__init__("quizlib", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self.checker = Checker(settings)
        self.checked: dict[Path, Checked] = {}  # by the file that is open
        self.readable: dict[Path, Document] = {}  # the last text of each file that could be read
        self._checks: dict[Path, asyncio.Task[None]] = {}
        self._proofs: dict[Path, threading.Event] = {}  # set where a proof is not wanted any more
        self._opened: dict[Path, str] = {}  # the URIs by which the editor knows files; pygls keeps them rewritten
        self._fixed: dict[Path, tuple[Checked, str | None]] = {}
        self._turn = asyncio.Lock()
        self._threads = ThreadPoolExecutor(_THREADS)

    def open(self, uri: str) -> None:
        """Begin to follow a file."""
        if path := file_of(uri):
            self._opened[path] = uri
        self.prove_soon(uri)

    def prove_soon(self, uri: str) -> None:
        """Look at the bank of a file at once, and run its programs; an older proof of it ends."""
        path = self.bank_file(uri)
        self.check_soon(uri, at_once=True)
        if path is None:
            return
        self._give_up_proof(path)
        unwanted = self._proofs[path] = threading.Event()
        self._begin(self._prove(path, unwanted), path)

    def check_soon(self, uri: str, *, at_once: bool = False) -> None:
        """Look at the bank of a file after a pause; a later call takes the place of one that still waits."""
        path = file_of(uri)
        if path is None:
            return
        if waiting := self._checks.get(path):
            waiting.cancel()
        if self.bank_file(uri) is None:
            self._take_back(path)
            return
        self._checks[path] = self._begin(self._check(path, 0.0 if at_once else _PAUSE_SECONDS), path)

    def _begin(self, work: Coroutine[Any, Any, None], path: Path) -> asyncio.Task[None]:
        """Begin some work on a file. What goes wrong in it is logged."""
        task = asyncio.ensure_future(work)

        def ended(task: asyncio.Task[None]) -> None:
            if not task.cancelled() and (error := task.exception()):
                message = f"{path.name} could not be checked: {type(error).__name__}: {error}"
                self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

        task.add_done_callback(ended)
        return task

    async def _check(self, path: Path, pause: float) -> None:
        await asyncio.sleep(pause)
        async with self._turn:  # so that no more than one look waits in a thread, however fast one types
            looked = functools.partial(self.checker.check, path, self.open_files())
            checked = await asyncio.get_running_loop().run_in_executor(self._threads, looked)
        if path not in self.open_files():
            return
        before = self.checked.get(path)
        self.checked[path] = checked
        self.readable |= {each: document for each, document in checked.documents.items() if document.data is not None}
        self._publish(checked)
        for gone in set(before.found if before else ()) - set(checked.found):
            self._say_nothing(gone)

    async def fixed(self, path: Path, checked: Checked) -> str | None:
        """Return a file's text with all safe fixes of what was found, or None; it is made once for a text."""
        kept = self._fixed.get(path)
        if kept is None or kept[0] is not checked:
            made = functools.partial(self.checker.fixed, path, checked, self.open_files())
            kept = checked, await asyncio.get_running_loop().run_in_executor(self._threads, made)
            self._fixed[path] = kept
        return kept[1]

    async def _prove(self, path: Path, unwanted: threading.Event) -> None:
        proved = functools.partial(self.checker.prove, path, self.open_files(), lambda: not unwanted.is_set())
        with contextlib.suppress(OutdatedError):
            await asyncio.get_running_loop().run_in_executor(self._threads, proved)
            if path in self.open_files():
                self.check_soon(self.uri_of(path), at_once=True)

    def _give_up_proof(self, path: Path) -> None:
        if unwanted := self._proofs.pop(path, None):
            unwanted.set()

    def end(self) -> None:
        """End what is being done; programs that run are killed."""
        for path in list(self._proofs):
            self._give_up_proof(path)
        self._threads.shutdown(wait=True, cancel_futures=True)

    def bank_file(self, uri: str) -> Path | None:
        """Return the file of a URI if it belongs to a bank, by its text or by the folder that it stands in."""
        path = file_of(uri)
        if path is None or path.suffix not in SUFFIXES:
            return None
        text = self.open_files().get(path, "")
        in_folder = any((folder / HEADER_FILE).is_file() for folder in path.parents)
        return path if in_folder or has_a_key_of_banks(text.encode("utf-8", "replace")) else None

    def _publish(self, checked: Checked) -> None:
        for path, diagnostics in checked.found.items():
            if path.is_dir():
                continue
            positions = self.positions(path, checked)
            parameters = types.PublishDiagnosticsParams(
                self.uri_of(path), [self.diagnostic(each, positions, checked) for each in diagnostics]
            )
            self.text_document_publish_diagnostics(parameters)

    def _say_nothing(self, path: Path) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(self.uri_of(path), []))

    def _take_back(self, path: Path) -> None:
        """Take away what was said of a file and of the rest of its bank, as far as no other open file says it."""
        gone = self.checked.pop(path, None)
        others = {each for checked in self.checked.values() for each in checked.found}
        for each in {path, *(gone.found if gone else ())} - others:
            self.readable.pop(each, None)
            self._say_nothing(each)

    def diagnostic(self, found: Diagnostic, positions: Positions, checked: Checked) -> types.Diagnostic:
        """Return a diagnostic as the protocol wants it."""
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(self.uri_of(path), self.positions(path, checked).range(span)), "see here"
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
                text = path.read_text(encoding="utf-8-sig")  # editors take a byte order mark away
        return Positions(text or "", self.workspace.position_codec)

    def open_files(self) -> dict[Path, str]:
        """Return the texts in the editor, by the resolved paths of their files."""
        found = {}
        for uri, document in self.workspace.text_documents.items():
            if path := file_of(uri):
                found[path] = document.source
        return found

    def close(self, uri: str) -> None:
        """Forget a file, and take away what was said of it; its text on the disk counts again."""
        path = file_of(uri)
        if path is None:
            return
        if waiting := self._checks.pop(path, None):
            waiting.cancel()
        self._give_up_proof(path)
        self.checker.forget(path)
        self._take_back(path)
        self._opened.pop(path, None)
        self._fixed.pop(path, None)
        for other in [each for each, checked in self.checked.items() if path in checked.found]:
            self.check_soon(self.uri_of(other), at_once=True)

    def uri_of(self, path: Path) -> str:
        """Return the URI of a file: that by which the editor has opened it, else the file's own."""
        return self._opened.get(path) or from_fs_path(str(path)) or path.as_uri()

    def edits(self, edits: Iterable[Edit], checked: Checked) -> types.WorkspaceEdit:
        """Return edits of files as the protocol wants them."""
        changes: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            path = Path(edit.span.path).resolve()
            found = types.TextEdit(self.positions(path, checked).range(edit.span), edit.text)
            changes.setdefault(self.uri_of(path), []).append(found)
        return types.WorkspaceEdit(changes=changes)

    def locations(self, targets: Iterable[navigation.Target]) -> list[types.Location]:
        """Return places in files as the protocol wants them."""
        return [
            types.Location(self.uri_of(target.path), self.positions(target.path).range(target.span or _START))
            for target in targets
        ]


def file_of(uri: str) -> Path | None:
    """Return the file of a URI; None for what is no file, such as a text that was never saved."""
    if not uri.startswith("file:"):
        return None
    name = to_fs_path(uri)
    return Path(name).resolve() if name else None
