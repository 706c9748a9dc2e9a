"""What the README, CONTRIBUTING and the package say about the compiler is true."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from pkgutil import resolve_name

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import triptych
from triptych.cli.main import cli
from triptych.cli.manuals import NAMES, manual, severity
from triptych.dialect.keys import (
    CARDS_KEYS,
    CHOICES,
    GUIDE_KEYS,
    QUESTION_KEYS,
    REFERENCE_KEYS,
    Key,
    Shape,
)
from triptych.dialect.settings import SECTIONS, SETTINGS, Setting
from triptych.dialect.tables import COLUMNS
from triptych.emit.emit import MANIFEST
from triptych.render.outputs import OUTPUTS
from triptych.validate.rule import quoted_list

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
SOURCE = ROOT / "builder" / "triptych"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_COMMANDS = """\
python3 -m venv .venv && .venv/bin/pip install -c constraints.txt . && \
.venv/bin/triptych build
.venv/bin/pip install -c constraints.txt '.[content,test]' && .venv/bin/python -m pytest
"""


def verbs() -> list[tuple[str, click.Command]]:
    context = click.Context(cli)
    return [(n, cli.get_command(context, n)) for n in cli.list_commands(context)]


def keys_table(keys: Mapping[str, Key] = QUESTION_KEYS) -> str:
    rows = [
        f"| `{name}` | {_wants(key)} | {key.description} |"
        for name, key in keys.items()
    ]
    return "\n".join(["| key | value | |", "|---|---|---|", *rows])


def columns_table() -> str:
    rows = [f"| `{name}` | {about} |" for name, about in COLUMNS.items()]
    return "\n".join(["| column | |", "|---|---|", *rows])


def outputs_table() -> str:
    rows = [
        f"| `{output.name}/{product.path}` | {product.description} |"
        for output in OUTPUTS.values()
        for product in output.products
    ]
    manifest = "what was built from what; while it is missing, the build is unfinished"
    rows.append(f"| `{MANIFEST}` | {manifest} |")
    return "\n".join(["| in `dist/` | |", "|---|---|", *rows])


def settings_table() -> str:
    rows = [
        f"| {_named(setting)} | {setting.shape.description} | {_default(setting)} |"
        f" {setting.description} |"
        for setting in SETTINGS
    ]
    return "\n".join(["| setting | value | default | |", "|---|---|---|---|", *rows])


def _named(setting: Setting) -> str:
    heading = SECTIONS[setting.section].heading
    return f"`{heading}` `{setting.key}`" if heading else f"`{setting.key}`"


def _default(setting: Setting) -> str:
    if setting.is_required:
        return "must be there"
    default = setting.default
    shown = str(default).lower() if isinstance(default, bool) else str(default or "")
    return f"`{shown}`" if shown else ""


def rules_table() -> str:
    rows = (f"| `{name}` | {severity(name).value} | {_first(name)} |" for name in NAMES)
    return "\n".join(["| rule | | |", "|---|---|---|", *rows])


def _wants(key: Key) -> str:
    if key.shape is Shape.REFERENCES:
        return f"a list of titles, or of tables with {quoted_list(REFERENCE_KEYS)}"
    choices = CHOICES.get(key.shape)
    return ", ".join(f"`{choice}`" for choice in choices or ()) or key.shape.value


def _first(rule: str) -> str:
    return manual(rule).split("\n", 1)[0].replace("|", "\\|")


def layers() -> str:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    lines = [line for contract in contracts for line in contract.get("layers", ())]
    return "\n".join(["```", *lines, "```"])


@pytest.mark.parametrize(
    ("document", "name", "block"),
    [
        (README, "outputs", outputs_table()),
        (README, "keys", keys_table()),
        (README, "cards", keys_table(CARDS_KEYS)),
        (README, "columns", columns_table()),
        (README, "rules", rules_table()),
        (README, "settings", settings_table()),
        (CONTRIBUTING, "layers", layers()),
    ],
)
def test_the_documents_show_the_tables_as_they_are(
    document: Path, name: str, block: str, *, update: bool
) -> None:
    text = document.read_text(encoding="utf-8")
    place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    found = place.search(text)
    assert found
    expected = f"{found[1]}\n{block}\n\n{found[2]}"
    if update:
        document.write_text(text.replace(found[0], expected), encoding="utf-8")
    else:
        assert found[0] == expected, "run pytest --update, and read the difference"


def test_the_readme_begins_with_the_two_commands() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.startswith(f"# Triptych\n\n```sh\n{_COMMANDS}```\n")


@pytest.mark.parametrize("name", [name for name, _ in verbs()])
def test_the_readme_tells_every_verb_and_option(name: str) -> None:
    command = dict(verbs())[name]
    text = README.read_text(encoding="utf-8")
    commands = text[text.index("## Commands") :]
    row = re.search(rf"^\| `triptych {name}\b.*", commands, re.MULTILINE)
    assert row, f"no row for {name}"
    shared = {"--content", "--dist"}
    options = [opt for parameter in command.params for opt in parameter.opts]
    long = [opt for opt in options if opt.startswith("-") and opt not in shared]
    missing = [opt for opt in long if not re.search(rf"{opt}(?![\w-])", row[0])]
    assert missing == []


def test_the_readme_tells_no_verb_that_is_not_there() -> None:
    told = re.findall(r"^\| `triptych (\w+)", README.read_text("utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(name for name, _ in verbs())


def test_the_readme_tells_every_guide_key() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in GUIDE_KEYS if f"`{name}`" not in text] == []


def test_links_between_the_documents_lead_somewhere() -> None:
    for document in (README, CONTRIBUTING, ROOT / "CHANGELOG.md"):
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            if not target.endswith((".svg", ".mp3")) and "/evaluation/" not in target:
                assert (ROOT / target).exists(), f"{document.name}: {target}"


def test_the_map_of_the_package_has_every_package_in_the_order_of_the_layers() -> None:
    mapped = re.findall(r"^``(\w+)`` ", triptych.__doc__ or "", re.MULTILINE)
    folders = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert sorted(mapped) == sorted(folders)
    ranks = {
        name: rank
        for rank, line in enumerate(layers().splitlines())
        for name in line.split(" | ")
    }
    assert mapped == sorted(mapped, key=ranks.__getitem__)


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
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"]]
    wanted += [line for extra in ("content", "test", "dev") for line in extras[extra]]
    for requirement in map(Requirement, wanted):
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin, f"{requirement.name} is not pinned"
        assert Version(pin) in requirement.specifier


def test_the_changelog_begins_with_what_is_not_yet_released() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings[0] == "Unreleased"
