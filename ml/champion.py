"""The champion on this machine's disk.

Every process keeps the model it serves in ``settings.models_path/<version>``, and a note beside it says which version was fetched
last. A registry that is down, or gives damaged files, therefore stops nobody: the last good model serves on.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml import registry
from ml.lineage import sha256_file
from ml.registry import ChampionRef
from ml.release import MANIFEST_FILE, REGISTERED_FILE, Registered, read_registered, verify, write_json

_POINTER_FILE = "champion.json"
_LOCK_S = 60

_log = logging.getLogger(__name__)


def fetch_champion(settings: Settings) -> Path:
    """The folder of the champion, downloaded if it is not on this disk yet, and checked against its hashes.

    Imports MLflow (seconds) unless nothing was ever promoted; ``last_good`` answers at once.

    Raises:
        Unavailable: nothing was promoted yet, or neither the registry nor the disk has a good model.
    """
    try:
        found = registry.champion(settings)
        if found is not None:
            return _keep(settings, found)
    except Unavailable as error:
        kept = last_good(settings)
        if kept is None:
            raise
        _log.warning("The champion could not be fetched, the last good model serves on: %s", error)
        return kept
    raise Unavailable("No model was promoted yet; `hashira up` trains and promotes the first one.")


def last_good(settings: Settings) -> Path | None:
    """The folder of the model that this machine fetched last, if it is still intact. Needs no registry and no MLflow."""
    try:
        folder = settings.models_path / read_registered(settings.models_path / _POINTER_FILE).version
        verify(folder)
    except Unavailable:
        return None
    return folder


def _keep(settings: Settings, found: ChampionRef) -> Path:
    """Have the version on disk, whole: it is fetched beside its place and swapped in, so no reader sees half a model."""
    shelf = settings.models_path
    folder, note = shelf / found.version, Registered(name=registry.NAME, version=found.version)
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        with (
            FileLock(shelf / ".lock", timeout=_LOCK_S),
            tempfile.TemporaryDirectory(dir=shelf, prefix=".fetch-") as scratch,
        ):
            if not _is(folder, found):
                fresh = registry.download(settings, found, Path(scratch))
                if not _is(fresh, found):
                    raise Unavailable(f"Version {found.version} in the registry is not the release that was promoted.")
                write_json(fresh / REGISTERED_FILE, note)
                if folder.exists():
                    folder.rename(Path(scratch) / "replaced")
                fresh.rename(folder)
            write_json(Path(scratch) / _POINTER_FILE, note)
            (Path(scratch) / _POINTER_FILE).replace(shelf / _POINTER_FILE)
    except Timeout as error:
        raise Unavailable(f"Another process has held {shelf} for over {_LOCK_S} s.") from error
    except OSError as error:
        raise Unavailable(f"The model cannot be kept in {shelf}: {error.strerror}.") from error
    return folder


def _is(folder: Path, expected: ChampionRef) -> bool:
    try:
        verify(folder)
    except Unavailable:
        return False
    return sha256_file(folder / MANIFEST_FILE) == expected.release_sha256
