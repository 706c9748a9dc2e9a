"""Models, losses and decoders of the deck stand the standard battery, too."""

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.answers.battery import NAN, VALUES, Array, Subject, problems
from tests.answers.solutions import CODES, FLAGS, X, solution

WITH_LABELS = (0, 1)
KEPT = {"empty": VALUES, "one row": VALUES, "nan": NAN, "infinity": NAN}
"""What spreads: a NaN spoils its own rows or features, as the answers document."""
HALVES = (X - X.min()) / (X.max() - X.min())


def models() -> dict[str, Any]:
    """Return what is fitted to rows, and how it is judged and split."""
    mixture = solution("code-gaussian-mixture")
    logistic = solution("code-logistic-regression")
    judged = solution("code-evaluate-on-test-set")
    split = solution("code-train-validation-test-split")
    pipeline = solution("code-preprocessing-pipeline")

    def probabilities(x: Array, y: Array) -> Array:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of one class that is separable
            model = logistic.LogisticRegression().fit(x, y, newton=True)
        return np.asarray(model.predict_proba(x))

    def prepared(x: Array, y: Array) -> Array:
        frame = pd.DataFrame(x, columns=["a", "b", "c"]).assign(y=y)
        return np.asarray(pipeline.split_and_preprocess(frame, "y").X_train)

    return {
        "code-preprocessing-pipeline": Subject(
            prepared,
            (X, FLAGS),
            rows=WITH_LABELS,
            dtype="same",
            outcomes={"nan": VALUES},
        ),
        "code-gaussian-mixture": Subject(
            lambda x: mixture.fit(x, 2).weights, (X,), tolerance=1e-2
        ),
        "code-logistic-regression": Subject(
            probabilities, (X, FLAGS), rows=WITH_LABELS
        ),
        "code-evaluate-on-test-set": Subject(
            lambda y, p: list(judged.evaluate(y, p / p.max(), majority=0).values()),
            (FLAGS, HALVES[:, 0]),
            varied=(1,),
            rows=WITH_LABELS,
            integers=False,
            outcomes={"one row": NAN},  # there is no AUC of one class
        ),
        "code-train-validation-test-split": Subject(
            split.time_split, (X[:, 0],), outcomes={"infinity": VALUES}
        ),
        "code-train-validation-test-split: classes": Subject(
            lambda y: split.split_indices(len(y), stratify=y),
            (CODES + 0.25,),
            outcomes={"nan": VALUES, "infinity": VALUES},
        ),
    }


def language() -> dict[str, Any]:
    """Return losses, caches and samplers of language models."""
    dpo, cached = solution("code-dpo-loss"), solution("code-kv-cache-attention")
    sampling = solution("code-token-sampling")
    quantized = solution("code-int8-quantization")
    tokens = np.array([[0, 2, 1, 2]])
    scored = np.array([[False, False, True, True]])
    keys = np.stack([X[:6], X[6:12]])

    def attend(q: Array, k: Array) -> Array:
        cache = cached.KVCache(6, 2, 3, dtype=k.dtype if k.dtype.kind == "f" else float)
        cache.append(k, k)
        return np.asarray(cached.attend(q, cache))

    return {
        "code-dpo-loss": Subject(
            lambda pw, pl: dpo.dpo_loss(pw, pl, X[: len(pw), 1], X[: len(pw), 2], 0.1),
            (X[:, 0], X[:, 1]),
            varied=(0, 1),
            rows=(0, 1),
            degree=None,
            outcomes={"one row": VALUES},
        ),
        "code-dpo-loss: log-probabilities": Subject(
            lambda logits: dpo.sequence_logp(logits[None], tokens, scored),
            (X[:4],),
            degree=None,
        ),
        "code-kv-cache-attention": Subject(
            attend,
            (keys, keys + 1),
            varied=(1, 0),
            rows=(),
            degree=None,
            dtype="same",
            outcomes={"empty": VALUES, "one row": VALUES},
        ),
        "code-token-sampling": Subject(
            lambda z: np.exp(sampling.filter_logits(z, temperature=0.7, top_p=0.9)),
            (X[:, 0],),
            degree=None,
            outcomes={"one row": VALUES},
        ),
        "code-int8-quantization": Subject(
            lambda w: quantized.dequantize(*quantized.quantize(w, axis=1)).astype(
                float
            ),
            (X,),
            degree=1,
            outcomes={"empty": VALUES, "one row": VALUES},
        ),
    }


def training() -> dict[str, Any]:
    """Return layers and optimizers."""
    norms, steps = solution("code-batch-normalization"), solution("code-adamw")

    def step(weights: Array, gradients: Array) -> Array:
        params = [weights.astype(float)]
        optimizer = steps.AdamW(params, eps=1e-30, weight_decay=0.0)
        optimizer.step([gradients])
        moved: Array = params[0] - weights
        return moved

    return {
        "code-batch-normalization": Subject(
            lambda x: norms.BatchNorm(3, eps=1e-30).forward(x, training=True),
            (X,),
            outcomes={"nan": NAN, "infinity": NAN},
        ),
        "code-adamw": Subject(
            step,
            (np.ones((17, 3)), X),
            varied=(1,),
            rows=(0, 1),
            tolerance=1e-2,
            outcomes={"empty": VALUES, "one row": VALUES},
        ),
    }


SUBJECTS = models() | language() | training()


@pytest.mark.parametrize("name", SUBJECTS)
def test_an_answer_stands_the_standard_battery(name: str) -> None:
    assert list(problems(SUBJECTS[name])) == []


def with_torch() -> dict[str, Any]:
    """Return what needs torch."""
    torch = pytest.importorskip("torch")
    heads, tuned = (
        solution("code-attention-pytorch"),
        solution("code-fine-tune-pretrained"),
    )
    torch.manual_seed(0)
    attention = heads.MultiHeadAttention(3, 1).eval()
    weights = torch.nn.Linear(3, 4).state_dict()

    def attend(x: Array) -> Array:
        out = attention(torch.tensor(x[None]).float(), causal=True)
        found: Array = out.detach().numpy().astype(float)
        return found

    def losses(x: Array, y: Array) -> list[float]:
        backbone = torch.nn.Linear(3, 4)
        backbone.load_state_dict(weights)
        torch.manual_seed(0)
        model = tuned.replace_head(backbone, 4, 3)
        data = torch.tensor(x).float(), torch.tensor(y)
        history = tuned.fine_tune(model, data, data, epochs=(1, 1), batch_size=5)
        return [stage["loss"] for stage in history]

    return {
        "code-attention-pytorch": Subject(attend, (X,), degree=None, outcomes=KEPT),
        "code-fine-tune-pretrained": Subject(
            losses,
            (X, CODES),
            rows=WITH_LABELS,
            degree=None,
            outcomes={"one row": VALUES, "nan": NAN, "infinity": NAN},
        ),
    }


@pytest.mark.parametrize(
    "name", ["code-attention-pytorch", "code-fine-tune-pretrained"]
)
def test_an_answer_with_torch_stands_the_standard_battery(name: str) -> None:
    assert list(problems(with_torch()[name])) == []
