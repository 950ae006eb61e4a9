"""A shop whose registry holds two good models and one that was held back, a slayer of the staff and one who is not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from hashiramart import catalog, staff
from hashiramart.config import Settings
from hashiramart.db import open_database
from ml import registry
from tests.conftest import temporary_home
from tests.releases import lay_out_store, release
from tests.shop import RunningShop, serving

LIMIT_S = 30


@dataclass
class House:
    """The shop, and who calls. Versions 1 and 2 may serve; 3 was held back."""

    shop: RunningShop
    keeper: httpx.Client
    slayer: httpx.Client

    @property
    def settings(self) -> Settings:
        return self.shop.settings

    def until_served(self, version: str) -> None:
        """Wait until the API answers with a version."""
        deadline = time.monotonic() + LIMIT_S
        while (seen := get(self.keeper, "/staff/served"))["version"] != version:
            assert time.monotonic() < deadline, seen
            time.sleep(0.05)


def get(client: httpx.Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with temporary_home() as home:
        settings = Settings(home=home, mlflow_tracking_uri=None, champion_poll_s=0.1)
        lay_out_store(settings)
        folder = tmp_path_factory.mktemp("releases")
        for version, leaves in (("1", 8), ("2", 12)):
            assert registry.promote(settings, release(folder / version, leaves)) == version
        assert registry.register(settings, release(folder / "3", 16, "hold")) == "3"
        with open_database(settings, force_stop=True) as database:
            with database.service() as session:
                catalog.stock_shelves(session)
            with serving(settings, database) as shop:
                keeper, slayer = shop.slayer("keeper"), shop.slayer("passer-by")
                with database.service() as session:
                    assert staff.set_role(session, "keeper", "staff")
                yield House(shop, keeper, slayer)


@pytest.fixture
def house(opened: House) -> House:
    """Version 2 is the champion and serves, version 1 was before it."""
    for version in ("1", "2"):  # one after the other: an API that has just looked would serve the first a moment later
        registry.point_at(opened.settings, version)
        opened.until_served(version)
    return opened
