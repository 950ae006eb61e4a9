"""Pictures asked for: taken on once, in order, within bounds; called off; thrown away."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from hashiramart import image_orders, image_work, images
from hashiramart.accounts import Registration, register
from hashiramart.db import Database
from hashiramart.errors import NotFound, TooMany
from hashiramart.image_orders import Bounds
from hashiramart.models import Image, ImageDay, ImageFile, Slayer, Weapon
from tests.easel import PLENTY, ordered, wish

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def stranger(database: Database, stocked: list[Weapon]) -> Slayer:
    profile = Registration(handle="sanemi", password="12345678", name="Sanemi", breathing_style="Wind")
    with database.session(None) as session:
        return register(session, profile)


@contextmanager
def acting(database: Database, slayer: Slayer) -> Iterator[Session]:
    with database.session(slayer.id) as session:
        yield session


def counted(database: Database, slayer: Slayer) -> int:
    with database.service() as session:
        return sum(session.exec(select(ImageDay.pictures).where(ImageDay.slayer_id == slayer.id)).all())


def begun(database: Database, image: Image) -> image_work.Claim:
    with database.service() as session:
        started = image_work.begin(session, image.id, image.checkpoint, image.checkpoint_hash, now=NOW)
        assert started is not None
        return image_work.claim_of(started)


# --- taking on ---


def test_a_picture_waits_with_all_that_its_pixels_depend_on(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    with acting(database, slayer) as session:
        image = ordered(session, slayer.id, stocked[0].id, seed=2**32 - 1, pose="guard", now=NOW)
    with acting(database, slayer) as session:
        found = images.get(session, slayer.id, image.id)
        assert (found.status, found.prompt, found.negative_prompt) == ("queued", "a slayer at dusk", "blurry")
        assert (found.seed, found.steps, found.guidance, found.pose) == (2**32 - 1, 4, 4.0, "guard")
        assert (found.width, found.height, found.checkpoint, found.created_at) == (64, 64, "brush", NOW)
        assert (found.step, found.steps_total, found.attempts, found.error) == (0, 4, 0, None)


def test_someone_elses_picture_is_not_found_like_one_that_never_was(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    with acting(database, slayer) as session:
        image = ordered(session, slayer.id, stocked[0].id, now=NOW)
        for owner, key in ((uuid.uuid4(), image.id), (slayer.id, uuid.uuid4())):
            with pytest.raises(NotFound) as caught:
                images.get(session, owner, key)
            assert caught.value.field == "image_id"


def test_the_same_id_is_the_same_picture_whatever_else_is_asked(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    key = uuid.uuid4()
    for seed in (1, 2):
        with acting(database, slayer) as session:
            image = ordered(session, slayer.id, stocked[0].id, image_id=key, seed=seed, now=NOW)
        assert (image.id, image.seed) == (key, 1)
    assert counted(database, slayer) == 1


@pytest.mark.parametrize(
    ("came_to", "again"),
    [("queued", False), ("painting", False), ("done", False), ("failed", True), ("cancelled", True)],
)
def test_the_same_wish_is_painted_again_only_when_nothing_came_of_it(
    came_to: str, again: bool, database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    with acting(database, slayer) as session:
        first = ordered(session, slayer.id, stocked[0].id, now=NOW)
    with database.service() as session:
        session.get_one(Image, first.id).status = came_to
    with acting(database, slayer) as session:
        taken = image_orders.order(
            session, slayer.id, [(uuid.uuid4(), wish(stocked[0].id))], PLENTY, now=NOW + timedelta(hours=1)
        )
    assert bool(taken.new) == again
    assert (taken.images[0].id != first.id) == again


@pytest.mark.parametrize(
    "change", [{"seed": 8}, {"scene": "at dawn"}, {"pose": "guard"}, {"steps": 5}, {"checkpoint_hash": "f" * 64}]
)
def test_another_wish_is_another_picture(
    change: dict[str, Any], database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    with acting(database, slayer) as session:
        assert ordered(session, slayer.id, stocked[0].id, now=NOW).id != (
            ordered(session, slayer.id, stocked[0].id, now=NOW, **change).id
        )
        # Whatever the prompt makes of it: who asks for another weapon is shown that one.
        assert ordered(session, slayer.id, stocked[1].id, now=NOW).weapon_id == stocked[1].id


def test_two_slayers_with_one_wish_have_a_picture_each(
    database: Database, slayer: Slayer, stranger: Slayer, stocked: list[Weapon]
) -> None:
    found = []
    for each in (slayer, stranger):
        with acting(database, each) as session:
            found.append(ordered(session, each.id, stocked[0].id, now=NOW).id)
    assert len(set(found)) == 2


def test_asking_from_many_threads_at_once_takes_one_picture_on(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    together = threading.Barrier(6)

    def ask(_: int) -> uuid.UUID:
        together.wait(10)
        with acting(database, slayer) as session:
            return ordered(session, slayer.id, stocked[0].id, now=NOW).id

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(ask, range(6)))) == 1
    assert counted(database, slayer) == 1


# --- the queue ---


def test_places_count_everybodys_pictures_in_the_order_of_asking(
    database: Database, slayer: Slayer, stranger: Slayer, stocked: list[Weapon]
) -> None:
    asked = []
    for number, each in enumerate((slayer, stranger, slayer, stranger)):
        with acting(database, each) as session:
            asked.append((each, ordered(session, each.id, stocked[0].id, seed=number, now=NOW).id))
    with database.service() as session:
        session.get_one(Image, asked[1][1]).status = "painting"
    with acting(database, slayer) as session:
        found = images.gallery(session, slayer.id, before=None, limit=10)
        assert images.places(session, found) == {asked[0][1]: 1, asked[2][1]: 2}
    with acting(database, stranger) as session:
        assert images.places(session, images.gallery(session, stranger.id, before=None, limit=10)) == {asked[3][1]: 3}


def test_a_full_queue_takes_nothing_on_and_says_when_to_ask_again(
    database: Database, slayer: Slayer, stranger: Slayer, stocked: list[Weapon]
) -> None:
    bounds = Bounds(queue=3, day=100)
    for seed in range(3):
        with acting(database, stranger) as session:
            ordered(session, stranger.id, stocked[0].id, seed=seed, bounds=bounds, now=NOW)
    with pytest.raises(TooMany, match="3 pictures wait") as caught, acting(database, slayer) as session:
        ordered(session, slayer.id, stocked[0].id, bounds=bounds, now=NOW)
    assert caught.value.retry_after == 8  # seconds that a picture usually takes
    assert counted(database, slayer) == 0
    with acting(database, stranger) as session:  # nothing new is wanted
        assert ordered(session, stranger.id, stocked[0].id, seed=2, bounds=bounds, now=NOW).status == "queued"


def test_several_pictures_are_taken_on_together_or_not_at_all(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    wishes = [(uuid.uuid4(), wish(stocked[0].id, seed=seed)) for seed in range(4)]
    with pytest.raises(TooMany), acting(database, slayer) as session:
        image_orders.order(session, slayer.id, wishes, Bounds(queue=3, day=100), now=NOW)
    with acting(database, slayer) as session:
        assert session.exec(select(func.count()).select_from(Image)).one() == 0
        taken = image_orders.order(session, slayer.id, wishes, Bounds(queue=4, day=100), now=NOW)
    assert [image.seed for image in taken.images] == [0, 1, 2, 3]
    assert sorted(image.number or 0 for image in taken.images) == [image.number for image in taken.images]


def test_the_queue_never_grows_over_its_bound_under_a_rush(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    together = threading.Barrier(8)
    refused: list[int] = []

    def rush(lane: int) -> None:
        with database.session(None) as session:
            profile = Registration(handle=f"rush-{lane}", password="12345678", name="Rush", breathing_style="Wind")
            mine = register(session, profile)
        together.wait(10)
        for seed in range(5):
            try:
                with acting(database, mine) as session:
                    ordered(session, mine.id, stocked[0].id, seed=seed, bounds=Bounds(queue=10, day=100), now=NOW)
            except TooMany:
                refused.append(lane)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(rush, range(8)))
    with database.service() as session:
        assert session.exec(select(func.count()).where(col(Image.status) == "queued")).one() == 10
    assert len(refused) == 30


# --- the day ---


def test_a_day_has_its_pictures_and_the_next_local_day_has_new_ones(database: Database, stocked: list[Weapon]) -> None:
    with database.session(None) as session:
        profile = Registration(handle="gyomei", password="12345678", name="Gyomei", breathing_style="Stone")
        slayer = register(session, profile.model_copy(update={"timezone": "Asia/Tokyo"}))
    bounds = Bounds(queue=100, day=2)
    evening = datetime(2026, 3, 10, 14, 30, tzinfo=UTC)  # 23:30 in Tokyo
    for seed in range(2):
        with acting(database, slayer) as session:
            ordered(session, slayer.id, stocked[0].id, seed=seed, bounds=bounds, now=evening)
    with pytest.raises(TooMany, match="2 pictures a day") as caught, acting(database, slayer) as session:
        ordered(session, slayer.id, stocked[0].id, seed=2, bounds=bounds, now=evening)
    assert caught.value.retry_after == 30 * 60
    with acting(database, slayer) as session:
        ordered(session, slayer.id, stocked[0].id, seed=2, bounds=bounds, now=evening + timedelta(minutes=30))


def test_throwing_pictures_away_does_not_make_room_in_the_day(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    with acting(database, slayer) as session:
        image = ordered(session, slayer.id, stocked[0].id, now=NOW)
    claim = begun(database, image)
    with database.service() as session:
        assert image_work.finish(session, claim, b"png", b"small", now=NOW)
    with acting(database, slayer) as session:
        images.delete(session, slayer.id, image.id, now=NOW)
    assert counted(database, slayer) == 1


def test_what_cost_nothing_or_came_to_nothing_does_not_count(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    with acting(database, slayer) as session:
        called_off, thrown_away, failed = (
            ordered(session, slayer.id, stocked[0].id, seed=seed, now=NOW) for seed in range(3)
        )
    assert counted(database, slayer) == 3
    with acting(database, slayer) as session:
        images.cancel(session, slayer.id, called_off.id, now=NOW)
        images.cancel(session, slayer.id, called_off.id, now=NOW)
        images.delete(session, slayer.id, thrown_away.id, now=NOW)
    with database.service() as session:
        assert image_work.fail(session, failed.id, "The brush broke.", now=NOW)
        assert not image_work.fail(session, failed.id, "The brush broke.", now=NOW)
    assert counted(database, slayer) == 0


def test_days_long_past_are_forgotten(database: Database, slayer: Slayer, stocked: list[Weapon]) -> None:
    with acting(database, slayer) as session:
        ordered(session, slayer.id, stocked[0].id, now=NOW)
    for days, left in ((7, 1), (8, 0)):
        with database.service() as session:
            image_orders.forget_days(session, now=NOW + timedelta(days=days))
        assert counted(database, slayer) == left


# --- calling off, throwing away, looking ---


def test_a_picture_can_be_called_off_until_it_has_ended(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    with acting(database, slayer) as session:
        waiting, at_work, done = (ordered(session, slayer.id, stocked[0].id, seed=seed, now=NOW) for seed in range(3))
    claims = [begun(database, image) for image in (at_work, done)]
    with database.service() as session:
        assert image_work.finish(session, claims[1], b"png", b"small", now=NOW)
    with acting(database, slayer) as session:
        ended = [images.cancel(session, slayer.id, each.id, now=NOW).status for each in (waiting, at_work, done)]
    assert ended == ["cancelled", "cancelled", "done"]
    with database.service() as session:
        assert not image_work.advance(session, claims[0], 1, 4, b"frame")
        assert not image_work.finish(session, claims[0], b"png", b"small", now=NOW)
        assert session.exec(select(ImageFile.image_id).distinct()).all() == [done.id]


def test_a_picture_thrown_away_takes_its_bytes_along_even_from_the_easel(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    with acting(database, slayer) as session:
        image = ordered(session, slayer.id, stocked[0].id, now=NOW)
    claim = begun(database, image)
    with database.service() as session:
        assert image_work.advance(session, claim, 1, 4, b"frame")
    with acting(database, slayer) as session:
        images.delete(session, slayer.id, image.id, now=NOW)
    with database.service() as session:
        assert not image_work.finish(session, claim, b"png", b"small", now=NOW)
        assert session.exec(select(ImageFile)).all() == []
        assert session.exec(select(Image)).all() == []


def test_the_gallery_goes_back_in_pages_and_shows_nobody_elses(
    database: Database, slayer: Slayer, stranger: Slayer, stocked: list[Weapon]
) -> None:
    with acting(database, slayer) as session:
        asked = [ordered(session, slayer.id, stocked[0].id, seed=seed, now=NOW).id for seed in range(5)]
    with acting(database, stranger) as session:
        theirs = ordered(session, stranger.id, stocked[0].id, now=NOW).id
    seen: list[uuid.UUID] = []
    with acting(database, slayer) as session:
        while page := images.gallery(session, slayer.id, before=seen[-1] if seen else None, limit=2):
            seen += [image.id for image in page]
        assert seen == asked[::-1]
        with pytest.raises(NotFound) as caught:
            images.gallery(session, slayer.id, before=theirs, limit=2)
    assert caught.value.field == "before"


def test_the_application_can_read_pictures_and_cannot_forge_one(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    with acting(database, slayer) as session:
        image = ordered(session, slayer.id, stocked[0].id, now=NOW)
    with pytest.raises(Exception, match="permission denied"), acting(database, slayer) as session:
        session.add(ImageFile(image_id=image.id, kind="picture", slayer_id=slayer.id, data=b"forged"))
