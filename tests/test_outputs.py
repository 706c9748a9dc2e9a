"""Laws that hold for every output, whatever it is."""

import re
from html.parser import HTMLParser
from importlib.metadata import version
from itertools import permutations
from pathlib import Path, PurePosixPath
from pkgutil import resolve_name

import pytest

from triptych.build import outputs as driver
from triptych.build.build import build
from triptych.build.compile import compile_source
from triptych.build.options import BuildOptions
from triptych.build.outputs import RenderOptions, render_outputs
from triptych.build.timing import Timings
from triptych.deck import settings as config
from triptych.deck.project import open_project
from triptych.deck.strings import built_in
from triptych.render import outputs as output_table
from triptych.render.output import ALL_OTHERS, Output, Product
from triptych.render.outputs import OUTPUTS, download_sources, in_build_order
from triptych.render.settings import RenderSettings, render_settings
from triptych.typeset.site import fill_links
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Finding, Severity, Span
from triptych.values.form import Form
from triptych.values.question import Question

SAMPLE = Path(__file__).parent / "sample"
WORD = re.compile(r"\w+")


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    report, _ = build(open_project(SAMPLE), tmp_path_factory.mktemp("dist"))
    assert report.catalog
    return report.catalog


def artifacts(catalog: Catalog, output: str) -> list[Artifact]:
    settings = render_settings(catalog.deck, SAMPLE)
    found, _ = render_outputs(catalog, settings, [output], RenderOptions(), Timings())
    return found


@pytest.mark.parametrize("output", OUTPUTS)
def test_rendering_twice_gives_the_same_bytes(catalog: Catalog, output: str) -> None:
    assert artifacts(catalog, output) == artifacts(catalog, output)


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_stays_in_its_own_folder(catalog: Catalog, output: str) -> None:
    found = artifacts(catalog, output)
    assert found
    for artifact in found:
        assert artifact.path.parts[0] == output
        assert not artifact.path.is_absolute()
        assert ".." not in artifact.path.parts
    assert len({artifact.path for artifact in found}) == len(found)


@pytest.mark.parametrize("output", OUTPUTS.values(), ids=list(OUTPUTS))
def test_what_an_output_says_of_itself_is_there(
    catalog: Catalog, output: Output
) -> None:
    functions = [output.tasks, output.render, output.preview, *output.rules.values()]
    for name in filter(None, functions):
        assert callable(resolve_name(name))
    assert all(version(package) for package in output.packages)
    made = {str(artifact.path) for artifact in artifacts(catalog, output.name)}
    first = output.products[0].path.replace("<deck>", catalog.deck.id)
    assert f"{output.name}/{first}" in made


def test_each_title_of_a_product_is_in_the_table_of_strings() -> None:
    titles = {p.title for output in OUTPUTS.values() for p in output.products} - {""}
    missing = titles - built_in().tables["en"]["downloads"].keys()
    assert missing == set(), "write these into [downloads] of templates/strings/en.toml"


def test_what_a_rule_of_an_output_finds_is_a_warning_of_that_name() -> None:
    found = Finding(Span(PurePosixPath("t/a.md"), 3), "bad", "mend it")
    for output in OUTPUTS.values():
        for rule in {**output.rules, **output.rendering_rules}:
            warning = output.warning(rule, found)
            assert (warning.rule, warning.severity) == (rule, Severity.WARNING)
            assert (warning.span, warning.message, warning.hint) == (
                *(found.span, found.message),
                found.hint,
            )
        with pytest.raises(ValueError, match="has no rule"):
            output.warning("no-such-rule", found)


def test_outputs_are_made_after_those_whose_files_they_offer() -> None:
    for names in permutations(OUTPUTS):
        order = [output.name for output in in_build_order(names)]
        assert sorted(order) == sorted(OUTPUTS)
        for output in OUTPUTS.values():
            earlier = order[: order.index(output.name)]
            assert set(download_sources(output)) <= set(earlier)


def test_an_output_brings_along_what_it_offers_unless_asked_not_to(
    tmp_path: Path,
) -> None:
    project = open_project(SAMPLE)
    build(project, tmp_path / "all", ["site"], BuildOptions(jobs=1))
    build(project, tmp_path / "one", ["site"], BuildOptions(jobs=1, downloads=False))
    made = {path.name for path in (tmp_path / "all").iterdir() if path.is_dir()}
    assert made == {"site", *download_sources(OUTPUTS["site"])} - {"epub"}
    offered = {path.name for path in (tmp_path / "all/site/downloads").iterdir()}
    assert offered == {"sample.apkg", "sample-cheatsheet.pdf", "sample-site.zip"}
    assert {path.name for path in (tmp_path / "one").iterdir() if path.is_dir()} == {
        "site"
    }
    assert not (tmp_path / "one/site/downloads").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_output_may_offer_files_of_one_that_has_tasks(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    product = Product("joined", "what the tasks made", title="deck")
    first = Output(
        name="first",
        tasks="tests.made_up:tasks",
        render="tests.made_up:first",
        needs=frozenset(),
        products=(product,),
    )
    second = Output(
        name="second",
        render="tests.made_up:second",
        after=ALL_OTHERS,
        needs=frozenset(),
        products=(),
    )
    table = {"second": second, "first": first}
    for module in (driver, output_table):
        monkeypatch.setattr(module, "OUTPUTS", table)
    made, _ = render_outputs(
        catalog, RenderSettings(), ["second", "first"], RenderOptions(jobs), Timings()
    )
    assert {str(artifact.path): artifact.data for artifact in made} == {
        "first/a": b"a",
        "first/b": b"b",
        "first/joined": b"ab",
        "second/offered": b"joined: Anki deck ab",
    }


def test_a_build_says_whether_learners_would_get_what_no_release_has_seen(
    tmp_path: Path, first_release: Path
) -> None:
    released = open_project(first_release)
    for project, output, expected in (
        (open_project(SAMPLE), "anki", True),
        (open_project(SAMPLE), "sheet", False),
        # Its words were released, the looks of its cards have changed since.
        (released, "anki", True),
    ):
        report, _ = build(project, tmp_path / "dist", [output], BuildOptions(jobs=1))
        assert report.preview is expected


class Text(HTMLParser):
    """What a reader sees of HTML, alt texts included."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts += [value or "" for name, value in attrs if name == "alt"]

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def words(text: str) -> set[str]:
    return set(WORD.findall(text))


def prose_words(question: Question) -> dict[str, set[str]]:
    """Return the words of an answer as the author wrote it, without formulas."""
    trees = " ".join(_strings(b) for b in question.answer.blocks)
    empty = Catalog(config.deck(open_project(SAMPLE).folder.deck, ()), ())
    site = fill_links(question.answer.site, "../", empty)
    return {
        "site": words(" ".join(Text(site).parts)),
        "card": words(" ".join(Text(question.answer.card).parts)),
        "sheet": words(trees),
    }


def _strings(node: object) -> str:
    if isinstance(node, str):
        return node
    return " ".join(map(_strings, node)) if isinstance(node, tuple) else ""


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("A *b* **c** ~~d~~ `e` <kbd>f</kbd>.", "A b c d e f"),
        ("- one\n- two\n  1. three\n  2. four\n", "one two three four"),
        ("> quoted\n>\n> - list\n", "quoted list"),
        ("| head | other |\n|---|---|\n| cell | last |\n", "head other cell last"),
        ("Term\n: Definition\n\n: Second\n", "Term Definition Second"),
        ("Text[^n].\n\n[^n]: A footnote.\n", "Text A footnote"),
        ("- [x] done\n- [ ] open\n", "done open"),
        ("# One\n\nTwo\n===\n\n#### Three\n", "One Two Three"),
        ("```python\nname = 1\n```\n\n    indented\n", "name 1 indented"),
        (
            "<details><summary>More</summary>\n\nInside *it*.\n\n</details>",
            "More Inside",
        ),
        ("<div>block <b>html</b></div>\n", "block html"),
        ("[link](https://example.org) and <https://example.net>", "link example net"),
        ("[lost](lost.html) ![far](https://example.org/a.png)", "lost far"),
        ("line one  \nline two\\\nline three", "line one two three"),
        ("&amp; &copy; caf\u00e9 \u4e2d\u6587 \u0627\u0644", "caf\u00e9 \u4e2d\u6587"),
        ("1. a\n\n   ```yaml\n   ---\n   key: value\n   ```\n2. b", "a key value b"),
        ("---\n\nafter a rule", "after a rule"),
        ("* * *\n\nfoo\n: bar\n\n[^x]: unused", "foo bar"),
    ],
)
def test_every_word_of_an_answer_is_in_every_output(
    markdown: str, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (tmp_path / "t/q.md").write_text(f"---\nquestion: What?\n---\n{markdown}\n")
    project = open_project(tmp_path)
    [source] = project.folder.sources
    found = compile_source(source, project, frozenset(Form)).result
    assert isinstance(found, Question)
    for output, seen in prose_words(found).items():
        assert words(expected) - seen == set(), output
