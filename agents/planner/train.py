"""Trains the router: ``python -m agents.planner.train`` writes ``agents/planner/router.npz`` from the packaged clauses. Deterministic.

The whole way, from the utterances in ``evals/data`` with the check of the split and the report, is ``evals/train_router.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.planner.classifier import Encoder, Matrix, Router, data_hash, features, stored_path
from agents.planner.reading import Reader
from agents.planner.training_data import LabelledClause, training_clauses
from agents.planner.vocabulary import Vocabulary
from hashiramart import seed

_INVERSE_REGULARISATION = 20.0
_FOLDS = 3
_UNSEEN = -20.0
_TOLERANCE = 1e-3  # ten times that of scikit-learn: a third of the time, and no other verdict on any clause
_SEED = 7
_TEMPERATURES = np.geomspace(0.3, 3.0, 47)


def train(encoder: Encoder) -> Router:
    """Fit the router and its temperature on the packaged clauses, with names masked by the opening catalogue.

    Args:
        encoder: the embedding model.
    """
    return fit_router(training_matrix(encoder), encoder.name)


class Material(NamedTuple):
    """What a router is fitted on.

    Attributes:
        x: features, shape (n, d + cues + places).
        y: fine labels, shape (n,).
        families: ways of speaking, shape (n,): what is held out is held out with its whole family.
    """

    x: Matrix
    y: NDArray[np.str_]
    families: NDArray[np.str_]


HeldOut = tuple[NDArray[np.str_], NDArray[np.float64]]
"""Labels, and the logits of each row from a model that saw nothing of its family: shape (n, labels)."""


def fit_router(material: Material, embedding_model: str, *, held_out: HeldOut | None = None) -> Router:
    """Fit the router, and its temperature on folds that it has not seen.

    Args:
        material: what it is fitted on: the packaged clauses, whose hash is stored with it.
        embedding_model: name of the model that made the features.
        held_out: ``held_out_logits`` of the material, where they are known already.
    """
    x, y, _ = material
    model = _fit(x, y)
    labels, logits = held_out or held_out_logits(material)
    return Router(
        labels=tuple(str(label) for label in model.classes_),
        weights=model.coef_.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
        temperature=_temperature(labels, logits, y),
        embedding_model=embedding_model,
        data_sha256=data_hash(),
    )


def held_out_logits(material: Material) -> HeldOut:
    """Logits of each row from a model that saw nothing of its family: (labels, shape (n, labels))."""
    from sklearn.model_selection import StratifiedGroupKFold

    x, y, families = material
    labels = np.unique(y)
    logits = np.zeros((len(y), len(labels)))
    for fitted, left_out in StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED).split(x, y, families):
        fold = _fit(x[fitted], y[fitted])
        seen = np.searchsorted(labels, fold.classes_)
        logits[left_out] = _UNSEEN  # a label whose every family is left out
        logits[np.ix_(left_out, seen)] = fold.decision_function(x[left_out])
    return labels, logits


def training_matrix(encoder: Encoder, clauses: Sequence[LabelledClause] | None = None) -> Material:
    """Features, fine labels and families of clauses, by default the packaged ones, in their order."""
    reader = Reader(Vocabulary.of(seed.weapons(), seed.style_names()))
    clauses = training_clauses() if clauses is None else clauses
    masked = [reader.read(reader.mend(clause.text)).masked for clause in clauses]
    return Material(
        features(masked, encoder),
        np.array([clause.fine_label for clause in clauses]),
        np.array([clause.family or f"clause {number}" for number, clause in enumerate(clauses)]),
    )


def _fit(x: Matrix, y: NDArray[np.str_]) -> Any:  # scikit-learn has no types
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=_INVERSE_REGULARISATION, max_iter=3000, tol=_TOLERANCE).fit(x, y)


def _temperature(labels: NDArray[np.str_], logits: NDArray[np.float64], y: NDArray[np.str_]) -> float:
    """The temperature with the lowest held-out log-loss (Guo et al. 2017, On Calibration of Modern Neural Networks)."""
    truth = np.searchsorted(labels, y)

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        log_probability = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-log_probability[np.arange(len(y)), truth].mean())

    return float(min(_TEMPERATURES, key=loss))


def main() -> None:
    """Retrain with the installed embedding model and write the stored file."""
    from rich.console import Console

    from hashiramart.config import Settings, quiet_libraries
    from knowledge.embed import load_embedder

    settings = Settings(embedding_model=None)
    quiet_libraries(settings)
    encoder = load_embedder(settings)
    material = training_matrix(encoder)
    y = material.y
    labels, logits = held_out_logits(material)
    predicted = labels[logits.argmax(axis=1)]
    specialist = np.array([label.split(":")[0] for label in predicted]) == np.array(
        [label.split(":")[0] for label in y]
    )
    router = fit_router(material, encoder.name)
    stored_path().write_bytes(router.to_bytes())
    Console().print(
        f"{len(y)} clauses, {len(labels)} labels; held out: label {specialist.mean():.3f}, "
        f"with intent {(predicted == y).mean():.3f}; temperature {router.temperature:.2f}; wrote {stored_path()}"
    )


if __name__ == "__main__":
    main()
