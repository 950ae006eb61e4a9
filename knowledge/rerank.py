"""Reranking: a cross-encoder that reads question and passage together, where one is configured."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hashiramart.errors import SetupError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker:
    """A sentence-transformers cross-encoder behind a lock. Nothing is loaded before the first question.

    Args:
        location: folder of the weights, or a hub name.
    """

    def __init__(self, location: str) -> None:
        self._location = location
        self._model: CrossEncoder | None = None
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the question; higher is better, and only the order means anything.

        Raises:
            SetupError: the model cannot be loaded.
        """
        with self._lock:
            model = self._loaded()
            return [float(one) for one in model.predict([(question, text) for text in texts], show_progress_bar=False)]

    def _loaded(self) -> CrossEncoder:
        if self._model is None:
            from sentence_transformers import CrossEncoder

            try:
                self._model = CrossEncoder(self._location)
            except (OSError, ValueError, RuntimeError) as error:
                raise SetupError(
                    f"The cross-encoder cannot be loaded from {self._location}: {error} "
                    "Set HASHIRA_RERANK_MODEL to a sentence-transformers cross-encoder, or leave it unset."
                ) from error
        return self._model
