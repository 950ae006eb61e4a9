"""Pictures asked for, as their slayer sees them: the row of each, its bytes, its place, and how it is called off.

::

    queued -> painting -> done | failed
    queued | painting -> cancelled
    painting -> queued       when whoever painted it is gone

``image_orders.py`` takes them on, ``image_work.py`` is the side of whoever paints.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import func, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from hashiramart.errors import NotFound
from hashiramart.models import Image, ImageDay, ImageFile, Slayer

UNFINISHED = ("queued", "painting")
Kind = Literal["picture", "thumbnail", "preview"]
THUMBNAIL_SIDE = 128
"""The longer side of a thumbnail, in pixels."""


def get(session: Session, slayer_id: uuid.UUID, image_id: uuid.UUID) -> Image:
    """The caller's picture.

    Raises:
        NotFound: no such picture, or someone else's.
    """
    image = session.get(Image, image_id)
    if image is None or image.slayer_id != slayer_id:
        raise NotFound("image_id", "You have no picture with this id.")
    return image


def gallery(session: Session, slayer_id: uuid.UUID, *, before: uuid.UUID | None, limit: int) -> Sequence[Image]:
    """A page of the slayer's pictures, the latest first.

    Args:
        session: the slayer's transaction.
        slayer_id: whose.
        before: the picture that the page follows.
        limit: how many.

    Raises:
        NotFound: ``before`` is no picture of the slayer.
    """
    query = select(Image).where(Image.slayer_id == slayer_id)
    if before is not None:
        query = query.where(col(Image.number) < _earlier(session, slayer_id, before))
    return session.exec(query.order_by(col(Image.number).desc()).limit(limit)).all()


def _earlier(session: Session, slayer_id: uuid.UUID, before: uuid.UUID) -> int | None:
    found = session.exec(select(Image.number).where(Image.id == before, Image.slayer_id == slayer_id)).first()
    if found is None:
        raise NotFound("before", "You have no picture with this id.")
    return found


def places(session: Session, pictures: Collection[Image]) -> dict[uuid.UUID, int]:
    """The places in the queue of those that wait, from 1."""
    waiting = [image.id for image in pictures if image.status == "queued"]
    if not waiting:
        return {}
    place = func.picture_place(col(Image.number))
    return dict(session.exec(select(Image.id, place).where(col(Image.id).in_(waiting))).all())


def file_of(session: Session, image: Image, kind: Kind) -> bytes:
    """The bytes of a picture.

    Raises:
        NotFound: there is none of this kind yet.
    """
    data = session.exec(select(ImageFile.data).where(ImageFile.image_id == image.id, ImageFile.kind == kind)).first()
    if data is None:
        raise NotFound("image_id", "This picture is not finished." if kind != "preview" else "Nothing can be seen yet.")
    return data


def cancel(session: Session, slayer_id: uuid.UUID, image_id: uuid.UUID, *, now: datetime) -> Image:
    """Call a picture off; one that has ended stays as it is. One that nobody has begun does not count for the day.

    Raises:
        NotFound: no such picture, or someone else's.
    """
    hold(session, slayer_id)
    image = get(session, slayer_id, image_id)
    session.refresh(image, with_for_update=True)
    if image.status in UNFINISHED:
        if image.attempts == 0:
            give_back(session, image)
        image.status, image.finished_at = "cancelled", now
        session.add(image)
        session.flush()
    return image


def delete(session: Session, slayer_id: uuid.UUID, image_id: uuid.UUID, *, now: datetime) -> None:
    """Throw a picture away, bytes and all; one that is not finished is called off first.

    Raises:
        NotFound: no such picture, or someone else's.
    """
    session.delete(cancel(session, slayer_id, image_id, now=now))
    session.flush()


def hold(session: Session, slayer_id: uuid.UUID) -> None:
    """Keep a slayer from leaving until the transaction ends.

    Whatever writes pictures does this first: it is the order in which a leaving slayer locks (``removal.py``), and without it
    the two could wait for each other.

    Raises:
        NoResultFound: they have left.
    """
    session.exec(held(slayer_id)).one()


def held(slayer_id: uuid.UUID) -> SelectOfScalar[uuid.UUID]:
    """The query that keeps a slayer from leaving (``hold``); it finds nobody when they have left."""
    return select(Slayer.id).where(Slayer.id == slayer_id).with_for_update(read=True, key_share=True)


def give_back(session: Session, image: Image) -> None:
    """Not count a picture for the day on which it was asked for."""
    session.execute(
        update(ImageDay)
        .where(
            col(ImageDay.slayer_id) == image.slayer_id,
            col(ImageDay.local_day) == image.local_day,
            col(ImageDay.pictures) > 0,
        )
        .values(pictures=ImageDay.pictures - 1)
        .execution_options(synchronize_session=False)
    )
