"""The Anki deck: a package to import, and to import again after each release."""

from triptych.render.output import Output, Product
from triptych.values.form import Form

OUTPUT = Output(
    name="anki",
    render="triptych.render.anki.render:render",
    preview="triptych.render.anki.render:is_preview",
    needs=frozenset({Form.CARD}),
    products=(
        Product(
            "<deck>.apkg",
            "the deck: a note for every question, follow-up and pitfall",
            title="deck",
        ),
        Product(
            "update/",
            "what updates an older release and takes nothing from learners: a set of"
            " files for each of the last five releases",
        ),
    ),
    has_templates=True,
    views={"notes": "triptych.render.anki.views:notes"},
    packages=("genanki",),
)
