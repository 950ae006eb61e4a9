"""Conversations: titles, order, and that nobody reads another's."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from hashiramart import accounts, feedback, threads, turns
from hashiramart.accounts import Registration
from hashiramart.errors import Conflict, NotFound
from hashiramart.models import Feedback, Slayer, Thread, Turn

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


def answered(
    session: Session, slayer: Slayer, message: str, reply: str, *, minute: int, thread: Thread | None = None
) -> Thread:
    """A message and its answer, in a new thread titled after it if none is given."""
    now = NOW + timedelta(minutes=minute)
    thread = threads.open_thread(session, slayer.id, thread.id if thread else None, message, now=now)
    session.add(
        Turn(
            thread_id=thread.id,
            slayer_id=slayer.id,
            message=message,
            reply=reply,
            route=["coach"],
            citations=[],
            blocks=[],
            engine="embedded",
            created_at=now,
        )
    )
    session.flush()
    return thread


@pytest.fixture
def talks(session: Session, slayer: Slayer, stranger: Slayer) -> list[Thread]:
    """Three conversations, the latest last, and one of somebody else's that holds all their words."""
    answered(session, stranger, "oil scabbard knots", "Oil the spear, tie a bowline, 100% of it.", minute=9)
    return [
        answered(
            session, slayer, "How do I oil it?", "Wipe the Heron Spear with camellia oil every fortnight.", minute=0
        ),
        answered(session, slayer, "a drill please", "Minnows: quick small thrusts.", minute=1),
        answered(session, slayer, "100% sure?", "The scabbard wants airing, not oiling.", minute=2),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("camellia", [0]),
        ("oils", [2, 0]),
        ("oil fortnight", [0]),
        ("oil -scabbard", [0]),
        ('"small thrusts"', [1]),
        ("minnows or scabbard", [2, 1]),
        ("drill", [1]),
        ("0% s", [2]),
        ("the", []),
        ("bowline", []),
        ("' | & ! :* <-> \\", []),
        ("_", []),
    ],
)
def test_threads_are_found_by_title_and_text(
    words: str, found: list[int], talks: list[Thread], session: Session, slayer: Slayer
) -> None:
    rows = threads.list_threads(session, slayer.id, words=words)
    assert [row.id for row in rows] == [talks[place].id for place in found]


def test_the_words_around_what_was_found_are_told_as_plain_text(
    talks: list[Thread], session: Session, slayer: Slayer
) -> None:
    said = threads.excerpts(session, [thread.id for thread in talks], "oiling")
    assert set(said) == {talks[0].id, talks[2].id}
    assert "camellia oil" in said[talks[0].id]
    assert "<" not in "".join(said.values())


def test_pages_follow_each_other_without_gap_or_repeat(session: Session, slayer: Slayer) -> None:
    made = [
        threads.open_thread(session, slayer.id, None, f"talk {n}", now=NOW + timedelta(minutes=n // 2))
        for n in range(7)
    ]
    seen: list[uuid.UUID] = []
    before = None
    while rows := threads.list_threads(session, slayer.id, before=before, limit=3):
        seen += [row.id for row in rows]
        before = rows[-1].id
    assert len(seen) == len(set(seen)) == 7
    assert set(seen) == {thread.id for thread in made}


def test_a_page_does_not_follow_anothers_thread(session: Session, slayer: Slayer, stranger: Slayer) -> None:
    theirs = threads.open_thread(session, stranger.id, None, "theirs", now=NOW)
    for change in (
        lambda: threads.list_threads(session, slayer.id, before=theirs.id),
        lambda: threads.rename(session, slayer.id, theirs.id, "mine"),
        lambda: threads.delete(session, slayer.id, theirs.id),
    ):
        with pytest.raises(NotFound):
            change()
    assert threads.get(session, stranger.id, theirs.id).title == "theirs"


def test_a_renamed_thread_keeps_its_place(session: Session, slayer: Slayer) -> None:
    older = threads.open_thread(session, slayer.id, None, "older", now=NOW)
    threads.open_thread(session, slayer.id, None, "newer", now=NOW + timedelta(hours=1))
    threads.rename(session, slayer.id, older.id, "Oiling the spear")
    assert [thread.title for thread in threads.list_threads(session, slayer.id)] == ["newer", "Oiling the spear"]


def test_a_deleted_thread_takes_its_turns_and_what_was_said_of_them(
    talks: list[Thread], session: Session, slayer: Slayer
) -> None:
    first = session.exec(select(Turn).where(Turn.thread_id == talks[0].id)).one()
    feedback.give(session, slayer.id, first.id, "down", "Which oil?", now=NOW)
    threads.delete(session, slayer.id, talks[0].id)
    session.expire_all()
    assert session.exec(select(Feedback)).all() == []
    assert talks[0].id not in {turn.thread_id for turn in session.exec(select(Turn))}
    assert len(threads.list_threads(session, slayer.id)) == 2


def test_a_thread_is_not_deleted_under_a_message_that_is_being_answered(
    talks: list[Thread], session: Session, slayer: Slayer
) -> None:
    turns.begin(session, slayer.id, talks[0].id, uuid.uuid4(), "and how often?", approved=None, now=NOW)
    with pytest.raises(Conflict):
        threads.delete(session, slayer.id, talks[0].id)
    assert len(threads.list_threads(session, slayer.id)) == 3
