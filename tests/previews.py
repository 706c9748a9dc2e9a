"""Run `triptych serve` as a separate program."""

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

_WAIT = 30


@dataclass(frozen=True, slots=True)
class Serving:
    """A running server."""

    url: str
    process: subprocess.Popen[str]

    def get(self, address: str) -> tuple[int, bytes]:
        """Return the status and the body of a response."""
        try:
            with urllib.request.urlopen(self.url + address, timeout=_WAIT) as answer:  # noqa: S310
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    @contextmanager
    def news(self) -> Iterator[Iterator[dict[str, Any]]]:
        """Yield the states that an open page receives; the first is the present one."""
        url = f"{self.url}__triptych__/events"
        with urllib.request.urlopen(url, timeout=_WAIT) as stream:  # noqa: S310
            yield _messages(stream)

    def interrupt(self) -> tuple[int, str, str]:
        """Press Ctrl-C; return the exit code and the output since."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=_WAIT)
        return self.process.returncode, out, err


@contextmanager
def serving(content: Path, *options: str) -> Iterator[Serving]:
    """Serve the deck folder `content`; yield once its first build has ended."""
    command = [sys.executable, "-m", "triptych", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--content", str(content), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        url = process.stdout.readline().split(" at ")[1].split()[0]
        at_work = Serving(url, process)
        with at_work.news() as news:
            while next(news)["number"] == 0:
                pass
        yield at_work
    finally:
        process.kill()
        process.communicate()


def _messages(stream: HTTPResponse) -> Iterator[dict[str, Any]]:
    for line in stream:
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))
