"""A plain script of genanki, as its README shows one: no GUIDs and times of its own.

    python genanki_script.py < deck.json

It is run by the Python of an environment that has genanki.
"""

import json
import sys
import zlib
from pathlib import Path

import genanki


def main() -> None:
    """Write the package that the JSON on standard input describes."""
    deck = json.load(sys.stdin)
    model = genanki.Model(
        1607392319,
        "Peer",
        fields=[{"name": "Question"}, {"name": "Answer"}, {"name": "My notes"}],
        templates=[
            {
                "name": "Card 1",
                "qfmt": "{{Question}}",
                "afmt": "{{FrontSide}}<hr>{{Answer}}<p>{{My notes}}</p>",
            }
        ],
        css=deck["css"],
    )
    decks: dict[str, genanki.Deck] = {}
    for card in deck["cards"]:
        name = f"{deck['title']}::{card['topic']}"
        made = decks.setdefault(name, genanki.Deck(zlib.crc32(name.encode()), name))
        shown = "".join(f'<img src="{Path(path).name}">' for path in card["pictures"])
        fields = [card["question"], card["answer"] + shown, ""]
        made.add_note(genanki.Note(model=model, fields=fields, tags=card["tags"]))
    media = [path for card in deck["cards"] for path in card["pictures"]]
    package = genanki.Package(list(decks.values()), media_files=media)
    package.write_to_file(deck["path"])


if __name__ == "__main__":
    main()
