"""Code answers for arrays stand the standard battery, or say what they refuse."""

from typing import Any

import numpy as np
import pytest
from tests.answers import battery
from tests.answers.battery import NAN, VALUES, Array, Subject
from tests.answers.solutions import CODES, FLAGS, RNG, X, solution


def corners() -> Array:
    """Return boxes (9, 4), none without an area."""
    ends = np.sort(RNG.integers(0, 20, (9, 2, 2)), axis=1).reshape(9, 4)
    moved: Array = ends + np.array([0.0, 0.0, 1.0, 1.0])
    return moved


KEPT = {"empty": VALUES, "one row": VALUES, "nan": NAN}
"""What spreads: documented by answers that promise nothing about NaN but its way."""
ONE_ROW = {"one row": VALUES}
WITH_LABELS = (0, 1)


def classical() -> dict[str, Any]:
    """Return the models and metrics that take rows and labels."""
    auc, gains = solution("code-roc-auc"), solution("code-ndcg")
    knn = solution("code-k-nearest-neighbors")
    tree = solution("code-decision-tree-gini")
    line = solution("code-linear-regression")
    clusters = solution("code-k-means")
    grades, scores = CODES[None].repeat(2, 0), X[:, 0][None].repeat(2, 0)
    return {
        "code-roc-auc": Subject(
            auc.roc_auc, (FLAGS, X[:, 0]), varied=(1,), rows=WITH_LABELS
        ),
        "code-ndcg": Subject(
            lambda grade, score: gains.ndcg(grade, score, 3),
            (grades, scores),
            varied=(1,),
            rows=WITH_LABELS,
            outcomes={"empty": VALUES, "one row": VALUES},
        ),
        "code-k-nearest-neighbors": Subject(
            lambda x, y, q: knn.predict(x, y, q, 3),
            (X, CODES, X[::2] + 0.5),
            varied=(0, 2),
            rows=WITH_LABELS,
        ),
        "code-decision-tree-gini": Subject(
            lambda x, y: tree.DecisionTree().fit(x, y).predict(x),
            (X, CODES),
            rows=WITH_LABELS,
            outcomes=ONE_ROW,
        ),
        "code-linear-regression": Subject(
            lambda x, y: line.LinearRegression().fit(x, y).predict(x),
            (X, X @ [1.0, 2.0, 3.0] + 4),
            varied=(0, 1),
            rows=WITH_LABELS,
            degree=1,
            outcomes=ONE_ROW,
        ),
        "code-k-means": Subject(lambda x: clusters.kmeans(x, 3, n_init=3).labels, (X,)),
    }


def neural() -> dict[str, Any]:
    """Return the layers, losses and steps around them."""
    softmax = solution("code-softmax-cross-entropy")
    attention = solution("code-attention-numpy")
    rotary = solution("code-rotary-embedding")
    filters = solution("code-convolution")
    boxes = solution("code-iou-and-nms")
    images = RNG.integers(0, 9, (3, 2, 7, 6)) + 0.5
    kernels = RNG.integers(0, 9, (4, 2, 3, 3)) + 0.5
    found = corners()
    return {
        "code-softmax-cross-entropy": Subject(
            softmax.cross_entropy,
            (X, CODES),
            rows=WITH_LABELS,
            degree=None,
            outcomes=ONE_ROW,
        ),
        "code-attention-numpy": Subject(
            lambda q, k, v: attention.attention(q, k, v)[0],
            (X, X + 1, X * 2),
            varied=(0, 1, 2),
            degree=None,
            dtype="same",
            outcomes=KEPT | {"infinity": NAN},
        ),
        "code-rotary-embedding": Subject(
            rotary.rope,
            (np.hstack([X, X[:, :1]]), np.arange(17)),
            rows=WITH_LABELS,
            degree=1,
            dtype="same",
            outcomes=KEPT | {"infinity": VALUES},
        ),
        "code-convolution": Subject(
            filters.conv2d,
            (images, kernels),
            varied=(0, 1),
            degree=2,
            dtype="same",
            outcomes=KEPT | {"infinity": VALUES},
        ),
        "code-iou-and-nms": Subject(
            boxes.iou,
            (found, found[:4]),
            varied=(0, 1),
            outcomes={"empty": VALUES, "one row": VALUES},
        ),
    }


SUBJECTS = classical() | neural()


@pytest.mark.parametrize("name", SUBJECTS)
def test_an_answer_stands_the_standard_battery(name: str) -> None:
    assert list(battery.problems(SUBJECTS[name])) == []


def broken(x: Array) -> Array:
    """Break every promise of the battery."""
    if not len(x):
        return x
    x -= x.mean(axis=0)
    x += RNG.normal(size=x.shape) * 0.1
    scaled: Array = np.nan_to_num(x / np.sqrt(x.var(axis=0) + 1e-5))
    return scaled


def test_the_battery_finds_what_it_is_for() -> None:
    found = list(battery.problems(Subject(lambda x: broken(x.copy()), (X,))))
    for part in (
        "int64 raises",
        "the same inputs give another",
        "ties",
        "nan: values",
        "power 0",
    ):
        assert any(part in problem for problem in found), part
    (first, *_) = battery.problems(Subject(broken, (X,), integers=False))
    assert "it writes to its inputs" in first
