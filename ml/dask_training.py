"""Training on several Dask workers with ``lightgbm.dask``: each holds a share of the battles, and they agree on every split.

A share is every n-th battle, so each looks like the whole: LightGBM takes the bins of a feature from one worker's share alone.
A worker reads its share from the split's Parquet, in batches, if it sees the same files under the same path (by their SHA-256);
otherwise this process reads the share and sends it. So no process ever holds more than its share, LightGBM's copy of it, and a
batch.

The same battles on the same number of workers give the same bytes as long as Dask leaves the shares where they were put, which
it does; with another number of workers, sums are rounded in another order and bins come from other shares, and the model is an
equal one with other bytes. LightGBM itself opens a port on every worker, on all its network's interfaces, and sends sums of
battles through it unencrypted while trees grow: workers must be able to reach each other.
"""

from __future__ import annotations

import re
import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hashiramart.errors import InvalidInput, Unavailable
from ml.dask_cluster import is_ours
from ml.features import FEATURES, Float32
from ml.lineage import sha256_file
from ml.tables import BATTLE_COLUMNS, battle_matrix, read_table

if TYPE_CHECKING:
    import lightgbm as lgb
    from distributed import Client

_LEAST_ROWS = 10_000  # of a share; for less, another worker costs more than it saves
_BATCH_ROWS = 250_000
_LOOK_S = 0.5
_RESTART_S = 20
_SKLEARN_NAMES = {"lambda_l2": "reg_lambda", "min_data_in_leaf": "min_child_samples", "seed": "random_state"}
# Where LightGBM happened to run is no part of a model.
_NETWORK = {"machines": "", "local_listen_port": "12400", "time_out": "120"}


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """Some of the battles: features, float32 (n, 8), and outcomes, 0 or 1, (n,)."""

    matrix: Float32
    outcome: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known here of a share that lies elsewhere: battles, those that were won, and the ranges of the features."""

    rows: int
    won: int
    ranges: Float32

    @classmethod
    def of(cls, share: Share) -> Summary:
        """Sum up a share that has rows."""
        ranges = np.stack([share.matrix.min(axis=0), share.matrix.max(axis=0)])
        return cls(len(share.outcome), int(share.outcome.sum()), ranges)


@dataclass(frozen=True, slots=True)
class Grown:
    """A trained model: its text, the battles it learned from, and the lowest and highest value of each feature, (2, 8)."""

    text: str
    rows: int
    ranges: Float32


def read_share(battles: Path, weapons: Path, number: int, count: int) -> Share:
    """Every ``count``-th battle of a Parquet file, from row ``number`` on.

    Raises:
        Unavailable: a file is missing.
        InvalidInput: a battle's weapon is not among the weapons.
    """
    import pyarrow.parquet as pq

    if not battles.is_file():
        raise Unavailable(f"{battles} is missing; run the stage split first.")
    known = read_table(weapons, "split")
    matrices, outcomes, first = [], [], 0
    for batch in pq.ParquetFile(battles).iter_batches(_BATCH_ROWS, columns=list(BATTLE_COLUMNS)):
        rows = np.arange((number - first) % count, batch.num_rows, count)
        first += batch.num_rows
        taken = batch.take(rows).to_pandas()
        matrices.append(battle_matrix(taken, known))
        outcomes.append(taken["success"].to_numpy(np.int8))
    return Share(np.concatenate(matrices), np.concatenate(outcomes))


def grow(
    client: Client,
    battles: Path,
    weapons: Path,
    settings: Mapping[str, Any],
    rounds: int,
    on_share: Callable[[float], None] = lambda _share: None,
) -> Grown:
    """Train on a cluster.

    Args:
        client: of the cluster.
        battles: Parquet file of the training battles.
        weapons: Parquet file of the weapons.
        settings: LightGBM's, under its own names; the workers' own number of threads replaces ``num_threads``.
        rounds: trees.
        on_share: called now and then with the share of trees that are grown; what it raises ends the training.

    Raises:
        InvalidInput: there are no battles, or all ended the same way.
        Unavailable: a file is missing, a worker was lost, or the workers cannot work together.
    """
    import pyarrow.parquet as pq

    if not battles.is_file():
        raise Unavailable(f"{battles} is missing; run the stage split first.")
    rows = pq.read_metadata(battles).num_rows
    if rows == 0:
        raise _one_sided()
    workers = sorted(client.nthreads())[: max(1, rows // _LEAST_ROWS)]
    shares = _place(client, workers, battles, weapons)
    summaries: list[Summary] = client.gather(
        [client.submit(Summary.of, share, workers=[at], pure=False) for at, share in zip(workers, shares, strict=True)]
    )
    if any(each.won in {0, each.rows} for each in summaries):
        raise _one_sided()
    booster = _fit(client, workers, shares, summaries, settings, rounds, on_share)
    ranges = np.stack([each.ranges for each in summaries])
    return Grown(
        text=without_network(booster.model_to_string()),
        rows=sum(each.rows for each in summaries),
        ranges=np.stack([ranges[:, 0].min(axis=0), ranges[:, 1].max(axis=0)]),
    )


def without_network(text: str) -> str:
    """A model's text without the addresses and ports that its training happened to use."""
    for name, default in _NETWORK.items():
        text = re.sub(rf"^\[{name}: .*\]$", f"[{name}: {default}]", text, flags=re.MULTILINE)
    return text


def _one_sided() -> InvalidInput:
    return InvalidInput("success", "Training needs battles that were won and battles that were lost.")


def _hashes(*paths: Path) -> tuple[str | None, ...]:
    return tuple(sha256_file(path) if path.is_file() else None for path in paths)


def _place(client: Client, workers: list[str], battles: Path, weapons: Path) -> list[Any]:
    """The shares as Dask's futures, one on each worker."""
    battles, weapons = battles.absolute(), weapons.absolute()
    ours, theirs = _hashes(battles, weapons), client.run(_hashes, battles, weapons, workers=workers)
    shares = []
    for number, worker in enumerate(workers):
        what = (battles, weapons, number, len(workers))
        if theirs[worker] == ours:
            share = client.submit(read_share, *what, workers=[worker], allow_other_workers=False, pure=False)
        else:
            share = client.scatter(read_share(*what), workers=[worker], hash=False)
        shares.append(share)
    return shares


def _fit(
    client: Client,
    workers: list[str],
    shares: list[Any],
    summaries: list[Summary],
    settings: Mapping[str, Any],
    rounds: int,
    on_share: Callable[[float], None],
) -> lgb.Booster:
    import dask.array as da
    import lightgbm as lgb

    def column(name: str, dtype: type, *width: int) -> Any:
        parts = [
            client.submit(attrgetter(name), share, workers=[at], allow_other_workers=False, pure=False)
            for at, share in zip(workers, shares, strict=True)
        ]
        shapes = [(each.rows, *width) for each in summaries]
        return da.concatenate([da.from_delayed(part, shape, dtype) for part, shape in zip(parts, shapes, strict=True)])

    matrix, outcome = column("matrix", np.float32, len(FEATURES)), column("outcome", np.int8)
    lgb.register_logger(_Discreet())
    client.run(_be_discreet, workers=workers)
    named = {_SKLEARN_NAMES.get(name, name): value for name, value in settings.items() if name != "num_threads"}
    model = lgb.DaskLGBMClassifier(client=_InOrder(client, workers), n_estimators=rounds, time_out=1, **named)
    progress = _Progress(f"hashira-training-{id(model):x}", max(1, rounds // 50), rounds)
    reached = _Reached()
    client.subscribe_topic(progress.topic, reached)

    def fit() -> lgb.Booster:
        with client.as_current():  # lightgbm.dask waits for the current client's futures
            return model.fit(matrix, outcome, feature_name=list(FEATURES), callbacks=[progress]).booster_

    crew = ThreadPoolExecutor(1, thread_name_prefix="lightgbm-dask")
    fitting = crew.submit(fit)
    try:
        _watch(client, workers, fitting, lambda: on_share(reached.share))
        return fitting.result()
    except lgb.basic.LightGBMError as error:
        _stop(client, workers)
        raise Unavailable(f"The Dask workers could not train together: {error}") from error
    except BaseException:
        _stop(client, workers)
        raise
    finally:
        client.unsubscribe_topic(progress.topic)
        crew.shutdown(wait=False)


def _watch(client: Client, workers: list[str], fitting: Future[lgb.Booster], tell: Callable[[], None]) -> None:
    """Wait for LightGBM, which itself waits forever for a worker that is gone."""
    while not wait([fitting], _LOOK_S).done:
        tell()
        if not set(workers) <= set(client.nthreads()):
            raise Unavailable("A Dask worker was lost while the model was trained on it; train again.")
    tell()


def _stop(client: Client, workers: list[str]) -> None:
    """Free the workers of a cluster that stays: what LightGBM waits for there will not come, and Dask cannot end a thread."""
    if not is_ours(client) and client.status == "running":
        left = [worker for worker in workers if worker in client.nthreads()]
        client.restart_workers(left, timeout=_RESTART_S, raise_for_error=False)


class _InOrder:
    """A client that names workers in one order: LightGBM numbers them as they come, and Dask has them in a set."""

    def __init__(self, client: Client, workers: list[str]) -> None:
        self._client, self._place = client, {worker: place for place, worker in enumerate(workers)}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def who_has(self, futures: list[Any]) -> dict[str, Sequence[str]]:
        """Which worker has each future, by the workers' order."""
        found = self._client.who_has(futures)
        return dict(sorted(found.items(), key=lambda each: self._place.get(next(iter(each[1]), ""), -1)))


class _Discreet:
    """LightGBM's messages without those that it prints at every distributed training."""

    def info(self, message: str) -> None:
        """Drop it: standard output belongs to the command."""

    def warning(self, message: str) -> None:
        """Warn as LightGBM does, but for a parameter that nobody set."""
        if message != "Parameter n_jobs will be ignored.":
            warnings.warn(message, stacklevel=3)


def _be_discreet() -> None:
    import lightgbm as lgb

    lgb.register_logger(_Discreet())


@dataclass(frozen=True)  # no slots: LightGBM sets attributes of a callback
class _Progress:
    """LightGBM's callback in a worker: tells the client now and then how many trees there are."""

    topic: str
    every: int
    rounds: int

    def __call__(self, env: Any) -> None:
        grown = env.iteration + 1
        if grown % self.every == 0:
            from distributed import get_worker

            get_worker().log_event(self.topic, grown / self.rounds)


class _Reached:
    """The highest share of trees that any worker told of."""

    def __init__(self) -> None:
        self.share = 0.0
        self._lock = threading.Lock()

    def __call__(self, event: tuple[float, float]) -> None:
        with self._lock:
            self.share = max(self.share, event[1])
