"""What a shop of its own needs before slayers may come: manuals and a champion, taken over where the user's shop has them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from hashiramart.config import Settings

Tell = Callable[[str, float], None]

NO_PAINTER = "no-painter"
"""In place of an image model: pictures are ordered, and nobody paints them, for there is no worker."""


def own_settings(settings: Settings, home: Path) -> Settings:
    """The settings of a shop in ``home``: nothing is reached outside of it but the language model, and nothing is tried out."""
    return settings.model_copy(
        update={
            "home": home,
            "database_url": None,
            "chroma_url": None,
            "mlflow_tracking_uri": None,
            "image_model": None,  # the project's own: pictures are ordered, and nobody paints them, for there is no worker
            "image_base_url": None,
            "exploration": 0.0,
        }
    )


def furnish(home: Path, settings: Settings, tell: Tell) -> Settings:
    """Bring manuals and a champion into a state folder.

    Args:
        home: of a shop whose shelves are stocked.
        settings: of the user's shop; what it has of both is copied.
        tell: told of the progress.

    Returns:
        the settings of the shop in ``home``.

    Raises:
        HashiraError: neither can be taken over nor made.
    """
    from knowledge.corpus import corpus_paths
    from knowledge.embed import load_embedder
    from knowledge.ingest import ingest
    from knowledge.store import open_library

    own = own_settings(settings, home)
    if settings.chroma_url is None and settings.chroma_path.is_dir():
        shutil.copytree(settings.chroma_path, own.chroma_path)
    library = open_library(own, load_embedder(own))
    try:
        ingest(corpus_paths(), library, prune=True, tell=lambda _what, share: tell("reading the manuals", share))
    finally:
        library.close()
    _champion(own, settings, tell)
    return own


def _champion(own: Settings, settings: Settings, tell: Tell) -> None:
    """The user's last good model, or one trained for the occasion."""
    from ml import pipeline, registry
    from ml.champion import fetch_champion, last_good
    from ml.params import load_params
    from ml.workspace import default_root

    if last_good(settings) is not None:
        shutil.copytree(settings.models_path, own.models_path)
        return
    root = default_root(own)
    root.mkdir(parents=True, exist_ok=True)
    release = pipeline.run(
        root, load_params(settings.params_file), own, lambda stage, share, _text: tell(f"training: {stage}", share)
    )
    registry.promote(own, release)
    fetch_champion(own)
