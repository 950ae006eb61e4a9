"""Painting a picture, as the record sees it: whoever began last may finish it, and nobody else."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from hashiramart import image_work, images, jobs
from hashiramart.db import Database
from hashiramart.image_work import Claim
from hashiramart.models import Image, ImageFile, Slayer, Weapon, utc_now
from tests.easel import ordered

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def image(database: Database, slayer: Slayer, stocked: list[Weapon]) -> Image:
    with database.session(slayer.id) as session:
        return ordered(session, slayer.id, stocked[0].id, now=NOW)


def begin(database: Database, image: Image) -> Claim | None:
    with database.service() as session:
        begun = image_work.begin(session, image.id, image.checkpoint, image.checkpoint_hash, now=NOW)
        return image_work.claim_of(begun) if begun else None


def now_is(database: Database, image: Image) -> Image:
    with database.service() as session:
        return session.get_one(Image, image.id)


def kept(database: Database, image: Image) -> dict[str, bytes]:
    with database.service() as session:
        rows = session.exec(select(ImageFile).where(ImageFile.image_id == image.id)).all()
        return {row.kind: row.data for row in rows}


def test_a_picture_goes_from_step_to_step_to_its_end(database: Database, image: Image) -> None:
    claim = begin(database, image)
    assert claim is not None
    assert (now_is(database, image).status, now_is(database, image).started_at) == ("painting", NOW)
    with database.service() as session:
        assert image_work.advance(session, claim, 1, 5, b"first")
        assert image_work.advance(session, claim, 2, 5, b"second")
        assert image_work.advance(session, claim, 3, 5, None)
    row = now_is(database, image)
    assert (row.step, row.steps_total, row.preview_step) == (3, 5, 2)
    assert kept(database, image) == {"preview": b"second"}
    with database.service() as session:
        assert image_work.finish(session, claim, b"png", b"small", now=NOW)
    row = now_is(database, image)
    assert (row.status, row.step, row.preview_step, row.finished_at) == ("done", 5, None, NOW)
    assert kept(database, image) == {"picture": b"png", "thumbnail": b"small"}


def test_what_is_done_under_an_old_claim_changes_nothing(database: Database, image: Image) -> None:
    given_up_for_dead, second = begin(database, image), begin(database, image)
    assert given_up_for_dead is not None
    assert second is not None
    with database.service() as session:
        assert not image_work.advance(session, given_up_for_dead, 3, 4, b"old")
        assert not image_work.put_back(session, given_up_for_dead, counts=False)
        assert not image_work.fail(session, image.id, "It broke.", now=NOW, claim=given_up_for_dead)
        assert not image_work.finish(session, given_up_for_dead, b"old", b"old", now=NOW)
    assert now_is(database, image).status == "painting"
    with database.service() as session:
        assert image_work.finish(session, second, b"new", b"new", now=NOW)
        assert not image_work.finish(session, second, b"newer", b"newer", now=NOW)
    assert kept(database, image)["picture"] == b"new"


def test_a_picture_that_breaks_off_again_and_again_is_given_up_with_one_sentence(
    database: Database, image: Image
) -> None:
    for _ in range(image_work.MOST_ATTEMPTS):
        assert begin(database, image) is not None
    assert begin(database, image) is None
    row = now_is(database, image)
    assert (row.status, row.error, row.attempts) == ("failed", image_work.GIVEN_UP, image_work.MOST_ATTEMPTS)


def test_leaving_it_to_the_next_when_the_shop_closes_is_no_attempt(database: Database, image: Image) -> None:
    for _ in range(image_work.MOST_ATTEMPTS * 2):
        claim = begin(database, image)
        assert claim is not None
        with database.service() as session:
            assert image_work.put_back(session, claim, counts=False)
    assert now_is(database, image).status == "queued"


def test_an_ended_picture_is_not_begun(database: Database, image: Image, slayer: Slayer) -> None:
    with database.session(slayer.id) as session:
        images.cancel(session, slayer.id, image.id, now=NOW)
    assert begin(database, image) is None
    assert now_is(database, image).status == "cancelled"


def test_another_checkpoint_than_expected_is_told_and_the_picture_is_no_answer_to_the_old_wish(
    database: Database, image: Image, slayer: Slayer
) -> None:
    with database.service() as session:
        image_work.begin(session, image.id, "brush-2", "f" * 64, now=NOW)
    row = now_is(database, image)
    assert (row.checkpoint, row.checkpoint_hash) == ("brush-2", "f" * 64)
    with database.session(slayer.id) as session:
        assert ordered(session, slayer.id, image.weapon_id, now=NOW).id != image.id


def test_a_picture_without_a_job_is_found_and_one_that_waits_in_the_queue_is_not(
    database: Database, image: Image
) -> None:
    def unattended() -> list[uuid.UUID]:
        with database.service() as session:
            found = image_work.unattended(session, now=utc_now(), after=timedelta(seconds=5))
            return [image_id for image_id, _ in found]

    assert unattended() == [image.id]
    begin(database, image)
    assert unattended() == [image.id]
    with jobs.queue(database).open() as app:
        jobs.ask_for_picture(app, image.id, image.number or 0)
    assert unattended() == []
