"""A session of an editor with `quiz lsp`, over standard input and output."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

_PATIENCE_SECONDS = 25.0


class Session:
    """What an editor does with one file, and what it is told."""

    def __init__(self, client: LanguageClient, path: Path) -> None:
        self._client = client
        self._path = path
        self._version = 0
        self.text = ""
        self._told: dict[str, Sequence[types.Diagnostic]] = {}
        self._news = asyncio.Condition()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        async def published(parameters: types.PublishDiagnosticsParams) -> None:
            async with self._news:
                self._told[parameters.uri] = parameters.diagnostics
                self._news.notify_all()

    @property
    def uri(self) -> str:
        """The file's address."""
        return self._path.as_uri()

    @property
    def document(self) -> types.TextDocumentIdentifier:
        """The file, as requests name it."""
        return types.TextDocumentIdentifier(self.uri)

    def open(self) -> None:
        """Open the file as it is on the disk."""
        self.text = self._path.read_text("utf-8")
        item = types.TextDocumentItem(self.uri, "yaml", self._version, self.text)
        self._client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, text: str) -> None:
        """Put another text in the place of the file's, without saving it."""
        self._version += 1
        self.text = text
        document = types.VersionedTextDocumentIdentifier(self._version, self.uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self._client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def save(self) -> None:
        """Save what was typed."""
        self._path.write_text(self.text, "utf-8")
        self._client.text_document_did_save(types.DidSaveTextDocumentParams(self.document))

    def close(self) -> None:
        """Close the file."""
        self._client.text_document_did_close(types.DidCloseTextDocumentParams(self.document))

    async def told(self, wanted: Callable[[Sequence[types.Diagnostic]], bool]) -> Sequence[types.Diagnostic]:
        """Wait until the file's diagnostics are as wanted, and return them."""
        async with self._news:
            await asyncio.wait_for(
                self._news.wait_for(lambda: self.uri in self._told and wanted(self._told[self.uri])), _PATIENCE_SECONDS
            )
            return self._told[self.uri]

    def position(self, marked: str, offset: int = 0) -> types.Position:
        """Return where a piece of the text begins, in UTF-16 as the protocol's default has it."""
        index = self.text.index(marked) + offset
        line = self.text.count("\n", 0, index)
        before = self.text[self.text.rfind("\n", 0, index) + 1 : index]
        return types.Position(line, len(before.encode("utf-16-le")) // 2)

    def shown(self, range: types.Range) -> str:
        """Return the characters of a range on one line."""
        line = self.text.split("\n")[range.start.line].encode("utf-16-le")
        return line[2 * range.start.character : 2 * range.end.character].decode("utf-16-le")


@contextlib.asynccontextmanager
async def session(
    path: Path, *options: str, status: Callable[[int | None], object] = lambda _: None
) -> AsyncIterator[tuple[LanguageClient, Session]]:
    """Start the server, shake hands, and give the client and a session with one file; end both in order.

    `status` is told the exit status of the server.
    """
    client = LanguageClient("test", "1")
    await client.start_io(sys.executable, "-m", "quizlib", "lsp", *options)
    found = Session(client, path)
    try:
        capabilities = types.ClientCapabilities()
        await client.initialize_async(types.InitializeParams(capabilities=capabilities, root_uri=path.parent.as_uri()))
        client.initialized(types.InitializedParams())
        yield client, found
    finally:
        await asyncio.wait_for(client.shutdown_async(None), _PATIENCE_SECONDS)
        client.exit(None)
        assert client._server is not None
        status(await asyncio.wait_for(client._server.wait(), _PATIENCE_SECONDS))
        await asyncio.wait_for(client.stop(), _PATIENCE_SECONDS)  # type: ignore[no-untyped-call]
