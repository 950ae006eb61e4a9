"""A slayer who leaves: everything goes, nothing of others does, and a crash in between leaves nothing for good."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import SQLModel, delete, func, select

from hashiramart import (
    accounts,
    chat_allowance,
    feedback,
    image_work,
    images,
    ledger,
    memories,
    orders,
    personal_data,
    removal,
    sessions,
    sign_in,
    staff,
    threads,
)
from hashiramart.accounts import ProfileChange, Registration
from hashiramart.chat_allowance import ChatBounds
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import Forbidden, HashiraError, InvalidInput, TooMany, Unauthenticated
from hashiramart.events import BattleEvent, LoginEvent, TrainingEvent
from hashiramart.models import Event, Image, Slayer, TrainingPlan, Turn, Weapon
from hashiramart.sessions import Caller
from tests.easel import QuickPainter, ordered
from tests.integration.belongings import show
from tools import chores, painting

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
RIGHT = "still-as-water"
TABLES = {name: table for name, table in SQLModel.metadata.tables.items() if "slayer_id" in table.c}


def turn(thread_id: uuid.UUID, slayer_id: uuid.UUID, reply: str) -> Turn:
    said = {"message": "How do I oil it?", "reply": reply, "route": ["coach"], "engine": "embedded"}
    return Turn.model_validate(
        {**said, "thread_id": thread_id, "slayer_id": slayer_id, "citations": [], "blocks": [], "created_at": NOW}
    )


def paint(database: Database, image: Image) -> bool:
    """Bring a picture to its end, if its slayer is still there."""
    with database.service() as session:
        begun = image_work.begin(session, image.id, image.checkpoint, image.checkpoint_hash, now=NOW)
        return begun is not None and image_work.finish(session, image_work.claim_of(begun), b"png", b"small", now=NOW)


def live(database: Database, slayer: Slayer, stocked: list[Weapon]) -> Caller:
    """Leave a trace of the slayer in every table."""
    with database.session(slayer.id) as session:
        issued = sessions.open_session(session, slayer.id, "cookie", now=NOW, days=30)
        accounts.change_profile(session, slayer.id, ProfileChange(timezone="Asia/Tokyo"), now=NOW)
        weapon = next(weapon for weapon in stocked if weapon.stock > 0)
        orders.place(session, slayer.id, "order-1", weapon.id, None, now=NOW)
        thread = threads.open_thread(session, slayer.id, None, "How do I oil it?", now=NOW)
        chat_allowance.take(session, slayer.id, ChatBounds(minute=60, day=60), now=NOW)
        answered = turn(thread.id, slayer.id, "Thinly.")
        session.add_all([answered, TrainingPlan(slayer_id=slayer.id, wish={"weeks": 6}, created_at=NOW)])
        session.flush()
        feedback.give(session, slayer.id, answered.id, "down", "How thinly?", now=NOW)
        note = memories.Note("injury", "knee:left", "my left knee is bad")
        memories.keep(session, slayer.id, [note], turn_id=answered.id, now=NOW)
        image = ordered(session, slayer.id, weapon.id, now=NOW)
        show(session, slayer.id, [weapon.id], "thread:turn:0", now=NOW)
    assert paint(database, image)
    with database.service() as session:
        staff.record(session, slayer.id, "retry", "retrain, job 1", before=None, now=NOW)
    battle = BattleEvent(type="battle", event_id="b", weapon_id=weapon.id, success=True)
    training = TrainingEvent(type="training", event_id="t", minutes=30)
    ledger.report_all(
        database, slayer.id, [battle, training, LoginEvent(type="login", event_id="l")], now=NOW, all_or_none=True
    )
    return Caller(slayer.id, "cookie", issued.csrf_token, issued.session_id)


def traces(database: Database, slayer_id: uuid.UUID) -> dict[str, int]:
    with database.service() as session:
        found = {
            name: session.execute(
                select(func.count()).select_from(table).where(table.c.slayer_id == slayer_id)
            ).scalar_one()
            for name, table in TABLES.items()
        }
        found["slayers"] = session.exec(select(func.count()).select_from(Slayer).where(Slayer.id == slayer_id)).one()
    return found


@pytest.fixture
def stranger(database: Database, slayer: Slayer, stocked: list[Weapon]) -> Slayer:
    profile = Registration(handle="sanemi", password="12345678", name="Sanemi", breathing_style="Wind")
    with database.session(None) as session:
        other = accounts.register(session, profile)
    live(database, other, stocked)
    return other


def test_the_application_can_remove_its_slayer_from_every_table_and_leaves_others_alone(
    database: Database, slayer: Slayer, stocked: list[Weapon], stranger: Slayer
) -> None:
    caller = live(database, slayer, stocked)
    before, others = traces(database, slayer.id), traces(database, stranger.id)
    assert min(before.values()) > 0, before  # a new table of slayers must be lived in here, too
    left = removal.remove(database, caller, RIGHT, now=NOW)
    assert len(left.threads) == 1
    assert set(traces(database, slayer.id).values()) == {0}
    assert traces(database, stranger.id) == others
    with pytest.raises(Unauthenticated):
        sign_in.prove(database, "giyu", RIGHT, now=NOW)
    with database.session(None) as session:
        accounts.register(
            session, Registration(handle="giyu", password="12345678", name="Another", breathing_style="Sun")
        )


def test_records_of_a_slayer_who_stays_cannot_be_deleted_by_the_application(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    live(database, slayer, stocked)
    with pytest.raises(DBAPIError, match="permission denied"), database.session(slayer.id) as session:
        session.execute(delete(Event))
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation), psycopg.connect(database.conninfo) as owner:
        owner.execute("DELETE FROM events")


def test_a_wrong_password_removes_nothing_and_counts_as_a_sign_in(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    caller = live(database, slayer, stocked)
    before = traces(database, slayer.id)
    for _ in range(5):
        with pytest.raises(InvalidInput) as caught:
            removal.remove(database, caller, "a wrong one", now=NOW)
        assert caught.value.field == "password"
    with pytest.raises(TooMany):
        removal.remove(database, caller, RIGHT, now=NOW)
    assert traces(database, slayer.id) == before


def test_the_demo_slayer_stays(database: Database, stocked: list[Weapon]) -> None:
    with database.session(None) as session:
        demo = accounts.ensure_demo_slayer(session)
        issued = sessions.open_session(session, demo, "cookie", now=NOW, days=1)
    with pytest.raises(Forbidden):
        removal.remove(database, Caller(demo, "cookie", None, issued.session_id), "anything", now=NOW)
    assert traces(database, demo)["slayers"] == 1


def test_leaving_twice_at_once_succeeds_once(database: Database, slayer: Slayer, stocked: list[Weapon]) -> None:
    caller = live(database, slayer, stocked)
    together = threading.Barrier(2)

    def leave(_: int) -> bool:
        together.wait(10)
        try:
            removal.remove(database, caller, RIGHT, now=NOW)
        except (InvalidInput, Unauthenticated):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, range(2))) == [False, True]


def test_leaving_in_the_middle_of_everything_else_ends_well(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    caller = live(database, slayer, stocked)
    mine = slayer.id
    with database.session(mine) as session:
        thread = threads.list_threads(session, mine)[0].id
    together = threading.Barrier(6)
    troubles: list[str] = []

    def chat(number: int, now: datetime) -> None:
        with database.session(mine) as session:
            threads.open_thread(session, mine, thread, "more", now=now)
        with database.session(mine) as session:
            session.add(turn(thread, mine, str(number)))

    def busy(kind: int) -> None:
        together.wait(10)
        for number in range(20):
            now = NOW + timedelta(minutes=number)
            try:
                if kind == 0:
                    ledger.report(database, mine, LoginEvent(type="login", event_id=f"e{number}"), now=now)
                elif kind == 1:
                    sign_in.sign_in(database, "giyu", RIGHT, "token", now=now, days=1)
                elif kind == 2:
                    chat(number, now)
                else:
                    with database.session(mine) as session:
                        if kind == 3:
                            change = ProfileChange(level=number + 1, timezone=("UTC", "Asia/Tokyo")[number % 2])
                            accounts.change_profile(session, mine, change, now=now)
                        else:
                            asked = ordered(session, mine, stocked[0].id, seed=number, now=now)
                if kind == 4:
                    paint(database, asked)
                    with database.session(mine) as session:
                        images.cancel(session, mine, asked.id, now=now)
            except (HashiraError, DBAPIError, StaleDataError) as error:  # what it wants to hang on is gone
                troubles.append(f"{error} {error.__cause__}")

    with ThreadPoolExecutor(6) as pool:
        others = [pool.submit(busy, kind) for kind in range(5)]
        together.wait(10)
        removal.remove(database, caller, RIGHT, now=NOW)
        for other in others:
            other.result()
    assert troubles
    assert not [trouble for trouble in troubles if "deadlock" in trouble]
    assert set(traces(database, mine).values()) == {0}


# --- what lies outside of the tables ---


def remember(database: Database, thread_id: uuid.UUID) -> None:
    """What LangGraph keeps of a thread, in its own tables."""
    from langgraph.checkpoint.postgres import PostgresSaver

    with PostgresSaver.from_conn_string(database.conninfo_for("langgraph")) as saver:
        saver.setup()
        config: Any = {"configurable": {"thread_id": str(thread_id), "checkpoint_ns": ""}}
        checkpoint: Any = {
            "v": 4,
            "id": str(uuid.uuid4()),
            "ts": NOW.isoformat(),
            "channel_values": {"message": "hello", "replies": ["a", "b"]},
            "channel_versions": {"message": "1", "replies": "1"},
            "versions_seen": {},
            "updated_channels": None,
        }
        stored = saver.put(config, checkpoint, {}, {"message": "1", "replies": "1"})
        saver.put_writes(stored, [("message", "hi")], "task")


def remembered(database: Database) -> set[str]:
    with psycopg.connect(database.conninfo) as owner:
        rows = owner.execute(
            "SELECT thread_id FROM langgraph.checkpoints UNION SELECT thread_id FROM langgraph.checkpoint_writes "
            "UNION SELECT thread_id FROM langgraph.checkpoint_blobs"
        )
        return {thread for (thread,) in rows}


def test_what_a_crash_left_behind_is_swept_up_and_what_belongs_to_somebody_stays(
    database: Database, slayer: Slayer, stocked: list[Weapon], stranger: Slayer
) -> None:
    caller = live(database, slayer, stocked)
    with database.service() as session:
        kept_thread = str(threads.list_threads(session, stranger.id)[0].id)
    left = removal.remove(database, caller, RIGHT, now=NOW)  # and here the process dies
    for thread in (*left.threads, uuid.UUID(kept_thread)):
        remember(database, thread)

    chores.sweep_up(database)
    assert remembered(database) == {kept_thread}
    with database.service() as session:
        assert removal.sweep(session) == 0


def test_a_sweep_of_a_shop_where_nobody_has_been_finds_nothing(database: Database) -> None:
    with database.service() as session:
        assert removal.sweep(session) == 0


def test_a_picture_that_was_on_the_easel_when_its_slayer_left_is_thrown_away(
    database: Database, slayer: Slayer, stocked: list[Weapon], settings: Settings
) -> None:
    caller = live(database, slayer, stocked)
    with database.session(slayer.id) as session:
        wanted = ordered(session, slayer.id, stocked[0].id, seed=8, now=NOW)

    def leave(step: int) -> None:
        if step == 2:
            removal.remove(database, caller, RIGHT, now=NOW)

    painter = QuickPainter(before_step=leave)
    painting.Easel(settings, database, painter.load).paint(wanted.id)
    assert set(traces(database, slayer.id).values()) == {0}


# --- the document ---


def test_the_document_holds_a_row_of_every_table_and_no_secret(
    database: Database, slayer: Slayer, stocked: list[Weapon], stranger: Slayer
) -> None:
    caller = live(database, slayer, stocked)
    with pytest.raises(Unauthenticated):
        sign_in.prove(database, "giyu", "a wrong one", now=NOW)
    with database.session(slayer.id) as session:
        data = personal_data.export(session, slayer.id, now=NOW)
    counts = {name: len(value) for name, value in data if isinstance(value, list)}
    assert counts == {
        "zones": 2,
        "sessions": 1,
        "holdings": 2,
        "orders": 1,
        "events": 3,
        "ledger": 3,
        "feats": counts["feats"],
        "battles": 1,
        "recommendations": 1,
        "threads": 1,
        "feedback": 1,
        "memories": 1,
        "plans": 1,
        "images": 1,
        "image_days": 1,
        "staff_actions": 1,
    }
    assert counts["feats"] > 0
    assert (data.account.handle, data.account.failed_sign_ins) == ("giyu", 1)
    assert data.totals.nichirin_points == sum(entry.points for entry in data.ledger) == data.ledger[-1].balance
    assert (data.profile.timezone, [zone.timezone for zone in data.zones]) == ("Asia/Tokyo", ["UTC", "Asia/Tokyo"])
    assert [turn.reply for turn in data.threads[0].turns] == ["Thinly."]
    assert [(each.rating, each.comment) for each in data.feedback] == [("down", "How thinly?")]
    assert data.sessions[0].session_id == caller.session_id
    assert data.images[0].file == f"/images/{data.images[0].image_id}/file"
    assert data.orders[0].weapon == data.battles[0].weapon == data.recommendations[0].places[0].weapon != ""
    told = data.model_dump_json()
    for secret in ("argon2", "token_hash", "csrf", str(caller.csrf_token), "Sanemi", str(stranger.id)):
        assert secret not in told


def test_the_document_of_a_new_slayer_is_whole_as_well(database: Database, slayer: Slayer) -> None:
    with database.session(slayer.id) as session:
        data = personal_data.export(session, slayer.id, now=NOW)
    assert (data.events, data.orders, data.threads, data.totals.rank) == ([], [], [], "Apprentice")
