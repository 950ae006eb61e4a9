"""The running shop that the browser visits: ``hashira up``, as a slayer would open it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import temporary_home
from tests.integration.conftest import Fill, fill

__all__ = ["fill"]


@pytest.fixture(scope="session")
def shop_home(fill: Fill) -> Iterator[Path]:
    """State folder of the open shop."""
    with temporary_home() as home:
        fill(home)
        yield home


@pytest.fixture(scope="session")
def shop_url(shop_home: Path) -> Iterator[str]:
    """Address of the open shop."""
    from tests.shop import free_port, stop_leftover_database, up

    port = free_port()
    with up(shop_home, port):
        yield f"http://127.0.0.1:{port}"
    stop_leftover_database(shop_home)


@pytest.fixture(params=["read", "raw"])
def poisoned_manual(request: pytest.FixtureRequest, shop_home: Path, shop_url: str, tmp_path: Path) -> Iterator[Path]:
    """A poisoned manual that the open shop's library holds: as its reader leaves it, and as it was written."""
    from hashiramart.config import Settings
    from knowledge.ingest import forget, ingest
    from knowledge.store import open_library
    from tests.e2e import poisoned
    from tests.integration.test_poisoned_manuals import store_raw
    from tests.library import real_embedder

    file = poisoned.write(tmp_path)
    library = open_library(Settings(home=shop_home), real_embedder())
    if request.param == "read":
        assert ingest([file], library).refused == ()
    else:
        store_raw(tmp_path, library)
    yield file
    forget([file.name], library)
    library.close()
