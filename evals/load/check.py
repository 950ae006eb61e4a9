"""After the load: what was acknowledged, held against what is on record and against the plan."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from evals.load.crowd import Heard
from evals.load.plan import Due, Plan
from hashiramart.db import Database

Key = tuple[uuid.UUID, str]


@dataclass(frozen=True)
class Tally:
    """What is wrong with the books; all zero where they are sound.

    Attributes:
        unanswered: reports that were never acknowledged.
        lost: acknowledged events that are not on record, or whose points are not in the ledger.
        doubled: events on record more than once anywhere, or told to be new more than once, or reported by nobody.
        wrong_totals: slayers whose points or ledger differ from what they are due.
        changed_answers: acknowledgements that differ from the stored, first answer.
    """

    unanswered: int
    lost: int
    doubled: int
    wrong_totals: int
    changed_answers: int


def tally(database: Database, plan: Plan, heard: Sequence[Heard]) -> Tally:
    """Hold the books of a plan's slayers against what their reporters were told."""
    acknowledged = [each for each in heard if each.status == 200 and each.answer is not None]
    told_new = Counter(_key(each) for each in acknowledged if each.answer and not each.answer["replayed"])
    ids = list(plan.due)
    with database.service() as session:
        stored = _stored(session, ids)
        ledger = _counts(session, "points_ledger", ids)
        battles = _counts(session, "interactions", ids)
        totals = _totals(session, ids)
    confirmed = {_key(each) for each in acknowledged}
    lost = {key for key in confirmed if key not in stored}
    lost |= {key for key in confirmed & stored.keys() if stored[key]["points_awarded"] and not ledger[key]}
    doubled = {key for counts in (ledger, battles, told_new) for key, times in counts.items() if times > 1}
    doubled |= stored.keys() - plan.keys
    changed = sum(_first(each.answer or {}) != _first(stored.get(_key(each), {})) for each in acknowledged)
    wrong = sum(totals.get(slayer_id) != (due.points, due) for slayer_id, due in plan.due.items())
    return Tally(len(plan.reports) - len(acknowledged), len(lost), len(doubled), wrong, changed)


def _key(heard: Heard) -> Key:
    return heard.sent.slayer_id, heard.sent.event_id


def _first(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer as it was given the first time."""
    return {**answer, "replayed": False}


def _stored(session: Session, ids: list[uuid.UUID]) -> dict[Key, dict[str, Any]]:
    rows = session.connection().execute(
        text("SELECT slayer_id, event_id, answer FROM events WHERE slayer_id = ANY(:ids)"), {"ids": ids}
    )
    return {(slayer_id, event_id): answer for slayer_id, event_id, answer in rows}


def _counts(session: Session, table: str, ids: list[uuid.UUID]) -> Counter[Key]:
    query = f"SELECT slayer_id, event_id, count(*) FROM {table} WHERE slayer_id = ANY(:ids) GROUP BY 1, 2"  # noqa: S608
    rows = session.connection().execute(text(query), {"ids": ids})
    return Counter({(slayer_id, event_id): times for slayer_id, event_id, times in rows})


def _totals(session: Session, ids: list[uuid.UUID]) -> dict[uuid.UUID, tuple[int, Due]]:
    """Of each slayer: the points that the totals say, and the sum and the rows of the ledger."""
    query = """
        SELECT g.slayer_id, g.nichirin_points, coalesce(sum(l.points), 0), count(l.id)
        FROM gamification g LEFT JOIN points_ledger l ON l.slayer_id = g.slayer_id
        WHERE g.slayer_id = ANY(:ids) GROUP BY 1, 2
    """
    rows = session.connection().execute(text(query), {"ids": ids})
    return {slayer_id: (points, Due(total, count)) for slayer_id, points, total, count in rows}
