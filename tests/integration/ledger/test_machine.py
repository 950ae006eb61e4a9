"""Whatever happens to the ledger, in whatever order: it stays what a plain reading of its rules says."""

from __future__ import annotations

from hashiramart.db import Database
from hashiramart.models import Weapon
from tests.integration.ledger import machine


def test_the_ledger_lives_through_anything_as_its_model_does(database: Database, stocked: list[Weapon]) -> None:
    machine.run(database, stocked, runs=50, steps=30)
