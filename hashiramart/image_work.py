"""Painting a picture, as the record sees it: begun, carried on, left to the next, or ended. For the service role.

Whoever begins holds a ``Claim``. Should they be given up for dead and somebody else begin again, what is done under the old claim
changes nothing: a picture is finished once.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import delete, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from hashiramart.images import UNFINISHED, Kind, give_back, held
from hashiramart.models import Image, ImageFile

MOST_ATTEMPTS = 3
"""How often a picture is begun. One that breaks off so often may be what ends the process."""

GIVEN_UP = (
    "The painting of this picture broke off again and again, so it is given up. Ask for it once more, or for another."
)

_UNATTENDED = text(
    "SELECT i.id, i.number FROM images i WHERE i.status IN ('queued', 'painting') AND i.created_at < :before AND NOT EXISTS ("
    "SELECT 1 FROM procrastinate.procrastinate_jobs j WHERE j.lock = 'image-' || i.id::text AND j.status IN ('todo', 'doing')"
    ") ORDER BY i.number"
)


class Claim(NamedTuple):
    """The right to paint a picture: its id, its slayer, and the how-manieth attempt it is."""

    image_id: uuid.UUID
    slayer_id: uuid.UUID
    attempt: int


def begin(
    session: Session, image_id: uuid.UUID, checkpoint: str, checkpoint_hash: str, *, now: datetime
) -> Image | None:
    """Begin a picture; None when it has ended, is gone with its slayer, or has been begun too often.

    Args:
        session: a transaction of the service role.
        image_id: which.
        checkpoint: what is about to paint it.
        checkpoint_hash: SHA-256 of that.
        now: when.
    """
    image = _held(session, image_id)
    if image is None or image.status not in UNFINISHED:
        return None
    session.add(image)
    if image.attempts >= MOST_ATTEMPTS:
        _fail(session, image, GIVEN_UP, now)
        return None
    if image.checkpoint_hash != checkpoint_hash:
        # The checkpoint has changed since it was asked for: it is told what painted it, and no other request is this one.
        image.checkpoint, image.checkpoint_hash = checkpoint, checkpoint_hash
        image.cache_key = sha256(f"{image.cache_key} {checkpoint_hash}".encode()).hexdigest()
    image.status, image.attempts, image.step, image.started_at = "painting", image.attempts + 1, 0, now
    session.flush()
    return image


def claim_of(image: Image) -> Claim:
    """The claim of whoever has just begun a picture."""
    return Claim(image.id, image.slayer_id, image.attempts)


def advance(session: Session, claim: Claim, step: int, total: int, preview: bytes | None) -> bool:
    """Tell how far it is, with a small JPEG of what it looks like; false when nobody waits for it from this claim any more."""
    if not _hold(session, claim):
        return False
    values: dict[str, object] = {"step": step, "steps_total": total}
    if preview is not None:
        values["preview_step"] = step
    if not _move(session, claim, **values):
        return False
    if preview is not None:
        _keep(session, claim, "preview", preview)
    return True


def put_back(session: Session, claim: Claim, *, counts: bool) -> bool:
    """Leave a picture to the next painter; ``counts`` says whether the attempt does."""
    attempts = claim.attempt if counts else claim.attempt - 1
    return _hold(session, claim) and _move(session, claim, status="queued", step=0, attempts=attempts)


def finish(session: Session, claim: Claim, picture: bytes, thumbnail: bytes, *, now: datetime) -> bool:
    """Keep the picture; false when nobody waits for it from this claim any more, and nothing is kept."""
    if not (
        _hold(session, claim) and _move(session, claim, status="done", error=None, finished_at=now, preview_step=None)
    ):
        return False
    session.execute(update(Image).where(col(Image.id) == claim.image_id).values(step=Image.steps_total))
    _keep(session, claim, "picture", picture)
    _keep(session, claim, "thumbnail", thumbnail)
    _drop_preview(session, claim.image_id)
    return True


def fail(session: Session, image_id: uuid.UUID, error: str, *, now: datetime, claim: Claim | None = None) -> bool:
    """Keep why there is no picture; it does not count for the slayer's day. False when it has ended, or is another's by now."""
    image = _held(session, image_id)
    if image is None or image.status not in UNFINISHED or (claim is not None and image.attempts != claim.attempt):
        return False
    session.add(image)
    _fail(session, image, error, now)
    return True


def unattended(session: Session, *, now: datetime, after: timedelta) -> Sequence[tuple[uuid.UUID, int]]:
    """Id and number of the unfinished pictures that no job of the queue is about, asked for longer ago than ``after``.

    Whoever took them on died before they were queued, or their job came to a bad end.
    """
    return [(row.id, row.number) for row in session.execute(_UNATTENDED, {"before": now - after})]


def _hold(session: Session, claim: Claim) -> bool:
    """Keep the slayer from leaving meanwhile (``images.hold``); false when they have left."""
    return session.exec(held(claim.slayer_id)).first() is not None


def _held(session: Session, image_id: uuid.UUID) -> Image | None:
    """The picture, locked after its slayer; None when either is gone."""
    owner = session.exec(select(Image.slayer_id).where(Image.id == image_id)).first()
    if owner is None or not _hold(session, Claim(image_id, owner, 0)):
        return None
    return session.get(Image, image_id, with_for_update=True, populate_existing=True)


def _fail(session: Session, image: Image, error: str, now: datetime) -> None:
    image.status, image.error, image.finished_at, image.preview_step = "failed", error, now, None
    session.flush()
    give_back(session, image)
    _drop_preview(session, image.id)


def _move(session: Session, claim: Claim, **values: object) -> bool:
    moved = session.execute(
        update(Image)
        .where(col(Image.id) == claim.image_id, col(Image.status) == "painting", col(Image.attempts) == claim.attempt)
        .values(**values)
        .returning(col(Image.id))
        .execution_options(synchronize_session=False)
    )
    return moved.first() is not None


def _keep(session: Session, claim: Claim, kind: Kind, data: bytes) -> None:
    row = insert(ImageFile).values(image_id=claim.image_id, kind=kind, slayer_id=claim.slayer_id, data=data)
    session.execute(row.on_conflict_do_update(index_elements=["image_id", "kind"], set_={"data": row.excluded.data}))


def _drop_preview(session: Session, image_id: uuid.UUID) -> None:
    session.execute(delete(ImageFile).where(col(ImageFile.image_id) == image_id, col(ImageFile.kind) == "preview"))
