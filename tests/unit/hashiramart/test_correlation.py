"""Each line of the log bears the id of the request that it belongs to."""

from __future__ import annotations

import asyncio
import logging

from hashiramart.correlation import Correlated, bound


class Kept(logging.Handler):
    """Keeps what is logged, with its correlation."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(Correlated())
        self.lines: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.correlation, record.getMessage()))  # type: ignore[attr-defined]


def test_a_line_bears_the_id_of_its_request_in_threads_too() -> None:
    logger, kept = logging.getLogger("test.correlation"), Kept()
    logger.addHandler(kept)

    async def request(name: str) -> None:
        with bound(name):
            logger.warning("begun")
            await asyncio.to_thread(logger.warning, "done")

    async def both() -> None:
        await asyncio.gather(request("one"), request("two"))

    asyncio.run(both())
    logger.warning("alone")
    logger.removeHandler(kept)
    assert sorted(kept.lines) == [
        ("-", "alone"),
        ("one", "begun"),
        ("one", "done"),
        ("two", "begun"),
        ("two", "done"),
    ]
