"""The best weapons of every slayer, ranked on Dask workers, as a folder of Parquet files.

Slayers come in chunks. A chunk goes to a worker and comes back as a finished Parquet file, which this process writes; so the
workers need no disk in common with it. A new chunk is read only when an old one is written: a few of them are in memory,
however many slayers there are. Workers get the model as its text and read it themselves, once.

Each slayer's rows are what ``ml.ranking.rank`` gives, with no masks: stock and ownership change by the minute, and are asked
when a list is shown. The folder appears as a whole, or not at all (``ml.batch_folder``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hashiramart.models import utc_now
from ml.batch_folder import BatchManifest, replaced, write_part
from ml.batch_slayers import PROFILE, no_slayers
from ml.features import SlayerProfile, WeaponTable
from ml.ranking import rank
from ml.release import MODEL_FILE
from ml.scorer import Scorer

if TYPE_CHECKING:
    import pyarrow as pa
    from distributed import Client

_AHEAD = 2  # chunks in hand for each thread of the cluster: one in work, one waiting


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What is the same for all slayers: the model's text and version, the weapons, and how many of them a slayer gets."""

    model: str
    model_version: str
    weapons: WeaponTable
    top_k: int

    @classmethod
    def of(cls, release: Path, weapons: WeaponTable, top_k: int) -> Task:
        """With the model of a release folder.

        Raises:
            Unavailable: the release is damaged, or was made for other features.
        """
        version = Scorer.load(release).model_version  # checks hashes and features
        return cls((release / MODEL_FILE).read_text(encoding="utf-8"), version, weapons, top_k)


class Part(NamedTuple):
    """A Parquet file's bytes, and the slayers and rows in it."""

    file: bytes
    slayers: int
    rows: int


def score(
    client: Client,
    task: Task,
    slayers: Iterable[pa.Table],
    out: Path,
    on_done: Callable[[int], None] = lambda _slayers: None,
) -> BatchManifest:
    """Rank the weapons for all slayers; write ``part-00000.parquet`` … and ``manifest.json``.

    The columns are ``slayer_id``, ``position`` (from 1), ``weapon_id``, ``score`` (predicted probability of success) and
    ``model_version``; slayers in the order in which they come, whichever worker is done first.

    Args:
        client: of the cluster.
        task: model and weapons.
        slayers: tables with the columns of ``ml.batch_slayers``; each becomes a file.
        out: the folder: a new one, an empty one, or an earlier result, which is replaced.
        on_done: called with how many slayers are done; what it raises ends the run and leaves ``out`` as it was.

    Raises:
        InvalidInput: ``out`` holds something else.
        Conflict: another run is writing it.
        Unavailable: it cannot be written.
    """
    with replaced(out) as folder:
        parts = done = rows = 0
        for number, part in _ranked(client, task, slayers):
            write_part(folder, number, part.file)
            parts, done, rows = parts + 1, done + part.slayers, rows + part.rows
            on_done(done)
        manifest = BatchManifest(
            model_version=task.model_version,
            scored_at=utc_now(),
            slayers=done,
            weapons=len(task.weapons),
            top_k=task.top_k,
            parts=parts,
            rows=rows,
        )
        manifest.write(folder)
    return manifest


def _ranked(client: Client, task: Task, slayers: Iterable[pa.Table]) -> Iterator[tuple[int, Part]]:
    """The parts with their numbers, as they are done."""
    from distributed import as_completed

    chunks = iter(slayers)
    first = next(chunks, None)  # of nobody, there is one file all the same: readers find the columns
    numbered = enumerate(chain([no_slayers() if first is None else first], chunks))
    everywhere = client.scatter(task, broadcast=True, hash=False)
    running, number_of = as_completed(loop=client.loop), {}

    def send(count: int) -> None:
        for number, chunk in islice(numbered, count):
            future = client.submit(rank_chunk, everywhere, chunk, pure=False)
            number_of[future] = number
            running.add(future)

    send(_AHEAD * sum(client.nthreads().values()))
    for future in running:
        yield number_of.pop(future), future.result()
        send(1)


def rank_chunk(task: Task, slayers: pa.Table) -> Part:
    """What a worker does: rank the weapons for some slayers, and make a file of it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    scorer = _scorer(task.model, task.model_version)
    profiles = zip(*(slayers[name].to_pylist() for name in PROFILE), strict=True)
    rankings = [rank(scorer, SlayerProfile(*profile), task.weapons, task.top_k) for profile in profiles]
    each = min(task.top_k, len(task.weapons))
    rows = [row for ranking in rankings for row in ranking.rows.tolist()]
    ids = task.weapons.ids
    table = pa.table(
        {
            "slayer_id": slayers["slayer_id"].take(np.repeat(np.arange(len(rankings)), each)),
            "position": np.tile(np.arange(1, each + 1, dtype=np.int32), len(rankings)),
            "weapon_id": pa.array([ids[row] for row in rows], pa.string()),
            "score": np.concatenate([np.empty(0), *(ranking.success for ranking in rankings)]),
            "model_version": pa.repeat(pa.scalar(task.model_version), len(rows)),
        }
    )
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return Part(sink.getvalue().to_pybytes(), len(rankings), len(rows))


@lru_cache(maxsize=1)  # a worker reads the model once
def _scorer(model: str, model_version: str) -> Scorer:
    import lightgbm as lgb

    return Scorer(lgb.Booster(model_str=model), model_version)
