"""The printable cheat sheet: a PDF/UA-1 document, typeset by Typst."""

from triptych.render.output import Output, Product
from triptych.values.form import Form

OUTPUT = Output(
    name="sheet",
    render="triptych.render.sheet.render:render",
    needs=frozenset({Form.TREE}),
    products=(
        Product(
            "<deck>-cheatsheet.pdf",
            "the cheat sheet: one line a question, key formulas and code",
            title="cheatsheet",
        ),
        Product(
            "<deck>-flashcards.pdf",
            "cards to cut, if `[print]` names `cards`",
            title="flashcards",
        ),
        Product(
            "<deck>-handbook.pdf",
            "all answers as a book, if `[print]` names `handbook`; with more than 1.5"
            " million characters, a book for each topic",
            title="handbook",
        ),
        Product(
            "<deck>-self-test.pdf",
            "questions with boxes, if `[print]` names `self-test`",
            title="self-test",
        ),
    ),
    rules={"missing-glyph": "triptych.render.sheet.missing:missing_glyphs"},
    rendering_rules={
        "tiny-formula": "triptych.render.sheet.findings:tiny_formula",
        "left-out-of-print": "triptych.render.sheet.findings:left_out_of_print",
        "too-long-for-a-card": "triptych.render.sheet.findings:too_long_for_a_card",
    },
    is_print=True,
    has_templates=True,
    views={"card": "triptych.render.sheet.views:card"},
    packages=("fonttools", "manimgx-fonts", "manimgx-fonts-cjk", "typst"),
)
