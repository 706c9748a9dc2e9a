"""A deck that genanki made, as its learners have it."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import genanki

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)
RELEASED = 1_700_000_000
OLD = "w-gap"
"""The GUID of the note that was last changed a minute before the others."""
TYPES = {
    "basic": genanki.Model(
        1607392319,
        "My Basic",
        fields=[{"name": name} for name in ("Front", "Back", "Extra")],
        templates=[
            {
                "name": "Card 1",
                "qfmt": "<script>alert(1)</script>{{Front}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{Back}}<br>{{Extra}}",
            },
            {
                "name": "Card 2",
                "qfmt": "{{#Extra}}{{Back}}{{/Extra}}",
                "afmt": "{{Front}}",
            },
        ],
        css='@font-face { src: url("_teal.woff2?#iefix") } .card { color: teal }'
        " .a { background: url(_not-a-font.woff) }",
    ),
    "cloze": genanki.Model(
        998877661,
        "Cloze",
        fields=[{"name": "Text"}, {"name": "Extra"}],
        templates=[
            {
                "name": "Cloze",
                "qfmt": "{{cloze:Text}}",
                "afmt": "{{cloze:Text}}<br>{{Extra}}",
            }
        ],
        model_type=genanki.Model.CLOZE,
    ),
}
NOTES = (
    ("Geo", "basic", "g$pic;", '<img src="cat pic.png">', "A cat", ""),
    *(
        (
            "Geo::Capitals",
            "basic",
            f"g-{n}",
            f"Capital of <b>L{n}</b>?",
            f"City &amp; {n}<br><code>x&lt;{n}</code>",
            'see <img src="cat pic.png">' if n % 2 else "",
        )
        for n in range(4)
    ),
    ("Geo::Maths::Basics", "cloze", "c-1", r"\(a_{b}\) is {{c1::x::what}}", "more"),
    (
        "Geo::Maths::Basics",
        "cloze",
        "c-2",
        "<ul><li>{{c1::one}}</li><li>{{c3::three}}</li></ul>",
        "",
    ),
    (
        "Geo::Maths::Basics",
        "basic",
        "code",
        "What prints?<pre><code>print(1)\nprint(2)</code></pre>",
        r"\[\frac{1}{2}\] [sound:a.mp3]",
        "",
    ),
    *(
        ("Geo::Words", "basic", f'w"{n}', f"Word, <i>{n}</i>", f"mot {n}<br>oui", extra)
        for n, extra in enumerate(("", "a <b>b</b>", "", 'x, "y"\nz', ""))
    ),
    ("Geo::Words", "cloze", "w-gap", "La {{c1::pomme}} est {{c2::rouge::?}}", "apple"),
)


def package(folder: Path, when: int = RELEASED, other: str = "oui") -> bytes:
    """Return the package of the deck, made in `folder`; `other` stands for a word."""
    (folder / "cat pic.png").write_bytes(PICTURE)
    (folder / "a.mp3").write_bytes(b"ID3")
    decks: dict[str, genanki.Deck] = {}
    for name, type_, guid, *fields in NOTES:
        deck = decks.setdefault(name, genanki.Deck(len(decks) + 100, name))
        tags = ["geo", "leech"]
        texts = [field.replace("oui", other) for field in fields]
        deck.add_note(genanki.Note(TYPES[type_], texts, tags=tags, guid=guid))
    made = genanki.Package(list(decks.values()))
    (folder / "_teal.woff2").write_bytes(b"wOF2")
    (folder / "_not-a-font.woff").write_bytes(b"<script>")
    names = ("cat pic.png", "a.mp3", "_teal.woff2", "_not-a-font.woff")
    made.media_files = [str(folder / name) for name in names]
    made.write_to_file(folder / "geo.apkg", timestamp=when)
    _change_earlier(folder / "geo.apkg", when - 60)
    return (folder / "geo.apkg").read_bytes()


def _change_earlier(package: Path, when: int) -> None:
    """Give the note `OLD` a time of its own."""
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(files["collection.anki2"])
        connection.execute("UPDATE notes SET mod = ? WHERE guid = ?", (when, OLD))
        connection.commit()
        files["collection.anki2"] = bytes(connection.serialize())
    with zipfile.ZipFile(package, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
