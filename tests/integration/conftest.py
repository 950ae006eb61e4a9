"""A running shop for the tests that go through HTTP; it keeps its state from test to test, so each makes its own slayers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evals.load.unhurried import unhurried
from hashiramart.config import Settings
from tests.conftest import temporary_home

if TYPE_CHECKING:  # it loads the whole house, which tests of the kernel need not wait for
    from tests.shop import RunningShop


Fill = Callable[[Path], Path]
"""Fills an empty state folder with manuals and a champion, and returns it."""


@pytest.fixture(scope="session")
def fill(tmp_path_factory: pytest.TempPathFactory, worker_id: str, pytestconfig: pytest.Config) -> Fill:
    """Fills state folders; the work is done once for all workers of this test run."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def filled(home: Path) -> Path:
        from tests.library import kept_folder
        from tests.shop import prepared_home

        return prepared_home(home, shared, kept_folder(pytestconfig))

    return filled


@pytest.fixture
def users_home() -> Iterator[Path]:
    """The user's state folder, which a benchmark with a shop of its own must leave alone."""
    with temporary_home() as folder:
        yield folder


@pytest.fixture(scope="session")
def shop_settings(fill: Fill) -> Iterator[Settings]:
    """Settings of a prepared home: manuals read, champion trained. Nothing is tried out: the same call gives the same list."""
    with temporary_home() as home:
        yield unhurried(Settings(home=fill(home), exploration=0))


@pytest.fixture(scope="session")
def shop(shop_settings: Settings) -> Iterator[RunningShop]:
    """The shop in its embedded mode, without a language model."""
    from tests.shop import running

    with running(shop_settings) as opened:
        yield opened
