"""The book: an EPUB 3.3 with a chapter for each question, for readers and phones."""

from triptych.render.output import Output, Product
from triptych.values.form import Form

OUTPUT = Output(
    name="epub",
    render="triptych.render.epub.render:render",
    needs=frozenset({Form.EPUB}),
    products=(
        Product(
            "<deck>.epub",
            "the book, an EPUB 3.3 for e-readers and phones; made when it is named:"
            " `triptych build epub`",
            title="epub",
        ),
    ),
    on_request=True,
    without_questions=True,
)
