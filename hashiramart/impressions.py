"""What was recommended to whom: each list once, with the places as they were shown.

A list and its places are one statement, under the key of the call that made it. A call that is repeated (a turn that was killed
and goes on) writes nothing and gets the list of the first time: what stands here is what was shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from sqlmodel import Session, col, select

from hashiramart.models import Impression, ShownList

_LOG = """
WITH list AS (
  INSERT INTO shown_lists (id, slayer_id, key, model_version, prefer, level, strength, dexterity, stamina, breathing_style,
    share, candidates, weights, shown_at)
  VALUES (%(id)s, %(slayer_id)s, %(key)s, %(model_version)s, %(prefer)s, %(level)s, %(strength)s, %(dexterity)s, %(stamina)s,
    %(breathing_style)s, %(share)s, %(candidates)s::uuid[], %(weights)s::float8[], %(shown_at)s)
  ON CONFLICT (slayer_id, key) DO NOTHING
  RETURNING id, slayer_id
)
INSERT INTO impressions (list_id, position, slayer_id, weapon_id, score, propensity, explored, features)
SELECT list.id, place.position, list.slayer_id, place.weapon_id, place.score, place.propensity, place.explored,
  (%(features)s::real[])[(place.position - 1) * %(width)s + 1 : place.position * %(width)s]
FROM list, unnest(%(weapon_ids)s::uuid[], %(scores)s::float8[], %(propensities)s::float8[], %(explored)s::bool[])
  WITH ORDINALITY AS place (weapon_id, score, propensity, explored, position)
"""


class Logged(NamedTuple):
    """A list and its places, the first first."""

    shown: ShownList
    places: list[Impression]


def log(session: Session, shown: ShownList, places: Sequence[Impression]) -> Logged:
    """Keep a list that is about to be shown.

    Args:
        session: the slayer's own transaction; the list stands once it is committed.
        shown: the list.
        places: in order, at least one, each with as many features.

    Returns:
        the list and its places; where a list stands under this key already, that one.
    """
    row = {
        **shown.model_dump(),
        "weapon_ids": [each.weapon_id for each in places],
        "scores": [each.score for each in places],
        "propensities": [each.propensity for each in places],
        "explored": [each.explored for each in places],
        "features": list(map(float, chain.from_iterable(each.features for each in places))),
        "width": len(places[0].features),
    }
    written = session.connection().exec_driver_sql(_LOG, row).rowcount
    if written:
        return Logged(shown, list(places))
    earlier = session.exec(
        select(ShownList).where(ShownList.slayer_id == shown.slayer_id, ShownList.key == shown.key)
    ).one()
    of_it = select(Impression).where(Impression.list_id == earlier.id).order_by(col(Impression.position))
    return Logged(earlier, list(session.exec(of_it)))
