"""The running shop that the browser visits: ``hashira up``, as a slayer would open it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import temporary_home
from tests.integration.conftest import shared_folder

__all__ = ["shared_folder"]


@pytest.fixture(scope="session")
def shop_url(shared_folder: Path) -> Iterator[str]:
    """Address of the open shop."""
    from tests.shop import free_port, prepared_home, stop_leftover_database, up

    with temporary_home() as home:
        prepared_home(home, shared_folder)
        port = free_port()
        with up(home, port):
            yield f"http://127.0.0.1:{port}"
        stop_leftover_database(home)
