"""Draw the error of bagging and of boosting over the number of trees, noisy labels."""

import numpy as np
from sklearn.datasets import make_moons
from sklearn.ensemble import BaggingClassifier, GradientBoostingClassifier
from sklearn.tree import DecisionTreeClassifier

from svg import BLUE, DASHED, ORANGE, Plot, line, save, text

TREES, SEEDS, ROWS, NEW = 300, 10, 300, 3_000
count = np.arange(1, TREES + 1)


def errors(seed: int) -> np.ndarray:
    """Return the error on new rows of bagging and of boosting, (2, TREES)."""
    X, y = make_moons(ROWS + NEW, noise=0.3, random_state=seed)
    flip = np.random.default_rng(seed).random(ROWS) < 0.1
    labels = np.where(flip, 1 - y[:ROWS], y[:ROWS])
    trees = BaggingClassifier(
        DecisionTreeClassifier(), TREES, random_state=seed, n_jobs=2
    ).fit(X[:ROWS], labels)
    votes = np.cumsum([t.predict_proba(X[ROWS:]) for t in trees.estimators_], 0)
    boosted = GradientBoostingClassifier(
        n_estimators=TREES, max_depth=1, learning_rate=0.5, random_state=seed
    ).fit(X[:ROWS], labels)
    stages = np.array(list(boosted.staged_predict(X[ROWS:])))
    return np.array(
        [(votes.argmax(2) != y[ROWS:]).mean(1), (stages != y[ROWS:]).mean(1)]
    )


bagging, boosting = 100 * np.mean([errors(seed) for seed in range(SEEDS)], 0)
plot = Plot(74, 24, 296, 330, (0, TREES), (0, 25))
save(
    "bagging-and-boosting",
    450,
    412,
    "Error on new rows over the number of trees, with a tenth of the training labels "
    "wrong: bagging falls and levels off, boosting falls faster and then rises",
    [
        plot.axes(
            "number of trees",
            "error on new rows (%)",
            range(0, TREES + 1, 100),
            range(0, 26, 5),
        ),
        line(plot.curve(count, bagging), ORANGE, 3, DASHED),
        line(plot.curve(count, boosting), BLUE, 3.5),
        text(377, plot.at(0, bagging[-1])[1] + 5, "bagging", color=ORANGE),
        text(377, plot.at(0, boosting[-1])[1] + 5, "boosting", color=BLUE),
    ],
)
