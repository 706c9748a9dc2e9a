"""A page reserves the room of a picture, whatever its format."""

import base64

import pytest

from triptych.typeset.images import size

# A picture of one colour, 7 pixels wide and 4 high, as Pillow writes it; two formats
# of WebP have their size elsewhere, and a camera that was turned says so beside the
# pixels.
PICTURES = {
    "flat.jpg": (
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP////////////////////////////////////////////"
        "//////////////////////////////////////////2wBDAf//////////////////////////////"
        "////////////////////////////////////////////////////////wAARCAAEAAcDASIAAhEBAx"
        "EB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAH/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAA"
        "AAAAAAAAAAAAAQL/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCABb//2Q=="
    ),
    "turned.jpg": (
        "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2w"
        "BDAP//////////////////////////////////////////////////////////////////////////"
        "////////////2wBDAf////////////////////////////////////////////////////////////"
        "//////////////////////////wAARCAAEAAcDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA"
        "AAH/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAQL/xAAUEQEAAAAAAA"
        "AAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCABb//2Q=="
    ),
    "grey.png": (
        "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAECAAAAABnrXqhAAAAC0lEQVR42mNgwA8AACAAAaf/1IYAAA"
        "AASUVORK5CYII="
    ),
    "flat.gif": (
        "R0lGODdhBwAEAIEAAMgeHgAAAAAAAAAAACwAAAAABwAEAAAICwABCBxIsKDBgwEBADs="
    ),
    "lossy.webp": (
        "UklGRjAAAABXRUJQVlA4ICQAAABwAQCdASoHAAQADMDOJaACdAFAAAD+2iYRho1+LuxHGSQAAAA="
    ),
    "lossless.webp": ("UklGRh4AAABXRUJQVlA4TBEAAAAvBsAAAAdQjyLXo/+BiOh/AAA="),
    "extended.webp": (
        "UklGRmQAAABXRUJQVlA4WAoAAAAIAAAABgAAAwAAVlA4ICQAAABwAQCdASoHAAQADMDOJaACdAFAAA"
        "D+2iYRho1+LuxHGSQAAABFWElGGgAAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA"
    ),
    "flat.avif": (
        "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAA"
        "AAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAET"
        "AAAAIgAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcG"
        "NvAAAAFGlzcGUAAAAAAAAABwAAAAQAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJu"
        "Y2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAAKm1kYXQSAAoIGAh20QENBoQyFB/3h4"
        "UV3///4sAAAJA1jjwuTpPj"
    ),
}
TURNED = {"turned.jpg"}


@pytest.mark.parametrize("name", PICTURES)
def test_the_size_is_what_browsers_show(name: str) -> None:
    expected = (4, 7) if name in TURNED else (7, 4)
    assert size(base64.b64decode(PICTURES[name])) == expected


@pytest.mark.parametrize("name", PICTURES)
def test_a_damaged_picture_has_no_size_or_its_own(name: str) -> None:
    data = base64.b64decode(PICTURES[name])
    sizes = {size(data[:length]) for length in range(len(data))}
    assert None in sizes
    assert sizes <= {None, (7, 4), (4, 7)}


def test_what_is_no_picture_has_no_size() -> None:
    assert size(b"") is None
    assert size(b"RIFF....WAVE") is None
    assert size(b"<svg>") is None


def test_an_svg_has_the_size_of_its_view_box() -> None:
    assert size(b'<svg viewBox="0 0 30.4 20"/>') == (30, 20)
