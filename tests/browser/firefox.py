"""Firefox by its own protocol, Marionette: Playwright drives no Firefox of Debian."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

PORT_FILE = "MarionetteActivePort"
_PREFERENCES = {
    "marionette.port": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "security.fileuri.strict_origin_policy": True,
}
_START_SECONDS = 60


class Firefox:
    """A window of Firefox."""

    def __init__(self, port: int) -> None:
        """Connect to a Firefox that listens at `port`."""
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._buffer = b""
        self._count = 0
        self._read()
        self.send("WebDriver:NewSession", capabilities={})

    def send(self, command: str, **parameters: object) -> Any:  # noqa: ANN401
        """Send a command; return what it gives."""
        self._count += 1
        message = json.dumps([0, self._count, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        assert error is None, error
        return result

    def close(self) -> None:
        """End the connection."""
        self._socket.close()

    def open(self, url: str) -> None:
        """Go to `url`."""
        self.send("WebDriver:Navigate", url=url)

    def run(self, script: str) -> Any:  # noqa: ANN401
        """Return what `script` returns in the page."""
        return self.send("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def wait(self, condition: str) -> None:
        """Wait until the expression `condition` is true in the page."""
        end = time.monotonic() + 20
        while not self.run(f"return Boolean({condition})"):
            assert time.monotonic() < end, condition
            time.sleep(0.05)

    def press(self, keys: str) -> None:
        """Press one key after another."""
        actions = [
            {"type": kind, "value": key}
            for key in keys
            for kind in ("keyDown", "keyUp")
        ]
        source = {"type": "key", "id": "keys", "actions": actions}
        self.send("WebDriver:PerformActions", actions=[source])

    def _read(self) -> Any:  # noqa: ANN401
        while b":" not in self._buffer:
            self._receive()
        length, _, rest = self._buffer.partition(b":")
        self._buffer = rest
        while len(self._buffer) < int(length):
            self._receive()
        message = self._buffer[: int(length)]
        self._buffer = self._buffer[int(length) :]
        return json.loads(message)

    def _receive(self) -> None:
        data = self._socket.recv(1 << 16)
        assert data, "Firefox has gone"
        self._buffer += data


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """Start a Firefox with a profile of its own in the empty folder `profile`."""
    lines = (
        f"user_pref({json.dumps(key)}, {json.dumps(value)});"
        for key, value in _PREFERENCES.items()
    )
    (profile / "user.js").write_text("\n".join(lines))
    program = subprocess.Popen(
        ["firefox-esr", "--headless", "--marionette", "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with closing(Firefox(_port(profile / PORT_FILE))) as window:
            yield window
    finally:
        program.terminate()
        program.wait(timeout=30)


def _port(file: Path) -> int:
    end = time.monotonic() + _START_SECONDS
    while not file.exists() or not file.read_text().strip():
        assert time.monotonic() < end, "Firefox did not start"
        time.sleep(0.1)
    return int(file.read_text())
