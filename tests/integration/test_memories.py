"""What is remembered of a slayer: one memory a thing, bounded, the slayer's own."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from agents.memory.notes import notes_in
from hashiramart import accounts, memories, personal_data, threads
from hashiramart.accounts import Registration
from hashiramart.errors import NotFound
from hashiramart.memories import MOST, Note, Noted
from hashiramart.models import Memory, Slayer, Turn

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def stranger(session: Session, slayer: Slayer) -> Slayer:
    profile = Registration(handle="sanemi", password="12345678", name="Sanemi", breathing_style="Wind")
    return accounts.register(session, profile)


def say(session: Session, slayer: Slayer, message: str, *, day: int = 0, turn: uuid.UUID | None = None) -> list[Noted]:
    return memories.keep(session, slayer.id, notes_in(message), turn_id=turn, now=NOW + timedelta(days=day))


def texts(session: Session, slayer: Slayer) -> list[str]:
    return [kept.memory.text for kept in memories.list_memories(session, slayer.id)]


def turn_of(session: Session, slayer: Slayer) -> Turn:
    thread = threads.open_thread(session, slayer.id, None, "My left knee is bad", now=NOW)
    turn = Turn(
        thread_id=thread.id, slayer_id=slayer.id, message="My left knee is bad", reply="", route=[], citations=[],
        blocks=[], engine="embedded", created_at=NOW,
    )  # fmt: skip
    session.add(turn)
    session.flush()
    return turn


def test_a_memory_knows_the_turn_and_thread_in_which_it_was_told(session: Session, slayer: Slayer) -> None:
    turn = turn_of(session, slayer)
    (noted,) = say(session, slayer, "My left knee is bad", turn=turn.id)
    (kept,) = memories.list_memories(session, slayer.id)
    assert (noted.effect, kept.memory.id) == ("new", noted.memory_id)
    assert (kept.memory.kind, kept.memory.text, kept.memory.turn_id) == ("injury", "My left knee is bad", turn.id)
    assert kept.thread_id == turn.thread_id


def test_a_turn_that_is_not_on_record_is_left_out(session: Session, slayer: Slayer) -> None:
    say(session, slayer, "My left knee is bad", turn=uuid.uuid4())
    (kept,) = memories.list_memories(session, slayer.id)
    assert (kept.memory.turn_id, kept.thread_id) == (None, None)


def test_the_same_again_is_the_same_memory(session: Session, slayer: Slayer) -> None:
    (first,) = say(session, slayer, "my left knee is bad")
    (again,) = say(session, slayer, "my left knee is bad", day=3)
    assert (again.memory_id, again.effect) == (first.memory_id, "again")
    (kept,) = memories.list_memories(session, slayer.id)
    assert (kept.memory.created_at, kept.memory.updated_at) == (NOW, NOW + timedelta(days=3))


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("I'm left-handed", "I'm right-handed", ["I'm right-handed"]),
        ("short answers please", "I like detailed answers", ["I like detailed answers"]),
        ("I train mornings", "I train in the evening", ["I train in the evening"]),
        ("I want to beat the moon by spring", "I want to beat the moon by May", ["I want to beat the moon by May"]),
        ("my knee is bad", "my left knee is bad", ["my left knee is bad"]),
        ("my left knee is bad", "my knee hurts", ["my left knee is bad"]),
        ("my left knee is bad", "my right knee is bad", ["my right knee is bad", "my left knee is bad"]),
        ("my left knee is bad. My right knee is bad", "both knees: my knees are bad", ["my knees are bad"]),
        ("my left knee is bad", "my knee is fine again", []),
        ("my left knee is bad", "my right knee is fine", ["my left knee is bad"]),
        ("my left knee is bad. I have asthma", "I've fully recovered", []),
        ("I love training with spears", "I hate training with spears", ["I hate training with spears"]),
        ("short answers please", "normal answers again please", []),
        ("I live near a river", "I no longer live near the river", []),
    ],
)  # fmt: skip
def test_what_contradicts_replaces(before: str, after: str, left: list[str], session: Session, slayer: Slayer) -> None:
    say(session, slayer, before)
    say(session, slayer, after, day=1)
    assert texts(session, slayer) == left


def test_they_are_bounded_and_injuries_go_last(session: Session, slayer: Slayer) -> None:
    say(session, slayer, "my left knee is bad")
    for number in range(MOST + 5):
        say(session, slayer, f"remember that my river number {number} is deep", day=number + 1)
    kept = texts(session, slayer)
    assert len(kept) == MOST
    assert kept[0] == "my left knee is bad"
    assert "my river number 5 is deep" not in kept
    assert f"my river number {MOST + 4} is deep" in kept


def test_another_slayers_memories_are_not_seen_changed_or_ended(
    session: Session, slayer: Slayer, stranger: Slayer
) -> None:
    (noted,) = say(session, slayer, "my left knee is bad")
    say(session, stranger, "my knee is fine again")
    say(session, stranger, "my left knee hurts")
    note = Note("fact", "hand", "I'm left-handed")
    answers = set()
    for key in (noted.memory_id, uuid.uuid4()):
        for attempt in (
            lambda key=key: memories.forget(session, stranger.id, key),
            lambda key=key: memories.change(session, stranger.id, key, note, now=NOW),
        ):
            with pytest.raises(NotFound) as caught:
                attempt()
            answers.add((caught.value.field, caught.value.message))
    assert len(answers) == 1
    assert memories.forget_these(session, stranger.id, [noted.memory_id]) == 0
    assert texts(session, slayer) == ["my left knee is bad"]


def test_other_words_for_one_replace_another_about_the_same(session: Session, slayer: Slayer) -> None:
    (left,) = say(session, slayer, "my left knee is bad")
    say(session, slayer, "my right knee is bad")
    note = Note("injury", "knee:right", "my right knee aches")
    assert memories.change(session, slayer.id, left.memory_id, note, now=NOW).memory.text == "my right knee aches"
    assert texts(session, slayer) == ["my right knee aches"]


def test_deleting_its_thread_leaves_the_memory_and_not_where_it_was_told(session: Session, slayer: Slayer) -> None:
    turn = turn_of(session, slayer)
    say(session, slayer, "My left knee is bad", turn=turn.id)
    threads.delete(session, slayer.id, turn.thread_id)
    session.expire_all()
    assert session.exec(select(Turn)).all() == []
    (memory,) = session.exec(select(Memory)).all()
    assert (memory.text, memory.turn_id) == ("My left knee is bad", None)


def test_they_are_in_what_a_slayer_takes_along(session: Session, slayer: Slayer) -> None:
    say(session, slayer, "My left knee is bad and I train mornings")
    data = personal_data.export(session, slayer.id, now=NOW)
    assert {(one.kind, one.text) for one in data.memories} == {
        ("injury", "My left knee is bad"),
        ("preference", "I train mornings"),
    }
