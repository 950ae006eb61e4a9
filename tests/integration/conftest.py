"""A running shop for the tests that go through HTTP; it keeps its state from test to test, so each makes its own slayers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hashiramart.config import Settings
from tests.conftest import temporary_home
from tests.shop import RunningShop, prepared_home, running


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all workers of this test run."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def shop_settings(shared_folder: Path) -> Iterator[Settings]:
    """Settings of a prepared home: manuals read, champion trained."""
    with temporary_home() as home:
        yield Settings(home=prepared_home(home, shared_folder))


@pytest.fixture(scope="session")
def shop(shop_settings: Settings) -> Iterator[RunningShop]:
    """The shop in its embedded mode, without a language model."""
    with running(shop_settings) as opened:
        yield opened
