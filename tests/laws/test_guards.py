"""A code answer reaches no network and uses no more than it may."""

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from tests.cases import write_deck

from triptych.cli.main import cli
from triptych.ledger.verdicts import load
from triptych.parse.document import parse
from triptych.runner.plan import Program
from triptych.runner.sandbox import Processes, ProgramResult, run_program
from triptych.values.deck import TestSettings as Limits
from triptych.values.source import Source

CALLS = {
    "socket.getaddrinfo": "socket.getaddrinfo('localhost', 1)",
    "socket.gethostbyname": "socket.gethostbyname('localhost')",
    "socket.gethostbyname_ex": "socket.gethostbyname_ex('localhost')",
    "socket.gethostbyaddr": "socket.gethostbyaddr('127.0.0.1')",
    "socket.getnameinfo": "socket.getnameinfo(('127.0.0.1', 9), 0)",
    "socket.getfqdn": "socket.getfqdn('localhost')",
    "socket.connect": "tcp.connect(('127.0.0.1', 9))",
    "socket.connect_ex": "tcp.connect_ex(('127.0.0.1', 9))",
    "socket.bind": "tcp.bind(('127.0.0.1', 0))",
    "socket.sendto": "udp.sendto(b'x', ('127.0.0.1', 9))",
    "socket.sendmsg": "udp.sendmsg([b'x'], [], 0, ('127.0.0.1', 9))",
    "socket.create_connection": "socket.create_connection(('127.0.0.1', 9))",
    "socket.create_server": "socket.create_server(('127.0.0.1', 0))",
    "urllib": "urllib.request.urlopen('http://localhost:9')",
    "http.client": "http.client.HTTPConnection('127.0.0.1', 9).connect()",
    "smtplib": "smtplib.SMTP('127.0.0.1', 9)",
}
"""Ways to reach the network; each stands on a line of its own in the program below."""
IMPORTS = "import http.client, smtplib, socket, urllib.request"


FIRST_LINE = 5
"""Where the code of `ran` begins in its file."""


def ran(
    code: str,
    limits: Limits | None = None,
    seed: int = 0,
    processes: Processes | None = None,
) -> ProgramResult:
    """Return what running `code` as an answer did."""
    text = f"---\nquestion: What?\n---\n```python test\n{code}\n```\n"
    answers = parse(Source(PurePosixPath("t/q.md"), text)).code
    return run_program(
        Program(answers),
        "t/q.md",
        limits or Limits(),
        processes or Processes(),
        seed=seed,
    )


@pytest.fixture(scope="module")
def refused() -> frozenset[str]:
    """Return the calls that the program was refused."""
    lines = [IMPORTS, "tcp = socket.socket()", "udp = socket.socket(type=2)"]
    place = {}
    for name, call in CALLS.items():
        lines += ["try:", f"    {call}", "except OSError:", "    pass"]
        place[len(lines) - 2 + 4] = name
    found = [m for m in ran("\n".join(lines)).findings if m.rule == "networked-code"]
    return frozenset(place[finding.line] for finding in found)


@pytest.mark.parametrize("name", CALLS)
def test_no_call_reaches_the_network(refused: frozenset[str], name: str) -> None:
    assert name in refused


@pytest.mark.parametrize(
    "code",
    [
        "a, b = socket.socketpair(); a.send(b'x'); assert b.recv(1) == b'x'",
        "s = socket.socket(socket.AF_UNIX); s.bind('x'); s.close()",
        "socket.gethostname()",
    ],
)
def test_what_stays_on_this_machine_is_allowed(code: str) -> None:
    assert ran(f"import socket\n{code}").findings == ()


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="other limits")
LIMITED = ("RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_DATA")


@pytest.fixture
def unlimited() -> Iterator[None]:
    """Lift what limits this process has: a program inherits them."""
    import resource  # noqa: PLC0415 - not on Windows

    kinds = [getattr(resource, name) for name in LIMITED]
    before = {kind: resource.getrlimit(kind) for kind in kinds}
    for kind, (_, hard) in before.items():
        resource.setrlimit(kind, (hard, hard))
    yield
    for kind, limits in before.items():
        resource.setrlimit(kind, limits)


@on_linux
@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("name", LIMITED)
def test_every_limit_is_set(name: str) -> None:
    code = (
        "import resource, sys\n"
        f"soft, _ = resource.getrlimit(resource.{name})\n"
        "assert soft != resource.RLIM_INFINITY and soft < 1 << 32, soft\n"
    )
    assert ran(code).findings == ()


@on_linux
@pytest.mark.parametrize(
    "write",
    ["file.truncate(1 << 40)", "[file.write(b'x' * (1 << 20)) for _ in range(70)]"],
)
def test_no_file_grows_without_bounds(write: str) -> None:
    (finding,) = ran(f"file = open('large', 'wb', 0)\n{write}").findings
    assert finding.rule == "unexpected-exception"
    assert "File too large" in finding.detail


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("while True: pass", "slow-code"),
        ("data = bytearray(1 << 30)", "greedy-code"),
        ("import time; time.sleep(60)", "slow-code"),
    ],
)
def test_no_program_outlives_its_limits(code: str, rule: str) -> None:
    (finding,) = ran(code, Limits(timeout=1, memory=300)).findings
    assert finding.rule == rule
    # The line is known while the program still runs.
    assert finding.line == FIRST_LINE


@on_linux
def test_what_starts_after_an_interruption_is_ended() -> None:
    processes = Processes()
    processes.stop()
    code = "import time; time.sleep(60)"
    (finding,) = ran(code, Limits(timeout=1), processes=processes).findings
    # A signal ended it, and not the limit on its time.
    assert finding.rule == "greedy-code"


def test_names_are_hashed_the_same_way_by_the_same_seed() -> None:
    def printed(seed: int) -> str:
        return ran("print(hash('a'), set('abcdefgh'))", seed=seed).printed

    assert printed(1) == printed(1)
    assert printed(1) != printed(2)


@pytest.mark.parametrize(("length", "kept"), [(10_000, True), (10_001, False)])
def test_what_is_printed_is_kept_up_to_a_length(
    length: int, tmp_path: Path, *, kept: bool
) -> None:
    text = f"---\nquestion: W?\n---\nA.\n\n```python run\nprint('x' * {length})\n```"
    write_deck(tmp_path, text)
    CliRunner().invoke(cli, ["test", "--content", str(tmp_path)])
    (verdict,) = load((tmp_path / "code.lock").read_text("utf-8")).values()
    assert (verdict.verdict == "passed") is kept
    assert ("x" * length in verdict.outputs.values()) is kept
