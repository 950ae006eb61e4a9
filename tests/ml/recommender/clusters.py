"""Dask clusters for tests: one that somebody else runs, and what is left of one that we ran."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import psutil  # type: ignore[import-untyped]


@contextmanager
def running_cluster(workers: int, preload: str | None = None) -> Iterator[str]:
    """The address of a scheduler with workers in processes of their own, as ``HASHIRA_DASK_SCHEDULER`` would name it.

    Args:
        workers: how many.
        preload: Python that they run first.
    """
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0", "dashboard": False},
        silence_logs=logging.CRITICAL,
        preload=preload or [],
    ) as cluster:
        yield cluster.scheduler_address


def dask_processes(of: psutil.Process | None = None) -> list[psutil.Process]:
    """The processes that Dask started below this one (or another); Python's own tracker of resources is none of them."""
    found = []
    for child in (of or psutil.Process()).children(recursive=True):
        try:
            if "spawn_main" in " ".join(child.cmdline()):
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found
