"""A running shop for the tests that go through HTTP; it keeps its state from test to test, so each makes its own slayers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hashiramart.config import Settings
from tests.conftest import temporary_home

if TYPE_CHECKING:  # it loads the whole house, which tests of the kernel need not wait for
    from tests.shop import RunningShop


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all workers of this test run."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def shop_settings(shared_folder: Path) -> Iterator[Settings]:
    """Settings of a prepared home: manuals read, champion trained."""
    from tests.shop import prepared_home

    with temporary_home() as home:
        yield Settings(home=prepared_home(home, shared_folder))


@pytest.fixture(scope="session")
def shop(shop_settings: Settings) -> Iterator[RunningShop]:
    """The shop in its embedded mode, without a language model."""
    from tests.shop import running

    with running(shop_settings) as opened:
        yield opened
