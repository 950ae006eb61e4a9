"""The recommender model that serves: loaded once, replaced as a whole."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from hashiramart.config import Settings

if TYPE_CHECKING:
    from ml.scorer import Scorer


class Champion:
    """Holds the serving model. ``scorer()`` fetches it from the registry on first use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._scorer: Scorer | None = None

    def scorer(self) -> Scorer:
        """The serving model.

        Raises:
            Unavailable: there is no champion yet.
        """
        if self._scorer is None:
            with self._lock:
                if self._scorer is None:
                    self._scorer = self._load()
        return self._scorer

    def _load(self) -> Scorer:
        from ml.champion import fetch_champion
        from ml.scorer import Scorer

        return Scorer.load(fetch_champion(self._settings))
