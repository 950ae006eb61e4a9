"""Pictures asked for."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from hashiramart import images
from hashiramart.config import Settings
from hashiramart.errors import NotFound
from hashiramart.models import Slayer, Weapon

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_an_ordered_picture_waits_in_the_queue(session: Session, slayer: Slayer, stocked: list[Weapon]) -> None:
    seed = 2**63 - 1
    image = images.order_image(session, slayer.id, stocked[0].id, "a slayer at dusk", seed, now=NOW)
    session.expire_all()
    found = images.get(session, slayer.id, image.id)
    assert (found.status, found.prompt, found.seed, found.created_at) == ("queued", "a slayer at dusk", seed, NOW)
    assert (found.error, found.finished_at) == (None, None)


def test_someone_elses_picture_is_not_found_like_one_that_never_was(
    session: Session, slayer: Slayer, stocked: list[Weapon]
) -> None:
    image = images.order_image(session, slayer.id, stocked[0].id, "mine", 1, now=NOW)
    for owner, key in ((uuid.uuid4(), image.id), (slayer.id, uuid.uuid4())):
        with pytest.raises(NotFound) as caught:
            images.get(session, owner, key)
        assert caught.value.field == "image_id"


def test_a_picture_lies_in_the_state_folder(tmp_path: Path) -> None:
    key = uuid.uuid4()
    assert images.file_of(Settings(home=tmp_path), key) == tmp_path / "images" / f"{key}.png"
