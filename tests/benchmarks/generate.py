"""Make a deck of any size: prose in every question, math in a third, code in a third.

python tests/benchmarks/generate.py 10000 /tmp/deck
"""

import random
import sys
from pathlib import Path

_WORDS = """
model error data weight feature sample loss gradient layer tree margin kernel
mean variance bias noise signal split train test score rank query key value
batch step rate norm depth width prior label class cluster center distance
vector matrix
""".split()  # noqa: SIM905 - a list of words reads best as one text
_FORMULAS = (
    r"\hat{y} = \sum_{i=1}^{n} w_i x_i + b",
    r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    r"\mathcal{L}(\theta) = -\frac{1}{n}\sum_{i} \log p_\theta(x_i)",
    r"\nabla_w J = \frac{1}{n} X^\top (Xw - y) + \lambda w",
)
_TOPICS = 12


def generate(count: int, folder: Path, seed: int = 7) -> None:
    """Write a deck of `count` questions of about 1.2 KB each."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    topics = [f"topic-{number:02}" for number in range(_TOPICS)]
    lines = ['id = "bench"', 'title = "Benchmark"']
    for topic in topics:
        (folder / topic).mkdir(parents=True, exist_ok=True)
        lines += ["[[topics]]", f'id = "{topic}"', f'title = "{topic.title()}"']
    (folder / "deck.toml").write_text("\n".join(lines) + "\n")
    for number in range(count):
        path = folder / topics[number % _TOPICS] / f"question-{number:05}.md"
        path.write_text(_question(rng, number))


def _question(rng: random.Random, number: int) -> str:
    parts = [
        "---",
        f"question: What is the {_phrase(rng, 4)} of {number}?",
        f"difficulty: {rng.choice(('easy', 'medium', 'hard'))}",
        f"tags: [{rng.choice(_WORDS)}, {rng.choice(_WORDS)}]",
        f"summary: The {_phrase(rng, 12)}.",
        "---",
        *(_paragraph(rng) for _ in range(2)),
        "- one **strong** point\n- two `code` points\n- three",
    ]
    if number % 3 == 1:
        formula = rng.choice(_FORMULAS)
        parts += [
            f"With $x_{{{number}}}$ and ${formula}$:\n\n$$\n{formula} + {number}\n$$"
        ]
    if number % 3 == 2:
        parts += [f"```python\n{_code(rng, number)}```"]
    parts += [f"## In depth\n\n{_paragraph(rng)}"]
    return "\n\n".join(parts).replace("\n\n", "\n", 5) + "\n"


def _code(rng: random.Random, number: int) -> str:
    lines = [f"def function_{number}(values: list[float]) -> float:", "    total = 0.0"]
    for step in range(rng.randint(13, 28)):
        name = rng.choice(_WORDS)
        lines.append(f'    {name}_{step} = sum(v * {step} for v in values)  # "{name}"')
    return "\n".join([*lines, "    return total"]) + "\n"


def _paragraph(rng: random.Random) -> str:
    sentences = (f"The {_phrase(rng, rng.randint(8, 16))}." for _ in range(4))
    return " ".join(sentences)


def _phrase(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(words))


if __name__ == "__main__":
    generate(int(sys.argv[1]), Path(sys.argv[2]))
