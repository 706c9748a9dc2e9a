"""The site: pages with relative links only, to open from a server or from disk."""

from triptych.render.output import ALL_OTHERS, Output, Product
from triptych.values.form import Form

OUTPUT = Output(
    name="site",
    tasks="triptych.render.site.render:tasks",
    render="triptych.render.site.render:render",
    after=ALL_OTHERS,
    has_templates=True,
    template_rule="triptych.render.site.template_mistakes:template_mistakes",
    without_questions=True,
    needs=frozenset({Form.SITE}),
    products=(
        Product(
            "index.html", "the site: open it from a server or straight from the disk"
        ),
        Product(
            "llms.txt",
            "an index of the questions with summaries, for programs that read",
        ),
        Product(
            "downloads/",
            "the other outputs and the whole site as a zip, with sizes and checksums",
        ),
    ),
    views={
        "line": "triptych.render.site.views:line",
        "sheet": "triptych.render.site.views:sheet",
        "search": "triptych.render.site.views:search",
    },
    packages=("brotli", "fonttools", "jinja2", "markupsafe", "ziamath"),
)
