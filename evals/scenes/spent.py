"""What a slayer's turns have asked of a language model, as the database has it."""

from __future__ import annotations

import uuid

from sqlmodel import select

from agents.usage import ModelCall
from evals.engines import Used, added_up
from hashiramart.db import Database
from hashiramart.models import Turn


def spent_by(database: Database, slayer: uuid.UUID) -> Used:
    """The calls and tokens of all of a slayer's turns."""
    with database.session(slayer) as session:
        turns = session.exec(select(Turn.model_calls).where(Turn.slayer_id == slayer)).all()
    return added_up([ModelCall(**call) for calls in turns for call in calls])
