"""Make an installation ready to serve. Every part is skipped when it is there already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from cli.console import err
from hashiramart import catalog
from hashiramart.accounts import ensure_demo_slayer
from hashiramart.config import Settings
from hashiramart.db import Database, open_database

Tell = Callable[[str, float], None]
"""Called with what is being done and the share of it that is done, 0 to 1."""


def prepare(settings: Settings, database: Database, tell: Tell) -> None:
    """Stock the shelves, fill the library, and train and promote a champion where there is none.

    Raises:
        HashiraError: a part could not be made ready.
    """
    tell("Stocking the shelves", 0)
    with database.service() as session:
        catalog.stock_shelves(session)
    if settings.demo_allowed:
        with database.session(None) as session:
            ensure_demo_slayer(session)
    tell("Stocking the shelves", 1)
    _fill_library(settings, tell)
    _find_champion(settings, database, tell)


def _fill_library(settings: Settings, tell: Tell) -> None:
    from knowledge.corpus import corpus_paths
    from knowledge.embed import load_embedder
    from knowledge.ingest import ingest
    from knowledge.store import open_library

    tell("Reading the manuals", 0)
    library = open_library(settings, load_embedder(settings))
    try:
        ingest(corpus_paths(), library, prune=True, tell=lambda _what, done: tell("Reading the manuals", done))
    finally:
        library.close()
    tell("Reading the manuals", 1)


def _find_champion(settings: Settings, database: Database, tell: Tell) -> None:
    """Train and promote a model if the registry has none. The work is done in the state folder, not in the source tree."""
    from hashiramart.errors import Unavailable
    from ml import registry
    from ml.champion import last_good

    tell("Looking for the champion", 0)
    try:
        found = registry.champion(settings)
    except Unavailable:
        if last_good(settings) is not None:
            return  # the registry is down, but the last good model is on disk
        raise
    # A registry that was lost is no reason to replace a model that has learned from real battles by one that has not.
    if found is None and last_good(settings) is None:
        _train_first(settings, database, tell)
    tell("Looking for the champion", 1)


def _train_first(settings: Settings, database: Database, tell: Tell) -> None:
    from ml import pipeline, registry
    from ml.params import load_params
    from ml.retrain import alone
    from ml.workspace import default_root

    with alone(database, wait=True):
        if registry.champion(settings) is not None:
            return  # somebody else was first
        root = default_root(settings)
        root.mkdir(parents=True, exist_ok=True)
        release = pipeline.run(
            root,
            load_params(settings.params_file),
            settings,
            lambda stage, done, _text: tell(f"Training the Recommender: {stage}", done),
        )
        registry.promote(settings, release)


class Progress:
    """Progress bars on a terminal, one line a part elsewhere."""

    def __enter__(self) -> Self:
        """Start drawing."""
        from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        console = err()
        self._plain = not console.is_terminal
        self._console = console
        self._current: tuple[str, TaskID | None] | None = None
        self._bars = Bars(
            TextColumn("[bold]{task.description:<44}"), BarColumn(28), TimeElapsedColumn(), console=console
        )
        if not self._plain:
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop drawing."""
        if not self._plain:
            self._bars.stop()

    def tell(self, what: str, done: float) -> None:
        """Show that ``done`` (0 to 1) of ``what`` is done."""
        if self._current is None or self._current[0] != what:
            if self._plain:
                self._console.print(f"{what}…", highlight=False)
                self._current = (what, None)
            else:
                if self._current and self._current[1] is not None:
                    self._bars.update(self._current[1], completed=1.0)
                self._current = (what, self._bars.add_task(what, total=1.0))
        task = self._current[1]
        if task is not None:
            self._bars.update(task, completed=done)


def run(settings: Settings) -> None:
    """``hashira prepare``."""
    settings.check_production()
    with Progress() as progress:
        progress.tell("Opening the database", 0)
        with open_database(settings) as database:
            prepare(settings, database, progress.tell)
    err().print("[green]✓[/] Ready to serve. Next: hashira serve", highlight=False)
