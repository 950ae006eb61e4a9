"""The model registry: versions of released models, and which of them serves. The only module that talks to MLflow's registry.

A release is a version of the registered model ``weapon-recommender``, with or without the gate's blessing; its tags say what was
decided and why. The alias ``champion`` says which version the shop uses and ``previous`` which one it used before. A version that
was held back is on record and never gets an alias.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from hashiramart.config import Settings
from hashiramart.errors import Conflict, NotFound, Unavailable
from ml.lineage import sha256_file
from ml.release import MANIFEST_FILE, Release, verify
from ml.tracking import NAME, log_release, open_client, run_of, sqlite_file

_UNKNOWN = {"RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"}  # what MLflow says of names that mean nothing to it
_REASON_CHARS = 1000

ANY = "any"
"""Whichever version is the champion; versions are numbers."""


@dataclass(frozen=True, slots=True)
class ChampionRef:
    """The version that the alias ``champion`` points at, the hash of its manifest, and when its files were mended, if ever."""

    version: str
    run_id: str
    release_sha256: str
    mended: str = ""


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version, for people.

    Attributes:
        version: its number.
        aliases: ``champion``, ``previous``, both or none.
        decision: the gate's, "release" or "hold"; "unknown" where the version was made by hand.
        reason: the gate's.
        metrics: what the release measured, by name.
        trained_rows: battles it was trained on; None where nobody said.
        watermark: up to where the database was read; None without real battles.
        created_at: when it was registered.
    """

    version: str
    aliases: tuple[str, ...]
    decision: str
    reason: str
    metrics: dict[str, float]
    trained_rows: int | None
    watermark: str | None
    created_at: datetime


def register(settings: Settings, release_dir: Path) -> str:
    """Put a release on record, whatever the gate decided, without an alias.

    The same release again is the same version; if the registry's copy of its files was damaged, it is mended.

    Returns:
        The version of the registered model.

    Raises:
        Unavailable: the release is damaged, or the registry cannot be reached.
    """
    release = verify(release_dir)
    with open_client(settings) as client:
        return _register(client, settings, release_dir, release)


def promote(settings: Settings, release_dir: Path) -> str:
    """Register a release and make it the champion; the old champion becomes ``previous``.

    Promoting the release that already is the champion changes nothing.

    Returns:
        The version of the registered model.

    Raises:
        Conflict: the release was decided "hold".
        Unavailable: the release is damaged, or the registry cannot be reached.
    """
    release = verify(release_dir)
    if release.decision != "release":
        raise Conflict("decision", f"This model is held back: {release.reason}")
    with open_client(settings) as client:
        version = _register(client, settings, release_dir, release)
        _point_at(client, version)
    return version


def point_at(settings: Settings, version: str, *, believed: str | None = ANY) -> None:
    """Make a version that is on record the champion; the old champion becomes ``previous``.

    Args:
        settings: where the registry is.
        version: which.
        believed: the version that the caller takes for the champion, None for none.

    Raises:
        NotFound: there is no such version.
        Conflict: it was held back, or is no release of ours; or another version is the champion than was believed.
        Unavailable: the registry cannot be reached.
    """
    with open_client(settings) as client:
        _check(_alias(client, "champion"), believed)
        _point_at(client, version)


def rollback(settings: Settings, *, believed: str | None = ANY) -> str:
    """Let champion and previous change places.

    Args:
        settings: where the registry is.
        believed: as of ``point_at``.

    Returns:
        The version that is the champion now.

    Raises:
        Conflict: there is no previous champion, or another version is the champion than was believed.
        Unavailable: the registry cannot be reached.
    """
    with open_client(settings) as client:
        now, before = _alias(client, "champion"), _alias(client, "previous")
        _check(now, believed)
        if now is None or before is None or now.version == before.version:
            raise Conflict("previous", "There is no earlier champion to go back to.")
        client.set_registered_model_alias(NAME, "champion", before.version)
        client.set_registered_model_alias(NAME, "previous", now.version)
    return before.version


def versions(settings: Settings) -> list[VersionInfo]:
    """All versions, the newest first.

    Raises:
        Unavailable: the registry cannot be reached.
    """
    if _never_used(settings):
        return []
    with open_client(settings) as client:
        found = client.search_model_versions(f"name = '{NAME}'", order_by=["version_number DESC"])
        aliases: dict[str, str] = client.get_registered_model(NAME).aliases if found else {}
    return [_info(version, aliases) for version in found]


def champion(settings: Settings) -> ChampionRef | None:
    """What the alias ``champion`` points at now, or None when nothing was promoted yet.

    Raises:
        Unavailable: the registry cannot be reached.
    """
    if _never_used(settings):
        return None  # nothing to ask, and no reason to import MLflow
    with open_client(settings) as client:
        return _alias(client, "champion")


def download(settings: Settings, found: ChampionRef, into: Path) -> Path:
    """Download the files of a version into a folder below ``into`` and return that folder, unchecked.

    Raises:
        Unavailable: the registry cannot be reached or has lost the files.
    """
    with open_client(settings) as client:
        return _download(client, found, into)


def traces(settings: Settings, found: ChampionRef) -> str:
    """What can be seen of a version's files without fetching them. It changes when somebody replaces them.

    Raises:
        Unavailable: the registry cannot be reached.
    """
    folder = _artifact_folder(found.release_sha256)
    with open_client(settings) as client:
        root = urlsplit(str(client.get_run(found.run_id).info.artifact_uri))
        if root.scheme in {"", "file"}:
            files = sorted((Path(url2pathname(root.path)) / folder).glob("*"))
            return " ".join(f"{path.name}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in files)
        listed = client.list_artifacts(found.run_id, folder)
        return " ".join(sorted(f"{each.path}:{each.file_size}" for each in listed))


def _never_used(settings: Settings) -> bool:
    database = sqlite_file(settings)
    return database is not None and not database.exists()


def _artifact_folder(release_sha256: str) -> str:
    return f"release-{release_sha256[:12]}"


def _register(client: Any, settings: Settings, release_dir: Path, release: Release) -> str:
    sha = sha256_file(release_dir / MANIFEST_FILE)
    known = client.search_model_versions(f"name = '{NAME}' and tags.release_sha256 = '{sha}'")
    if known:
        first = min(known, key=lambda each: int(each.version))
        if not _intact(client, _ref(first)):
            log_release(client, str(first.run_id), release_dir, _artifact_folder(sha))
            client.set_model_version_tag(NAME, first.version, "mended", datetime.now(UTC).isoformat())
        return str(first.version)
    if not client.search_registered_models(f"name = '{NAME}'"):
        client.create_registered_model(NAME, description="Success of a slayer with a weapon; text files only.")
    run_id = run_of(client, settings, release.training)
    folder = _artifact_folder(sha)
    log_release(client, run_id, release_dir, folder)
    made = client.create_model_version(
        NAME,
        source=f"{client.get_run(run_id).info.artifact_uri}/{folder}",
        run_id=run_id,
        tags={
            "release_sha256": sha,
            "data_sha256": release.training.data_sha256,
            "watermark": release.training.watermark or "null",
            "decision": release.decision,
            "reason": release.reason[:_REASON_CHARS],
            "metrics": json.dumps(release.metrics),
            "trained_rows": str(release.training.train_rows),
        },
    )
    return str(made.version)


def _point_at(client: Any, version: str) -> None:
    from mlflow.exceptions import MlflowException

    try:
        tags = client.get_model_version(NAME, version).tags
    except MlflowException as error:
        if error.error_code not in _UNKNOWN:
            raise
        raise NotFound("version", f"There is no version {version}. 'hashira models' lists those there are.") from error
    if _decision(tags) != "release":
        reason = tags.get("reason", "it is no release of this shop.")
        raise Conflict("version", f"Version {version} is held back: {reason}")
    before = _alias(client, "champion")
    if before is not None and before.version == version:
        return
    # In this order a promotion that was cut off is put right by the next one.
    if before is not None:
        client.set_registered_model_alias(NAME, "previous", before.version)
    client.set_registered_model_alias(NAME, "champion", version)


def _check(champion: ChampionRef | None, believed: str | None) -> None:
    found = None if champion is None else champion.version
    if believed not in {ANY, found}:
        now = "there is no champion" if found is None else f"version {found} is the champion"
        raise Conflict("champion", f"Somebody was quicker: {now} now. Look again before you decide.")


def _decision(tags: dict[str, str]) -> str:
    # Before the tag there were only releases.
    return tags.get("decision", "release" if tags.get("release_sha256") else "unknown")


def _alias(client: Any, alias: str) -> ChampionRef | None:
    from mlflow.exceptions import MlflowException

    try:
        return _ref(client.get_model_version_by_alias(NAME, alias))
    except MlflowException as error:
        if error.error_code in _UNKNOWN:
            return None
        raise


def _ref(version: Any) -> ChampionRef:
    tags = version.tags
    return ChampionRef(
        str(version.version), str(version.run_id), tags.get("release_sha256", ""), tags.get("mended", "")
    )


def _info(version: Any, aliases: dict[str, str]) -> VersionInfo:
    tags, number = version.tags, str(version.version)
    watermark, rows = tags.get("watermark", "null"), tags.get("trained_rows")
    return VersionInfo(
        version=number,
        aliases=tuple(sorted(alias for alias, target in aliases.items() if str(target) == number)),
        decision=_decision(tags),
        reason=tags.get("reason", ""),
        metrics=json.loads(tags.get("metrics", "{}")),
        trained_rows=None if rows is None else int(rows),
        watermark=None if watermark == "null" else watermark,
        created_at=datetime.fromtimestamp(version.creation_timestamp / 1000, UTC),
    )


def _intact(client: Any, found: ChampionRef) -> bool:
    from mlflow.exceptions import MlflowException

    with tempfile.TemporaryDirectory() as scratch:
        try:
            folder = _download(client, found, Path(scratch))
            verify(folder)
            return sha256_file(folder / MANIFEST_FILE) == found.release_sha256
        except (MlflowException, OSError, Unavailable):  # lost, half there, or not what was registered
            return False


def _download(client: Any, found: ChampionRef, into: Path) -> Path:
    return Path(client.download_artifacts(found.run_id, _artifact_folder(found.release_sha256), str(into)))
