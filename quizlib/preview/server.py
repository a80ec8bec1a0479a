"""The server: on loopback, for one secret address, with nothing but what is held in memory.

No file of the disk is served. A request that names another host than this machine, as one does whose name has been
bound to it anew, or that comes from a page of another site, is refused; so is every address that does not begin with a
word that nobody can guess, since other users of this machine reach loopback as well.
"""

from __future__ import annotations

import errno
import http.server
import json
import os
import secrets
import socketserver
import threading
from collections.abc import Iterator
from importlib import resources
from typing import Any
from urllib.parse import parse_qs, urlsplit

from quizlib.preview.state import State

HOST = "127.0.0.1"
FIRST_PORT = 8765
_PORTS = 20  # that are tried
_WAIT_SECONDS = 20.0
_FILES = {
    "": ("preview.html", "text/html; charset=utf-8"),
    "preview.js": ("preview.js", "text/javascript; charset=utf-8"),
    "preview.css": ("preview.css", "text/css; charset=utf-8"),
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE_POLICY = "frame-ancestors 'self'"  # the rest stands in the page itself, under its hashes


class PortTakenError(Exception):
    """Somebody listens on the port already."""


class Server(socketserver.ThreadingTCPServer):
    """Serves a state on loopback until it is shut down. Raises PortTakenError."""

    allow_reuse_address = os.name != "nt"  # there it would share the port with whoever has it
    daemon_threads = True
    block_on_close = False
    most_connections = 64  # at once; further ones are closed at once

    def __init__(self, state: State, port: int | None = None) -> None:
        self.state = state
        self._free = threading.BoundedSemaphore(self.most_connections)
        self.token = secrets.token_urlsafe(12)
        for candidate in (port,) if port is not None else (*range(FIRST_PORT, FIRST_PORT + _PORTS), 0):
            try:
                super().__init__((HOST, candidate), _Handler)
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise
                continue
            return
        raise PortTakenError

    @property
    def port(self) -> int:
        """The port on which it listens."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """The address to be opened in a browser."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, as long as there are not too many."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room for others."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that goes away in the middle of an answer is no fault."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "quizlib"
    sys_version = ""
    timeout = 60.0  # seconds for a request to come
    server: Server

    def do_GET(self) -> None:
        """Answer with the page, its surroundings, or what is said of it."""
        parts = urlsplit(self.path)
        _, token, name = (*parts.path.split("/", 2), "", "")[:3]
        if not self._is_ours():
            self._answer(403, b"This preview is for this machine only.\n")
        elif not secrets.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode()):
            self._answer(404, b"Open the address that quiz preview has printed.\n")
        elif name in _FILES:
            file, kind = _FILES[name]
            self._answer(200, resources.files(__package__).joinpath("static", file).read_bytes(), kind)
        elif name == "state":
            self._state(parse_qs(parts.query))
        elif name == "page" and (page := self.server.state.view.page) is not None:
            self._answer(200, page, "text/html; charset=utf-8", _PAGE_POLICY)
        else:
            self._answer(404, b"There is no such page.\n")

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what is asked for is of no interest to the author."""

    def _is_ours(self) -> bool:
        """Whether a request names this machine, and comes from no page of another site."""
        hosts = {f"{name}:{self.server.port}" for name in (HOST, "localhost")}
        origins = self.headers.get_all("Origin", [])
        named = self.headers.get_all("Host", [])
        return (
            len(named) == 1
            and named[0].lower() in hosts
            and all(origin in {f"http://{host}" for host in hosts} for origin in origins)
            and self.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
        )

    def _state(self, query: dict[str, list[str]]) -> None:
        after = query.get("after", ["0"])[0]
        seen = int(after) if after.isdecimal() and after.isascii() and len(after) < 10 else 0
        version, view = self.server.state.newer_than(seen, _WAIT_SECONDS)
        data = {"version": version, "page": view.digest, "checking": view.is_checking, **view.data}
        self._answer(200, json.dumps(data).encode(), "application/json")

    def _answer(self, status: int, body: bytes, kind: str = "text/plain; charset=utf-8", policy: str = _POLICY) -> None:
        self.send_response(status)
        for name, value in _headers(kind, policy):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        if status != 200:
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _headers(kind: str, policy: str) -> Iterator[tuple[str, str]]:
    yield "Content-Type", kind
    yield "Content-Security-Policy", policy
    yield "Cache-Control", "no-store"
    yield "Cross-Origin-Opener-Policy", "same-origin"
    yield "Cross-Origin-Resource-Policy", "same-origin"
    yield "Referrer-Policy", "no-referrer"
    yield "X-Content-Type-Options", "nosniff"
