"""The ledger's machine for long: 300 lives of 50 steps. ``pytest tests/drills``."""

from __future__ import annotations

import pytest

from hashiramart.db import Database
from hashiramart.models import Weapon
from tests.integration.ledger import machine


@pytest.mark.timeout(3600)
def test_the_ledger_lives_through_three_hundred_lives(database: Database, stocked: list[Weapon]) -> None:
    machine.run(database, stocked, runs=300, steps=50)
