"""A client that leaves before its answer in one piece has come."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from fastapi import Request

from agents.events import DoneEvent, ErrorEvent
from api.routes.coach import _unless_left

ANSWER = ErrorEvent(detail="no", correlation_id="1")


def request(receive: Any) -> Request:
    return cast("Request", SimpleNamespace(receive=receive))


def test_whoever_leaves_no_longer_listens() -> None:
    listening, left = asyncio.Event(), asyncio.Event()

    async def answer() -> DoneEvent | ErrorEvent:
        listening.set()
        try:
            await asyncio.Event().wait()
        finally:
            left.set()
        return ANSWER

    async def leaves() -> dict[str, str]:
        await listening.wait()
        return {"type": "http.disconnect"}

    assert asyncio.run(_unless_left(request(leaves), answer())) is None
    assert left.is_set()


def test_whoever_stays_is_answered() -> None:
    async def answer() -> DoneEvent | ErrorEvent:
        return ANSWER

    async def stays() -> dict[str, str]:
        await asyncio.Event().wait()
        return {}

    assert asyncio.run(_unless_left(request(stays), answer())) is ANSWER
