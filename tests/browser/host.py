"""Somebody else's page with questions in it, as a server on this machine hands it out."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

from quizlib.model import Bank
from quizlib.plugins import ExportOptions
from quizlib_exporters import html
from quizlib_exporters.html.names import SCRIPT

# It allows the one script that is needed, and the images of the bank; no style but that of the page itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def fragments(*banks: Bank) -> dict[str, str]:
    """Return the fragment of each bank by its file's name, and the script."""
    files: dict[str, bytes] = {}
    for bank in banks:
        files |= html.export_fragment(bank, ExportOptions(embed=True)).files
    return {name: content.decode() for name, content in files.items()}


def write(folder: Path, *banks: Bank, style: str = "", before: str = "", after: str = "", extra: str = "") -> Path:
    """Write a page that holds banks, and what it needs. `extra` is a script of the page's own."""
    files = fragments(*banks)
    body = "\n".join(text for name, text in files.items() if name != SCRIPT)
    own = '<script src="host.js"></script>' if extra else ""
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A host</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="host.css">{own}</head>'
        f"<body><main><h1>A page</h1><h2>Try it</h2>{before}{body}{after}</main></body></html>"
    )
    path = folder / "host.html"
    path.write_text(page, encoding="utf-8")
    (folder / "host.css").write_text(style, encoding="utf-8")
    (folder / "host.js").write_text(extra, encoding="utf-8")
    (folder / SCRIPT).write_text(files[SCRIPT], encoding="utf-8")
    return path


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder under the policy, on a port that is free; return the address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what is asked for is seen in the browser."""
