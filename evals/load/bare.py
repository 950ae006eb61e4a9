"""What the same PostgreSQL does when nothing is asked of it but to keep a row: the yardstick for events per second."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime

import psycopg
from psycopg.types.json import Jsonb

# As wide as a row of ``events``, with a primary key and nothing else.
_TABLE = """
CREATE TABLE IF NOT EXISTS bare_events (
  slayer_id uuid, event_id text, type text, fingerprint text, minutes int, points int, local_day date,
  occurred_at timestamptz, recorded_at timestamptz, answer jsonb, PRIMARY KEY (slayer_id, event_id)
)
"""
_ROW = "INSERT INTO bare_events VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
_ANSWER = {
    "nichirin_points": 120,
    "rank": "Slayer",
    "next_rank": "Hashira",
    "points_to_next": 380,
    "streak": 2,
    "event_id": "0123456789abcdef",
    "points_awarded": 10,
    "reason": "battle won",
    "rank_up": None,
    "achievements": [],
    "replayed": False,
}


def inserts_per_second(conninfo: str, rows: int) -> float:
    """Insert rows one by one over one connection, each a transaction of its own, committed as the ledger's are."""
    slayer, now = uuid.uuid4(), datetime.now(UTC)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(_TABLE)
        started = time.perf_counter()
        for number in range(rows):
            values = [slayer, f"{number:016x}", "battle", "0" * 64, None, 10, now.date(), now, now, Jsonb(_ANSWER)]
            connection.execute(_ROW, values)
        return rows / (time.perf_counter() - started)
