"""The reference of the documents, made of the code: each block stands between marks."""

import inspect
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import click
from jinja2 import Environment, meta, nodes

from triptych.cli.main import VERBS, cli
from triptych.cli.manuals import NAMES, manual, severity
from triptych.dialect import progress_log
from triptych.dialect.files import MANIFEST_FILE
from triptych.dialect.keys import (
    CARDS_KEYS,
    CHOICES,
    QUESTION_KEYS,
    REFERENCE_KEYS,
    Key,
    KeyShape,
)
from triptych.dialect.settings import SECTIONS, SETTINGS, Setting
from triptych.dialect.tables import COLUMNS
from triptych.render.outputs import OUTPUTS
from triptych.validate.rule import quoted_list

ROOT = Path(__file__).parents[1]
GUIDES = ROOT / "docs" / "guides"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def verbs() -> list[tuple[str, click.Command]]:
    context = click.Context(cli)
    found = [(name, cli.get_command(context, name)) for name in VERBS]
    return [(name, command) for name, command in found if command]


def keys_table(keys: Mapping[str, Key] = QUESTION_KEYS) -> str:
    rows = [
        f"| `{name}` | {_wants(key)} | {key.description} |"
        for name, key in keys.items()
    ]
    return "\n".join(["| key | value | |", "|---|---|---|", *rows])


def _wants(key: Key) -> str:
    if key.shape is KeyShape.REFERENCES:
        return f"a list of titles, or of tables with {quoted_list(REFERENCE_KEYS)}"
    choices = CHOICES.get(key.shape)
    return ", ".join(f"`{choice}`" for choice in choices or ()) or key.shape.value


def cards_table() -> str:
    return keys_table(CARDS_KEYS)


def columns_table() -> str:
    rows = [f"| `{name}` | {about} |" for name, about in COLUMNS.items()]
    return "\n".join(["| column | |", "|---|---|", *rows])


def progress_tables() -> str:
    """Return what stands in a row of a log of progress, and which marks there are."""
    rows = [
        f"| {place} | {name} | {words} |"
        for place, (name, words) in enumerate(progress_log.COLUMNS.items(), start=1)
    ]
    grades = [f"| `{key}` | {word} |" for key, word in progress_log.GRADES.items()]
    marks = [f'| `"{mark}"` | {words} |' for mark, words in progress_log.MARKS.items()]
    columns = "\n".join(["| place | | |", "|---|---|---|", *rows])
    values = "\n".join(["| what | |", "|---|---|", *grades, *marks])
    head = f'`"format": "{progress_log.FORMAT}"`, `"version": {progress_log.VERSION}`'
    whole = f"The file is a JSON object with {head}, `deck` and `rows`."
    return f"{whole}\n\n{columns}\n\n{values}"


def outputs_table() -> str:
    rows = [
        f"| `{output.name}/{product.path}` | {product.description} |"
        for output in OUTPUTS.values()
        for product in output.products
    ]
    manifest = "what was built from what; while it is missing, the build is unfinished"
    rows.append(f"| `{MANIFEST_FILE}` | {manifest} |")
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
    shown = default if isinstance(default, str) else json.dumps(default)
    return f"`{shown}`" if default or default is False else ""


def rules_table() -> str:
    rows = (f"| `{name}` | {severity(name).value} | {_first(name)} |" for name in NAMES)
    return "\n".join(["| rule | | |", "|---|---|---|", *rows])


def _first(rule: str) -> str:
    return manual(rule).split("\n", 1)[0].replace("|", "\\|")


def layers() -> str:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    lines = [line for contract in contracts for line in contract.get("layers", ())]
    return "\n".join(["```", *lines, "```"])


def options_reference() -> str:
    """Return a section for each verb: its usage, its manual, its options."""
    return "\n\n".join(_verb(name, command) for name, command in verbs())


def _verb(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"triptych {name}")
    usage = " ".join(["triptych", name, *command.collect_usage_pieces(context)])
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    reported = [_paragraph(paragraph) for paragraph in paragraphs]
    records = [parameter.get_help_record(context) for parameter in command.params]
    rows = [
        f"| `{_cell(one)}` | {_cell(what)} |" for one, what in filter(None, records)
    ]
    table = "\n".join(["| option | |", "|---|---|", *rows]) if rows else ""
    parts = [f"### {name}", f"`{usage}`", *reported, table]
    return "\n\n".join(part for part in parts if part)


def _paragraph(text: str) -> str:
    if text.startswith("\b\n"):
        body = text.removeprefix("\b\n")
        return f"```text\n{body}\n```"
    return re.sub(r"(?<!`)([*_<\[{])", r"\\\1", text)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def templates_table() -> str:
    """Return the templates of pages, their blocks, and what each of them reads."""
    folder = ROOT / "templates" / "site"
    environment = Environment(autoescape=True)
    rows = []
    for path in sorted(folder.glob("*.html")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        # Which variables are read does not depend on what the filters do.
        environment.filters |= {one.name: str for one in tree.find_all(nodes.Filter)}
        blocks = [block.name for block in tree.find_all(nodes.Block)]
        known = sorted(meta.find_undeclared_variables(tree))
        rows.append(f"| `{path.name}` | {_codes(blocks)} | {_codes(known)} |")
    return "\n".join(["| template | blocks | reads |", "|---|---|---|", *rows])


def _codes(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


BLOCKS = (
    (GUIDES / "outputs.md", "outputs", outputs_table),
    (GUIDES / "questions.md", "keys", keys_table),
    (GUIDES / "questions.md", "cards", cards_table),
    (GUIDES / "questions.md", "columns", columns_table),
    (GUIDES / "practice.md", "log", progress_tables),
    (GUIDES / "rules.md", "rules", rules_table),
    (GUIDES / "settings.md", "settings", settings_table),
    (GUIDES / "commands.md", "options", options_reference),
    (GUIDES / "templates.md", "templates", templates_table),
    (ROOT / "CONTRIBUTING.md", "layers", layers),
)
"""Where each block stands, between which marks, and what makes it."""
