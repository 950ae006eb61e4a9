"""Pictures asked for: the row of each, and how its state moves (queued, painting, done or failed)."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from hashiramart.config import Settings
from hashiramart.errors import NotFound
from hashiramart.models import Image


def order_image(
    session: Session,
    slayer_id: uuid.UUID,
    weapon_id: uuid.UUID,
    prompt: str,
    seed: int,
    *,
    image_id: uuid.UUID | None = None,
    now: datetime,
) -> Image:
    """Record that a picture is wanted; the same ``image_id`` again is the same picture."""
    known = session.get(Image, image_id) if image_id else None
    if known is not None:
        return known
    image = Image(
        id=image_id or uuid.uuid4(), slayer_id=slayer_id, weapon_id=weapon_id, prompt=prompt, seed=seed, created_at=now
    )
    session.add(image)
    session.flush()
    return image


def get(session: Session, slayer_id: uuid.UUID, image_id: uuid.UUID) -> Image:
    """The caller's picture.

    Raises:
        NotFound: no such picture, or someone else's.
    """
    image = session.get(Image, image_id)
    if image is None or image.slayer_id != slayer_id:
        raise NotFound("image_id", "You have no picture with this id.")
    return image


def file_of(settings: Settings, image_id: uuid.UUID) -> Path:
    """Where a finished picture lies."""
    return settings.images_path / f"{image_id}.png"
