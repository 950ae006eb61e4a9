"""The champion on this machine's disk.

Every process keeps the models it served in ``settings.models_path/<version>``, and a note beside them says which was found good
last. A registry that is down, or gives damaged files, therefore stops nobody: the last good model serves on.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from hashiramart.config import Settings
from hashiramart.errors import Conflict, Unavailable
from ml import registry
from ml.lineage import sha256_file
from ml.registry import ChampionRef
from ml.release import MANIFEST_FILE, REGISTERED_FILE, Registered, read_registered, verify, write_json
from ml.scorer import Scorer
from ml.tracking import NAME

_POINTER_FILE = "champion.json"
_LOCK_S = 60
_KEPT = 5

_log = logging.getLogger(__name__)


def fetch_champion(settings: Settings) -> Path:
    """The folder of the champion, downloaded if it is not on this disk yet, checked, and remembered as good.

    Imports MLflow (seconds) unless nothing was ever promoted; ``last_good`` answers at once.

    Raises:
        Unavailable: nothing was promoted yet, or neither the registry nor the disk has a good model.
    """
    try:
        found = registry.champion(settings)
        if found is not None:
            folder = fetch(settings, found)
            Scorer.load(folder)
            remember(settings, folder)
            return folder
    except (Conflict, Unavailable) as error:
        kept = last_good(settings)
        if kept is None:
            raise Unavailable(error.message) from error
        _log.warning("The champion could not be fetched, the last good model serves on: %s", error)
        return kept
    raise Unavailable("No model was promoted yet; `hashira up` trains and promotes the first one.")


def last_good(settings: Settings) -> Path | None:
    """The folder of the model that was found good last, if it is still intact. Needs no registry and no MLflow."""
    try:
        folder = settings.models_path / read_registered(settings.models_path / _POINTER_FILE).version
        verify(folder)
    except Unavailable:
        return None
    return folder


def fetch(settings: Settings, found: ChampionRef) -> Path:
    """Have a version on disk, whole: it is fetched beside its place and moved in, so no reader sees half a model.

    Returns:
        Its folder. Hashes and decision are checked, the model itself is not: see ``Scorer.load``.

    Raises:
        Conflict: what the registry holds is not the release that was registered, or it was held back.
        Unavailable: the registry or the disk let us down; another time it may work.
    """
    folder = settings.models_path / found.version
    with _shelf(settings) as scratch:
        if not _is(folder, found):
            fresh = registry.download(settings, found, scratch)
            if not _is(fresh, found):
                raise Conflict(
                    "version", f"Version {found.version} in the registry is not the release that was promoted."
                )
            release = verify(fresh)
            if release.decision != "release":
                raise Conflict("version", f"Version {found.version} is held back: {release.reason}")
            write_json(fresh / REGISTERED_FILE, Registered(name=NAME, version=found.version))
            if folder.exists():
                folder.rename(scratch / "replaced")
            fresh.rename(folder)
    return folder


def remember(settings: Settings, folder: Path) -> None:
    """Note a fetched version as the last good one; of the versions on disk the latest few are kept beside it.

    Raises:
        Unavailable: the disk does not take it.
    """
    with _shelf(settings) as scratch:
        write_json(scratch / _POINTER_FILE, Registered(name=NAME, version=folder.name))
        (scratch / _POINTER_FILE).replace(settings.models_path / _POINTER_FILE)
        folder.touch()
        versions = [each for each in settings.models_path.iterdir() if (each / MANIFEST_FILE).is_file()]
        for old in sorted(versions, key=lambda each: each.stat().st_mtime_ns)[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)


def manifest_hash(folder: Path) -> str:
    """SHA-256 of a release's manifest: what the registry knows it by.

    Raises:
        Unavailable: it cannot be read.
    """
    try:
        return sha256_file(folder / MANIFEST_FILE)
    except OSError as error:
        raise Unavailable(f"{folder / MANIFEST_FILE} cannot be read.") from error


@contextmanager
def _shelf(settings: Settings) -> Iterator[Path]:
    """Alone with the models on disk; gives a scratch folder on the same disk."""
    shelf = settings.models_path
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        with (
            FileLock(shelf / ".lock", timeout=_LOCK_S),
            tempfile.TemporaryDirectory(dir=shelf, prefix=".fetch-") as scratch,
        ):
            yield Path(scratch)
    except Timeout as error:
        raise Unavailable(f"Another process has held {shelf} for over {_LOCK_S} s.") from error
    except OSError as error:
        raise Unavailable(f"The model cannot be kept in {shelf}: {error.strerror}.") from error


def _is(folder: Path, expected: ChampionRef) -> bool:
    try:
        verify(folder)
        return manifest_hash(folder) == expected.release_sha256
    except Unavailable:
        return False
