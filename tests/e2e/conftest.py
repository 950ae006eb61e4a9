"""The running shop that the browser visits: ``hashira up``, as a slayer would open it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import temporary_home
from tests.integration.conftest import Fill, fill

__all__ = ["fill"]


@pytest.fixture(scope="session")
def shop_url(fill: Fill) -> Iterator[str]:
    """Address of the open shop."""
    from tests.shop import free_port, stop_leftover_database, up

    with temporary_home() as home:
        fill(home)
        port = free_port()
        with up(home, port):
            yield f"http://127.0.0.1:{port}"
        stop_leftover_database(home)
