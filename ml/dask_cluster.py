"""The Dask cluster that training and scoring run on: the one that the settings name, or processes on this machine.

Processes made here listen on the loopback only, talk through TLS with a key of their own (whoever reaches a Dask scheduler may
run code in it, and other users of a machine reach its loopback), have no dashboard, and end with the block that asked for them.
On a cluster that somebody else runs, this package must be installed in the workers.
"""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from hashiramart.config import Settings
from hashiramart.errors import Unavailable

if TYPE_CHECKING:
    from distributed import Client

_ANSWER_S = 3
_START_S = 60  # processes that import LightGBM on a busy machine
_SETTING = "HASHIRA_DASK_SCHEDULER"

_QUIET = {
    "distributed.diagnostics.nvml": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
    # What does not fit is an error, not a pickle on a disk.
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.target": False,
    "distributed.logging.distributed": "critical",
}


@contextmanager
def connected(settings: Settings, *, workers: int, threads: int) -> Iterator[Client]:
    """A client of the configured cluster, or of one made for this block, with at least one worker.

    Args:
        settings: may name a scheduler.
        workers: processes of a cluster that is made here.
        threads: of each of those.

    Raises:
        Unavailable: the scheduler cannot be reached, has no workers or some without this package, or the cluster was lost
            inside the block.
    """
    import dask
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError, FuturesCancelledError
    from distributed.comm import CommClosedError

    address = settings.dask_scheduler
    lost = (CommClosedError, FutureCancelledError, FuturesCancelledError, KilledWorker)
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_QUIET))
        client = stack.enter_context(_local(workers, threads) if address is None else _configured(address))
        try:
            yield client
        except lost as error:
            where = "on this machine" if address is None else f"at {address} ({_SETTING})"
            raise Unavailable(f"The Dask cluster {where} was lost on the way ({type(error).__name__}).") from error


def is_ours(client: Client) -> bool:
    """Whether the cluster was made by ``connected`` and ends with its block."""
    return client.cluster is not None


@contextmanager
def _local(workers: int, threads: int) -> Iterator[Client]:
    from distributed import Client, LocalCluster

    with (
        tempfile.TemporaryDirectory(prefix="hashira-dask-", ignore_cleanup_errors=True) as scratch,
        LocalCluster(
            n_workers=workers,
            threads_per_worker=threads,
            processes=True,
            host="127.0.0.1",
            security=True,
            dashboard_address=None,
            # Without these, Dask tries its well-known port all the same, and complains where it is taken.
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0", "dashboard": False},
            worker_dashboard_address=None,
            local_directory=scratch,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster, timeout=_START_S, set_as_default=False) as client,
    ):
        client.run(_mute)
        yield client


def _mute() -> None:
    """Close a worker's standard output: what LightGBM prints there would stand in the middle of this command's answer."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@contextmanager
def _configured(address: str) -> Iterator[Client]:
    from distributed import Client

    try:
        asyncio.run(_knock(address))
    except (ValueError, TypeError) as error:  # TypeError: tls:// without Dask's own TLS settings
        raise Unavailable(f"{_SETTING} is {address!r}, which Dask does not understand: {error}.") from error
    except (OSError, MemoryError) as error:  # something else that answers sends what reads as a message of exabytes
        raise Unavailable(f"No Dask scheduler answers at {address} ({_SETTING}).") from error
    with Client(address, timeout=_START_S, set_as_default=False) as client:
        if not client.nthreads():
            raise Unavailable(f"The Dask scheduler at {address} ({_SETTING}) has no workers.")
        _check_equipment(client, address)
        yield client


def _check_equipment(client: Client, address: str) -> None:
    """Refuse workers that lack what they are to run: Dask would wait for their answer forever."""
    ours = _lightgbm_version()
    for worker, theirs in client.run(_lightgbm_version, on_error="return").items():
        if theirs != ours:
            raise Unavailable(
                f"The Dask worker {worker} of {address} ({_SETTING}) must have this package and LightGBM {ours} installed; "
                f"asked for its LightGBM it says: {theirs}."
            )


def _lightgbm_version() -> str:
    import lightgbm

    return str(lightgbm.__version__)


async def _knock(address: str) -> None:
    """Have the scheduler say who it is, within seconds; Dask's client would try for longer, and not let go when it failed."""
    import dask
    from distributed.core import rpc
    from distributed.security import Security

    with dask.config.set({"distributed.comm.timeouts.connect": f"{_ANSWER_S}s"}):
        async with rpc(address, connection_args=Security().get_connection_args("client"), timeout=_ANSWER_S) as node:
            await asyncio.wait_for(node.identity(n_workers=0), _ANSWER_S)
