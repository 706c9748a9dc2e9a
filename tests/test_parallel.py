"""Work on all cores: what happens when somebody stops it."""

import os
import signal
import subprocess
import sys
import time

import pytest

# The loop leaves the reading thread little time: the processes are still sending.
_BUSY = """\
from triptych.parallel import spread
with spread(lambda _: bytes(100_000_000), range(2), 2):
    print("ready", flush=True)
    while True:
        pass
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is spread")
def test_an_interrupt_ends_all_processes() -> None:
    busy = subprocess.Popen(
        [sys.executable, "-c", _BUSY],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with busy:
        assert busy.stdout
        busy.stdout.readline()
        time.sleep(1)
        try:
            # A terminal tells the whole group.
            os.killpg(busy.pid, signal.SIGINT)
            assert busy.wait(timeout=20) != 0
        finally:
            if busy.poll() is None:
                os.killpg(busy.pid, signal.SIGKILL)
