"""Trains the router: ``python -m agents.planner.train`` writes ``agents/planner/router.npz``. Deterministic."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.planner.classifier import Encoder, Matrix, Router, data_hash, features, stored_path
from agents.planner.reading import Reader
from agents.planner.training_data import training_clauses
from agents.planner.vocabulary import Vocabulary
from hashiramart import seed

_INVERSE_REGULARISATION = 20.0
_FOLDS = 5
_SEED = 7
_TEMPERATURES = np.geomspace(0.3, 3.0, 47)


def train(encoder: Encoder) -> Router:
    """Fit the router and its temperature on the packaged clauses, with names masked by the opening catalogue.

    Args:
        encoder: the embedding model.
    """
    return fit_router(*training_matrix(encoder), encoder.name)


def fit_router(x: Matrix, y: NDArray[np.str_], embedding_model: str) -> Router:
    """Fit on features of shape (n, d + cues) and fine labels of shape (n,)."""
    model = _fit(x, y)
    labels, logits = held_out_logits(x, y)
    return Router(
        labels=tuple(str(label) for label in model.classes_),
        weights=model.coef_.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
        temperature=_temperature(labels, logits, y),
        embedding_model=embedding_model,
        data_sha256=data_hash(),
    )


def held_out_logits(x: Matrix, y: NDArray[np.str_]) -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    """Logits of each row from a model that did not see it: (labels, shape (n, labels))."""
    from sklearn.model_selection import StratifiedKFold

    labels = np.unique(y)
    logits = np.zeros((len(y), len(labels)))
    for fitted, left_out in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(x, y):
        logits[left_out] = _fit(x[fitted], y[fitted]).decision_function(x[left_out])
    return labels, logits


def training_matrix(encoder: Encoder) -> tuple[Matrix, NDArray[np.str_]]:
    """Features and fine labels of the packaged clauses, in the order of the file."""
    reader = Reader(Vocabulary.of(seed.weapons(), seed.style_names()))
    clauses = training_clauses()
    masked = [reader.read(reader.mend(clause.text)).masked for clause in clauses]
    return features(masked, encoder), np.array([clause.fine_label for clause in clauses])


def _fit(x: Matrix, y: NDArray[np.str_]) -> Any:  # scikit-learn has no types
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=_INVERSE_REGULARISATION, max_iter=3000).fit(x, y)


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
    x, y = training_matrix(encoder)
    labels, logits = held_out_logits(x, y)
    predicted = labels[logits.argmax(axis=1)]
    specialist = np.array([label.split(":")[0] for label in predicted]) == np.array(
        [label.split(":")[0] for label in y]
    )
    router = fit_router(x, y, encoder.name)
    stored_path().write_bytes(router.to_bytes())
    Console().print(
        f"{len(y)} clauses, {len(labels)} labels; held out: label {specialist.mean():.3f}, "
        f"with intent {(predicted == y).mean():.3f}; temperature {router.temperature:.2f}; wrote {stored_path()}"
    )


if __name__ == "__main__":
    main()
