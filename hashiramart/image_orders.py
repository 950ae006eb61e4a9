"""Taking pictures on: what was asked for already is not painted again, the queue is bounded, and so is a slayer's day."""

from __future__ import annotations

import hashlib
import json
import math
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, delete, or_, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from hashiramart import days, images
from hashiramart.errors import TooMany
from hashiramart.ledger import zones_of
from hashiramart.models import Image, ImageDay

_DOOR = 7_461_003
"""The lock under which pictures join the queue, one order at a time."""

_USUAL_S = 8.0
_LONGEST_WAIT_S = 600
_DAYS_KEPT = timedelta(days=7)
_KNOWN = ("queued", "painting", "done")


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture, down to all that its pixels depend on.

    Attributes:
        weapon_id: the weapon in it.
        scene: the slayer's words.
        pose: one of the renderer's.
        prompt: what the painter is told, made of all three and the slayer's profile.
        negative_prompt: what to stay away from.
        seed: of the noise.
        steps: denoising steps.
        guidance: how strictly to follow the prompt.
        width: pixels.
        height: pixels.
        checkpoint: what paints it.
        checkpoint_hash: SHA-256 of that.
    """

    weapon_id: uuid.UUID
    scene: str | None
    pose: str | None
    prompt: str
    negative_prompt: str
    seed: int
    steps: int
    guidance: float
    width: int
    height: int
    checkpoint: str
    checkpoint_hash: str

    @property
    def cache_key(self) -> str:
        """The same for the same wish, in hexadecimal."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, default=str).encode()).hexdigest()


class Bounds(NamedTuple):
    """How many pictures may wait in the whole shop, and how many a slayer may ask for on one of their days."""

    queue: int
    day: int


class Taken(NamedTuple):
    """A picture for each wish, and those of them that are new and must be queued."""

    images: list[Image]
    new: list[Image]


def order(
    session: Session, slayer_id: uuid.UUID, wishes: Sequence[tuple[uuid.UUID, Wish]], bounds: Bounds, *, now: datetime
) -> Taken:
    """Record that pictures are wanted: all of them, or none where there is no room.

    The same id again is the same picture; so is the same wish, unless what came of it was cancelled or failed.

    Args:
        session: the slayer's transaction.
        slayer_id: who asks.
        wishes: an id and a wish for each picture.
        bounds: of queue and day.
        now: when.

    Raises:
        TooMany: the queue is full, or the day's pictures are used up; says when to ask again.
    """
    known = _known(session, slayer_id, wishes)
    if not (wanted := _left(wishes, known)):
        return _taken(wishes, known, [])
    _check_queue(session, bounds, wanted)  # before anything is locked: whoever is refused costs next to nothing
    images.hold(session, slayer_id)
    zones = zones_of(session, slayer_id)
    today = zones.day_of(now)
    asked = _asked(session, slayer_id, today)  # from here on, orders of this slayer come one by one
    known = _known(session, slayer_id, wishes)
    if not (wanted := _left(wishes, known)):
        return _taken(wishes, known, [])
    if asked + wanted > bounds.day:
        _, midnight = days.bounds(today, zones.zone_at(now))
        raise _day_is_over(bounds.day, asked, midnight - now)
    session.execute(text("SELECT pg_advisory_xact_lock(:door)"), {"door": _DOOR})
    _check_queue(session, bounds, wanted)
    _count(session, slayer_id, today, wanted)
    new = []
    for image_id, wish in wishes:
        if wish.cache_key not in known:
            row = {**asdict(wish), "cache_key": wish.cache_key, "steps_total": wish.steps, "local_day": today}
            image = Image(id=image_id, slayer_id=slayer_id, created_at=now, **row)
            session.add(image)
            session.flush()  # one by one: they are numbered in this order
            known[wish.cache_key] = image
            new.append(image)
    return _taken(wishes, known, new)


def forget_days(session: Session, *, now: datetime) -> int:
    """Delete what was counted for days long past, for the service role; returns how many there were."""
    old = delete(ImageDay).where(col(ImageDay.local_day) < (now - _DAYS_KEPT).date()).returning(col(ImageDay.local_day))
    return len(session.execute(old).all())


def _taken(wishes: Sequence[tuple[uuid.UUID, Wish]], known: dict[str, Image], new: list[Image]) -> Taken:
    return Taken([known[wish.cache_key] for _, wish in wishes], new)


def _known(session: Session, slayer_id: uuid.UUID, wishes: Sequence[tuple[uuid.UUID, Wish]]) -> dict[str, Image]:
    """What there is already, by the wish's key."""
    ids = {image_id: wish.cache_key for image_id, wish in wishes}
    same_wish = and_(col(Image.cache_key).in_(set(ids.values())), col(Image.status).in_(_KNOWN))
    rows = session.exec(select(Image).where(Image.slayer_id == slayer_id, or_(col(Image.id).in_(ids), same_wish))).all()
    found = {image.cache_key: image for image in rows if image.id not in ids}
    return found | {ids[image.id]: image for image in rows if image.id in ids}


def _left(wishes: Sequence[tuple[uuid.UUID, Wish]], known: dict[str, Image]) -> int:
    return len({wish.cache_key for _, wish in wishes} - set(known))


def _check_queue(session: Session, bounds: Bounds, wanted: int) -> None:
    waiting, pace = session.execute(text("SELECT waiting, pace FROM picture_queue()")).one()
    over = waiting + wanted - bounds.queue
    if over > 0:
        seconds = min(math.ceil(min(over, waiting or 1) * (pace or _USUAL_S)), _LONGEST_WAIT_S)
        raise TooMany(
            f"{_pictures(waiting)} wait to be painted, and the Artist takes no more than {bounds.queue} on. "
            f"Ask again in {days.spell(seconds)}.",
            max(1, seconds),
        )


def _asked(session: Session, slayer_id: uuid.UUID, today: date) -> int:
    """How many the slayer has asked for today; locks the number."""
    row = insert(ImageDay).values(slayer_id=slayer_id, local_day=today, pictures=0)
    kept = row.on_conflict_do_update(
        index_elements=["slayer_id", "local_day"],
        set_={"pictures": ImageDay.__table__.c.pictures},  # type: ignore[attr-defined]
    )
    return int(session.execute(kept.returning(col(ImageDay.pictures))).scalar_one())


def _count(session: Session, slayer_id: uuid.UUID, today: date, wanted: int) -> None:
    session.execute(
        text("UPDATE image_days SET pictures = pictures + :more WHERE slayer_id = :slayer AND local_day = :day"),
        {"more": wanted, "slayer": slayer_id, "day": today},
    )


def _day_is_over(quota: int, asked: int, left: timedelta) -> TooMany:
    seconds = max(1, math.ceil(left.total_seconds()))
    rest = quota - asked
    some = f" You may ask for {rest} more today." if rest > 0 else ""
    return TooMany(
        f"The Artist paints {_pictures(quota)} a day for each slayer.{some} Your next day begins in {days.spell(seconds)}.",
        seconds,
    )


def _pictures(count: int) -> str:
    return f"{count} {'picture' if count == 1 else 'pictures'}"
