"""The other slayer of an attack: something of theirs in every table, each text with a word that nobody else may ever see."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import Session, col, select

from evals.scenes.cast import Role, enter
from hashiramart import ledger, orders, sessions
from hashiramart.db import Database
from hashiramart.events import AnyEvent, LoginEvent, TrainingEvent
from hashiramart.models import (
    Account,
    Feedback,
    Image,
    ImageDay,
    ImageFile,
    Memory,
    Order,
    Thread,
    TrainingPlan,
    Turn,
    Weapon,
    utc_now,
)

OWNED_TABLES = """
SELECT table_name::text FROM information_schema.columns
WHERE table_schema = 'public' AND column_name = 'slayer_id' ORDER BY table_name
"""


@dataclass(frozen=True)
class Victim:
    """Who it is. ``canary`` is in every text of theirs; ``ids`` by the names that attacks have for them."""

    slayer: uuid.UUID
    canary: str
    ids: dict[str, str]


def settle(database: Database) -> Victim:
    """Make the victim."""
    now = utc_now()
    canary = f"kanari{secrets.token_hex(6)}"
    slayer = enter(database, Role(name=f"Murata {canary}"))
    with database.service() as session:
        mark = session.exec(select(Account.handle).where(Account.slayer_id == slayer)).one()
    with database.session(slayer) as session:
        weapon = session.exec(select(Weapon).order_by(col(Weapon.stock).desc())).first()
        assert weapon is not None
        placed = orders.place(session, slayer, f"{canary}-order", weapon.id, None, now=now)
        issued = sessions.open_session(session, slayer, "token", now=now, days=1, name=f"{canary}-token")
        thread = Thread(slayer_id=slayer, title=f"{canary} thread", approval_id=f"{mark}-approval")
        image = Image(slayer_id=slayer, weapon_id=weapon.id, scene=canary, prompt=f"{canary} at dawn", seed=1)
        session.add(ImageDay(slayer_id=slayer, local_day=now.date(), pictures=1))
        plan = TrainingPlan(slayer_id=slayer, wish={"goal": canary})
        session.add_all([thread, image, plan])
        session.flush()
        turn = _turn(thread, slayer, canary)
        session.add(turn)
        session.flush()
        memory = Memory(
            slayer_id=slayer, kind="fact", subject="said", text=f"{canary} lives by a river", turn_id=turn.id
        )
        session.add_all([memory, Feedback(slayer_id=slayer, turn_id=turn.id, rating=-1, comment=canary)])
        session.flush()
        ids = {
            "their_thread": thread.id, "their_turn": turn.id, "their_order": placed.order.id, "their_image": image.id,
            "their_plan": plan.id, "their_token": issued.session_id, "their_memory": memory.id,
        }  # fmt: skip
    with database.service() as session:
        session.add(ImageFile(image_id=image.id, kind="picture", slayer_id=slayer, data=canary.encode()))
    events: list[AnyEvent] = [
        TrainingEvent(type="training", event_id=f"{mark}-training", minutes=60),
        LoginEvent(type="login", event_id=f"{canary}-login"),
    ]
    ledger.report_all(database, slayer, events, now=now)
    words = {"their_slayer": str(slayer), "their_mark": mark, "their_offer": f"{mark}-approval"}
    return Victim(slayer, canary, {name: str(value) for name, value in ids.items()} | words)


def _turn(thread: Thread, slayer: uuid.UUID, canary: str) -> Turn:
    return Turn(
        thread_id=thread.id,
        slayer_id=slayer,
        message=f"{canary} asks",
        reply=f"{canary} is answered",
        route=["coach"],
        citations=[],
        blocks=[],
        engine="embedded",
        trace=[],
    )


def everything_but(database: Database, slayer: uuid.UUID) -> dict[str, str]:
    """A fingerprint of each table without one slayer's rows, and of the catalogue as it would be without their purchases."""
    with database.service() as session:
        connection = session.connection()
        tables = connection.execute(text(OWNED_TABLES)).scalars().all()
        prints = {table: _print(session, table, "slayer_id", slayer) for table in tables}
        prints["slayers"] = _print(session, "slayers", "id", slayer)
        bought = len(session.exec(select(Order.id).where(Order.slayer_id == slayer)).all())
        rows = session.exec(select(Weapon).order_by(Weapon.slug)).all()
        shelf = [weapon.model_dump(exclude={"stock"}, mode="json") for weapon in rows]
        prints["weapons"] = f"{sum(weapon.stock for weapon in rows) + bought} pieces of {shelf}"
    return prints


def _print(session: Session, table: str, column: str, slayer: uuid.UUID) -> str:
    query = (
        f"SELECT count(*) || ' ' || coalesce(md5(string_agg(to_jsonb(t)::text, ' ' ORDER BY to_jsonb(t)::text)), '') "  # noqa: S608 - names of our own tables
        f"FROM {table} t WHERE {column} <> :slayer"
    )
    return str(session.connection().execute(text(query), {"slayer": slayer}).scalar())
