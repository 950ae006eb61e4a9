"""A slayer who reports: since long ago in UTC, with one weapon on loan."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from hashiramart import catalog, ledger
from hashiramart.db import Database
from hashiramart.events import AnyEvent, EventAnswer
from hashiramart.models import Slayer, Weapon
from tests.integration.ledger.reports import NOW, Report, born


@pytest.fixture
def reporter(database: Database, slayer: Slayer) -> Slayer:
    """The slayer, in UTC since long before every test's story."""
    born(database, slayer, ZoneInfo("UTC"))
    return slayer


@pytest.fixture
def lent(database: Database, reporter: Slayer) -> Weapon:
    """The weapon that the slayer has on loan."""
    with database.service() as session:
        (weapon,) = catalog.owned(session, reporter.id)
        return weapon


@pytest.fixture
def report(database: Database, reporter: Slayer) -> Report:
    """Report an event of the slayer, at ``now``."""

    def record(event: AnyEvent, *, now: datetime = NOW) -> EventAnswer:
        return ledger.report(database, reporter.id, event, now=now)

    return record
