"""Rank the catalogue for every slayer at once, into a folder of Parquet files."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from cli.console import err, print_json
from cli.prepare import Progress
from hashiramart import catalog
from hashiramart.config import Settings
from hashiramart.db import open_database


def run(
    settings: Settings, out: Path | None, *, slayers: Path | None, top_k: int, workers: int | None, as_json: bool
) -> None:
    """``hashira score``.

    Args:
        settings: the shop's settings.
        out: the folder of the result; None for ``scores`` in the state folder.
        slayers: Parquet file of slayers; None for those of the shop.
        top_k: weapons for each.
        workers: processes where no Dask scheduler is configured; None for what ``params.yaml`` says.
        as_json: for programs.
    """
    from ml import batch, batch_slayers
    from ml.champion import fetch_champion
    from ml.dask_cluster import connected
    from ml.features import WeaponTable
    from ml.params import load_params

    started = time.perf_counter()
    out = out or settings.home / "scores"
    workers = workers or load_params(settings.params_file).train_recommender.workers
    with Progress() as progress:
        progress.tell("Fetching the champion", 0)
        release = fetch_champion(settings)
        progress.tell("Starting the workers", 0)
        with open_database(settings) as database, connected(settings, workers=workers, threads=1) as client:
            with database.service() as session:
                weapons = catalog.all_weapons(session)
            table = WeaponTable.of(weapons)
            task = batch.Task.of(release, table, top_k)
            total = batch_slayers.count_in_parquet(slayers) if slayers else batch_slayers.count_in(database)
            chunks = batch_slayers.from_parquet(slayers) if slayers else batch_slayers.from_database(database)
            with closing(chunks):
                manifest = batch.score(
                    client,
                    task,
                    chunks,
                    out,
                    lambda done: progress.tell("Ranking weapons for slayers", min(1, done / max(total, 1))),
                )
    seconds = time.perf_counter() - started
    if as_json:
        print_json({"folder": str(out), **manifest.model_dump(mode="json"), "seconds": round(seconds, 1)})
        return
    err().print(
        f"[green]✓[/] {manifest.rows:,} rows for {manifest.slayers:,} slayers by model {manifest.model_version} in {out}"
        f" ({seconds:.0f} s)",
        highlight=False,
    )
