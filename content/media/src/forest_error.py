"""Draw the error of bagged trees and of a random forest over the number of trees."""

import numpy as np
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

from svg import BLUE, DASHED, DOTTED, INK, MUTED, ORANGE, Plot, line, save, text

TREES, SEEDS = 100, 5
X, y = load_digits(return_X_y=True)


def errors(seed: int, max_features: str | None) -> np.ndarray:
    """Return the error on new digits with the first 1, 2, … trees."""
    train, new = train_test_split(
        np.arange(len(y)), train_size=900, stratify=y, random_state=seed
    )
    forest = RandomForestClassifier(
        TREES, max_features=max_features, random_state=seed, n_jobs=2
    ).fit(X[train], y[train])
    votes = np.cumsum([tree.predict_proba(X[new]) for tree in forest.estimators_], 0)
    return (votes.argmax(2) != y[new]).mean(1)


def tree_error(seed: int) -> float:
    """Return the error of one tree grown on all training rows."""
    train, new = train_test_split(
        np.arange(len(y)), train_size=900, stratify=y, random_state=seed
    )
    tree = DecisionTreeClassifier(random_state=seed).fit(X[train], y[train])
    return 1 - tree.score(X[new], y[new])


count = np.arange(1, TREES + 1)
single = 100 * np.mean([tree_error(seed) for seed in range(SEEDS)])
bagged = 100 * np.mean([errors(seed, None) for seed in range(SEEDS)], 0)
forest = 100 * np.mean([errors(seed, "sqrt") for seed in range(SEEDS)], 0)

plot = Plot(72, 24, 256, 330, (0, TREES), (0, 32))
ends = (
    (single, "one tree", MUTED),
    (bagged[-1], "bagged trees", ORANGE),
    (forest[-1], "random forest", BLUE),
)
save(
    "forest-error",
    450,
    412,
    "Error on new digits over the number of trees: one tree stays high, bagged trees "
    "level off lower, a random forest lowest",
    [
        plot.axes(
            "number of trees",
            "error on new digits (%)",
            range(0, TREES + 1, 20),
            range(0, 31, 5),
        ),
        line(plot.curve([0, TREES], [single, single]), MUTED, 2.5, DOTTED),
        line(plot.curve(count, bagged), ORANGE, 3, DASHED),
        line(plot.curve(count, forest), BLUE, 3.5),
        *(
            text(335, plot.at(0, level)[1] + 5, label, color=color)
            for level, label, color in ends
        ),
    ],
)
