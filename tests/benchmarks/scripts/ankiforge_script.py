"""A script of ankiforge: each note has a key; `baseline` is for `update_from`.

    python ankiforge_script.py < deck.json

It is run by the Python of an environment that has ankiforge.
"""

import json
import sys

from ankiforge import (
    BuildOptions,
    Content,
    Field,
    Media,
    NoteType,
    Project,
    Template,
    UpdatePolicy,
)


def main() -> None:
    """Write the package that the JSON on standard input describes."""
    deck = json.load(sys.stdin)
    fields = (
        Field("question", "Question", required=True, sort=True),
        Field("answer", "Answer"),
        Field("my-notes", "My notes"),
    )
    back = "{{question}}<hr>{{answer}}{{#my-notes}}<p>{{my-notes}}</p>{{/my-notes}}"
    builder = NoteType.builder("card").name("Peer").css(deck["css"])
    for field in fields:
        builder = builder.field(field)
    type_ = builder.template(Template("card", "{{question}}", back)).build()
    project = Project("peer", default_deck=deck["title"])
    for card in deck["cards"]:
        answer = [Content.html(card["answer"])]
        answer += [Media.file(path).image() for path in card["pictures"]]
        note = (
            type_.note()
            .field("question", card["question"])
            .field("answer", Content.sequence(answer))
            .deck(f"{deck['title']}::{card['topic']}")
            .tags(card["tags"])
        )
        project.add(card["key"], note)
    options = BuildOptions.to(deck["path"])
    if deck["baseline"]:
        options = options.update_from(deck["baseline"])
    if deck["retires"]:
        # Without it the build is refused: the maintainer means it.
        options = options.update_policy(UpdatePolicy().allow("RISK.NOTE_REMOVED"))
    project.build(options)


if __name__ == "__main__":
    main()
