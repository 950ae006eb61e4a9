"""A folder of results that appears as a whole: written beside its place, and renamed when it is complete."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict

from hashiramart.errors import Conflict, InvalidInput, Unavailable
from ml.release import write_json

MANIFEST = "manifest.json"


class BatchManifest(BaseModel):
    """What a folder of scores holds. It is written last: a folder without it is no result."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model_version: str
    scored_at: dt.datetime
    slayers: int
    weapons: int
    top_k: int
    parts: int
    rows: int

    def write(self, folder: Path) -> None:
        """Write it into a folder.

        Raises:
            Unavailable: the disk does not take it.
        """
        with _writing(folder):
            write_json(folder / MANIFEST, self)


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """A folder to write into, which takes the place of ``out`` when the block ends well, and is gone when it does not.

    What a killed run left beside ``out`` is removed by the next one.

    Raises:
        InvalidInput: ``out`` is there and no earlier result.
        Conflict: another run is writing it.
        Unavailable: the folder cannot be written.
    """
    out = out.absolute()
    fresh, old = (out.with_name(f".{out.name}.{kind}") for kind in ("new", "old"))
    if out.exists() and not (out.is_dir() and ((out / MANIFEST).is_file() or not any(out.iterdir()))):
        raise InvalidInput("out", f"{out} is there already and holds no scores; name a new folder or an empty one.")
    lock = FileLock(out.with_name(f".{out.name}.lock"), timeout=0)
    with _writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout as error:
            raise Conflict("out", f"Another run is writing {out}.") from error
    try:
        with _writing(out):
            _clear(out, fresh, old)
            fresh.mkdir()
        yield fresh
        with _writing(out):
            if out.exists():
                out.rename(old)
            fresh.rename(out)
    finally:
        _clear(out, fresh, old)
        lock.release()


def write_part(folder: Path, number: int, content: bytes) -> None:
    """Write the Parquet file of a chunk.

    Raises:
        Unavailable: the disk does not take it.
    """
    path = folder / f"part-{number:05d}.parquet"
    with _writing(path):
        path.write_bytes(content)


def _clear(out: Path, fresh: Path, old: Path) -> None:
    """Leave only ``out``, the earlier one where a run ended between the two renames."""
    if old.exists() and not out.exists():
        old.rename(out)
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"{path} cannot be written: {error.strerror}.") from error
