"""A small deck made by hand, and real Anki as a program of its own."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.questions import made

from triptych.render.anki.render import render
from triptych.render.settings import RenderSettings
from triptych.typeset.card_media import media_placeholder
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck, SiteSettings, Topic
from triptych.values.meta import Difficulty, Kind, Reference
from triptych.values.prose import Prose
from triptych.values.question import Cloze, Part
from triptych.values.source import Media

OLDER_ANKIS = ("23.12.1", "24.11", "25.9.2")
"""What updates are tried in besides the installed Anki; see `.ci/steps.bash`."""
PROBE = Path(__file__).with_name("probe.py")
CODE = (
    '<div class="code"><pre class="highlight"><code class="language-python">'
    '<span class="k">return</span> <span class="sa">f</span>'
    '<span class="s2">"{{sum}} {{c1::not a cloze}}"</span></code></pre></div>'
)
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def written(html: str, *media: str) -> Prose:
    """Return prose as the markup stage would."""
    digest = hashlib.sha256(html.encode()).hexdigest()[:16]
    card = html
    for name in media:
        card = card.replace(name, media_placeholder(name))
    return Prose(
        site=html,
        card=card,
        plain=html,
        digest=digest,
        digest_v1=digest,
        media=media,
    )


@pytest.fixture(scope="session")
def prose() -> Callable[..., Prose]:
    return written


def sample() -> Catalog:
    """Return a deck with a note of every role."""
    overfitting = made(
        "overfitting",
        PurePosixPath("fundamentals/overfitting.md"),
        written("What is overfitting?"),
        difficulty=Difficulty.EASY,
        tags=("generalization",),
        asked_at=("Two Sigma",),
        summary=written(r"It fits the noise: \(a &lt; b\)."),
        summary_cloze=Cloze(
            "It fits {{c1::the noise}}, {{c2::not::what?}} signal.", (1, 2), "c"
        ),
        answer=written(
            f'<p>Too close a fit.</p>{CODE}<img src="square-0a1b.svg">',
            "square-0a1b.svg",
        ),
        follow_ups=(
            Part(
                "more-data",
                written("Does more data help?"),
                written("<p>Mostly.</p>"),
                9,
            ),
            Part("l1-or-l2", written("L1 or L2?"), written("<p>It depends.</p>"), 12),
        ),
        pitfalls=(
            Part("zero", written("Zero error is bad."), written("<p>No.</p>"), 15),
        ),
        rubric=(written("names the gap"), written("names a remedy")),
        hints=(written("Think of two curves."),),
        references=(
            Reference("A <book>", "https://book.example/?a=1&b=2", "Ada", "2009"),
        ),
    )
    k_means = made(
        "code-k-means",
        PurePosixPath("classical/k-means.md"),
        written("Implement k-means."),
        kind=Kind.CODING,
        minutes=25,
        answer=written(CODE),
        fill_in=Cloze(
            '<div class="code"><pre class="highlight"><code>{{c1::a = 1}}\n'
            "{{c2::b = 2::update}}</code></pre></div>",
            (1, 2),
            "f",
        ),
        requires=("overfitting",),
    )
    media = Media(PurePosixPath("media/square.svg"), "square-0a1b.svg", SQUARE)
    return Catalog(
        Deck(
            "sample",
            "Sample Deck",
            "A deck <b>to</b> *try*.",
            topics=(
                Topic("classical", "Classical models"),
                Topic("fundamentals", "Basics"),
            ),
            site=SiteSettings(base_url="https://sample.example.org/deck/"),
        ),
        (k_means, overfitting),
        media={media.name: media},
        study_order=("overfitting", "code-k-means"),
    )


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return sample()


@pytest.fixture(scope="session")
def pack() -> Callable[..., bytes]:
    """Return what makes the package of a catalog."""

    def make(catalog: Catalog, settings: RenderSettings | None = None) -> bytes:
        package, *_ = render(catalog, settings or RenderSettings())
        return package.data

    return make


@pytest.fixture
def anki(
    requires: Callable[[str, str], None], tmp_path: Path
) -> Callable[..., list[Any]]:
    """Return what runs steps in a fresh collection of real Anki, see `probe.py`.

    A step is a dictionary, the bytes of a package to import, or an output file; a
    dictionary with a `file` imports that with options.
    """
    requires("anki", "pip install '.[test]'")
    return partial(_run, sys.executable, tmp_path)


@pytest.fixture(
    params=[
        "installed",
        *(pytest.param(version, marks=pytest.mark.slow) for version in OLDER_ANKIS),
    ]
)
def each_anki(
    request: pytest.FixtureRequest,
    requires: Callable[[str, str], None],
    tmp_path: Path,
) -> Callable[..., list[Any]]:
    """Return the same for each Anki that the README names."""
    version = request.param
    if version == "installed":
        requires("anki", "pip install '.[test]'")
        return partial(_run, sys.executable, tmp_path)
    environments = os.environ.get("ANKI_ENVIRONMENTS", "")
    python = Path(environments, version, "bin", "python")
    if not (environments and python.exists()):
        requires(
            "an older Anki",
            f"put an environment with anki=={version} into a folder, as {version}, and"
            " name the folder in ANKI_ENVIRONMENTS",
        )
    return partial(_run, str(python), tmp_path)


def _run(python: str, folder: Path, *steps: dict[str, Any] | bytes | Artifact) -> Any:  # noqa: ANN401 - any JSON
    orders = [step if isinstance(step, dict) else {"file": step} for step in steps]
    orders = [
        _import(folder, **order) if "file" in order else order for order in orders
    ]
    process = subprocess.run(
        [python, "-X", "utf8", str(PROBE)],
        input=json.dumps(orders),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


def _import(folder: Path, file: bytes | Artifact, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Return the order to import a file that is put into `folder`."""
    data = file if isinstance(file, bytes) else file.data
    is_text = isinstance(file, Artifact) and file.path.suffix == ".txt"
    digest = hashlib.sha256(data).hexdigest()[:12]
    path = folder / f"{digest}.{'txt' if is_text else 'apkg'}"
    path.write_bytes(data)
    do = "import_text" if is_text else "import"
    return {"do": do, "path": str(path), **options}
