"""What a slayer has done lately, in one query: where they stand, their battles and their training."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from hashiramart.days import ZoneHistory
from hashiramart.models import Gamification, Slayer
from hashiramart.rules import standing_of

MOST_BOUTS = 20
_BOUT_DAYS = 14

# Each part goes by an index: the primary keys, interactions by slayer, events by (slayer, type, time).
_LATELY = text(
    """
    SELECT
      (SELECT json_agg(json_build_array(b.slug, b.success, extract(epoch FROM :now - b.occurred_at) / 3600)) FROM (
         SELECT w.slug, i.success, i.occurred_at
         FROM interactions i JOIN weapons w ON w.id = i.weapon_id
         WHERE i.slayer_id = :slayer AND i.occurred_at > :bouts_since
         ORDER BY i.occurred_at DESC, i.id DESC LIMIT :most) b) AS bouts,
      t.today, t.week, g.nichirin_points, g.rank, g.streak, g.last_login_day,
      (SELECT json_agg(json_build_array(extract(epoch FROM z.since), z.timezone) ORDER BY z.since)
       FROM slayer_zones z WHERE z.slayer_id = :slayer) AS zones
    FROM gamification g,
      (SELECT coalesce(sum(minutes) FILTER (WHERE occurred_at > :day_ago), 0) AS today, coalesce(sum(minutes), 0) AS week
       FROM events WHERE slayer_id = :slayer AND type = 'training' AND occurred_at > :week_ago) t
    WHERE g.slayer_id = :slayer
    """
)


def lately(session: Session, slayer: Slayer, *, now: datetime) -> dict[str, Any]:
    """A slayer's standing and what they did lately, in JSON types.

    Args:
        session: a session that sees the slayer's rows.
        slayer: who.
        now: the time now, with a zone.

    Returns:
        ``rank``, ``points``, ``streak`` (days, as of now), ``bouts`` of the last 14 days (``weapon`` slug, ``won``,
        ``hours_ago``; the latest first, 20 at most), ``minutes_today`` (of the last 24 hours) and ``minutes_week`` (of 7 days).
    """
    row = session.execute(
        _LATELY,
        {
            "slayer": slayer.id,
            "now": now,
            "bouts_since": now - timedelta(days=_BOUT_DAYS),
            "day_ago": now - timedelta(days=1),
            "week_ago": now - timedelta(days=7),
            "most": MOST_BOUTS,
        },
    ).one()
    moves = [(datetime.fromtimestamp(float(since), tz=now.tzinfo), zone) for since, zone in row.zones or []]
    totals = Gamification(
        slayer_id=slayer.id,
        nichirin_points=row.nichirin_points,
        rank=row.rank,
        streak=row.streak,
        last_login_day=row.last_login_day,
    )
    standing = standing_of(totals, ZoneHistory(moves or [(slayer.created_at, slayer.timezone)]), now)
    return {
        "rank": standing.rank,
        "points": standing.nichirin_points,
        "streak": standing.streak,
        "bouts": [
            {"weapon": slug, "won": won, "hours_ago": round(float(hours), 1)} for slug, won, hours in row.bouts or []
        ],
        "minutes_today": int(row.today),
        "minutes_week": int(row.week),
    }
