"""Does row security hold? Every table of slayers' rows is read as somebody who forgot the ``WHERE``, on behalf of a stranger."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select
from sqlmodel import SQLModel

from hashiramart.db import Database


def shown_to_strangers(database: Database, owner: uuid.UUID) -> list[str]:
    """What a stranger sees of somebody's rows, a sentence for each table.

    Args:
        database: the shop's.
        owner: a slayer with rows in many tables.
    """
    found = []
    for table in SQLModel.metadata.sorted_tables:
        if "slayer_id" not in table.columns:
            continue
        with database.session(uuid.uuid4()) as session:
            rows = session.execute(
                select(func.count()).select_from(table).where(table.c.slayer_id == owner)
            ).scalar_one()
        if rows:
            found.append(f"{rows} rows of {table.name}")
    return found
