"""The server: the site as it is on disk, with live pages, to this machine only."""

import json
import socketserver
from contextlib import suppress
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Thread

from triptych.deck.templates import template_bytes
from triptych.errors import TriptychError
from triptych.serve.pages import PREFIX, file_for_url, media_type, with_live_reload
from triptych.serve.preview import Preview

_OWN = ("live.css", "live.js")
_HEARTBEAT = 15.0
_PATIENCE = 5.0


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Answers from the build that a preview shows."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: tuple[str, int], preview: Preview) -> None:
        """Take the port, and answer nothing yet."""
        self.preview = preview
        try:
            super().__init__(address, _Handler)
        except OSError as error:
            raise TriptychError(
                f"cannot serve on {address[0]} port {address[1]}: {error.strerror}:"
                " choose another --port"
            ) from error

    @property
    def url(self) -> str:
        """Return where the site is to be found."""
        host, port = self.server_address[:2]
        shown = "localhost" if host == "0.0.0.0" else str(host)  # noqa: S104 - compared
        return f"http://{shown}:{port}/"

    def start(self) -> None:
        """Answer from now on, beside what else this process does."""
        Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        with suppress(ConnectionError):
            if self.path == f"{PREFIX}events":
                self._stream()
            elif self.path.startswith(PREFIX):
                self._own(self.path.removeprefix(PREFIX))
            else:
                self._page()

    do_HEAD = do_GET  # noqa: N815 - the name that the library calls

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for what the author wrote."""

    def _page(self) -> None:
        dist = self.server.preview.dist
        build = self.server.preview.build(_PATIENCE)
        if not build:
            page = template_bytes("serve/unfinished.html")
            self._send(
                HTTPStatus.SERVICE_UNAVAILABLE, "x.html", with_live_reload(page, build)
            )
            return
        status, file = HTTPStatus.OK, file_for_url(dist / "site", self.path)
        data = _read(file)
        if data is None or file is None:
            status, file = HTTPStatus.NOT_FOUND, dist / "site" / "404.html"
            data = _read(file) or b""
        if file.suffix == ".html":
            data = with_live_reload(data, build)
        self._send(status, file.name, data)

    def _own(self, name: str) -> None:
        if name in _OWN:
            self._send(HTTPStatus.OK, name, template_bytes(f"serve/{name}"))
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
        """Send news as they come, until the page is closed."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        seen = -1
        while self.command != "HEAD":
            news = self.server.preview.wait(seen, _HEARTBEAT)
            if news is None:
                self.wfile.write(b": still here\n\n")
            else:
                seen = news.number
                self.wfile.write(f"data: {json.dumps(asdict(news))}\n\n".encode())


def _read(file: Path | None) -> bytes | None:
    try:
        return file.read_bytes() if file else None
    except OSError:
        # A build has just removed it.
        return None
