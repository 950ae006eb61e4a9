"""The router: which specialist a clause is for, as a probability over fine labels.

A linear layer over the views of the tuned encoder, a few lexical cues and a hashed bag of words. It is trained with the encoder
(``agents.planner.tune``) and stored as plain arrays (``router.npz``, no pickle); loading and predicting is numpy only.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from agents.planner.cues import CUE_NAMES, cues
from agents.planner.encoder import TunedEncoder, tuned_encoder
from agents.planner.training_data import training_bytes
from agents.planner.wordbag import PLACES, word_bags
from hashiramart.errors import SetupError

MODEL_FILE = "router.npz"
CUE_WEIGHT = 0.35  # of a cue against an embedding of length 1
BAG_WEIGHT = 0.7

Matrix = NDArray[np.float32]


class Encoder(Protocol):
    """What the router needs of an embedding model (``knowledge.embed.Embedder`` is one)."""

    name: str

    def encode(self, texts: Sequence[str], /) -> Matrix:
        """Embeddings of ``texts``: shape (n, d), each of length 1."""
        ...


def data_hash() -> str:
    """SHA-256 over what the stored model was made from: the clauses and the recipe of the features."""
    recipe = json.dumps([CUE_NAMES, CUE_WEIGHT, PLACES, BAG_WEIGHT]).encode()
    return hashlib.sha256(training_bytes() + recipe).hexdigest()


def features(clauses: Sequence[str], encoder: Encoder) -> Matrix:
    """Features of clauses (names masked): shape (n, d + number of cues + places of the word bag)."""
    return np.hstack([np.asarray(encoder.encode(list(clauses)), dtype=np.float32), lexical(clauses)])


def lexical(clauses: Sequence[str]) -> Matrix:
    """What is seen of clauses beside their embeddings: shape (n, number of cues + places of the word bag)."""
    answers = np.stack([cues(clause) for clause in clauses]) * np.float32(CUE_WEIGHT)
    return np.hstack([answers, word_bags(clauses) * np.float32(BAG_WEIGHT)])


@dataclass(frozen=True)
class Router:
    """A trained router. Immutable, so it may be shared by threads.

    Attributes:
        labels: fine labels, one a row of ``weights``.
        weights: shape (labels, features).
        bias: shape (labels,).
        temperature: divides the logits so that a probability means what it says (fitted on held-out folds).
        embedding_model: name of the embedding model it was trained on.
        data_sha256: ``data_hash()`` at the time of training.
    """

    labels: tuple[str, ...]
    weights: Matrix
    bias: Matrix
    temperature: float
    embedding_model: str
    data_sha256: str

    def probabilities(self, clauses: Sequence[str], encoder: Encoder) -> Matrix:
        """Probability of each label for each clause (names masked): shape (n, labels)."""
        logits = (features(clauses, encoder) @ self.weights.T + self.bias) / self.temperature
        logits -= logits.max(axis=1, keepdims=True)
        exponents = np.exp(logits)
        result: Matrix = exponents / exponents.sum(axis=1, keepdims=True)
        return result

    def to_bytes(self) -> bytes:
        """The stored form: the same model gives the same bytes."""
        buffer = io.BytesIO()
        about = {
            "labels": self.labels,
            "temperature": self.temperature,
            "embedding_model": self.embedding_model,
            "data_sha256": self.data_sha256,
        }
        np.savez_compressed(
            buffer,
            about=np.array(json.dumps(about)),
            weights=self.weights.astype(np.float16),
            bias=self.bias.astype(np.float32),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Router:
        """Read what ``to_bytes`` wrote.

        Raises:
            SetupError: the file is damaged or not a router.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as stored:
                about = json.loads(str(stored["about"]))
                return cls(
                    labels=tuple(about["labels"]),
                    weights=stored["weights"].astype(np.float32),
                    bias=stored["bias"],
                    temperature=float(about["temperature"]),
                    embedding_model=about["embedding_model"],
                    data_sha256=about["data_sha256"],
                )
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise SetupError("The planner's router.npz cannot be read; run dvc repro evals/dvc.yaml.") from error


def stored_path() -> Path:
    """Where the trained router stands in the package."""
    return Path(str(files(__package__).joinpath(MODEL_FILE)))


def load_router() -> tuple[Router, TunedEncoder]:
    """The stored router with the tuned encoder that it was trained with, whatever model the knowledge is embedded with.

    Raises:
        SetupError: a stored file is missing or damaged, or the two do not belong together.
    """
    path, tuned = stored_path(), tuned_encoder()
    if tuned is None or not path.exists():
        raise SetupError("The planner's router is not installed; install the shop again.")
    router = Router.from_bytes(path.read_bytes())
    if router.embedding_model != tuned.name:
        raise SetupError("The planner's router and its encoder do not belong together; run dvc repro evals/dvc.yaml.")
    return router, tuned
