"""The sheet is made of the deck alone: no clock and no font of this machine."""

import io
import shutil
from pathlib import Path

import manimgx_fonts
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from triptych.errors import TriptychError
from triptych.render.sheet.pdf import typeset_pdf

SOURCE = (
    b'#set document(title: "T")\n#set text(lang: "en", font: json("fonts.json"))\n= T\n'
)


@given(st.integers(0, 4_000_000_000))
@settings(max_examples=5, deadline=None)
def test_a_sheet_says_the_time_of_its_release(moment: int) -> None:
    made = typeset_pdf({"main.typ": SOURCE}, (), time=moment)
    date = PdfReader(io.BytesIO(made)).metadata
    assert date
    assert date.creation_date
    assert date.creation_date.timestamp() == moment
    assert typeset_pdf({"main.typ": SOURCE}, (), time=moment) == made


def test_a_font_of_this_machine_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / ".local/share"))
    some = next(Path(manimgx_fonts.__file__).parent.rglob("NotoEmoji*.ttf"))
    for folder in (".fonts", ".local/share/fonts"):
        (tmp_path / folder).mkdir(parents=True)
        shutil.copy(some, tmp_path / folder)
    # Typst takes any font that it finds for a character that the others lack.
    with pytest.raises(TriptychError, match="no font can draw"):
        typeset_pdf({"main.typ": SOURCE + "\N{GRINNING FACE}".encode()}, ())
