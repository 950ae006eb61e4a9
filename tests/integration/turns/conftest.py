"""The dojo in which turns are killed."""

from __future__ import annotations

import pytest

from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.models import Weapon
from tests.integration.turns.dojo import Dojo


@pytest.fixture
def dojo(settings: Settings, database: Database, stocked: list[Weapon]) -> Dojo:
    """A stocked shop without slayers; its messages are the keys of ``plans``."""
    return Dojo(settings, database)
