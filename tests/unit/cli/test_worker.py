"""The background worker's end, also when PostgreSQL has gone before."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from procrastinate import App
from procrastinate.exceptions import ConnectorException

from cli import worker


class Severed:
    """An app whose database is gone by the time that it is stopped: what it then tells is the lost connection."""

    def __init__(self) -> None:
        self.at_work = asyncio.Event()
        self.runs = 0

    async def run_worker_async(self, **_: Any) -> None:
        self.runs += 1
        self.at_work.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise ConnectorException from None


def test_stop_ends_the_worker_although_its_database_is_gone() -> None:
    async def stopped() -> int:
        app = Severed()
        taking = asyncio.create_task(worker._take(cast("App", app), "quick", grace_s=0))
        await app.at_work.wait()
        taking.cancel()
        await asyncio.wait_for(taking, 5)
        return app.runs

    assert asyncio.run(stopped()) == 1


def test_lost_connection_alone_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_AGAIN_S", 0)

    async def severed_twice() -> None:
        app, back = Severed(), asyncio.Event()

        async def run(**_: Any) -> None:
            app.runs += 1
            if app.runs < 3:
                raise ConnectorException
            back.set()
            await asyncio.Event().wait()

        monkeypatch.setattr(app, "run_worker_async", run)
        taking = asyncio.create_task(worker._take(cast("App", app), "quick", grace_s=0))
        await asyncio.wait_for(back.wait(), 5)
        taking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await taking

    asyncio.run(severed_twice())
