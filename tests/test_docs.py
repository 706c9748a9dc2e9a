"""What the README, CONTRIBUTING and the package say about the compiler is true."""

import ast
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from importlib.metadata import distributions, version
from pathlib import Path
from pkgutil import resolve_name

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from tests.man_page import man_page
from tests.reference import BLOCKS, GUIDES, PROJECT, ROOT, layers, verbs

import triptych
from triptych.build.build import check
from triptych.deck.project import open_project
from triptych.dialect.keys import GUIDE_KEYS
from triptych.dialect.schemas import NAMES, file_name, schema_text
from triptych.render.names import OUTPUT_NAMES

README = ROOT / "README.md"
COMMANDS = GUIDES / "commands.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
SOURCE = ROOT / "builder" / "triptych"
_COMMANDS = """\
python3 -m venv .venv && .venv/bin/pip install -c constraints.txt . && \
.venv/bin/triptych build
.venv/bin/pip install -c constraints.txt '.[content,test]' && .venv/bin/python -m pytest
"""


CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
BY_CLICK = {"options", "triptych.1"}


def skip_with_another_click(name: str) -> None:
    """Skip what is written as the pinned version of click shows options."""
    if name in BY_CLICK and f"click=={version('click')}" not in CONSTRAINTS:
        pytest.skip("another version of click shows options in another way")


@pytest.mark.parametrize(
    ("document", "name", "made"), BLOCKS, ids=[name for _, name, _ in BLOCKS]
)
def test_the_documents_show_the_tables_as_they_are(
    document: Path, name: str, made: Callable[[], str], *, update: bool
) -> None:
    skip_with_another_click(name)
    block = made()
    text = document.read_text(encoding="utf-8")
    place = re.compile(
        rf"^(<!-- {name} -->\n).*?^(<!-- /{name} -->)", re.DOTALL | re.MULTILINE
    )
    found = place.search(text)
    assert found
    expected = f"{found[1]}\n{block}\n\n{found[2]}"
    if update:
        document.write_text(text.replace(found[0], expected), encoding="utf-8")
    else:
        assert found[0] == expected, "run pytest --update, and read the difference"


def made_files() -> dict[Path, str]:
    """Return the files that are made of the code, and kept beside it."""
    folder = ROOT / "docs" / "static" / "schemas"
    schemas = {folder / file_name(name): schema_text(name) for name in NAMES}
    return {**schemas, ROOT / "man" / "triptych.1": man_page()}


@pytest.mark.parametrize("file", made_files(), ids=lambda path: path.name)
def test_files_that_are_made_of_the_code_are_as_it_says(
    file: Path, *, update: bool
) -> None:
    skip_with_another_click(file.name)
    text = made_files()[file]
    if update:
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text, "run pytest --update"


@pytest.mark.skipif(not shutil.which("man"), reason="needs man")
def test_the_manual_page_is_one_that_man_shows_without_complaint() -> None:
    done = subprocess.run(
        ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", ROOT / "man/triptych.1"],
        env={**os.environ, "MANWIDTH": "100"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    plain = re.sub(r".\x08", "", done.stdout)  # bold, as a typewriter does it
    shown = " ".join(plain.split())
    assert "EXIT STATUS" in shown
    for name, _ in verbs():
        assert f"triptych {name} [OPTIONS]" in shown


def test_the_first_commands_of_the_readme_build_and_test() -> None:
    text = README.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert blocks[0] == _COMMANDS


@pytest.mark.parametrize("name", [name for name, _ in verbs()])
def test_the_reference_lists_every_verb_and_option(name: str) -> None:
    command = dict(verbs())[name]
    text = COMMANDS.read_text(encoding="utf-8")
    row = re.search(rf"^\| `triptych {name}\b.*", text, re.MULTILINE)
    assert row, f"no row for {name}"
    shared = {"--content", "--dist"}
    options = [opt for parameter in command.params for opt in parameter.opts]
    long = [opt for opt in options if opt.startswith("-") and opt not in shared]
    missing = [opt for opt in long if not re.search(rf"{opt}(?![\w-])", row[0])]
    assert missing == []


def test_the_reference_lists_no_verb_that_is_not_there() -> None:
    text = COMMANDS.read_text("utf-8")
    reported = re.findall(r"^\| `triptych (\w+)", text, re.MULTILINE)
    assert sorted(reported) == sorted(name for name, _ in verbs())


def test_the_reference_lists_every_guide_key() -> None:
    text = (GUIDES / "questions.md").read_text(encoding="utf-8")
    assert [name for name in GUIDE_KEYS if f"`{name}`" not in text] == []


def test_links_between_the_documents_lead_somewhere() -> None:
    for document in (README, CONTRIBUTING, ROOT / "CHANGELOG.md"):
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            if not target.endswith((".svg", ".mp3")) and "/evaluation/" not in target:
                assert (ROOT / target).exists(), f"{document.name}: {target}"


def test_the_map_of_the_package_has_every_package_in_the_order_of_the_layers() -> None:
    mapped = rows_of_map()[0]
    folders = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert sorted(mapped) == sorted(folders)
    ranks = {
        name: rank
        for rank, line in enumerate(layers().splitlines())
        for name in line.split(" | ")
    }
    assert mapped == sorted(mapped, key=ranks.__getitem__)


def test_the_map_of_the_package_has_every_output() -> None:
    mapped = re.findall(r"^- ``(\w+)``: ", triptych.__doc__ or "", re.MULTILINE)
    assert mapped == list(OUTPUT_NAMES)


def test_the_map_of_the_package_says_which_packages_open_files() -> None:
    packages, mapped = rows_of_map()
    opening = {
        path.relative_to(SOURCE).parts[0]
        for path in SOURCE.glob("*/**/*.py")
        if opens_files(path.read_text(encoding="utf-8"))
    }
    assert mapped == [name for name in packages if name in opening - {"deck"}]


def rows_of_map() -> list[list[str]]:
    """Return the packages that each table in the map of the package names."""
    tables = re.findall(
        r"^=+  =+\n(.*?)^=+  =+$", triptych.__doc__ or "", re.MULTILINE | re.DOTALL
    )
    return [re.findall(r"^``(\w+)`` ", rows, re.MULTILINE) for rows in tables]


def opens_files(code: str) -> bool:
    """Return whether a module calls what reads or writes files by path."""
    calls = (
        node.func for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)
    )
    names = {
        func.attr if isinstance(func, ast.Attribute) else func.id
        for func in calls
        if isinstance(func, ast.Attribute | ast.Name)
    }
    return bool(
        names & {"open", "read_bytes", "read_text", "write_bytes", "write_text"}
    )


def test_every_path_that_contributing_names_exists() -> None:
    text = CONTRIBUTING.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:builder|templates|tests|content|\.ci)/[\w./-]*)`", text)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_name_in_the_glossary_is_defined_there() -> None:
    text = CONTRIBUTING.read_text(encoding="utf-8")
    glossary = text[text.index("## Glossary") : text.index("## Add a rule")]
    rows = re.findall(r"^\| ([^|]+) \|[^|]+\| `([\w.]+)` \|$", glossary, re.MULTILINE)
    assert len(rows) == glossary.count("\n|") - 2
    assert len({term for term, _ in rows}) == len(rows)
    for _, name in rows:
        assert resolve_name(f"triptych.{name}")


def test_the_constraints_pin_what_the_project_asks_for() -> None:
    pins = dict(line.split("==") for line in CONSTRAINTS if not line.startswith("#"))
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"]]
    wanted += [line for extra in ("content", "test", "dev") for line in extras[extra]]
    for requirement in map(Requirement, wanted):
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin, f"{requirement.name} is not pinned"
        assert Version(pin) in requirement.specifier


def test_all_that_is_pinned_installs_on_the_lowest_python() -> None:
    """A pin that asks for a later 3.11.x breaks the first command of the README."""
    lowest = PROJECT["project"]["requires-python"].removeprefix(">=")
    asked = {
        f"{canonicalize_name(found.name)}=={found.version}": found.metadata
        for found in distributions()
    }
    known = {line: asked[line] for line in CONSTRAINTS if line in asked}
    assert len(known) > len(CONSTRAINTS) / 4
    for line, metadata in known.items():
        (python,) = metadata.get_all("Requires-Python", [""])
        assert f"{lowest}.0" in SpecifierSet(python), line


def test_the_changelog_has_the_version_of_the_tool() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    version = Version(triptych.__version__)
    if version.is_devrelease:
        assert headings.pop(0) == "Unreleased"
    released = [re.fullmatch(r"(\S+) - \d{4}-\d\d-\d\d", line) for line in headings]
    versions = [Version(found[1]) for found in released if found]
    assert len(versions) == len(headings) > 0
    assert versions == sorted(versions, reverse=True)
    newest = versions[0]
    assert newest < version if version.is_devrelease else newest == version


def test_tags_of_the_tool_and_of_the_deck_start_different_workflows() -> None:
    folder = ROOT / ".github" / "workflows"
    patterns = {
        path.name: yaml.safe_load(path.read_text("utf-8"))[True]["push"].get("tags")
        for path in (folder / "publish.yml", folder / "publish-tool.yml")
    }
    assert patterns == {"publish.yml": ["deck-v*"], "publish-tool.yml": ["v*"]}


def test_the_package_says_which_pythons_the_workflow_tries() -> None:
    workflow = (ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8")
    tried = yaml.safe_load(workflow)["jobs"]["tests"]["strategy"]["matrix"]["python"]
    prefix = "Programming Language :: Python :: 3."
    classifiers = PROJECT["project"]["classifiers"]
    reported = [
        f"3.{c.removeprefix(prefix)}" for c in classifiers if c.startswith(prefix)
    ]
    assert reported == tried


def test_the_documents_are_a_deck_without_findings() -> None:
    report = check(open_project(ROOT / "docs"))
    assert report.diagnostics == ()


def test_every_guide_of_the_documents_has_its_place_in_their_order() -> None:
    order = open_project(ROOT / "docs").deck.site.guides
    assert sorted(order) == sorted(path.stem for path in GUIDES.glob("*.md"))
