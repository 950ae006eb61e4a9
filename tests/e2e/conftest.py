"""The running shop that the browser visits: ``hashira up``, as a slayer would open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import temporary_home
from tests.integration.conftest import Fill, fill

__all__ = ["fill"]


@dataclass(frozen=True)
class OpenShop:
    """A shop that runs as a process of its own: its state folder and its port."""

    home: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture(scope="session")
def open_shop(fill: Fill) -> Iterator[OpenShop]:
    """The open shop."""
    from tests.shop import free_port, stop_leftover_database, up

    with temporary_home() as home:
        fill(home)
        port = free_port()
        with up(home, port):
            yield OpenShop(home, port)
        stop_leftover_database(home)


@pytest.fixture(scope="session")
def shop_url(open_shop: OpenShop) -> str:
    """Its address."""
    return open_shop.url


@dataclass(frozen=True)
class Keeper:
    """Somebody of the staff, as they sign in."""

    handle: str
    password: str


@pytest.fixture(scope="session")
def keeper(open_shop: OpenShop, tmp_path_factory: pytest.TempPathFactory) -> Keeper:
    """Kagaya, who is of the staff of a shop that has promoted a second model and lived through a night."""
    from tests.e2e import past

    folder = tmp_path_factory.mktemp("past")
    past.promote_another(open_shop.home, open_shop.port, folder / "release")
    past.live_through_a_night(open_shop.home, folder / "night")
    keeper = Keeper("kagaya", "wisteria-night")
    past.engage(open_shop.home, open_shop.port, keeper.handle, keeper.password)
    return keeper


@pytest.fixture(params=["read", "raw"])
def poisoned_manual(request: pytest.FixtureRequest, open_shop: OpenShop, tmp_path: Path) -> Iterator[Path]:
    """A poisoned manual that the open shop's library holds: as its reader leaves it, and as it was written."""
    from hashiramart.config import Settings
    from knowledge.ingest import forget, ingest
    from knowledge.store import open_library
    from tests.e2e import poisoned
    from tests.integration.test_poisoned_manuals import store_raw
    from tests.library import real_embedder

    file = poisoned.write(tmp_path)
    library = open_library(Settings(home=open_shop.home), real_embedder())
    if request.param == "read":
        assert ingest([file], library).refused == ()
    else:
        store_raw(tmp_path, library)
    yield file
    forget([file.name], library)
    library.close()
