"""The process that runs Typst: what becomes of it, and of ours when it is ended."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Timer

import pytest

from triptych.errors import TriptychError
from triptych.render.sheet import typst_child
from triptych.render.sheet.typst_process import typst_process
from triptych.scratch import scratch_folder

SHORT = {"main.typ": b'#set document(title: "T")\n#set text(lang: "en")\n= T'}
LONG = {"main.typ": b"#for a in range(9999) { for b in range(9999) { } }"}
"""Takes Typst half a minute."""


def test_it_ends_with_the_block(tmp_path: Path) -> None:
    with typst_process(tmp_path) as typst:
        typst.open([])
        typst.give(SHORT)
        assert typst.pdf({}, 0)[0].startswith(b"%PDF")
        assert typst.process.poll() is None
    assert typst.process.returncode is not None
    with pytest.raises(ValueError, match="closed"):
        typst.metadata({})


def test_reports_under_the_former_label_are_read_too(tmp_path: Path) -> None:
    document = b"#metadata(1) <told>\n#metadata(2) <report>\n#metadata(3) <told>"
    with typst_process(tmp_path) as typst:
        typst.open([])
        typst.give({"main.typ": document})
        assert json.loads(typst.metadata({})) == [1, 2, 3]


def test_inputs_are_in_a_file_in_order(tmp_path: Path) -> None:
    """Inputs of Typst itself would make it lay out all again, whichever differs."""
    document = b'#metadata((sys.inputs, json("choices.json"))) <report>'
    with typst_process(tmp_path) as typst:
        typst.open([])
        typst.give({"main.typ": document})
        found = typst.metadata({"size": "8", "gap": "1", "breaks": ""})
        [[none, choices]] = json.loads(found)
        assert (none, list(choices)) == ({}, ["breaks", "gap", "size"])
        assert json.loads(typst.metadata({})) == [[{}, {}]]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_ctrl_c_is_left_to_our_own_process(tmp_path: Path) -> None:
    with typst_process(tmp_path) as typst:
        typst.open([])
        os.kill(typst.process.pid, signal.SIGINT)
        typst.give(SHORT)
        assert typst.metadata({}) == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_where_it_is_killed_an_error_says_so_and_no_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def work_until_killed() -> None:
        with scratch_folder() as scratch, typst_process(scratch) as typst:
            typst.open([])
            typst.give(LONG)
            Timer(0.2, typst.process.kill).start()
            typst.pdf({}, 0)

    with pytest.raises(TriptychError, match=r"was ended by signal 9: memory may be"):
        work_until_killed()
    assert not [*tmp_path.iterdir()]


def test_an_error_has_the_last_line_that_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "child.py"
    program.write_text("raise SystemExit('no room for fonts')\n")
    monkeypatch.setattr(typst_child, "__file__", str(program))
    with (
        pytest.raises(TriptychError, match=r"with code 1 \(no room for fonts\)"),
        typst_process(tmp_path) as typst,
    ):
        typst.give({"main.typ": bytes(1_000_000)})


_KILLED = """
import sys
from pathlib import Path
from triptych.render.sheet.typst_process import typst_process
with typst_process(Path(sys.argv[1])) as typst:
    typst.open([])
    typst.give({"main.typ": sys.argv[2].encode()})
    print(typst.process.pid, flush=True)
    typst.pdf({}, 0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_it_ends_at_once_when_our_process_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _KILLED, str(tmp_path), LONG["main.typ"].decode()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as ours:
        assert ours.stdout
        pid = int(ours.stdout.readline())
        time.sleep(0.2)
        ours.kill()
    for _ in range(100):
        if not _runs(pid):
            return
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("Typst goes on for five seconds")


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"
