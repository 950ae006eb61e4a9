"""Chats that are cut off: what is said in them, and what it must leave behind, each thing once.

Each talker says one thing in a thread of their own, and buyers say yes to the offer that they got. What a message leaves behind
when nothing breaks is not known beforehand: it is tried once in peace.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
from sqlalchemy import update
from sqlmodel import Session, col, func, select

from evals.load.chats import QUESTION
from evals.load.plan import admit
from hashiramart import catalog, turns
from hashiramart.db import Database
from hashiramart.models import Event, Holding, LedgerEntry, Order, Slayer, Thread, Turn, Weapon, utc_now

BUY = "buy the Heron Spear"
MESSAGES = (
    QUESTION,
    "how many points do I have? Then show me the leaderboard, my badges and my ledger",
    "log 30 minutes of training, then mark my login, and then tell me how many points I have",
    "I won two battles with my Tidebreaker Katana, then log 20 minutes of training",
    BUY,
)
AGAIN = "how many points do I have?"
"""What every thread is asked once more at the end."""

_BOUGHT, _IN_HAND = "heron-spear", "tidebreaker-katana"
_PIECES = 1_000_000
_TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Left:
    """What a slayer's chats left behind: entries in the book of events, movements of points, orders."""

    events: int
    movements: int
    orders: int

    @property
    def counts(self) -> tuple[int, int, int]:
        """All three."""
        return self.events, self.movements, self.orders


@dataclass(frozen=True)
class Talker:
    """A slayer with one thing to say; ``yes`` is the offer that they agree to, in ``thread_id``, where they have got one."""

    slayer_id: uuid.UUID
    token: str
    message: str
    thread_id: uuid.UUID | None = None
    yes: str | None = None


@dataclass(frozen=True)
class Heard:
    """What a talker was told: the status, 0 where the connection broke, and the end of the body."""

    talker: Talker
    status: int
    told: str

    @property
    def answered(self) -> bool:
        """Whether it was an answer, and no error, in whichever form."""
        return self.status == 200 and "event: error" not in self.told


def stock_up(database: Database) -> None:
    """Put so many pieces of what is bought on the shelf that nobody is too late."""
    with database.service() as session:
        session.execute(update(Weapon).where(col(Weapon.slug) == _BOUGHT).values(stock=_PIECES))


def come_in(database: Database, messages: Sequence[str]) -> list[Talker]:
    """A talker for each message, with a weapon on loan to fight with."""
    now, talkers = utc_now(), []
    for message in messages:
        slayer = Slayer(name=f"Talker {secrets.token_hex(4)}", breathing_style="Water", level=20)
        with database.session(None) as session:
            token = admit(session, slayer, now=now)
            weapon = catalog.by_slug(session, _IN_HAND)
            assert weapon is not None
            session.add(Holding(slayer_id=slayer.id, weapon_id=weapon.id, terms="loan", since=now))
        talkers.append(Talker(slayer.id, token, message))
    return talkers


def talk(port: int, talkers: Sequence[Talker]) -> list[Heard]:
    """Let all of them speak at once, half of them as a page does, by a stream."""
    with ThreadPoolExecutor(len(talkers)) as pool:
        return list(pool.map(lambda each: _say(port, *each), enumerate(talkers)))


def _say(port: int, number: int, talker: Talker) -> Heard:
    body: dict[str, object] = {"message": talker.message}
    if talker.yes is not None:
        body = {"thread_id": str(talker.thread_id), "resume": {"approval_id": talker.yes, "approved": True}}
    elif talker.thread_id is not None:
        body["thread_id"] = str(talker.thread_id)
    headers = {"Authorization": f"Bearer {talker.token}"}
    if number % 2:
        headers["Accept"] = "text/event-stream"
    try:
        answer = httpx.post(f"http://127.0.0.1:{port}/coach/chat", json=body, headers=headers, timeout=_TIMEOUT_S)
    except httpx.HTTPError as error:
        return Heard(talker, 0, type(error).__name__)
    return Heard(talker, answer.status_code, answer.text[-400:])


def agreeing(database: Database, talkers: Sequence[Talker]) -> list[Talker]:
    """Those of some buyers whose offer waits, with their yes."""
    ready = []
    with database.service() as session:
        for talker in talkers:
            thread = session.exec(select(Thread).where(Thread.slayer_id == talker.slayer_id)).first()
            if thread is not None and thread.approval_id is not None:
                ready.append(Talker(talker.slayer_id, talker.token, talker.message, thread.id, thread.approval_id))
    return ready


def turns_of(database: Database, talkers: Sequence[Talker]) -> list[Turn]:
    """All turns of some talkers, in order."""
    slayers = [each.slayer_id for each in talkers]
    with database.service() as session:
        return list(
            session.exec(select(Turn).where(col(Turn.slayer_id).in_(slayers)).order_by(col(Turn.created_at))).all()
        )


def under_way(database: Database) -> dict[uuid.UUID, int]:
    """The running turns on record, and how often each was taken up."""
    with database.service() as session:
        ids = [turn for turn, _, _ in turns.running(session)]
        found = session.exec(select(Turn.id, Turn.attempts).where(col(Turn.id).in_(ids))).all()
    return dict(found)


def left_by(database: Database, talker: Talker) -> Left:
    """What a talker's chats left behind."""
    with database.service() as session:
        return Left(*(_count(session, table, talker.slayer_id) for table in (Event, LedgerEntry, Order)))


def pieces_sold(database: Database) -> int:
    """How many pieces left the shelf."""
    with database.service() as session:
        weapon = catalog.by_slug(session, _BOUGHT)
        assert weapon is not None
        return _PIECES - weapon.stock


def _count(session: Session, table: type[Event | LedgerEntry | Order], slayer_id: uuid.UUID) -> int:
    return session.exec(select(func.count()).select_from(table).where(col(table.slayer_id) == slayer_id)).one()
