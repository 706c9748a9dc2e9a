"""Make the decks of `series.py` with triptych and with other tools.

A tool runs in an environment of its own, made here with what is newest in the package
index; what cannot be had is said. Nothing of a tool is imported.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.benchmarks.series import Card, Edition

from triptych import __version__
from triptych.build.build import check_and_typeset, settings_of
from triptych.deck.project import open_project
from triptych.ledger.lock_file import load
from triptych.notes.history import History
from triptych.releases.release import blocking, release
from triptych.render.anki.render import render
from triptych.render.settings import RenderSettings

SCRIPTS = Path(__file__).with_name("scripts")
_DAY = 86_400
_PAUSE_SECONDS = 2
"""Other tools date notes by the clock, in seconds."""


@dataclass(frozen=True)
class Made:
    """A deck's packages, and what a learner imports."""

    packages: Sequence[Path]
    """Of each release, the first one first."""
    files: Callable[[int, int], Sequence[Path]]
    """The files that bring a learner from one release to another."""


Make = Callable[[Path, Sequence[Edition]], Made]


class CannotMakeError(Exception):
    """The tool refuses to make a deck, or cannot be had."""


@dataclass(frozen=True)
class Maker:
    """A way to make and to update a deck."""

    name: str
    make: Make


def makers(work: Path) -> tuple[Maker, ...]:
    """Return triptych and other tools; their environments are in the folder `work`."""
    forge, genanki = environment(work, "ankiforge"), environment(work, "genanki")
    md2anki = environment(work, "md2anki", "python3.12")
    return (
        Maker(
            f"triptych {__version__}, update files",
            partial(with_triptych, by_files=True),
        ),
        Maker(
            f"triptych {__version__}, package", partial(with_triptych, by_files=False)
        ),
        Maker(f"{genanki.name}, a script", partial(_scripted, genanki, updates=False)),
        Maker(f"{md2anki.name}", partial(_md2anki, md2anki, has_ids=False)),
        Maker(
            f"{md2anki.name}, ids written in", partial(_md2anki, md2anki, has_ids=True)
        ),
        Maker(f"{forge.name}", partial(_scripted, forge, updates=False)),
        Maker(f"{forge.name}, `update_from`", partial(_scripted, forge, updates=True)),
    )


@dataclass(frozen=True)
class Environment:
    """An environment with a tool."""

    package: str
    name: str
    """Package and version."""
    folder: Path
    problem: str = ""

    def run(self, *command: str | Path, said: str = "") -> None:
        """Run a program of the environment.

        Raises:
            CannotMakeError: It fails, or the tool cannot be had.

        """
        if self.problem:
            raise CannotMakeError(self.problem)
        program, *arguments = map(str, command)
        done = subprocess.run(
            [str(self.folder / "bin" / program), *arguments],
            input=said,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines()
            last = lines[-1] if lines else "it failed"
            raise CannotMakeError(last.removeprefix("ankiforge.diagnostics.")[:100])


def environment(work: Path, package: str, python: str = "") -> Environment:
    """Return the environment for a tool; make it if it is not there."""
    folder = work / package
    interpreter = shutil.which(python) if python else sys.executable
    if not interpreter:
        return Environment(package, package, folder, f"it needs {python}")
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--quiet"]
    if not (folder / "bin" / "python").exists():
        for command in (
            [interpreter, "-m", "venv", str(folder)],
            [*pip, "install", package],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                last = done.stderr.strip().splitlines()[-1:] or ["it cannot be had"]
                return Environment(package, package, folder, last[0][:160])
    code = f"import importlib.metadata as m; print(m.version('{package}'))"
    shown = subprocess.run(
        [pip[0], "-c", code], capture_output=True, text=True, check=True
    )
    return Environment(package, f"{package} {shown.stdout.strip()}", folder)


def with_triptych(folder: Path, editions: Sequence[Edition], *, by_files: bool) -> Made:
    """Make releases with triptych; a learner takes its update files, or packages."""
    packages: list[Path] = []
    updates: dict[tuple[int, int], list[Path]] = {}
    lock = ""
    first = int(time.time()) - _DAY
    for number, edition in enumerate(editions):
        content = folder / f"content-{number}"
        _write(content, edition)
        (content / "deck.lock").write_text(lock)
        project = open_project(content)
        report = check_and_typeset(project)
        problems = blocking(report.diagnostics)
        if problems or report.catalog is None:
            raise CannotMakeError("; ".join(p.message for p in problems))
        before = settings_of(project)
        made = release(
            report.catalog,
            before,
            version=f"1.{number}.0",
            time_seconds=first + number * 1000,
        )
        lock = made.lock
        after = RenderSettings(templates=before.templates, history=History(load(lock)))
        for file in render(report.catalog, after):
            path = folder / str(number) / file.path.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
            if file.step:
                key = (int(file.step.since.split(".")[1]), number)
                updates.setdefault(key, []).append(path)
            else:
                packages.append(path)
    return Made(
        packages,
        lambda old, new: updates[old, new] if by_files else [packages[new]],
    )


def _write(content: Path, edition: Edition) -> None:
    """Write a deck as authors of triptych do."""
    questions = [card for card in edition.cards if "/" not in card.key]
    topics = "".join(f'[[topics]]\nid = "{name}"\n' for name in ("one", "two"))
    style = content / "templates" / "anki" / "style.css"
    for name in ("one", "two", "media", style.parent.relative_to(content)):
        (content / name).mkdir(parents=True, exist_ok=True)
    (content / "deck.toml").write_text(
        f'id = "peer"\ntitle = "{edition.title}"\n{topics}'
    )
    style.write_text(edition.css)
    for name, data in edition.media.items():
        (content / "media" / name).write_bytes(data)
    for place, card in enumerate(questions):
        head: dict[str, object] = {"id": card.key, "question": card.question}
        head["tags"] = list(card.tags)
        head |= {"aliases": [card.was]} if card.was else {}
        head |= {"retired": True} if card.retired else {}
        if place:
            # The study order follows what a question requires.
            head["requires"] = [questions[place - 1].key]
        rows = [f"{key}: {json.dumps(value)}" for key, value in head.items()]
        picture = f"\n\n![A box](media/{card.picture})" if card.picture else ""
        parts = "".join(
            f"\n### {part.question} {{#{part.key.partition('/')[2]}}}\n"
            f"It is {part.word}. {part.text}\n"
            for part in edition.cards
            if part.key.startswith(f"{card.key}/")
        )
        follow_ups = f"\n## Follow-ups\n{parts}" if parts else ""
        (content / card.topic / f"{card.key}.md").write_text(
            "\n".join(["---", *rows, "---", f"It is {card.word}. {card.text}"])
            + f"{picture}\n{follow_ups}"
        )


def _scripted(
    tool: Environment, folder: Path, editions: Sequence[Edition], *, updates: bool
) -> Made:
    """Make decks with the script of another tool; `updates` get what came before."""
    packages: list[Path] = []
    for number, edition in enumerate(editions):
        path = folder / f"{number}.apkg"
        media = _media(folder, edition)
        deck = {
            "title": edition.title,
            "css": edition.css,
            "path": str(path),
            "baseline": str(packages[-1]) if updates and packages else "",
            "retires": updates and edition.current != edition.cards,
            "cards": [
                {
                    "key": card.key,
                    "topic": card.topic,
                    "question": card.question,
                    "answer": card.answer,
                    "tags": list(card.tags),
                    "pictures": [str(f) for f in media if f.name == card.picture],
                }
                for card in edition.current
            ],
        }
        _pause(packages)
        script = SCRIPTS / f"{tool.package}_script.py"
        tool.run("python", script, said=json.dumps(deck))
        packages.append(path)
    return Made(packages, lambda _, new: [packages[new]])


def _md2anki(
    tool: Environment, folder: Path, editions: Sequence[Edition], *, has_ids: bool
) -> Made:
    """Make decks of Markdown; ids are what md2anki writes into its own output."""
    packages: list[Path] = []
    for number, edition in enumerate(editions):
        if edition.css != editions[0].css:
            raise CannotMakeError("its cards have one style")
        media = _media(folder, edition)
        lines = [f"# {edition.title}{' (4242)' if has_ids else ''}", ""]
        for topic, deck_id in (("one", 4243), ("two", 4244)):
            lines += [f"## Subdeck: {topic}{f' ({deck_id})' if has_ids else ''}", ""]
            cards = (card for card in edition.current if card.topic == topic)
            lines += [line for card in cards for line in _markdown(card, has_ids)]
        source = folder / f"{number}.md"
        source.write_text("\n".join(lines))
        path = folder / f"{number}.apkg"
        _pause(packages)
        directories = ["-file-dir", str(folder / "media")] if media else []
        tool.run("md2anki", source, "-o-anki", path, *directories)
        packages.append(path)
    return Made(packages, lambda _, new: [packages[new]])


def _markdown(card: Card, has_id: bool) -> Iterator[str]:  # noqa: FBT001 - one use
    id_ = f" ({card.was or card.key})".replace("/", "-") if has_id else ""
    yield from (f"### {card.question}{id_}", "", f"It is {card.word}. {card.text}", "")
    if card.picture:
        yield from (f"![A box]({card.picture})", "")


def _media(folder: Path, edition: Edition) -> list[Path]:
    for name, data in edition.media.items():
        (folder / "media").mkdir(exist_ok=True)
        (folder / "media" / name).write_bytes(data)
    return [folder / "media" / name for name in edition.media]


def _pause(made: Sequence[Path]) -> None:
    if made:
        time.sleep(_PAUSE_SECONDS)
