"""A slayer with something in every table that a slayer owns, all of it marked with their name."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from evals.scenes.victim import OWNED_TABLES
from hashiramart import impressions, ledger, orders, sessions
from hashiramart.accounts import Registration, register
from hashiramart.db import Database
from hashiramart.events import BattleEvent, LoginEvent, TrainingEvent
from hashiramart.models import (
    ChatAllowance,
    Feedback,
    Holding,
    Image,
    ImageDay,
    ImageFile,
    Impression,
    Memory,
    ShownList,
    Thread,
    TrainingPlan,
    Turn,
    Weapon,
    utc_now,
)


@dataclass(frozen=True)
class Belongings:
    """Whose, and the ids by the names that paths have for them."""

    slayer_id: uuid.UUID
    mark: str
    token: str
    ids: dict[str, str]


def show(
    session: Session,
    slayer_id: uuid.UUID,
    weapons: Sequence[uuid.UUID],
    key: str,
    *,
    beside: Sequence[uuid.UUID] = (),
    now: datetime | None = None,
) -> impressions.Logged:
    """Log a list of weapons that a Water slayer of level 20 was shown, with those beside it; a fifth of all lists explore."""
    shown = ShownList(
        slayer_id=slayer_id,
        key=key,
        model_version="v1-0badcafe",
        prefer="power",
        level=20,
        strength=50,
        dexterity=40,
        stamina=30,
        breathing_style="Water",
        share=0.2,
        candidates=[*weapons, *beside],
        weights=[1.0] * len(beside),
        shown_at=now or utc_now(),
    )
    places = [
        Impression(
            list_id=shown.id,
            position=place,
            slayer_id=slayer_id,
            weapon_id=weapon,
            score=1 / (place + 1),
            propensity=1 - 0.2 / len(weapons) if beside else 1.0,
            explored=False,
            features=[20, 50, 40, 30, place, 60, 1, 0.5],
        )
        for place, weapon in enumerate(weapons, start=1)
    ]
    return impressions.log(session, shown, places)


def trace_of(question: str, *, asked: str | None = None, found: bool = True, **other: Any) -> dict[str, Any]:
    """A trace as the Coach writes it, of a search that found one passage."""
    place = {"source": "manuals/heron-spear.md", "section": "Maintenance > Intervals"}
    search = {
        "query": question,
        "weapon": "heron-spear",
        "section": None,
        "hits": [{**place, "dense_rank": 1, "lexical_rank": None, "similarity": 0.71}],
    }
    trace = {
        "question": question,
        "asked": asked or question,
        "intent": "how_often",
        "weapon": "heron-spear",
        "engine": "embedded",
        "found": found,
        "why": "The manual names the interval." if found else "The manuals do not say.",
        "searches": [search],
        "used": [{"n": 1, **place}] if found else [],
        "dropped": [],
    }
    return {**trace, **other}


def settle(database: Database, mark: str) -> Belongings:
    """Register a slayer and give them a row in every table. ``mark`` is in every text of theirs."""
    now = utc_now()
    profile = Registration(handle=mark, password=f"{mark}-secret", name=mark, breathing_style="Water")
    with database.session(None) as session:
        slayer_id = register(session, profile).id
    with database.session(slayer_id) as session:
        lent = session.exec(select(Holding.weapon_id).where(Holding.slayer_id == slayer_id)).one()
        for_sale = session.exec(select(Weapon).where(col(Weapon.id) != lent).order_by(col(Weapon.stock).desc())).first()
        assert for_sale is not None
        placed = orders.place(session, slayer_id, f"{mark}-order", for_sale.id, None, now=now)
        issued = sessions.open_session(session, slayer_id, "token", now=now, days=1, name=f"{mark}-token")
        show(session, slayer_id, [for_sale.id, lent], f"{mark}-list", now=now)
        thread = Thread(slayer_id=slayer_id, title=f"{mark}'s thread", approval_id=f"{mark}-approval")
        image = Image(
            slayer_id=slayer_id,
            weapon_id=lent,
            scene=f"{mark} at dawn",
            prompt=f"{mark} at dawn",
            seed=1,
            status="done",
            finished_at=now,
        )
        session.add(ImageDay(slayer_id=slayer_id, local_day=now.date(), pictures=1))
        session.add(ChatAllowance(slayer_id=slayer_id, local_day=now.date(), messages=1, spare=9.0, at=now))
        plan = TrainingPlan(slayer_id=slayer_id, wish={"goal": f"{mark}'s goal"})
        session.add_all([thread, image, plan])
        session.flush()
        turn = Turn(
            thread_id=thread.id,
            slayer_id=slayer_id,
            message=f"{mark} asks",
            reply=f"{mark} is answered",
            route=["coach"],
            citations=[],
            blocks=[],
            engine="embedded",
            trace=[trace_of(f"{mark} asks")],
        )
        session.add(turn)
        session.flush()
        session.add(Feedback(slayer_id=slayer_id, turn_id=turn.id, rating=-1, comment=f"{mark} objects"))
        memory = Memory(
            slayer_id=slayer_id, kind="fact", subject="said", text=f"{mark} has a river nearby", turn_id=turn.id
        )
        session.add(memory)
        session.flush()
    ledger.report_all(
        database,
        slayer_id,
        [
            BattleEvent(type="battle", event_id=f"{mark}-battle", weapon_id=lent, success=True),
            TrainingEvent(type="training", event_id=f"{mark}-training", minutes=60),
            LoginEvent(type="login", event_id=f"{mark}-login"),
        ],
        now=now,
    )
    with database.service() as session:
        for kind in ("picture", "thumbnail"):
            picture = b"\x89PNG " + mark.encode()
            session.add(ImageFile(image_id=image.id, kind=kind, slayer_id=slayer_id, data=picture))
    ids = {
        "thread_id": str(thread.id),
        "turn_id": str(turn.id),
        "memory_id": str(memory.id),
        "plan_id": str(plan.id),
        "image_id": str(image.id),
        "order_id": str(placed.order.id),
        "token_id": str(issued.session_id),
    }
    return Belongings(slayer_id, mark, issued.token, ids)


def everything_of(database: Database, slayer_id: uuid.UUID) -> dict[str, list[str]]:
    """Every row of a slayer, by table."""
    with database.service() as session:
        connection = session.connection()
        tables = connection.execute(text(OWNED_TABLES)).scalars().all()
        rows = {
            table: list(
                connection.execute(
                    text(f"SELECT to_jsonb(t)::text FROM {table} t WHERE slayer_id = :slayer ORDER BY 1"),
                    {"slayer": slayer_id},
                ).scalars()
            )
            for table in tables
        }
        rows["slayers"] = list(
            connection.execute(
                text("SELECT to_jsonb(s)::text FROM slayers s WHERE id = :slayer"), {"slayer": slayer_id}
            ).scalars()
        )
    empty = [table for table, found in rows.items() if not found]
    assert not empty, f"give the slayer something in {empty}, in settle()"
    return rows
