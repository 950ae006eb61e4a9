"""What a router is fitted on, and how sure it may be: lessons made of the packaged clauses, and families held out. Deterministic.

The stage ``evals/train_router.py`` puts it together with the tuning (``agents.planner.tune``), the check of the split and the report.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.planner.classifier import Matrix, Router, data_hash
from agents.planner.reading import Reader
from agents.planner.slips import with_slips
from agents.planner.training_data import SEVERAL, LabelledClause, training_clauses
from agents.planner.vocabulary import Vocabulary
from hashiramart import seed

_FOLDS = 3
_UNSEEN = -20.0
_SEED = 7
_TEMPERATURES = np.geomspace(0.3, 3.0, 47)
_JOINED = 0.12  # messages that ask for several things, for each clause
_THREE = 0.25  # of these, share of those that ask for three
_TOLD = 0.1  # messages that tell something beside their one wish, for each clause
_TOLD_AFTER = 0.2  # of these, share where it stands behind the wish
_JOINTS = (", and ", ", then ", ". ", "; ", " and then ", " and ", ". Also ", "? ", ", also ")


class Material(NamedTuple):
    """What a router is fitted on.

    Attributes:
        texts: clauses, names masked.
        y: fine labels, shape (n,).
        families: ways of speaking, shape (n,): what is held out is held out with its whole family.
    """

    texts: list[str]
    y: NDArray[np.str_]
    families: NDArray[np.str_]


class Fitted(NamedTuple):
    """What a fit makes.

    Attributes:
        labels: fine labels, one a row of ``weights``.
        weights: shape (labels, features).
        bias: shape (labels,).
        logits: of the clauses that were left out, shape (n, labels).
        updates: of the encoder, where it was tuned.
    """

    labels: NDArray[np.str_]
    weights: Matrix
    bias: Matrix
    logits: NDArray[np.float64]
    updates: dict[str, Any] | None = None


Fit = Callable[[Sequence[str], NDArray[np.str_], Sequence[str]], Fitted]
"""Fits clauses to their labels, and judges others that are left out."""
HeldOut = tuple[NDArray[np.str_], NDArray[np.float64]]
"""Labels, and the logits of each clause from a model that saw nothing of its family: shape (n, labels)."""


def router_of(fitted: Fitted, embedding_model: str, held_out: HeldOut, y: NDArray[np.str_]) -> Router:
    """The router, with the temperature that fits what was held out.

    Args:
        fitted: on all packaged clauses, whose hash is stored with it.
        embedding_model: name of the model that made the features.
        held_out: ``held_out_logits`` of the material.
        y: its labels.
    """
    return Router(
        labels=tuple(str(label) for label in fitted.labels),
        weights=fitted.weights,
        bias=fitted.bias,
        temperature=_temperature(*held_out, y),
        embedding_model=embedding_model,
        data_sha256=data_hash(),
    )


def held_out_logits(material: Material, fit: Fit) -> HeldOut:
    """Logits of each clause from a model that saw nothing of its family: (labels, shape (n, labels))."""
    from sklearn.model_selection import StratifiedGroupKFold

    texts, y, families = np.array(material.texts, dtype=object), material.y, material.families
    labels = np.unique(y)
    logits = np.full((len(y), len(labels)), _UNSEEN)  # a label whose every family is left out
    for chosen, left_out in StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED).split(texts, y, families):
        fold = fit(*lessons(texts[chosen].tolist(), y[chosen]), texts[left_out].tolist())
        asked = np.isin(fold.labels, labels)
        seen = np.searchsorted(labels, fold.labels[asked])
        logits[np.ix_(left_out, seen)] = fold.logits[:, asked]
    return labels, logits


def training_material(clauses: Sequence[LabelledClause] | None = None) -> Material:
    """Clauses with their names masked, fine labels and families; by default of the packaged clauses, in their order."""
    reader = Reader(Vocabulary.of(seed.weapons(), seed.style_names()))
    clauses = training_clauses() if clauses is None else clauses
    return Material(
        [reader.read(reader.mend(clause.text)).masked for clause in clauses],
        np.array([clause.fine_label for clause in clauses]),
        np.array([clause.family or f"clause {number}" for number, clause in enumerate(clauses)]),
    )


def lessons(texts: Sequence[str], y: NDArray[np.str_]) -> tuple[list[str], NDArray[np.str_]]:
    """All that a router is fitted on: the clauses, messages that ask for several things, and slips of the finger."""
    return with_slips(*with_background(*with_several(texts, y)))


def with_several(texts: Sequence[str], y: NDArray[np.str_]) -> tuple[list[str], NDArray[np.str_]]:
    """Clauses and, beside them, messages that ask for several things: clauses of different labels, joined.

    From them the router learns what a message looks like that is rightly cut.
    """
    chance = random.Random(_SEED)
    wishes = [at for at, label in enumerate(y) if label.partition(":")[0] in _WISHES]
    joined: list[str] = []
    while len(joined) < _JOINED * len(texts) and len(set(y[wishes])) > 2:
        parts = chance.sample(wishes, 3 if chance.random() < _THREE else 2)
        if len({y[part] for part in parts}) == len(parts):
            text = texts[parts[0]].rstrip(" .?!")
            for part in parts[1:]:
                text += chance.choice(_JOINTS) + texts[part].rstrip(" .?!")
            joined.append(text)
    return [*texts, *joined], np.concatenate([y, np.full(len(joined), SEVERAL)])


def with_background(texts: Sequence[str], y: NDArray[np.str_]) -> tuple[list[str], NDArray[np.str_]]:
    """Clauses and, beside them, messages that tell something and ask for one thing: labelled as the wish alone.

    From them the router learns that many words need not be many wishes.
    """
    chance = random.Random(_SEED)
    heads = [label.partition(":")[0] for label in y]
    told = [text for text, head in zip(texts, heads, strict=True) if head in _BACKGROUND]
    wishes = [at for at, head in enumerate(heads) if head in _OURS]
    joined, labels = list(texts), [str(label) for label in y]
    for _ in range(round(_TOLD * len(texts)) if told and wishes else 0):
        wish, background = chance.choice(wishes), chance.choice(told).rstrip(" .?!,")
        parts = [background, texts[wish].rstrip(" .")]
        if chance.random() < _TOLD_AFTER:
            parts.reverse()
        joined.append(chance.choice(_TOLD_JOINTS).join(parts))
        labels.append(labels[wish])
    return joined, np.array(labels)


_BACKGROUND = frozenset({"statement", "greeting", "thanks"})
_TOLD_JOINTS = (". ", ", ", "; ", "! ", ", so ", " - ", ", and ")
_OURS = frozenset({"coach", "recommender", "artist", "quartermaster"})
_WISHES = frozenset({"coach", "recommender", "artist", "quartermaster", "off_topic", "refused"})


def _temperature(labels: NDArray[np.str_], logits: NDArray[np.float64], y: NDArray[np.str_]) -> float:
    """The temperature with the lowest held-out log-loss (Guo et al. 2017, On Calibration of Modern Neural Networks)."""
    truth = np.searchsorted(labels, y)

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        log_probability = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-log_probability[np.arange(len(y)), truth].mean())

    return float(min(_TEMPERATURES, key=loss))
