"""A slayer who reports."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlmodel import Session

from hashiramart import ledger
from hashiramart.ledger import BattleEvent, EventAnswer, LoginEvent, TrainingEvent
from hashiramart.models import Slayer
from tests.integration.ledger.reports import NOW, Report


@pytest.fixture
def report(session: Session, slayer: Slayer) -> Report:
    """Record an event of the slayer with an id of its own, at ``now``."""

    def record(event: BattleEvent | TrainingEvent | LoginEvent, *, now: datetime = NOW) -> EventAnswer:
        return ledger.record(session, slayer.id, event, now=now)

    return record
