"""The recommender model that serves: found on this machine's disk, replaced while requests run.

Every request takes one reference, ``scorer()``, and uses it to its end. A thread looks at the registry's alias ``champion``; when
that names another version, it is fetched beside the running one, its hashes, decision and golden rows are checked, it scores the
shelf once, and then the reference is exchanged. Until then, and whatever fails on the way, the old model serves on.

A look costs half a millisecond of one core with MLflow on SQLite; MLflow itself 60 MB beside the shop's other libraries.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from hashiramart.config import Settings
from hashiramart.errors import HashiraError, Unavailable
from hashiramart.trouble import Trouble

if TYPE_CHECKING:
    from ml.registry import ChampionRef
    from ml.scorer import Scorer
    from tools.shelves import Shelf

_NONE_YET = "No model was promoted yet; `hashira up` trains and promotes the first one."
_JITTER = 0.2  # of the time between two looks: processes that started together do not ask together for ever
_GLANCE_S = 0.5
_STOP_S = 5

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Serving:
    """A model and what the registry knows it by: its version, and the hash of its manifest."""

    scorer: Scorer
    version: str
    release_sha256: str


@dataclass(frozen=True, slots=True)
class Served:
    """What a process answers with. ``version`` is the registry's number, ``model_version`` what answers name.

    ``trouble`` says what keeps another champion from serving, None where nothing does.
    """

    version: str | None
    model_version: str | None
    trouble: str | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the alias names, and what its files looked like in the registry."""

    found: ChampionRef
    traces: str


class Champion:
    """Holds the serving model of one process."""

    def __init__(self, settings: Settings, rehearse: Callable[[Scorer], None] = lambda _scorer: None) -> None:
        """Open nothing yet.

        Args:
            settings: where the registry and the models on disk are, and how often to look.
            rehearse: has a model score before it serves, so that the first request is not slow; an error keeps it out.
        """
        self._settings = settings
        self._rehearse = rehearse
        self._looking = Lock()
        self._dice = random.Random()  # of its own: drawing from everybody's would disturb whoever has seeded that
        self._serving: _Serving | None = None
        self._refused: tuple[_Seen, str] | None = None  # not tried again until something about it changes
        self._trouble = Trouble(logger, "Looking for the champion")

    def scorer(self) -> Scorer:
        """The serving model. A request asks once and keeps what it got. Never waits.

        Raises:
            Unavailable: there is no champion yet.
        """
        serving = self._serving
        if serving is None:
            raise Unavailable(self._trouble.cause or _NONE_YET)
        return serving.scorer

    def served(self) -> Served:
        """What this process answers with now, for whoever looks after the shop. Never waits."""
        serving, trouble = self._serving, self._trouble.cause
        if serving is None:
            return Served(None, None, trouble or _NONE_YET)
        return Served(serving.version, serving.scorer.model_version, trouble)

    def open(self) -> None:
        """Serve the last good model of this disk, without MLflow and without waiting; where there is none, look for one."""
        from ml.champion import last_good

        folder = last_good(self._settings)
        if folder is not None:
            try:
                self._serving = self._load(folder)
            except Exception:
                logger.exception("The last good model cannot be used")
        if self._serving is None:
            self.look()

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Look for another champion again and again, in a thread that ends with the block."""
        stop = Event()
        thread = Thread(target=self._follow, args=(stop,), name="champion", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(_STOP_S)  # importing MLflow cannot be interrupted; what is left of it dies with the process

    def look(self) -> None:
        """Ask the registry once, and serve what it names. Nothing is raised: what fails is logged, once per cause."""
        with self._looking:
            self._trouble.attempt(
                self._look,
                meanwhile=self._consolation,
                over=lambda: f"The champion is found again. {self._consolation()}",
            )

    def _follow(self, stop: Event) -> None:
        from ml.tracking import stamp

        while True:
            before = stamp(self._settings)
            self.look()
            due = time.monotonic() + self._settings.champion_poll_s * self._dice.uniform(1 - _JITTER, 1 + _JITTER)
            while True:
                if stop.wait(max(0.0, min(due - time.monotonic(), _GLANCE_S))):
                    return
                # A registry in a file of this machine shows at a glance that it has changed: a rollback need not wait.
                if time.monotonic() >= due or stamp(self._settings) != before:
                    break

    def _look(self) -> str | None:
        """One look; what stands in the way of the champion, if anything does.

        Raises:
            Unavailable: registry or disk; another look may find them in order.
        """
        from ml import registry

        found = registry.champion(self._settings)
        serving = self._serving
        if found is None:
            return _NONE_YET if serving is None else "The registry names no champion."
        if serving is not None and (serving.version, serving.release_sha256) == (found.version, found.release_sha256):
            return None
        seen = _Seen(found, registry.traces(self._settings, found))
        if self._refused is not None and self._refused[0] == seen:
            return self._refused[1]
        return self._take(seen)

    def _take(self, seen: _Seen) -> str | None:
        """Fetch, check, rehearse, exchange; or note the version as refused, and why."""
        from ml.champion import fetch, remember

        folder: Path | None = None
        try:
            folder = fetch(self._settings, seen.found)
            serving = self._load(folder)
        except HashiraError as error:
            if folder is None and isinstance(error, Unavailable):
                raise  # the way to it, not the model
            why = error.message
        except Exception as error:
            logger.exception("Version %s cannot be used", seen.found.version)
            why = f"{type(error).__name__}: {error}."
        else:
            self._serving, self._refused = serving, None
            logger.info("%s serves now", serving.scorer.model_version)
            remember(self._settings, folder)
            return None
        trouble = f"Version {seen.found.version} is refused: {why}"
        self._refused = (seen, trouble)
        return trouble

    def _load(self, folder: Path) -> _Serving:
        from ml.champion import manifest_hash
        from ml.scorer import Scorer

        serving = _Serving(Scorer.load(folder), folder.name, manifest_hash(folder))
        self._rehearse(serving.scorer)
        return serving

    def _consolation(self) -> str:
        return f"{self._serving.scorer.model_version} serves." if self._serving else "No model serves."


def rehearse(scorer: Scorer, shelf: Shelf) -> None:
    """Rank a shelf and explain the best of it, as a request does."""
    from ml.features import SlayerProfile
    from ml.ranking import rank
    from ml.reasons import explain

    for style in shelf.table.styles or ("",):
        slayer = SlayerProfile(level=10, strength=40, dexterity=40, stamina=40, breathing_style=style)
        best = rank(scorer, slayer, shelf.table, 10)
        explain(scorer, slayer, shelf.table, best.rows, success=best.success)
