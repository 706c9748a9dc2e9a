"""The server of the preview: the files in `dist/`, with pages that reload."""

import json
import socket
import socketserver
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Thread, Timer
from urllib.parse import unquote

from triptych.deck.templates import template_bytes
from triptych.errors import TriptychError
from triptych.serve.hosts import is_own_host
from triptych.serve.pages import PREFIX, file_for_url, media_type, with_live_reload
from triptych.serve.preview import Preview
from triptych.values import addresses

_OTHER_HOST = b"This is triptych serve; it answers for this machine's own names only.\n"
_MAX_HEADER_SECONDS = 10.0
"""How long the headers of a request may take."""
_PREVIEW_FILES = ("live.css", "live.js")
_HEARTBEAT_SECONDS = 15.0
_MAX_WAIT_SECONDS = 5.0
"""How long a request waits for a build to end."""


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """An HTTP server for the build of a preview."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(
        self,
        address: tuple[str, int],
        preview: Preview,
        cards: Callable[[str], bytes | None],
    ) -> None:
        """Open the port, without answering requests yet.

        `cards` returns the page with the cards of a question.
        """
        self.preview = preview
        self.cards = cards
        self.host = address[0]
        try:
            super().__init__(address, _Handler)
        except OSError as error:
            raise TriptychError(
                f"cannot serve on {address[0]} port {address[1]}: {error.strerror}:"
                " choose another --port"
            ) from error

    @property
    def url(self) -> str:
        """Return the URL of the site."""
        host, port = self.server_address[:2]
        name = "localhost" if host == "0.0.0.0" else str(host)  # noqa: S104 - compared
        return f"http://{name}:{port}/"

    def start(self) -> None:
        """Answer requests from now on, in a thread."""
        Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    _timer: Timer | None = None

    def handle_one_request(self) -> None:
        """Answer one request, if its headers come in time."""
        self._timer = Timer(_MAX_HEADER_SECONDS, self._close_connection)
        self._timer.daemon = True
        self._timer.start()
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True
        finally:
            self._timer.cancel()

    def _close_connection(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def do_GET(self) -> None:
        if self._timer:
            self._timer.cancel()
        with suppress(ConnectionError):
            if not is_own_host(self.headers.get("Host", ""), self.server.host):
                self._send(HTTPStatus.MISDIRECTED_REQUEST, "x.txt", _OTHER_HOST)
            elif self.path == f"{PREFIX}events":
                self._stream()
            elif self.path.startswith(PREFIX):
                self._preview_file(self.path.removeprefix(PREFIX))
            else:
                self._page()

    do_HEAD = do_GET  # noqa: N815 - the name that the library calls

    def log_message(self, *_: object) -> None:
        """Print nothing: the terminal shows the diagnostics of the content."""

    def _page(self) -> None:
        dist = self.server.preview.dist
        build = self.server.preview.build(_MAX_WAIT_SECONDS)
        if not build:
            page = template_bytes("serve/unfinished.html")
            self._send(
                HTTPStatus.SERVICE_UNAVAILABLE, "x.html", with_live_reload(page, build)
            )
            return
        site = dist / "site"
        status, file = HTTPStatus.OK, file_for_url(site, self.path)
        data = _read(file)
        if data is None or file is None:
            status, file = HTTPStatus.NOT_FOUND, site / addresses.MISSING.path
            data = _read(file) or b""
        if file.suffix == ".html":
            data = with_live_reload(data, build)
        self._send(status, file.name, data)

    def _preview_file(self, name: str) -> None:
        if name in _PREVIEW_FILES:
            self._send(HTTPStatus.OK, name, template_bytes(f"serve/{name}"))
            return
        question = name.removeprefix("cards/").removesuffix(".html")
        page = self.server.cards(unquote(question)) if question != name else None
        if page:
            build = self.server.preview.build(_MAX_WAIT_SECONDS)
            self._send(HTTPStatus.OK, "x.html", with_live_reload(page, build))
        else:
            self._send(HTTPStatus.NOT_FOUND, "x.txt", b"")

    def _send(self, status: HTTPStatus, name: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type(name))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _stream(self) -> None:
        """Send each new state of the preview, until the page is closed."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        seen = -1
        while self.command != "HEAD":
            state = self.server.preview.wait(seen, _HEARTBEAT_SECONDS)
            if state is None:
                self.wfile.write(b": still here\n\n")
            else:
                seen = state.number
                self.wfile.write(f"data: {json.dumps(asdict(state))}\n\n".encode())


def _read(file: Path | None) -> bytes | None:
    try:
        return file.read_bytes() if file else None
    except OSError:
        # A build has removed it in the meantime.
        return None
