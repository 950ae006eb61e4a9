"""Conversations: titles, order, and that nobody reads another's."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from hashiramart import accounts, threads
from hashiramart.accounts import Registration
from hashiramart.errors import NotFound
from hashiramart.models import Slayer, Turn

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def stranger(session: Session, slayer: Slayer) -> Slayer:
    profile = Registration(handle="sanemi", password="12345678", name="Sanemi", breathing_style="Wind")
    return accounts.register(session, profile)


def test_a_new_thread_is_titled_after_the_first_line_of_its_message(session: Session, slayer: Slayer) -> None:
    thread = threads.open_thread(session, slayer.id, None, "\n How do I oil it?\nAnd how often?", now=NOW)
    assert (thread.title, thread.created_at, thread.updated_at) == ("How do I oil it?", NOW, NOW)


@pytest.mark.parametrize(("length", "shown"), [(60, "x" * 60), (61, "x" * 59 + "…"), (4000, "x" * 59 + "…")])
def test_a_long_title_is_cut_to_sixty_characters(length: int, shown: str, session: Session, slayer: Slayer) -> None:
    assert threads.open_thread(session, slayer.id, None, "x" * length, now=NOW).title == shown


def test_a_thread_that_goes_on_keeps_its_title_and_moves_up(session: Session, slayer: Slayer) -> None:
    older = threads.open_thread(session, slayer.id, None, "older", now=NOW)
    newer = threads.open_thread(session, slayer.id, None, "newer", now=NOW + timedelta(hours=1))
    assert [thread.title for thread in threads.list_threads(session, slayer.id)] == ["newer", "older"]
    again = threads.open_thread(session, slayer.id, older.id, "again", now=NOW + timedelta(hours=2))
    assert again.id == older.id
    assert [thread.id for thread in threads.list_threads(session, slayer.id)] == [older.id, newer.id]
    assert [thread.title for thread in threads.list_threads(session, slayer.id, limit=1)] == ["older"]


def test_someone_elses_thread_is_not_found_like_one_that_never_was(
    session: Session, slayer: Slayer, stranger: Slayer
) -> None:
    thread = threads.open_thread(session, slayer.id, None, "mine", now=NOW)
    answers = set()
    for key in (thread.id, uuid.uuid4()):
        with pytest.raises(NotFound) as caught:
            threads.get(session, stranger.id, key)
        answers.add((caught.value.field, caught.value.message))
        with pytest.raises(NotFound):
            threads.open_thread(session, stranger.id, key, "let me in", now=NOW + timedelta(days=1))
    assert len(answers) == 1
    assert threads.list_threads(session, stranger.id) == []
    assert threads.get(session, slayer.id, thread.id).updated_at == NOW


def test_turns_come_in_order(session: Session, slayer: Slayer) -> None:
    thread = threads.open_thread(session, slayer.id, None, "first", now=NOW)
    for minute in (2, 0, 1):
        session.add(
            Turn(
                thread_id=thread.id,
                slayer_id=slayer.id,
                message=f"message {minute}",
                reply="",
                route=["coach"],
                citations=[{"n": 1}],
                blocks=[],
                engine="embedded",
                created_at=NOW + timedelta(minutes=minute),
            )
        )
    session.flush()
    assert [turn.message for turn in threads.turns_of(session, thread)] == ["message 0", "message 1", "message 2"]
